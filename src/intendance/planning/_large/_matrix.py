"""An instance as one sparse linear programme, to solve it in one piece and to check by.

Written apart from the kernels: it shares only the instance's arrays with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from intendance.planning._large._instance import Floats, Instance, Whole


@dataclass(frozen=True)
class Programme:
    """``min cost · x + constant`` with ``low ≤ x ≤ high`` and ``row_low ≤ matrix x ≤ row_high``.

    ``blocks`` names the columns: the first column of each block and its shape.
    """

    cost: Floats
    low: Floats
    high: Floats
    matrix: Any
    row_low: Floats
    row_high: Floats
    constant: float
    blocks: dict[str, tuple[int, tuple[int, ...]]]


class _Rows:
    """Gathers entries of a sparse matrix, row block by row block."""

    def __init__(self) -> None:
        self.row: list[Whole] = []
        self.column: list[Whole] = []
        self.value: list[Floats] = []
        self.low: list[Floats] = []
        self.high: list[Floats] = []
        self.count = 0

    def block(self, low: Any, high: Any, shape: tuple[int, ...]) -> Whole:
        size = int(np.prod(shape))
        self.low.append(np.broadcast_to(low, shape).ravel().astype(float))
        self.high.append(np.broadcast_to(high, shape).ravel().astype(float))
        self.count += size
        return np.arange(self.count - size, self.count).reshape(shape)

    def add(self, row: Any, column: Any, value: Any) -> None:
        rows, columns, values = np.broadcast_arrays(row, column, value)
        keep = values.ravel() != 0
        self.row.append(rows.ravel()[keep])
        self.column.append(columns.ravel()[keep])
        self.value.append(values.ravel()[keep].astype(float))


def programme(instance: Instance) -> Programme:
    """The whole plan as one linear programme; ramps are relaxed."""
    blocks, index = _columns(instance)
    size = sum(int(np.prod(shape)) for _, shape in blocks.values())
    cost, low, high = np.zeros(size), np.zeros(size), np.full(size, np.inf)
    constant = _ranges(instance, index, cost, low, high)
    rows = _Rows()
    _cell_rows(instance, index, rows)
    _shared_rows(instance, index, rows)
    _side_rows(instance, index, rows)
    from scipy import sparse

    entries = np.concatenate(rows.value), (np.concatenate(rows.row), np.concatenate(rows.column))
    return Programme(
        cost=cost,
        low=low,
        high=high,
        matrix=sparse.csr_matrix(entries, shape=(rows.count, size)),
        row_low=np.concatenate(rows.low),
        row_high=np.concatenate(rows.high),
        constant=constant,
        blocks=blocks,
    )


def _columns(
    instance: Instance,
) -> tuple[dict[str, tuple[int, tuple[int, ...]]], dict[str, Whole]]:
    items, nations, months = instance.shape
    cell = (items, nations, months)
    pools = (items, instance.pools.lead.shape[1], nations, months)
    industry = instance.industry
    shapes: dict[str, tuple[int, ...]] = {
        "ordered": cell,
        "filled": cell,
        "above": cell,
        "sent": pools,
        "received": pools,
        "met": instance.demand.asked.shape,
        "unmet": instance.demand.asked.shape,
        "used": instance.demand.lost.shape,
        "expired": cell if len(instance.sides.shelf) else (0,),
        "made": (len(industry.line), months),
        "held": (len(industry.opening), months),
        "ramped": (len(industry.ramp_line), months),
        "share": instance.money.budget.shape,
    }
    blocks, index, first = {}, {}, 0
    for name, shape in shapes.items():
        last = first + int(np.prod(shape))
        blocks[name] = (first, shape)
        index[name] = np.arange(first, last).reshape(shape)
        first = last
    return blocks, index


def _ranges(
    instance: Instance, index: dict[str, Whole], cost: Floats, low: Floats, high: Floats
) -> float:
    """Costs and bounds of the columns; gives the constant of the objective."""
    demand, money, pools, industry = (
        instance.demand,
        instance.money,
        instance.pools,
        instance.industry,
    )
    months = instance.shape[2]
    unmet, shortfall, spent = instance.weights
    holding = spent * demand.holding[:, None, None]
    cost[index["ordered"]] = spent * money.payment.sum(axis=1)[:, None, :]
    cost[index["filled"]] = holding - shortfall * demand.target_weight[:, :, None]
    cost[index["above"]] = holding
    cost[index["sent"]] = spent * pools.cost[:, :, None, None]
    cost[index["unmet"]] = unmet * demand.asked_weight[..., None]
    cost[index["used"]] = -unmet * demand.lost_weight[..., None]
    cost[index["held"]] = spent * industry.holding[:, None]
    cost[index["ramped"]] = spent * industry.ramp_cost[:, None]
    low[index["filled"]] = np.minimum(demand.floor, demand.target)
    high[index["filled"]] = demand.target
    low[index["above"]] = np.maximum(0.0, demand.floor - demand.target)
    month = np.arange(months)
    arrived = month >= pools.lead[..., None, None]
    high[index["sent"]] = np.where(pools.send[..., None], np.inf, 0.0)
    high[index["received"]] = np.where(pools.receive[..., None] & arrived, np.inf, 0.0)
    high[index["used"]] = demand.lost
    if len(instance.sides.shelf):
        high[index["expired"]] = 0.0
        high[index["expired"][instance.sides.shelf]] = np.inf
    high[index["made"]] = np.where(month >= industry.start[:, None], np.inf, 0.0)
    high[index["ramped"]] = np.where(
        month >= industry.ramp_earliest[:, None], industry.ramp_count[:, None], 0.0
    )
    return float(
        shortfall * (demand.target_weight[:, :, None] * demand.target).sum()
        + unmet * (demand.lost_weight[..., None] * demand.lost).sum()
    )


def _cell_rows(instance: Instance, index: dict[str, Whole], rows: _Rows) -> None:
    """Stock, demand, what is made and the pools (P1, P2, P5, P12)."""
    items, _, months = instance.shape
    demand, pools, industry = instance.demand, instance.pools, instance.industry
    balance = rows.block(-demand.supply, -demand.supply, demand.supply.shape)
    for name in ("filled", "above"):
        rows.add(balance, index[name], -1.0)
        rows.add(balance[..., 1:], index[name][..., :-1], 1.0)
    rows.add(balance, index["ordered"], 1.0)
    for name, sign in (("sent", -1.0), ("received", 1.0), ("met", -1.0), ("used", -1.0)):
        rows.add(balance[:, None], index[name], sign)
    if len(instance.sides.shelf):
        rows.add(balance, index["expired"], -1.0)
    queue = rows.block(demand.asked, demand.asked, demand.asked.shape)
    rows.add(queue, index["met"], 1.0)
    rows.add(queue, index["unmet"], 1.0)
    rows.add(queue[..., 1:], index["unmet"][..., :-1], -1.0)
    hub = rows.block(0.0, 0.0, (items, months))
    rows.add(hub[:, None], index["ordered"], -1.0)
    pool = rows.block(0.0, 0.0, (items, pools.lead.shape[1], months))
    rows.add(pool[:, :, None], index["received"], -1.0)
    for month in range(months):
        arrives = month + pools.lead
        item, each = np.nonzero(arrives < months)
        rows.add(
            pool[item, each, arrives[item, each]][:, None],
            index["sent"][item, each, :, month],
            1.0,
        )
    for pair, item in enumerate(industry.item):
        lead = int(industry.lead[pair])
        if item < items and lead < months:
            rows.add(hub[item, lead:], index["made"][pair, : months - lead], 1.0)


def _shared_rows(instance: Instance, index: dict[str, Whole], rows: _Rows) -> None:
    """Lines, ramps, components and budgets (P6, P8, P10)."""
    items, _, months = instance.shape
    industry, money = instance.industry, instance.money
    line = rows.block(-np.inf, industry.capacity, industry.capacity.shape)
    rows.add(line[industry.line], index["made"], industry.use[:, None])
    for ramp, each in enumerate(industry.ramp_line):
        for month in range(months):
            works = month + int(industry.ramp_lead[ramp])
            rows.add(line[each, works:], index["ramped"][ramp, month], -industry.ramp_added[ramp])
    count = rows.block(-np.inf, industry.ramp_count, industry.ramp_count.shape)
    rows.add(count[:, None], index["ramped"], 1.0)
    open_ = np.zeros((len(industry.opening), months))
    if months:
        open_[:, 0] = -industry.opening
    held = rows.block(open_, open_, open_.shape)
    rows.add(held, index["held"], -1.0)
    rows.add(held[:, 1:], index["held"][:, :-1], 1.0)
    for pair, item in enumerate(industry.item):
        lead = int(industry.lead[pair])
        if item >= items and lead < months:
            rows.add(held[item - items, lead:], index["made"][pair, : months - lead], 1.0)
        for entry in np.flatnonzero(industry.parent == item):
            rows.add(
                held[industry.child[entry]], index["made"][pair], -float(industry.quantity[entry])
            )
    budget = rows.block(-np.inf, money.budget, money.budget.shape)
    for year in range(money.budget.shape[1]):
        paid = np.broadcast_to(money.payment[:, None, year, :], instance.demand.supply.shape)
        rows.add(budget[None, :, None, year], index["ordered"], paid)
        inside = money.year == year
        cost = np.broadcast_to(
            instance.pools.cost[:, :, None, None], (*index["sent"].shape[:3], int(inside.sum()))
        )
        rows.add(budget[None, None, :, None, year], index["sent"][..., inside], cost)
        shared = rows.block(0.0, 0.0, (1,))
        rows.add(shared, index["share"][:, year], 1.0)
        for ramp, payer in enumerate(industry.ramp_payer):
            row, sign = (shared[0], -1.0) if payer < 0 else (budget[payer, year], 1.0)
            rows.add(row, index["ramped"][ramp, inside], sign * industry.ramp_cost[ramp])
    rows.add(budget, index["share"], 1.0)


def _side_rows(instance: Instance, index: dict[str, Whole], rows: _Rows) -> None:
    """Backfills, absorption, shelf life (P11, P13)."""
    sides = instance.sides
    if not len(sides.limit):
        return
    _, nations, months = instance.shape
    row = rows.block(-np.inf, sides.limit, sides.limit.shape)
    place, cell = np.divmod(sides.cell, nations * months)
    item, stock = np.divmod(place, 2)
    nation, month = np.divmod(cell, months)
    for is_stock, names in ((0, ("ordered", "received")), (1, ("filled", "above"))):
        of = stock == is_stock
        for name in names:
            columns = index[name]
            if columns.ndim == 4:
                for each in range(columns.shape[1]):
                    found = columns[item[of], each, nation[of], month[of]]
                    rows.add(row[sides.row[of]], found, sides.value[of])
            else:
                rows.add(
                    row[sides.row[of]], columns[item[of], nation[of], month[of]], sides.value[of]
                )
