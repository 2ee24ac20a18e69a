"""Whole numbers to start from, and better ones from windows of months.

The relaxation is cheap and says where whole numbers matter; branch and bound over all of them at
once often isn't done in time. So a first plan comes from rounding, and then the whole numbers of
one window of months (or of one framework) after the other are set free again.
"""

from __future__ import annotations

import time as clock

import numpy as np

from intendance.planning._model import Model, Problem
from intendance.planning._model._blocks import Floats, Ints
from intendance.planning._solve._highs import Highs, Outcome

WINDOW = 4
"""Months whose whole numbers are free together."""


def first_plan(
    model: Model, highs: Highs, costs: Floats, relaxed: Outcome, ends: float, last: float
) -> Floats | None:
    """The best plan among several roundings of the relaxation, by ``ends``.

    Without any, the plan that decides nothing has until ``last``.
    """
    best: Floats | None = None
    timed = _columns(model, ("setup", "decided"))
    if relaxed.x is not None:
        for up in (1.0 - 1e-6, 0.5):
            highs.fix(timed, _rounded(model, relaxed.x, up)[timed])
            best = better(costs, best, _solved(highs, costs, max(ends, _some(last)), len(timed)))
        highs.free(timed)
    if best is None:
        where = highs.integers
        highs.fix(where, np.zeros(len(where)))
        best = highs.relax(costs, max(1.0, last - clock.monotonic())).x
        highs.free(where)
    return best


def _some(last: float) -> float:
    """A quarter of the time that is left in all."""
    now = clock.monotonic()
    return now + max(0.0, last - now) / 4


def _solved(highs: Highs, costs: Floats, ends: float, fixed: int) -> Floats | None:
    """The best plan with some whole numbers fixed, those of frameworks still open."""
    left = max(1.0, ends - clock.monotonic())
    if fixed == len(highs.integers):
        return highs.relax(costs, left, warm=True).x
    return highs.search(costs, 0.0, left / 2, 1e-3, None).x


def better(costs: Floats, one: Floats | None, other: Floats | None) -> Floats | None:
    """The cheaper of two points, either of which may be missing."""
    if one is None or other is None:
        return other if one is None else one
    return other if costs @ other < costs @ one else one


def _columns(model: Model, names: tuple[str, ...]) -> Ints:
    found = [model.problem.columns[name].present for name in names]
    return np.concatenate([np.zeros(0, dtype=np.int64), *found])


def improved(highs: Highs, costs: Floats, best: Floats, target: float, ends: float) -> Floats:
    """A plan at least as good, by branch and bound over one window after the other."""
    windows = _windows(highs.problem)
    if len(windows) < 2:
        return best
    for window in windows:
        left = ends - clock.monotonic()
        if left <= 0 or costs @ best <= target:
            break
        others = np.setdiff1d(highs.integers, window)
        highs.fix(others, np.round(best[others]))
        found = highs.search(costs, 0.0, min(left, max(1.0, left / 4)), 1e-4, best)
        highs.free(others)
        if found.x is not None and costs @ found.x < costs @ best:
            best = found.x
    return best


def _rounded(model: Model, x: Floats, up: float) -> Floats:
    """Ramps rounded (up from a fraction of 1 - ``up``), set-ups where a batch comes about."""
    numbers = np.zeros(len(x))
    decided = _columns(model, ("decided",))
    numbers[decided] = np.floor(x[decided] + up)
    at = model.columns["setup"]
    lines = model.data.lines
    made = np.where(at >= 0, np.append(x, 0.0)[model.columns["made"]], 0.0)
    batch = lines.batch[:, None]
    wanted = (made > np.maximum(0.6 * batch, 1e-6 * model.problem.col_scale.min())) & (at >= 0)
    need = (lines.use * lines.batch + lines.setup_time)[:, None] * wanted
    total = np.zeros(lines.capacity.shape)
    np.add.at(total, lines.line, need)
    ratio = made / np.maximum(batch, 1e-9)
    for line, month in np.argwhere(total > lines.capacity + 1e-9).tolist():
        # More batches than fit: those that the relaxation makes most of.
        rows = [k for k in np.flatnonzero(lines.line == line).tolist() if wanted[k, month]]
        room = float(lines.capacity[line, month])
        for k in sorted(rows, key=lambda k: -float(ratio[k, month])):
            fits = need[k, month] <= room
            wanted[k, month] = fits
            room -= float(need[k, month]) if fits else 0.0
    numbers[at[wanted]] = 1.0
    return numbers


def _windows(problem: Problem) -> list[Ints]:
    """Groups of whole-number columns: frameworks, then overlapping windows of months."""
    timed = [problem.columns[name].at for name in ("setup", "decided") if name in problem.columns]
    contracts = [
        block.present
        for name, block in problem.columns.items()
        if name == "used" or name.startswith("band ")
    ]
    found = [np.concatenate(contracts)] if contracts else []
    months = max((at.shape[1] for at in timed), default=0)
    for start in range(0, months, max(1, WINDOW // 2)):
        parts = [at[:, start : start + WINDOW].ravel() for at in timed]
        window = np.concatenate(parts)
        window = window[window >= 0]
        if len(window):
            found.append(window)
    return [group for group in found if len(group)]
