"""Whole numbers to start from, and better ones from windows of months.

The relaxation is cheap and says where whole numbers matter; branch and bound over all of them at
once often isn't done in time. So a first plan comes from rounding, and then the whole numbers of
one window of months (or of one framework) after the other are set free again.
"""

from __future__ import annotations

import time as clock
from collections.abc import Iterator

import numpy as np

from intendance.planning._model import Model, Problem
from intendance.planning._model._blocks import Floats, Ints
from intendance.planning._solve._frameworks import round_frameworks
from intendance.planning._solve._highs import Highs, Outcome

ROUNDINGS = ((0.5, 1.0), (1.0 - 1e-6, 1.0), (0.5, 0.8), (0.0, 1.0))
"""From which part (less than 1 from above) a ramp is decided; and which part of an order counts
towards the band that it reaches."""

WINDOW = 4
"""Months whose whole numbers are free together."""


def polished(highs: Highs, costs: Floats, x: Floats, last: float) -> Floats:
    """The best plan with the whole numbers of a plan made for another level."""
    where = highs.integers
    highs.fix(where, np.round(x[where]))
    found = highs.relax(costs, max(1.0, (last - clock.monotonic()) / 4), warm=True).x
    highs.free(where)
    return x if found is None or costs @ found > costs @ x else found


def roundings(model: Model, x: Floats) -> Iterator[Floats]:
    """The first two roundings of a relaxation's whole numbers, at their positions."""
    for up, part in ROUNDINGS[:2]:
        numbers = _rounded(model, x, up)
        round_frameworks(model, x, numbers, part)
        yield numbers


def first_plan(
    model: Model,
    highs: Highs,
    costs: Floats,
    relaxed: Outcome,
    times: tuple[float, float],
    *,
    needed: bool,
) -> Floats | None:
    """The best plan among several roundings of the relaxation, by ``times[0]``.

    Without any that is ``needed``, the plan that decides nothing has until ``times[1]``.
    """
    ends, last = times
    best: Floats | None = None
    where = highs.integers
    if relaxed.x is not None:
        for up, part in ROUNDINGS:
            if best is not None and (
                clock.monotonic() >= ends or _same(float(costs @ best), relaxed.value)
            ):
                break
            numbers = _rounded(model, relaxed.x, up)
            round_frameworks(model, relaxed.x, numbers, part)
            highs.fix(where, numbers[where])
            # Any plan at all is worth more than time for a better one.
            now = clock.monotonic()
            left = max(1.0, ends - now, (last - now) / 2 if best is None and needed else 0.0)
            best = better(costs, best, highs.relax(costs, left, warm=True).x)
        highs.free(where)
        if best is None and needed:
            best = _frameworks_searched(model, highs, costs, relaxed.x, max(ends, _some(last)))
    if best is None and needed:
        highs.fix(where, np.zeros(len(where)))
        best = highs.relax(costs, max(1.0, last - clock.monotonic())).x
        highs.free(where)
    return best


def _same(value: float, bound: float) -> bool:
    return value - bound <= 1e-9 * max(1.0, abs(value))


def _frameworks_searched(
    model: Model, highs: Highs, costs: Floats, x: Floats, ends: float
) -> Floats | None:
    """Set-ups and ramps as rounded, frameworks by branch and bound."""
    timed = _columns(model, ("setup", "decided"))
    highs.fix(timed, _rounded(model, x, 0.5)[timed])
    left = max(1.0, ends - clock.monotonic())
    if len(timed) == len(highs.integers):
        found = highs.relax(costs, left, warm=True).x
    else:
        found = highs.search(costs, 0.0, left / 2, 1e-3, None).x
    highs.free(timed)
    return found


def _some(last: float) -> float:
    """A quarter of the time that is left in all."""
    now = clock.monotonic()
    return now + max(0.0, last - now) / 4


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
