"""What was known on a day, as two scenarios: the least and the most that it allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal

import msgspec

from intendance.planning import _rows as rows
from intendance.planning._inputs.load import with_assumptions
from intendance.planning._scenario import Assumption, Scenario, Settings
from intendance.planning.cases.million_shells._figures import Assumed, Figure, assumed, figures
from intendance.planning.checker import Horizon
from intendance.terms import IntendanceError

End = Literal["low", "high"]
ENDS: Final[tuple[End, End]] = ("low", "high")
SHELL: Final = "155mm-shell"
_YEAR: Final = 12
_BEYOND: Final = 10


class Step(msgspec.Struct, frozen=True):
    """Capacity in rounds a year that holds from a month on (counted from the start)."""

    figure: str
    works: int
    capacity: float


class Vintage(msgspec.Struct, frozen=True):
    """What the figures published by ``as_of`` say.

    ``base`` is capacity at the start, ``share`` the part of output that goes elsewhere, each as
    (low, high); ``steps`` are the rises of capacity for the least and the most output.
    """

    as_of: str
    promise: float
    base: tuple[float, float]
    share: tuple[float, float]
    steps: dict[str, tuple[Step, ...]]
    used: tuple[Figure, ...]
    delivered: tuple[Figure, ...]
    assumptions: tuple[Assumption, ...]


def vintage(as_of: str, changes: Mapping[str, float] | None = None) -> Vintage:
    """What had been published by ``as_of`` (YYYY-MM or YYYY-MM-DD).

    ``changes`` replace ``export_share`` (a share), ``production_lead`` (months) or, as
    ``lead.FIGURE``, the months from the start after which the rise of capacity that this figure
    tells of works. Raises ``plan.case`` for a name or value that the case does not have, and for a
    day before the promise.
    """
    changes = dict(changes or {})
    known = [row for row in figures() if row.published[: len(as_of)] <= as_of]
    promise = _only(known, "promise", as_of)
    given = assumed()
    _check(changes, known)
    base = _hull([r for r in known if r.kind == "capacity" and r.month <= given.base_month])
    shares = [row for row in known if row.kind == "share"]
    share = _hull(shares) if shares else given.unknown_export_share
    if "export_share" in changes:
        share = changes["export_share"], changes["export_share"]
    steps: dict[str, tuple[Step, ...]] = {
        end: _steps(end, known, base, given, as_of, changes) for end in ENDS
    }
    named = {step.figure for found in steps.values() for step in found}
    used = [
        row
        for row in known
        if row.figure in named
        or row.kind in ("promise", "share")
        or (row.kind == "capacity" and row.month <= given.base_month)
    ]
    return Vintage(
        as_of=as_of,
        promise=promise.low,
        base=base,
        share=share,
        steps=steps,
        used=tuple(used),
        delivered=tuple(row for row in known if row.kind in ("delivery", "forecast-delivery")),
        assumptions=_assumptions(given, shares, changes),
    )


def scenario_of(known: Vintage, end: End, lead: int, without: str | None = None) -> Scenario:
    """One end of a vintage as a scenario: makers, one line, its ramps, the promise as a request.

    ``without`` leaves out the ramp of one figure. What is made beyond the promise goes to Ukraine
    too, as demand of the last priority.
    """
    given = assumed()
    least = end == "low"
    kept = 1.0 - known.share[1 if least else 0]
    base = known.base[0 if least else 1]
    steps = [step for step in known.steps[end] if step.figure != without]
    horizon = Horizon(given.start, given.months)
    ramps, reached = [], base
    for step in sorted(steps, key=lambda step: (step.works, step.capacity)):
        if step.capacity > reached:
            added = (step.capacity - reached) / _YEAR * kept
            ramps.append(rows.Ramp(step.figure, "europe", step.works, 0.0, added, paid_by="MAKERS"))
            reached = step.capacity
    last = horizon.name(given.months - 1)
    pipeline = [
        rows.Owed("UKR", SHELL, horizon.name(month), base / _YEAR * kept, "started before")
        for month in range(min(lead, given.months))
    ]
    return with_assumptions(
        Scenario(
            settings=Settings(
                name=f"million shells, {known.as_of}, {end}",
                start=given.start,
                months=given.months,
            ),
            nations=(rows.Nation("MAKERS", "European makers"), rows.Nation("UKR", "Ukraine")),
            items=(rows.Item(SHELL, price=given.price),),
            requests=(
                rows.Request("UKR", SHELL, last, known.promise),
                rows.Request("UKR", SHELL, last, _BEYOND * known.promise, priority=3),
            ),
            lines=(rows.Line("europe", SHELL, base / _YEAR * kept, lead=lead),),
            owed=tuple(pipeline),
            ramps=tuple(ramps),
        )
    )


def _steps(
    end: End,
    known: Sequence[Figure],
    base: tuple[float, float],
    given: Assumed,
    as_of: str,
    changes: Mapping[str, float],
) -> tuple[Step, ...]:
    """Rises of capacity: the least counts only what is reported, from the month it is reported of.

    The most counts forecasts too, and lets a rise that is reported have come at once after the
    report before it. A forecast of a month that has passed gives way to a later report.
    """
    horizon = Horizon(given.start, given.months)
    at = 0 if end == "low" else 1
    reports = [
        row for row in known if row.kind in ("capacity", "growth") and row.month > given.base_month
    ]
    found = []
    for row in reports:
        high = row.low if row.high is None else row.high
        level = (row.low, high)[at]
        capacity = level if row.kind == "capacity" else base[at] * (1.0 + level)
        before = max([given.base_month, *(r.month for r in reports if r.month < row.month)])
        works = horizon.number(row.month) if end == "low" else horizon.number(before) + 1
        found.append(Step(row.figure, works, capacity))
    if end == "low":
        found = _least_of_each_month(found)
    else:
        for row in known:
            passed = row.month <= as_of[: len(row.month)]
            newer = any(r.published > row.published for r in reports)
            if row.kind == "forecast" and not (passed and newer):
                capacity = row.low if row.high is None else row.high
                found.append(Step(row.figure, horizon.number(row.month), capacity))
    moved = (
        msgspec.structs.replace(step, works=int(changes.get(f"lead.{step.figure}", step.works)))
        for step in found
    )
    return tuple(
        msgspec.structs.replace(step, works=max(0, step.works))
        for step in moved
        if step.works < given.months
    )


def _least_of_each_month(steps: Sequence[Step]) -> list[Step]:
    """Where reports of one month contradict each other, the least counts the smallest."""
    least: dict[int, Step] = {}
    for step in steps:
        held = least.get(step.works)
        if held is None or step.capacity < held.capacity:
            least[step.works] = step
    return list(least.values())


def _hull(found: Sequence[Figure]) -> tuple[float, float]:
    return (
        min(row.low for row in found),
        max(row.low if row.high is None else row.high for row in found),
    )


def _only(known: Sequence[Figure], kind: str, as_of: str) -> Figure:
    found = [row for row in known if row.kind == kind]
    if not found:
        first = next(row for row in figures() if row.kind == kind)
        raise IntendanceError(
            "plan.case",
            expected=f"a day or month from {first.published} on, when the promise was made",
            got=as_of,
            where="--as-of",
        )
    return found[0]


def _check(changes: Mapping[str, float], known: Sequence[Figure]) -> None:
    rises = [row.figure for row in known if row.kind in ("capacity", "growth", "forecast")]
    names = ["export_share", "production_lead", *(f"lead.{name}" for name in rises)]
    for name, value in changes.items():
        if name not in names:
            raise IntendanceError(
                "plan.case", expected="one of " + ", ".join(names), got=name, where="--set"
            )
        most = 1.0 if name == "export_share" else float(assumed().months)
        if not 0.0 <= value <= most or (name != "export_share" and value != int(value)):
            kind = "a share" if name == "export_share" else "a whole number of months"
            raise IntendanceError(
                "plan.case",
                expected=f"{kind} from 0 to {most:g}",
                got=f"{value:g}",
                where=f"--set {name}",
            )


def _assumptions(
    given: Assumed, shares: Sequence[Figure], changes: Mapping[str, float]
) -> tuple[Assumption, ...]:
    lead = int(changes.get("production_lead", given.production_lead))
    found = [
        Assumption("P5", "production_lead", f"{lead} months from start of production to delivery"),
        Assumption("P6", "ramps", "a rise that is reported may have come since the report before"),
    ]
    if not shares and "export_share" not in changes:
        low, high = given.unknown_export_share
        text = f"no figure had been published: between {low:g} and {high:g} of output"
        found.append(Assumption("P5", "export_share", text))
    for name, value in sorted(changes.items()):
        found.append(Assumption("P19", name, f"set to {value:g} by the user"))
    return tuple(found)
