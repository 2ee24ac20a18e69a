"""Filters: names made into identifiers, and the conditions that they set."""

from __future__ import annotations

from datetime import date, datetime
from typing import NoReturn

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, true

from intendance.catalogue import Catalogue
from intendance.ledger._batch import instant
from intendance.ledger._schema import batch, block, commitment, reading, report, statement
from intendance.ledger._types import Filter
from intendance.terms import (
    STAGES,
    Commitment,
    IntendanceError,
    Report,
    Statement,
    TimeSpan,
    span_of,
)


class Wanted(msgspec.Struct, frozen=True):
    """A filter with its names resolved: ``items`` is every identifier that the item includes.

    ``recipients`` are all that the ledger names the recipient by, alone or with others (``A+B``).
    ``report`` is that of statements.
    """

    donor: str | None = None
    recipient: str | None = None
    recipients: frozenset[str] = frozenset()
    items: frozenset[str] | None = None
    stage: str | None = None
    since: str | None = None
    until: str | None = None
    text: str | None = None
    candidates: bool = True
    report: str | None = None

    @property
    def everything(self) -> bool:
        """Whether nothing is left out."""
        return self == Wanted()


def resolve(asked: Filter, catalogue: Catalogue, connection: Connection) -> Wanted:
    """The filter in identifiers; a word of nothing raises IntendanceError ``filter.invalid``."""
    if asked.stage is not None and asked.stage not in STAGES:
        _refuse("one of the stages " + ", ".join(STAGES), asked.stage, "stage")
    items = None
    if asked.item is not None:
        items = included(_item(asked.item, catalogue, connection), catalogue)
    since = span_of(asked.since, "the filter's since").start if asked.since else None
    until = span_of(asked.until, "the filter's until").end if asked.until else None
    if since and until and since > until:
        _refuse("a first day that is not after the last", f"{since} after {until}", "dates")
    recipient = _party(asked.recipient, "recipient", catalogue, connection)
    return Wanted(
        _party(asked.donor, "donor", catalogue, connection),
        recipient,
        frozenset() if recipient is None else _named_with(recipient, connection),
        items,
        asked.stage,
        since,
        until,
        asked.text or None,
        asked.candidates,
    )


def included(item: str, catalogue: Catalogue) -> frozenset[str]:
    """A kind or class, and every kind and class that it includes."""
    below = {one for one in catalogue.kinds if catalogue.specialises(one, item)}
    if catalogue.is_class(item):
        for ids in (catalogue.kinds, catalogue.classes_by_id):
            below |= {one for one in ids if catalogue.includes(item, one)}
    return frozenset(below | {item})


def commitment_condition(wanted: Wanted) -> ColumnElement[bool]:
    """What the database can check of a filter on commitments (all but the text)."""
    table = commitment.c
    conditions: list[ColumnElement[bool]] = [true()]
    if wanted.donor is not None:
        conditions.append(table.donors.contains(f" {wanted.donor} ", autoescape=True))
    if wanted.recipient is not None:
        conditions.append(table.recipient.in_(sorted(wanted.recipients)))
    if wanted.items is not None:
        conditions.append(table.item.in_(sorted(wanted.items)))
    if wanted.stage is not None:
        conditions.append(table.stages.contains(f" {wanted.stage} "))
    if wanted.since is not None:
        conditions.append(or_(table.last_day.is_(None), table.last_day >= wanted.since))
    if wanted.until is not None:
        conditions.append(or_(table.first_day.is_(None), table.first_day <= wanted.until))
    if not wanted.candidates:
        conditions.append(table.live == 1)
    return and_(*conditions)


def block_condition(wanted: Wanted, catalogue: Catalogue) -> ColumnElement[bool]:
    """The blocks in which commitments that a filter lets through can lie."""
    conditions: list[ColumnElement[bool]] = [true()]
    if wanted.recipient is not None:
        conditions.append(block.c.recipient.in_(sorted(wanted.recipients)))
    if wanted.items is not None:
        roots = {catalogue.root(item) for item in wanted.items} | set(wanted.items) | {"money", "?"}
        conditions.append(block.c.root.in_(sorted(roots)))
    if wanted.donor is not None:
        conditions.append(block.c.donors.contains(wanted.donor, autoescape=True))
    return and_(*conditions)


def lets_through(wanted: Wanted, each: Commitment, days: tuple[str | None, str | None]) -> bool:
    """Whether a commitment passes; ``days`` are the first and last on which it was spoken of."""
    first, last = days
    return (
        (wanted.donor is None or wanted.donor in each.donors)
        and (wanted.recipient is None or each.recipient in wanted.recipients)
        and (wanted.items is None or each.item in wanted.items)
        and (wanted.stage is None or wanted.stage in each.stages)
        and (wanted.since is None or last is None or last >= wanted.since)
        and (wanted.until is None or first is None or first <= wanted.until)
        and (wanted.candidates or each.live)
    )


def statement_condition(wanted: Wanted) -> ColumnElement[bool]:
    """What the database can check of a filter on statements."""
    table = statement.c
    conditions: list[ColumnElement[bool]] = [table.active == 1]
    if wanted.donor is not None:
        conditions.append(table.actors.contains(f" {wanted.donor} ", autoescape=True))
    if wanted.recipient is not None:
        conditions.append(table.recipients.contains(f" {wanted.recipient} ", autoescape=True))
    if wanted.items is not None:
        conditions.append(table.item.in_(sorted(wanted.items)))
    if not wanted.candidates:
        conditions.append(table.live == 1)
    conditions.append(report_condition(wanted))
    if wanted.text is not None and (word := _plain_word(wanted.text)):
        conditions.append(func.lower(table.body).contains(word, autoescape=True))
    return and_(*conditions)


def report_condition(wanted: Wanted) -> ColumnElement[bool]:
    """The statements of a filter's report, by any reading; all where it names none."""
    if wanted.report is None:
        return true()
    known = select(report.c.number).where(report.c.id == wanted.report).scalar_subquery()
    readings = select(reading.c.number).where(reading.c.report == known)
    return statement.c.reading.in_(readings)


def says(said: Statement, text: str) -> bool:
    """Whether a statement's own words hold ``text``, letter case aside."""
    wanted = text.casefold()
    words = (said.quote, said.item_text, said.condition or "")
    return any(wanted in each.casefold() for each in words)


def in_days(wanted: Wanted, said: Statement, report: Report) -> bool:
    """Whether a statement was published, or is to happen, in the filter's days; or is undated."""
    days = days_of(report.published, said.time)
    if not days:
        return True
    return (wanted.since is None or max(days) >= wanted.since) and (
        wanted.until is None or min(days) <= wanted.until
    )


def days_of(*spans: TimeSpan) -> list[str]:
    """The known ends of some spans."""
    return [day for span in spans for day in (span.start, span.end) if day is not None]


def last_batch(connection: Connection, recorded: str | date | datetime) -> int:
    """The last batch that the ledger held at an instant; of a day, at its end (UTC)."""
    if isinstance(recorded, datetime):
        moment = instant(recorded)
    else:
        text = recorded.isoformat() if isinstance(recorded, date) else recorded
        moment = _moment(text)
    query = select(func.max(batch.c.number)).where(batch.c.recorded <= moment)
    return connection.execute(query).scalar() or 0


def _moment(text: str) -> str:
    if "T" not in text and " " not in text:
        return f"{span_of(text, 'recorded').end}T23:59:59.999999Z"
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise IntendanceError(
            "date.invalid",
            expected="a day or an instant in ISO 8601",
            got=repr(text[:40]),
            where="recorded",
        ) from None
    if moment.tzinfo is None:
        moment = datetime.fromisoformat(f"{text}+00:00")
    return instant(moment)


def _party(
    name: str | None, field: str, catalogue: Catalogue, connection: Connection
) -> str | None:
    if name is None:
        return None
    try:
        return catalogue.resolve(name)
    except IntendanceError:
        column = block.c.donors if field == "donor" else block.c.recipient
        query = select(column).where(column.contains(name, autoescape=True)).distinct()
        held = connection.execute(query).scalars()
        if not name or not any(name in each.split("+") for each in held):
            _refuse("a code or name of the catalogue", name, field)
        return name


def _named_with(recipient: str, connection: Connection) -> frozenset[str]:
    query = select(block.c.recipient).distinct()
    query = query.where(block.c.recipient.contains(recipient, autoescape=True))
    found = connection.execute(query).scalars()
    return frozenset(each for each in found if recipient in each.split("+"))


def _item(name: str, catalogue: Catalogue, connection: Connection) -> str:
    try:
        return catalogue.resolve(name)
    except IntendanceError:
        query = select(statement.c.number).where(statement.c.item == name).limit(1)
        if connection.execute(query).first() is None:
            _refuse("an item or class of the catalogue", name, "item")
        return name


def _refuse(expected: str, got: str, field: str) -> NoReturn:
    raise IntendanceError(
        "filter.invalid", expected=expected, got=repr(got[:80]), where=f"the filter's {field}"
    )


def _plain_word(text: str) -> str:
    """The longest run of letters and figures that every database lowers alike."""
    runs = "".join(c if c.isascii() and c.isalnum() else " " for c in text).split()
    return max(runs, key=len, default="").lower()
