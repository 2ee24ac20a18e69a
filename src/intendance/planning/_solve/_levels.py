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
from intendance.planning._solve._starts import better, first_plan, improved, polished

HELD = 1e-9
"""A held level may exceed the value reached by this share of it."""

LOOSE = 2e-7
"""The same where rounding leaves nothing else: still less than the checker sees."""


SHORT = 2.0
"""Seconds that a small plan within the gap may take to become the best."""


@dataclass(frozen=True)
class Stage:
    """One objective: a level, or the weighted sum of all."""

    name: str
    costs: Floats
    constant: float
    unavoidable: float


@dataclass
class Progress:
    """Where the levels stand. ``bounds`` are by stage; ``limit`` says what ran out, if anything.

    ``held`` are the stages that are held by a row of their own, in the order of these rows.
    """

    x: Floats | None = None
    bounds: list[float] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    multipliers: list[Floats | None] = field(default_factory=list)
    held: list[int] = field(default_factory=list)
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


def solve_levels(
    model: Model, highs: Highs, stages: list[Stage], gap: float, deadline: float
) -> Progress:
    """Solves each stage within its share of the time that is left."""
    progress = Progress()
    for number, stage in enumerate(stages):
        left = deadline - clock.monotonic()
        if left <= 0:
            progress.limit = "time"
            break
        share = left / (len(stages) - number) if len(highs.integers) else left
        if not _solve_stage(model, highs, stage, gap, (share, deadline), progress):
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
        progress.held.append(len(progress.values) - 1)
        highs.hold(stage.costs, value - stage.constant + slack(stage.costs, value, HELD))


def slack(costs: Floats, value: float, share: float) -> float:
    """How far above its value a stage is held."""
    return share * max(abs(value), float(np.abs(costs).max(initial=0.0)) * 1e-3)


def _solve_stage(
    model: Model,
    highs: Highs,
    stage: Stage,
    gap: float,
    times: tuple[float, float],
    progress: Progress,
) -> bool:
    """One stage in ``times[0]`` seconds; false where there is no point to go on from.

    A first plan may take longer, until ``times[1]`` by the clock.
    """
    begun = clock.monotonic()
    # Without the relaxation there is nothing to start from: it may take more than its share.
    relaxed = highs.relax(stage.costs, max(times[0], 0.6 * (times[1] - begun)))
    if relaxed.state == "infeasible" and progress.x is None:
        progress.infeasible = True
        return False
    if relaxed.state in ("infeasible", "nothing") and highs.held:
        _loosen(highs)
        relaxed = highs.relax(stage.costs, times[0])
    progress.multipliers.append(relaxed.row_dual)
    bound = max(relaxed.bound + stage.constant, stage.unavoidable)
    progress.relaxed.append(bound)
    found = _Found(progress.x, bound, relaxed.method)
    if relaxed.x is not None and _whole(highs, relaxed.x):
        found.x = relaxed.x
    elif len(highs.integers):
        _search(model, highs, stage, gap, (begun, *times), relaxed, found)
    elif relaxed.x is None:
        found.limit = "time"
    progress.infeasible = found.infeasible
    progress.limit = progress.limit or found.limit
    if found.x is None:
        return False
    progress.x = found.x
    progress.methods.append(found.method)
    value = float(stage.costs @ found.x) + stage.constant
    progress.values.append(value)
    progress.bounds.append(min(found.bound, value))
    return True


@dataclass
class _Found:
    """The best point of a stage so far, and its bound."""

    x: Floats | None
    bound: float
    method: str
    limit: str = ""
    infeasible: bool = False


def _search(
    model: Model,
    highs: Highs,
    stage: Stage,
    gap: float,
    times: tuple[float, float, float],
    relaxed: Outcome,
    found: _Found,
) -> None:
    """Whole numbers: roundings, windows, then branch and bound over all of them."""
    begun, time, last = times
    if found.x is not None:
        found.x = polished(highs, stage.costs, found.x, last)
    if found.x is None or _open(stage, found, gap):
        start = first_plan(
            model, highs, stage.costs, relaxed, (begun + 0.5 * time, last), needed=found.x is None
        )
        found.x = better(stage.costs, found.x, start)
    if found.x is not None and _open(stage, found, gap):
        target = _target(stage, found, gap)
        found.x = improved(highs, stage.costs, found.x, target, begun + 0.75 * time)
    offset = stage.constant - stage.unavoidable
    left = time - (clock.monotonic() - begun)
    if found.x is not None and not _open(stage, found, gap):
        if highs.small and _open(stage, found, 1e-6):
            # Good enough; but what later levels are held to had better be the best.
            result = highs.search(stage.costs, offset, min(left, SHORT), 1e-6, found.x)
            found.x = better(stage.costs, found.x, result.x)
            if result.state == "optimal" and np.isfinite(result.bound):
                found.bound = max(found.bound, result.bound + stage.constant)
        return
    result = _branched(highs, stage, gap, begun + time, found.x)
    if result.state == "infeasible" and found.x is None:
        found.infeasible = True
        return
    found.method = result.method
    if np.isfinite(result.bound):
        found.bound = max(found.bound, result.bound + stage.constant)
    found.x = better(stage.costs, found.x, result.x)
    if _lost(result):
        # Nothing more is proved than the relaxation.
        found.limit = "solver"
    elif result.state != "optimal":
        found.limit = "time"


def _branched(highs: Highs, stage: Stage, gap: float, ends: float, start: Floats | None) -> Outcome:
    """Branch and bound; again where it says that there is nothing, and that proves nothing."""
    offset = stage.constant - stage.unavoidable
    result = highs.search(stage.costs, offset, ends - clock.monotonic(), gap, start)
    if result.state == "optimal" and np.isinf(result.bound) and highs.held:
        # Presolve found nothing within the rows that are held; that proves no bound.
        _loosen(highs)
        result = highs.search(stage.costs, offset, ends - clock.monotonic(), gap, start)
    if start is not None and _lost(result):
        # Presolve found nothing where a plan is known.
        left = ends - clock.monotonic()
        result = highs.search(stage.costs, offset, left, gap, start, presolve=False)
    return result


def _lost(result: Outcome) -> bool:
    """Whether a run says that there is nothing, where that is no proof."""
    return result.state == "infeasible" or (result.state == "optimal" and np.isinf(result.bound))


def _loosen(highs: Highs) -> None:
    """Gives held levels the little room that rounding may need."""
    for number, row in enumerate(highs.held):
        highs.loosen(number, row.most + slack(row.costs, row.most, LOOSE))


def _whole(highs: Highs, x: Floats) -> bool:
    part = x[highs.integers]
    return bool((np.abs(part - np.round(part)) < 1e-6).all())


def _open(stage: Stage, found: _Found, gap: float) -> bool:
    """Whether the gap is wider than asked."""
    if found.x is None:
        return True
    value = float(stage.costs @ found.x) + stage.constant
    return gap_of(value, found.bound, stage.unavoidable) > gap


def _target(stage: Stage, found: _Found, gap: float) -> float:
    """The value of ``costs · x`` that closes the gap."""
    value = float(stage.costs @ found.x) + stage.constant if found.x is not None else np.inf
    return found.bound + gap * (value - stage.unavoidable) - stage.constant


def gap_of(value: float, bound: float, unavoidable: float) -> float:
    """The gap of P16; differences below a millionth of the value count as none."""
    if value - bound <= 1e-6 * max(1.0, abs(value)):
        return 0.0
    return (value - bound) / max(value - unavoidable, value - bound)
