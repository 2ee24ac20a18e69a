"""What a source says, as lines: who gives whom what, how much of it, when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from intendance.ledger import Extract, Ledger, Sourced
from intendance.terms import (
    UNKNOWN_TIME,
    Commitment,
    IntendanceError,
    Interval,
    Money,
    Report,
    Stage,
    Statement,
    TimeSpan,
)

REPORTS = "reports"
"""The name of all reports that are no data sets."""

_TABLES = ("table", "dataset")
_HAPPENED = ("allocated", "contracted", "produced", "delivered")


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What one place of a source says of one item: a row of a data set, a passage of a report.

    ``time`` is when it was announced, or ``past`` the day by which it had happened where the
    source only says that it has. ``quantities`` are by stage.
    """

    report: str
    statements: tuple[str, ...]
    donors: tuple[str, ...]
    recipient: str | None
    item: str | None
    quantities: dict[Stage, Interval] = {}
    money: Money | None = None
    time: TimeSpan = UNKNOWN_TIME
    past: bool = False
    package: str | None = None
    source_row: str | None = None
    quote: str = ""


def reports_of(ledger: Ledger, name: str, reports: Iterable[Report]) -> set[str]:
    """The reports that a name means: an identifier, ``reports``, or part of what they are called.

    That is of their publisher, title or address. Raises IntendanceError ``filter.invalid`` where
    none is.
    """
    held = list(reports)
    if name == REPORTS:
        return {each.id for each in held if each.kind not in _TABLES}
    wanted = name.casefold()
    exact = {each.id for each in held if len(name) > 3 and each.id.startswith(wanted)}
    if exact:
        return exact
    outlet = ledger.catalogue.known(name)
    found = {
        each.id
        for each in held
        if any(wanted in (said or "").casefold() for said in (each.publisher, each.title))
        or wanted in each.address.casefold()
        or (outlet and each.publisher and ledger.catalogue.known(each.publisher) == outlet)
    }
    if not found or not wanted:
        raise IntendanceError(
            "filter.invalid",
            expected="a report, a data set or its publisher, or 'reports'",
            got=repr(name[:80]),
            where="reconcile",
        )
    return found


def told(extract: Extract, reports: set[str]) -> list[Told]:
    """The lines of some reports, in the ledger's order. What forms no commitment is left out,
    but for the amounts inside a package."""
    held = {owed.id: owed for owed in extract.commitments}
    stages: dict[str, list[Stage]] = defaultdict(list)
    for owed in extract.commitments:
        for stage, state in owed.stages.items():
            for said in state.statements:
                stages[said].append(stage)
    amounts = {each.statement.id: _now(each).money for each in extract.statements}
    groups: dict[tuple[object, ...], list[Sourced]] = defaultdict(list)
    for each in extract.statements:
        now = _now(each)
        known = now.live and now.polarity == "positive" and now.certainty != "denied"
        if each.report.id in reports and known and (each.commitment or _is_part(now, amounts)):
            groups[_place(each, now, _parties(each, held)[0])].append(each)
    return [_line(group, stages, *_parties(group[0], held)) for group in groups.values()]


def _is_part(now: Statement, amounts: dict[str, Money | None]) -> bool:
    """An amount inside a package: no commitment of its own, yet a figure that others give too.

    One that is the whole of its package stands there already.
    """
    if now.basis != "part" or now.act != "assess" or now.money is None:
        return False
    return all(amounts.get(link.statement) != now.money for link in now.links)


def _now(each: Sourced) -> Statement:
    return each.corrected or each.statement


def _parties(each: Sourced, held: dict[str, Commitment]) -> tuple[tuple[str, ...], str | None]:
    owed = held.get(each.commitment or "")
    if owed is not None:
        return owed.donors, owed.recipient
    said = _now(each)
    return tuple(sorted(said.actors)), "+".join(sorted(said.recipients)) or None


def _place(each: Sourced, now: Statement, donors: tuple[str, ...]) -> tuple[object, ...]:
    """What statements of one line have in common: of a data set the row, else the passage."""
    if each.report.kind in _TABLES:
        return (each.report.id, now.start, now.end, now.item, donors)
    return (each.report.id, now.start, now.end, now.item, donors, now.act, now.package)


def _line(
    group: list[Sourced],
    stages: dict[str, list[Stage]],
    donors: tuple[str, ...],
    recipient: str | None,
) -> Told:
    first = group[0]
    said = _now(first)
    quantities: dict[Stage, Interval] = {}
    amount: Money | None = None
    early: list[Statement] = []
    for each in group:
        now = _now(each)
        mine = stages.get(now.id, [])
        for stage in mine:
            whole = now.part_of if now.part_of is not None and stage == "promised" else None
            figure = now.quantity if whole is None else whole
            if figure.known or stage not in quantities:
                quantities[stage] = figure
        amount = amount or now.money
        if not mine or any(stage not in _HAPPENED for stage in mine):
            early.append(now)
    return Told(
        report=first.report.id,
        statements=tuple(sorted(each.statement.id for each in group)),
        donors=donors,
        recipient=recipient,
        item=said.item,
        quantities=quantities,
        money=amount,
        time=_announced(first.report, early) if early else _by(first.report, group),
        past=not early,
        package=next((n.package for n in early if n.package), said.package),
        source_row=said.source_row,
        quote=said.quote,
    )


def _announced(report: Report, early: list[Statement]) -> TimeSpan:
    """When it was announced: a row says so, a report announces it on the day it appears."""
    if report.kind in _TABLES:
        return next((each.time for each in early if each.time.known), UNKNOWN_TIME)
    return report.published


def _by(report: Report, group: list[Sourced]) -> TimeSpan:
    """The days on which it had happened: said, or the day that it was published."""
    for each in group:
        now = _now(each)
        if now.time.known:
            return now.time
    return UNKNOWN_TIME if report.kind in _TABLES else report.published


def days(span: TimeSpan) -> tuple[date, date] | None:
    """The first and last day of a span; None where neither is known."""
    first, last = span.start or span.end, span.end or span.start
    if first is None or last is None:
        return None
    return date.fromisoformat(first), date.fromisoformat(last)


def gap(one: TimeSpan, other: TimeSpan) -> int | None:
    """How many days lie between two spans; 0 where they meet, None where one is unknown."""
    first, second = days(one), days(other)
    if first is None or second is None:
        return None
    apart = max(first[0] - second[1], second[0] - first[1], timedelta(0))
    return apart.days
