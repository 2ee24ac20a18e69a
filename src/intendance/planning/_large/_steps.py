"""The first-order method: restarted, reflected and anchored steps on the whole plan.

Restarted reflected Halpern iteration of the primal-dual hybrid gradient (H. Lu and J. Yang,
"Restarted Halpern PDHG for linear programming", 2024), with step sizes by row and column sums
(T. Pock and A. Chambolle, 2011).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from intendance.planning._large._instance import Floats, Whole
from intendance.planning._large._item_step import item_step
from intendance.planning._large._jit import compiled, prange, spread
from intendance.planning._large._problem import Cells, Problem, Shared
from intendance.planning._large._scale import SharedSteps, Steps
from intendance.planning._large._shared_step import (
    budget_prices,
    line_prices,
    loose_step,
    made_step,
    part_prices,
    ramps_step,
    side_prices,
)
from intendance.planning._large._state import CellState, SharedState, State


class SideRows(NamedTuple):
    """Side rows with their step sizes; ``adjust`` is what their prices add to costs of cells."""

    limit: Floats
    row: Whole
    cell: Whole
    value: Floats
    sigma: Floats
    bars: Floats
    adjust: Floats


@compiled
def _arrivals(p: Shared, made: Floats, items: int) -> Floats:
    months = made.shape[1]
    found = np.zeros((items, months))
    for j in range(len(p.line)):
        if p.item[j] < items:
            for t in range(p.lead[j], months):
                found[p.item[j], t] += made[j, t - p.lead[j]]
    return found


@compiled
def _restarts(pace: Floats, r: float) -> bool:
    k, total, first, last, least = pace
    if k == 0.0:
        return False
    if r <= 0.2 * first or (r <= 0.8 * first and r > last):
        return True
    return bool(k >= max(least, 0.36 * total))


@compiled
def _anchor(s: CellState, o: CellState) -> None:
    # Not in a parallel loop: there the compiler drops copies into fields that it sees no use of.
    o.cells[...] = s.cells
    o.prices[...] = s.prices
    o.hubs[...] = s.hubs


@spread
def _items(
    p: Cells,
    st: Steps,
    s: CellState,
    o: CellState,
    budgets: Floats,
    a: float,
    weight: float,
    arrivals: Floats,
    spent: Floats,
    adjust: Floats,
    bars: Floats,
) -> float:
    total = 0.0
    for i in prange(s.cells.shape[0]):
        total += item_step(i, p, st, s, o, budgets, a, weight, arrivals, spent, adjust, bars)
    return total


@compiled
def _step(
    q: Problem,
    st: Steps,
    sh: SharedSteps,
    s: State,
    o: State,
    side: SideRows,
    weight: float,
    a: float,
    spent: Floats,
) -> float:
    """One step of all; gives its length."""
    c, p, own, mine, its = q.cells, q.shared, s.own, s.shared, o.shared
    items = len(c.supply)
    made, ramps = np.zeros(mine.made.shape), np.zeros(mine.ramps.shape)
    built = np.zeros(ramps.shape)
    held, share = np.zeros(mine.held.shape), np.zeros(mine.share.shape)
    total = made_step(p, sh, mine, its, own.hubs, a, weight, made)
    total += ramps_step(p, sh, mine, its, a, weight, ramps, built)
    total += loose_step(p, sh, mine, its, a, weight, held, share)
    arrivals = _arrivals(p, made, items)
    total += _items(
        c, st, own, o.own, mine.budgets, a, weight, arrivals, spent, side.adjust, side.bars
    )
    total += line_prices(p, sh, mine, its, a, weight, made, ramps, built)
    total += part_prices(p, sh, mine, its, items, a, weight, made, held)
    total += budget_prices(p, sh, mine, its, a, weight, spent, ramps, share)
    if len(side.limit) > 0:
        total += side_prices(
            side.limit,
            side.row,
            side.cell,
            side.value,
            side.sigma,
            mine,
            its,
            a,
            weight,
            side.bars,
            side.adjust,
        )
    return float(np.sqrt(total))


@compiled
def _anchor_shared(s: SharedState, o: SharedState) -> None:
    o.made[...] = s.made
    o.held[...] = s.held
    o.ramps[...] = s.ramps
    o.built[...] = s.built
    o.share[...] = s.share
    o.lines[...] = s.lines
    o.parts[...] = s.parts
    o.budgets[...] = s.budgets
    o.builds[...] = s.builds
    o.yearly[...] = s.yearly
    o.sides[...] = s.sides


@compiled
def run(
    q: Problem,
    st: Steps,
    sh: SharedSteps,
    s: State,
    o: State,
    side: SideRows,
    weight: float,
    count: int,
    pace: Floats,
) -> None:
    """Takes ``count`` steps. ``pace``: steps since the restart, in all; residual first and last."""
    items, nations = q.cells.supply.shape[:2]
    spent = np.zeros((items, nations, q.shared.budget.shape[1]))
    for _ in range(count):
        a = (pace[0] + 1.0) / (pace[0] + 2.0)
        r = _step(q, st, sh, s, o, side, weight, a, spent)
        if pace[0] == 0.0:
            pace[2] = r
        again = _restarts(pace, r)
        pace[0] += 1.0
        pace[1] += 1.0
        pace[3] = r
        if again:
            _anchor(s.own, o.own)
            _anchor_shared(s.shared, o.shared)
            pace[0] = 0.0
