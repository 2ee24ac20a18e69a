"""Levels in their order, each with the earlier ones held (P15, P16)."""

from __future__ import annotations

import time as clock
from dataclasses import dataclass, field

import numpy as np

from intendance.planning._model import Model
from intendance.planning._model._blocks import Floats
from intendance.planning._plan import Levels
from intendance.planning._scenario import LEVELS, Level
from intendance.planning._solve._highs import Highs, Outcome

HELD = 1e-9
"""A held level may exceed the value reached by this share of it."""

LOOSE = 2e-7
"""The same where rounding leaves nothing else: still less than the checker sees."""


@dataclass(frozen=True)
class Stage:
    """One objective: a level, or the weighted sum of all."""

    name: str
    costs: Floats
    constant: float
    unavoidable: float


@dataclass
class Progress:
    """Where the levels stand. ``bounds`` are by stage; ``limit`` says what ran out, if anything."""

    x: Floats | None = None
    bounds: list[float] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    multipliers: list[Floats | None] = field(default_factory=list)
    relaxed: list[float] = field(default_factory=list)
    methods: list[str] = field(default_factory=list)
    limit: str = ""
    infeasible: bool = False


def stages_of(model: Model, unavoidable: Levels) -> list[Stage]:
    """The objectives to be solved one after the other."""
    problem = model.problem
    settings = model.data.scenario.settings
    if settings.weights is None:
        return [
            Stage(
                level, problem.costs[level], problem.constants[level], getattr(unavoidable, level)
            )
            for level in settings.levels
        ]
    weights = {level: settings.weights.get(level, 0.0) for level in LEVELS}
    return [
        Stage(
            "weighted",
            sum_of({level: problem.costs[level] for level in LEVELS}, weights),
            sum(weights[level] * problem.constants[level] for level in LEVELS),
            sum(weights[level] * getattr(unavoidable, level) for level in LEVELS),
        )
    ]


def sum_of(costs: dict[Level, Floats], weights: dict[Level, float]) -> Floats:
    """The weighted sum of the levels' costs."""
    total = np.zeros_like(next(iter(costs.values())))
    for level, part in costs.items():
        total = total + weights[level] * part
    return total


def solve_levels(highs: Highs, stages: list[Stage], gap: float, deadline: float) -> Progress:
    """Solves each stage within its share of the time that is left."""
    progress = Progress()
    for number, stage in enumerate(stages):
        left = deadline - clock.monotonic()
        if left <= 0:
            progress.limit = "time"
            break
        share = left / (len(stages) - number) if len(highs.integers) else left
        if not _solve_stage(highs, stage, gap, share, progress):
            break
        if number + 1 < len(stages):
            keep(highs, stage, progress)
    return progress


def keep(highs: Highs, stage: Stage, progress: Progress) -> None:
    """Holds a stage at the value reached.

    Where the relaxation reaches it too, all plans of that value are best points of the relaxation
    and are kept as such; else a row holds the value.
    """
    value, y = progress.values[-1], progress.multipliers[-1]
    near = value - progress.relaxed[-1] <= 1e-8 * max(1.0, abs(value))
    if y is not None and near:
        highs.settle(stage.costs, y)
    else:
        highs.hold(stage.costs, value - stage.constant + slack(stage.costs, value, HELD))


def slack(costs: Floats, value: float, share: float) -> float:
    """How far above its value a stage is held."""
    return share * max(abs(value), float(np.abs(costs).max(initial=0.0)) * 1e-3)


def _solve_stage(highs: Highs, stage: Stage, gap: float, time: float, progress: Progress) -> bool:
    """One stage; false where there is no point to go on from."""
    begun = clock.monotonic()
    relaxed = highs.relax(stage.costs, time)
    if relaxed.state == "infeasible" and progress.x is None:
        progress.infeasible = True
        return False
    if relaxed.state in ("infeasible", "nothing") and highs.held:
        _loosen(highs)
        relaxed = highs.relax(stage.costs, time)
    progress.multipliers.append(relaxed.row_dual)
    bound = max(relaxed.bound + stage.constant, stage.unavoidable)
    progress.relaxed.append(bound)
    best, method = progress.x, relaxed.method
    if relaxed.x is not None and _whole(highs, relaxed.x):
        best = relaxed.x
    elif len(highs.integers):
        if best is None or _open(stage, best, bound, gap):
            start = rounded(highs, stage, relaxed, progress.x, time - (clock.monotonic() - begun))
            best = _better(stage, best, start)
        if best is None or _open(stage, best, bound, gap):
            left = time - (clock.monotonic() - begun)
            found = highs.search(stage.costs, stage.constant - stage.unavoidable, left, gap, best)
            if found.state == "infeasible" and best is None:
                progress.infeasible = True
                return False
            method = found.method
            bound = max(bound, found.bound + stage.constant)
            best = _better(stage, best, found.x)
            if found.state != "optimal":
                progress.limit = "time"
    elif relaxed.x is None:
        progress.limit = "time"
    if best is None:
        progress.limit = "time"
        return False
    progress.x = best
    progress.methods.append(method)
    value = float(stage.costs @ best) + stage.constant
    progress.values.append(value)
    progress.bounds.append(min(bound, value))
    return True


def _loosen(highs: Highs) -> None:
    """Gives held levels the little room that rounding may need."""
    for number, row in enumerate(highs.held):
        highs.loosen(number, row.most + slack(row.costs, row.most, LOOSE))


def _whole(highs: Highs, x: Floats) -> bool:
    part = x[highs.integers]
    return bool((np.abs(part - np.round(part)) < 1e-6).all())


def _open(stage: Stage, x: Floats, bound: float, gap: float) -> bool:
    value = float(stage.costs @ x) + stage.constant
    return gap_of(value, bound, stage.unavoidable) > gap


def _better(stage: Stage, one: Floats | None, other: Floats | None) -> Floats | None:
    if one is None or other is None:
        return other if one is None else one
    return other if float(stage.costs @ other) < float(stage.costs @ one) else one


def gap_of(value: float, bound: float, unavoidable: float) -> float:
    """The gap of P16; differences below a millionth of the value count as none."""
    if value - bound <= 1e-6 * max(1.0, abs(value)):
        return 0.0
    return (value - bound) / max(value - unavoidable, value - bound)


def rounded(
    highs: Highs, stage: Stage, relaxed: Outcome, held: Floats | None, time: float
) -> Floats | None:
    """A plan with the relaxation's whole numbers rounded up, or, failing that, to the nearest."""
    if relaxed.x is None or time <= 0:
        return None
    where = highs.integers
    best = None
    for numbers in (np.ceil(relaxed.x[where] - 1e-6), np.round(relaxed.x[where])):
        highs.fix(where, numbers)
        found = highs.relax(stage.costs, time / 4, warm=True)
        if found.state == "optimal" and found.x is not None:
            best = _better(stage, best, found.x)
    highs.free(where)
    return best if best is not None else held
