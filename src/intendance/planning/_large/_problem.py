"""The instance as the compiled loops take it, with its levels in one sum."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from intendance.planning._large._instance import Flags, Floats, Instance, Whole


class Cells(NamedTuple):
    """Costs, ranges and right-hand sides of items. Names as in Instance, with levels weighted.

    ``cost`` (I, T) is what ordering costs, ``keep`` (I) what a month's stock does, ``fill`` (I, N)
    what a unit up to target earns. ``paid`` (I, Y, T) with the first and last month of each year.
    """

    supply: Floats
    asked: Floats
    unmet: Floats
    lost: Floats
    waste: Floats
    target: Floats
    fill: Floats
    floor: Floats
    keep: Floats
    cost: Floats
    paid: Floats
    span: Whole
    year: Whole
    send: Flags
    receive: Flags
    pool_lead: Whole
    pool_cost: Floats
    pool_paid: Floats
    shelf: Flags


class Shared(NamedTuple):
    """What items share: production, ramps, components, budgets."""

    budget: Floats
    year: Whole
    line: Whole
    item: Whole
    lead: Whole
    use: Floats
    start: Whole
    capacity: Floats
    ramp_line: Whole
    ramp_lead: Whole
    ramp_cost: Floats
    ramp_added: Floats
    ramp_count: Floats
    ramp_payer: Whole
    ramp_start: Whole
    parent: Whole
    child: Whole
    quantity: Floats
    opening: Floats
    held_cost: Floats
    spent: float


class Problem(NamedTuple):
    """A plan as the compiled loops take it."""

    cells: Cells
    shared: Shared


def problem(instance: Instance) -> Problem:
    """The instance with its levels summed by their weights."""
    demand, money, pools, industry = (
        instance.demand,
        instance.money,
        instance.pools,
        instance.industry,
    )
    unmet, shortfall, spent = instance.weights
    months = instance.shape[2]
    shelf = np.zeros(instance.shape[0], dtype=np.bool_)
    shelf[instance.sides.shelf] = True
    paid = np.ascontiguousarray(money.payment)
    cells = Cells(
        supply=demand.supply,
        asked=demand.asked,
        unmet=unmet * demand.asked_weight,
        lost=demand.lost,
        waste=unmet * demand.lost_weight,
        target=demand.target,
        fill=shortfall * demand.target_weight,
        floor=demand.floor,
        keep=spent * demand.holding,
        cost=spent * paid.sum(axis=1),
        paid=paid,
        span=_span(paid, months),
        year=money.year,
        send=pools.send,
        receive=pools.receive,
        pool_lead=pools.lead,
        pool_cost=spent * pools.cost,
        pool_paid=pools.cost,
        shelf=shelf,
    )
    shared = Shared(
        budget=money.budget,
        year=money.year,
        line=industry.line,
        item=industry.item,
        lead=industry.lead,
        use=industry.use,
        start=industry.start,
        capacity=industry.capacity,
        ramp_line=industry.ramp_line,
        ramp_lead=industry.ramp_lead,
        ramp_cost=industry.ramp_cost,
        ramp_added=industry.ramp_added,
        ramp_count=industry.ramp_count.astype(np.float64),
        ramp_payer=industry.ramp_payer,
        ramp_start=industry.ramp_earliest,
        parent=industry.parent,
        child=industry.child,
        quantity=industry.quantity,
        opening=industry.opening,
        held_cost=spent * industry.holding,
        spent=spent,
    )
    # One layout for all, so that the loops are compiled once.
    return Problem(Cells(*(_flat(each) for each in cells)), shared)


def _flat(each: Any) -> Any:
    return np.ascontiguousarray(each)


def constant(instance: Instance) -> float:
    """What the objective holds before anything is decided."""
    unmet, shortfall, _ = instance.weights
    demand = instance.demand
    return float(
        shortfall * np.einsum("int,in->", demand.target, demand.target_weight)
        + unmet * np.einsum("iknt,ikn->", demand.lost, demand.lost_weight)
    )


def _span(paid: Floats, months: int) -> Whole:
    """First month and end of the months in which an arrival pays in a year: (I, Y, 2)."""
    some = paid > 0
    first = np.where(some.any(axis=2), some.argmax(axis=2), 0)
    last = np.where(some.any(axis=2), months - some[..., ::-1].argmax(axis=2), 0)
    return np.stack([first, last], axis=2).astype(np.int64)
