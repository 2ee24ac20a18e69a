"""Step sizes: the unit of each column, and for each row what its columns come to.

A column that stands in several blocks of rows counts in each as often as there are blocks, which
keeps the steps short enough (Cauchy and Schwarz). Rows of one cell's stock over all months are one
block, and so are those of a queue: a step of theirs solves a system with three diagonals, so that
a price reaches every month at once.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from intendance.planning._large._instance import Floats
from intendance.planning._large._problem import Cells, Problem, Shared

_CALM = 10.0
"""How much shorter the steps of production are than those of orders: prices of lines and components
follow it more closely, and less has to be cut."""


class Steps(NamedTuple):
    """Steps of items before a track's weight: columns (I, N), hubs and pools, chains.

    A chain has ``-off`` beside its diagonal; ``inverse`` (I, N, T) are one over its pivots.
    """

    column: Floats
    hub: Floats
    pool: Floats
    stock_off: Floats
    stock_inverse: Floats
    queue_off: Floats
    queue_inverse: Floats


class SharedSteps(NamedTuple):
    """Steps of columns (``t_``) and rows (``s_``) that items share."""

    t_made: Floats
    t_held: Floats
    t_ramp: Floats
    t_built: Floats
    t_share: Floats
    s_line: Floats
    held_off: Floats
    held_inverse: Floats
    s_budget: Floats
    built_off: Floats
    built_inverse: Floats
    s_share: Floats


def unit(p: Cells, worth: Floats | None) -> Floats:
    """The unit of each item in each nation, sqrt(use / price): primal and dual change alike.

    ``worth`` (I, N): what a unit is thought to be worth, where that is more than its price.
    """
    use = (
        p.asked.mean(axis=3).sum(axis=1)
        + p.lost.mean(axis=3).sum(axis=1)
        + 0.1 * p.target.mean(axis=2)
        + 0.02 * p.supply.mean(axis=2)
    )
    use = np.maximum(use, 1e-3 * use.mean(axis=1, keepdims=True) + 1e-12)
    cost = p.cost.mean(axis=1)
    gain = np.maximum(p.fill.max(axis=1), p.unmet.max(axis=(1, 2), initial=0.0))
    price = np.where(cost > 1e-9 * max(1e-300, float(cost.mean())), cost, gain)
    price = np.maximum(price, 1e-9)[:, None]
    if worth is not None:
        price = np.maximum(price, worth)
    return np.asarray(np.sqrt(use / price))


def steps(
    p: Problem, worth: Floats | None = None, sides: bool = False
) -> tuple[Steps, SharedSteps]:
    """Step sizes. With side rows, arrivals and stocks stand in one block more."""
    size = unit(p.cells, worth)
    column = size**2
    orders = 3.0 + float((p.cells.paid > 0).sum(axis=1).max(initial=1) > 1) + sides
    items = len(size)
    made: Floats = size.shape[1] * size.mean(axis=1) ** 2 / _CALM
    part: Floats = np.square(_part_units(p.shared, np.sqrt(made)))
    pair = np.asarray(np.concatenate([made, part])[p.shared.item], dtype=np.float64)
    children = np.bincount(p.shared.parent, minlength=items + len(part))
    times: Floats = (2.0 + children[p.shared.item]).astype(np.float64)
    shared = _shared_steps(p, column, pair, part, times, orders)
    ends = p.shared.item < items
    makers = np.bincount(p.shared.item[ends], (times * pair)[ends], items)
    sent, received = 3.0, 2.0 + sides
    own = _chains(p.cells, column, orders, sent, received, 1.0 + sides)
    pooled = ((sent * p.cells.send + received * p.cells.receive) * column[:, None, :]).sum(axis=2)
    return (
        Steps(
            column,
            1.0 / (orders * column.sum(axis=1) + makers),
            1.0 / np.maximum(pooled, 1e-300 + column.min(axis=1)[:, None]),
            *own,
        ),
        shared,
    )


def _chains(
    p: Cells, column: Floats, orders: float, sent: float, received: float, stock: float
) -> tuple[Floats, Floats, Floats, Floats]:
    queues, losses, months = p.asked.shape[1], p.lost.shape[1], p.supply.shape[2]
    entries = orders + 2.0 * queues + losses + p.shelf[:, None]
    entries = entries + sent * p.send.sum(axis=1) + received * p.receive.sum(axis=1)
    off = 2.0 * stock * column
    return (
        off,
        _inverse(entries * column + off, off, months),
        column,
        _inverse(3.0 * column, column, months),
    )


def _inverse(diagonal: Floats, off: Floats, months: int) -> Floats:
    """One over a chain's pivots; later months' diagonals have ``off`` more than the first."""
    found = np.empty((*diagonal.shape, months))
    pivot = diagonal
    for month in range(months):
        found[..., month] = 1.0 / pivot
        pivot = diagonal + off - off**2 / pivot
    return found


def _shared_steps(
    p: Problem, column: Floats, pair: Floats, part: Floats, times: Floats, orders: float
) -> SharedSteps:
    shared = p.shared
    items, months = len(column), shared.capacity.shape[1]
    load = np.bincount(shared.line, times * shared.use**2 * pair, len(shared.capacity))
    lines: Floats = np.asarray(np.maximum(load, 1e-300), dtype=np.float64)
    paid = orders * np.einsum("iy,in->ny", (p.cells.paid**2).sum(axis=2), column)
    paid += 3.0 * 12 * ((p.cells.pool_paid**2).sum(axis=1) @ column)[:, None]
    paid = np.maximum(paid, max(1e-300, 1e-6 * float(paid.max(initial=0.0))))
    built, ramp = _ramp_columns(shared, lines, float(paid.sum()) / max(1, paid.shape[1]))
    added = 2.0 * shared.ramp_added**2 * built
    cost = 2.0 * 12 * shared.ramp_cost**2 * ramp
    common = shared.ramp_payer < 0
    own = np.bincount(
        np.maximum(shared.ramp_payer, 0), np.where(common, 0.0, cost), column.shape[1]
    )
    share = np.repeat(paid.min(axis=1, keepdims=True) / 2.0, paid.shape[1], axis=1)
    parts = shared.item >= items
    held = np.bincount(shared.item[parts] - items, (times * pair)[parts], len(part))
    for parent, child, quantity in zip(shared.parent, shared.child, shared.quantity, strict=True):
        held[child] += quantity**2 * (times * pair)[shared.item == parent].sum()
    return SharedSteps(
        t_made=pair,
        t_held=part,
        t_ramp=ramp,
        t_built=built,
        t_share=share,
        s_line=1.0 / (lines + np.bincount(shared.ramp_line, added, len(lines))),
        held_off=part,
        held_inverse=_inverse(np.maximum(held, 1e-300) + part, part, months),
        s_budget=1.0 / (paid + 2.0 * share + own[:, None]),
        built_off=2.0 * built,
        built_inverse=_inverse(2.0 * (built + ramp), 2.0 * built, months),
        s_share=1.0 / (2.0 * share.sum(axis=0) + cost[common].sum()),
    )


def _ramp_columns(p: Shared, lines: Floats, paid: float) -> tuple[Floats, Floats]:
    """Steps of ramps built so far, by what they add to a line, and of ramps as they are decided.

    All decisions of a year together weigh no more in a row of money than a nation's orders do.
    """
    some = np.maximum(p.ramp_added, 1e-9 * p.ramp_added.max(initial=1.0))
    built = lines[p.ramp_line] / (2.0 * some**2)
    money = 24.0 * max(1, len(built)) * np.maximum(p.ramp_cost, 1e-60) ** 2
    return built, np.minimum(built, paid / money)


def _part_units(p: Shared, made: Floats) -> Floats:
    """A component's unit: what the units of its parents use of it, on average."""
    parts = len(p.opening)
    part = np.full(parts, made.mean() if len(made) else 1.0)
    for _ in range(parts):
        units = np.concatenate([made, part])
        total = np.bincount(p.child, p.quantity * units[p.parent], parts)
        count = np.bincount(p.child, minlength=parts)
        new = np.where(count > 0, total / np.maximum(count, 1), part)
        if np.array_equal(new, part):
            break
        part = new
    return np.asarray(part)
