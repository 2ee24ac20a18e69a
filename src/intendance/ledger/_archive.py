"""Everything that a ledger was told, out of one ledger and into another (docs/exchange.md).

What is told are reports, readings, statements and decisions; commitments follow from them
(rule 3). Which reports repeat each other follows from their texts, and is handed on for those whose
text is not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection, select

from intendance.ledger import _analyst as analyst
from intendance.ledger import _copies as copies
from intendance.ledger import _kept as kept
from intendance.ledger import _state as state
from intendance.ledger._batch import Batch, get_setting, load_settled
from intendance.ledger._intake import Intake, told_by
from intendance.ledger._rows import fetch_in
from intendance.ledger._schema import (
    appearance,
    reading,
    report,
    report_text,
    statement,
)
from intendance.ledger._types import Added, Supplied
from intendance.terms import Decision, Reading, Report, Statement

_PAGE: Final = 2000


class Appearance(msgspec.Struct, frozen=True):
    """One file or address that a report came from; ``text`` is the hash of its exact text."""

    report: Report
    text: str


class ReadingRecord(msgspec.Struct, frozen=True):
    """What one version of a reader made of one text, without its statements."""

    id: str
    report: str
    reader: str
    catalogue: str
    text: str
    notes: tuple[str, ...] = ()


class Told(msgspec.Struct, frozen=True):
    """A statement, and the hash of the exact text that it was read from."""

    statement: Statement
    text: str


class Archive:
    """What a ledger was told, read from it in order; ``Ledger.archive`` gives one.

    With ``reports`` only what belongs to these reports is handed on.
    """

    def __init__(self, connection: Connection, reports: frozenset[str] | None) -> None:
        self._connection = connection
        self._only = reports

    @property
    def folded(self) -> tuple[str, str] | None:
        """The version of the reader that is folded, with its catalogue."""
        found = get_setting(self._connection, "folded")
        return None if found is None else (found[0], found[1])

    def appearances(self) -> Iterator[Appearance]:
        """Every appearance of every report, by report and bytes."""
        decode = msgspec.json.Decoder(Report).decode
        query = select(appearance.c.body, appearance.c.text, appearance.c.mark, report.c.id).join(
            report, report.c.number == appearance.c.report
        )
        query = query.order_by(report.c.id, appearance.c.mark)
        for row in self._connection.execute(query).yield_per(_PAGE):
            if self._wanted(row.id):
                yield Appearance(decode(row.body), row.text)

    def readings(self) -> Iterator[ReadingRecord]:
        """Every reading, by identifier."""
        query = select(reading, report.c.id.label("of")).join(
            report, report.c.number == reading.c.report
        )
        query = query.order_by(reading.c.id, reading.c.text)
        for row in self._connection.execute(query).yield_per(_PAGE):
            if self._wanted(row.of):
                notes = msgspec.json.decode(row.notes, type=tuple[str, ...])
                yield ReadingRecord(row.id, row.of, row.reader, row.catalogue, row.text, notes)

    def statements(self) -> Iterator[Told]:
        """Every statement as it was said, folded or not, by report and reading."""
        decode = msgspec.json.Decoder(Statement).decode
        query = (
            select(statement.c.body, reading.c.text, report.c.id)
            .join(reading, reading.c.number == statement.c.reading)
            .join(report, report.c.number == statement.c.report)
            .order_by(report.c.id, reading.c.id, reading.c.text, statement.c.id)
        )
        for row in self._connection.execute(query).yield_per(_PAGE):
            if self._wanted(row.id):
                yield Told(decode(row.body), row.text)

    def decisions(self) -> list[Decision]:
        """All decisions in the order in which they apply."""
        return load_settled(self._connection).shown()

    def supplied(self, *, marked: bool) -> list[Supplied]:
        """The tables that users filled in; those with a marking only where ``marked``."""
        found = kept.read_supplied(self._connection, None, None)
        return [each for each in found if marked or each.marking is None]

    def copies(self) -> list[tuple[str, ...]]:
        """The groups of reports that repeat one another."""
        head = report.alias("head")
        query = select(report.c.id, head.c.id.label("head")).join(
            head, head.c.number == report.c.component
        )
        query = query.where(report.c.number != report.c.component)
        groups: dict[str, set[str]] = defaultdict(set)
        for row in self._connection.execute(query):
            groups[row.head] |= {row.head, row.id}
        visible = (tuple(sorted(filter(self._wanted, group))) for group in groups.values())
        return sorted(group for group in visible if len(group) > 1)

    def texts(self) -> Iterator[tuple[str, str, str]]:
        """Report, hash and characters of every text."""
        query = select(report_text.c.hash, report_text.c.text, report.c.id).join(
            report, report.c.number == report_text.c.report
        )
        for row in self._connection.execute(query.order_by(report.c.id)).yield_per(50):
            if self._wanted(row.id):
                yield row.id, row.hash, row.text.decode("utf-8", "surrogatepass")

    def _wanted(self, id_: str) -> bool:
        return self._only is None or id_ in self._only


def restore(
    batch: Batch,
    readings: Iterable[Reading],
    groups: Sequence[Sequence[str]],
    decisions: Iterable[Decision],
    folded: tuple[str, str] | None,
    tables: Iterable[Supplied],
) -> Added:
    """Take in what an archive handed out, as one batch."""
    connection = batch.connection
    held = get_setting(connection, "folded")
    if held is None and folded is not None:
        batch.set("folded", folded)
        held = folded
    intake = Intake(batch, None if held is None else (held[0], held[1]))
    intake.run(readings)
    joined = copies.tie(connection, _numbers(connection, groups))
    batch.renew(told_by(batch, joined))
    analyst.take(batch, decisions)
    kept.take(batch, tables)
    changed = state.refold_all_dirty(batch)
    return Added(
        reports=intake.reports,
        copies=state.copies_in(batch),
        readings=intake.readings,
        statements=intake.statements,
        inactive=intake.count_inactive(),
        commitments=changed.commitments,
        conflicts=changed.conflicts,
        redacted=tuple(sorted(intake.redacted)),
        held_back=tuple(sorted(intake.held_back.items())),
    )


def _numbers(connection: Connection, groups: Sequence[Sequence[str]]) -> list[list[int]]:
    ids = {id_ for group in groups for id_ in group}
    query = select(report.c.id, report.c.number)
    known = {row.id: row.number for row in fetch_in(connection, query, report.c.id, ids)}
    return [[known[id_] for id_ in group if id_ in known] for group in groups]
