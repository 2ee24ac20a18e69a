"""What easing a limit is worth, by planning again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from functools import partial

import msgspec

from intendance.planning._inputs.load import with_assumptions
from intendance.planning._outcome.rows import CauseRow
from intendance.planning._plan import Plan
from intendance.planning._scenario import Scenario
from intendance.planning._why.relax import relax
from intendance.planning.checker import TOLERANCE
from intendance.terms import IntendanceError


class EasedRow(msgspec.Struct, frozen=True):
    """A limit that stands behind ``shortfalls`` of those asked about, eased as ``change`` says.

    ``unmet``, ``shortfall`` and ``cost`` are what the plan solved again has less of each level,
    ``units`` what it meets more. Of the first level, easing the limit is worth at least ``least``
    and at most ``most``: both plans have gaps, so a difference alone proves nothing. ``fault`` says
    why there is no plan.
    """

    limit: str
    where: str
    change: str
    shortfalls: int
    unmet: float = 0.0
    shortfall: float = 0.0
    cost: float = 0.0
    units: float = 0.0
    least: float = 0.0
    most: float | None = None
    fault: str = ""


def eased(
    scenario: Scenario,
    plan: Plan,
    causes: Sequence[CauseRow],
    *,
    gap: float = 0.01,
    time: float = 60.0,
    executor: Executor | None = None,
) -> tuple[EasedRow, ...]:
    """Each limit in ``causes`` eased by a tenth or a month, and the whole plan solved again.

    ``causes`` are what ``why`` and ``why_largest`` give; a limit that stands behind several
    shortfalls is planned once. Limits that can't be eased (``no-source``, ``shelf-life``) are left
    out. ``time`` and ``gap`` hold for each plan; ``executor`` plans several at once. What was worth
    most comes first.
    """
    behind: dict[str, set[tuple[str, str, str]]] = {}
    first: dict[str, tuple[CauseRow, Scenario]] = {}
    for cause in causes:
        found = relax(scenario, cause)
        if found is not None:
            words = found[1]
            behind.setdefault(words, set()).add((cause.nation, cause.item, cause.month))
            first.setdefault(words, (cause, found[0]))
    work = [
        EasedRow(limit=cause.limit, where=cause.where, change=words, shortfalls=len(behind[words]))
        for words, (cause, _) in first.items()
    ]
    threads = None if executor is None else 1
    again = partial(_again, plan=plan, gap=gap, time=time, jobs=threads)
    scenarios = [wider for _, wider in first.values()]
    rows = list(_run(again, work, scenarios, executor))
    return tuple(sorted(rows, key=lambda row: (-row.least, -row.unmet, -row.shortfall, -row.cost)))


def _run(
    again: partial[EasedRow],
    work: Sequence[EasedRow],
    scenarios: Sequence[Scenario],
    executor: Executor | None,
) -> Iterator[EasedRow]:
    if executor is None:
        yield from map(again, work, scenarios)
        return
    futures = [executor.submit(again, *each) for each in zip(work, scenarios, strict=True)]
    for row, future in zip(work, futures, strict=True):
        try:
            yield future.result()
        except Exception as fault:  # noqa: BLE001  # a worker that died, whatever the executor says
            yield msgspec.structs.replace(row, fault=f"{type(fault).__name__}: {fault}")


def _again(
    row: EasedRow, wider: Scenario, *, plan: Plan, gap: float, time: float, jobs: int | None
) -> EasedRow:
    from intendance.planning._solve import solve

    try:
        other = solve(with_assumptions(wider), gap=gap, time=time, jobs=jobs)
    except IntendanceError as fault:
        return msgspec.structs.replace(row, fault=f"{fault.code}: {fault}")
    least, most = _proved(wider, plan, other)
    return msgspec.structs.replace(
        row,
        unmet=_less(plan.objective.unmet, other.objective.unmet),
        shortfall=_less(plan.objective.shortfall, other.objective.shortfall),
        cost=_less(plan.objective.cost, other.objective.cost),
        units=_less(_met(other), _met(plan)),
        least=least,
        most=most,
    )


def _proved(scenario: Scenario, plan: Plan, other: Plan) -> tuple[float, float | None]:
    """Between what easing is worth of the first level, by the values and bounds of both plans."""
    if scenario.settings.weights is not None:
        return 0.0, None
    level = scenario.settings.levels[0]
    value, bound = getattr(plan.objective, level), getattr(plan.bound, level)
    there, below = getattr(other.objective, level), getattr(other.bound, level)
    return max(0.0, _less(bound, there)), max(0.0, _less(value, below))


def _less(value: float, other: float) -> float:
    """A difference; 0 where it is less than the checker tells apart."""
    change = value - other
    return 0.0 if abs(change) <= TOLERANCE * max(1.0, abs(value)) else change


def _met(plan: Plan) -> float:
    return sum(row.quantity for row in plan.decisions.met)
