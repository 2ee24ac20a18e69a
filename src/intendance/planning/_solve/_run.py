"""One scenario from model to checked plan."""

from __future__ import annotations

import time as clock
from collections.abc import Callable, Iterator
from typing import cast

import numpy as np

from intendance.planning._inputs.save import scenario_hash
from intendance.planning._model import Model, frame_of, model_of
from intendance.planning._model._blocks import Floats
from intendance.planning._plan import Decisions, Levels, Plan, Verdict
from intendance.planning._scenario import LEVELS, Level, Scenario
from intendance.planning._solve._certificate import certificate_of, certified
from intendance.planning._solve._flows import flows_of
from intendance.planning._solve._highs import Highs
from intendance.planning._solve._large_run import (
    LARGE_COLUMNS,
    columns_of,
    run_large,
    why_not,
)
from intendance.planning._solve._levels import (
    Progress,
    Stage,
    gap_of,
    solve_levels,
    stages_of,
)
from intendance.planning._solve._memory import peak_bytes
from intendance.planning._solve._rows import decisions
from intendance.planning._solve._unavoidable import unavoidable
from intendance.planning.checker import check_plan
from intendance.terms import IntendanceError

CERTIFIED_COLUMNS = 20_000
"""Up to this many columns the bound is recomputed from the certificate at once."""


Keep = Callable[[Model, Progress], None]
"""Takes what a model came to, for plans of scenarios nearby."""


def run(
    scenario: Scenario, *, gap: float, time: float, jobs: int | None, keep: Keep | None = None
) -> Plan:
    """See ``intendance.planning.solve``."""
    begun = clock.monotonic()
    try:
        frame = frame_of(scenario)
        kept = ""
        if columns_of(frame) > LARGE_COLUMNS:
            kept = why_not(scenario)
            large = kept or run_large(frame, gap=gap, time=time, jobs=jobs)
            if isinstance(large, Plan):
                return _certified(scenario, large)
            kept = large
        model = model_of(frame)
        highs = Highs(model.problem, jobs)
        least = unavoidable(model.data)
        stages = stages_of(model, least)
        # The clean-up after the last level needs time of its own.
        progress = solve_levels(model, highs, stages, gap, begun + 0.9 * time)
        if progress.infeasible:
            from intendance.planning._solve._conflict import contradiction

            raise contradiction(model, highs)
        if progress.x is None:
            raise IntendanceError(
                "plan.limit", expected="a plan", got=f"none found in {time:g} seconds",
                where=scenario.settings.name,
            )  # fmt: skip
        found = clean(model, highs, stages, progress, begun + time)
    except MemoryError:
        raise IntendanceError(
            "plan.limit", expected="enough memory for the model", got="none left",
            where=scenario.settings.name,
        ) from None  # fmt: skip
    if keep is not None and len(progress.values) == len(stages):
        keep(model, progress)
    return _certified(scenario, told(model, highs, stages, progress, found, gap, begun, kept))


def _certified(scenario: Scenario, plan: Plan) -> Plan:
    """With the bound recomputed, where that takes little time."""
    return certified(scenario, plan) if plan.columns <= CERTIFIED_COLUMNS else plan


def clean(
    model: Model, highs: Highs, stages: list[Stage], progress: Progress, ends: float
) -> tuple[Decisions, Verdict]:
    """The first form of the last solution that passes the checker."""
    found: list[Verdict] = []
    for candidate in _candidates(highs, stages, progress, ends):
        decided = decisions(model, flows_of(model, candidate))
        verdict = check_plan(model.data.scenario, decided)
        if verdict.sound:
            return decided, verdict
        found.append(verdict)
    first = found[0].violations[0]
    raise IntendanceError(
        "plan.solver", expected="a plan that passes the checker",
        got=f"one that breaks {first.rule}: {first.text}", where=first.where,
    )  # fmt: skip


def _candidates(
    highs: Highs, stages: list[Stage], progress: Progress, ends: float
) -> Iterator[Floats]:
    """The last level once more, whole numbers fixed, earlier levels held as tightly as can be.

    By ``ends``; what is found without it may pass the checker as well and comes last.
    """
    x = progress.x
    assert x is not None  # noqa: S101
    last = len(progress.values) - 1
    where = highs.integers
    highs.fix(where, np.round(x[where]))
    for tight in (True, False):
        left = ends - clock.monotonic()
        if left <= 0:
            break
        outcome = highs.relax(stages[last].costs, left, tight=tight, warm=True)
        if outcome.state == "optimal" and outcome.x is not None:
            yield outcome.x
    yield x


def told(
    model: Model,
    highs: Highs,
    stages: list[Stage],
    progress: Progress,
    found: tuple[Decisions, Verdict],
    gap: float,
    begun: float,
    kept: str,
) -> Plan:
    """The plan with its bounds and how it came about; ``kept`` says why it is in one piece."""
    scenario = model.data.scenario
    decided, verdict = found
    least = unavoidable(model.data)
    bound, gaps, worst = _judge(stages, progress, verdict, least)
    status = "optimal" if worst <= 1e-6 else "gap" if not progress.limit else "limit"
    rows, columns = model.problem.matrix.shape
    return Plan(
        status=status,  # type: ignore[arg-type]
        objective=verdict.levels,
        bound=bound,
        gap=gaps,
        unavoidable=least,
        integer=bool(len(highs.integers)),
        checked=verdict.sound,
        columns=columns,
        rows=rows,
        seconds=clock.monotonic() - begun,
        peak_bytes=peak_bytes(),
        limit="" if worst <= gap else progress.limit,
        inputs=scenario_hash(scenario),
        method=f"one piece, {', '.join(dict.fromkeys(progress.methods))}"
        + (f" ({kept})" if kept else ""),
        decisions=decided,
        certificate=certificate_of(model.problem, progress.multipliers, progress.held),
        assumptions=scenario.assumptions,
        warnings=scenario.warnings,
    )


def _judge(
    stages: list[Stage], progress: Progress, verdict: Verdict, least: Levels
) -> tuple[Levels, Levels, float]:
    """Bounds and gaps by level, and the largest gap of those that were asked for.

    A level that isn't among those asked for has only its unavoidable part as a bound. Of a
    weighted sum the gap is that of the sum, on each level.
    """
    bounds = {level: getattr(least, level) for level in LEVELS}
    if stages[0].name == "weighted":
        value = progress.values[0]
        gap = gap_of(value, progress.bounds[0], stages[0].unavoidable)
        return Levels(**bounds), Levels(unmet=gap, shortfall=gap, cost=gap), gap
    for stage, bound in zip(stages, progress.bounds, strict=False):
        level = cast(Level, stage.name)
        bounds[level] = min(bound, getattr(verdict.levels, level))
    gaps = {
        level: gap_of(getattr(verdict.levels, level), bounds[level], getattr(least, level))
        for level in LEVELS
    }
    return Levels(**bounds), Levels(**gaps), max(gaps[cast(Level, s.name)] for s in stages)
