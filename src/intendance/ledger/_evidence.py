"""Statements out of the database as the fold takes them: corrected, dated, with their witness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final
from weakref import WeakKeyDictionary

import msgspec
from sqlalchemy import Connection, select

from intendance.catalogue import Catalogue
from intendance.ledger._citations import Citations
from intendance.ledger._dates import dates_of, redated
from intendance.ledger._editions import Editions
from intendance.ledger._fold import Evidence, Row, outlet_of, rows_in_order, stamp, witness_key
from intendance.ledger._rows import fetch_in
from intendance.ledger._schema import appearance, outlet, report, statement
from intendance.ledger._settled import Settled
from intendance.terms import Report, Statement, TimeSpan

STATEMENTS = select(
    statement.c.number,
    statement.c.id,
    statement.c.block,
    statement.c.report,
    statement.c.body,
).where(statement.c.active == 1)
"""What ``Witnesses.evidence`` needs of a statement that is folded."""

_REPORTS = select(report.c.number, report.c.id, report.c.component, appearance.c.body).join(
    appearance, appearance.c.number == report.c.appearance
)


_NAME: Final = 200
"""Names of publishers that are longer than this are looked up anew each time."""

_PLAIN: WeakKeyDictionary[Catalogue, dict[str, str]] = WeakKeyDictionary()
"""Witnesses of reports that cite nobody, by publisher: looking a name up takes a while."""


class Source(msgspec.Struct, frozen=True):
    """A report as its statements need it: itself, and the one that stands for all its copies."""

    report: Report
    component: int
    representative: Report


class Witnesses:
    """The independent source behind each statement, reports being read from the database once.

    Reports that an accepted decision joins as a text and its translation share a witness. Only
    where ``stored`` are publishers looked up in what the ledger keeps of them.
    """

    def __init__(
        self,
        connection: Connection,
        catalogue: Catalogue,
        settled: Settled,
        *,
        stored: bool = False,
    ) -> None:
        self._connection = connection
        self.catalogue = catalogue
        self.settled = settled
        self._sources: dict[int, Source] = {}
        self._plain = _PLAIN.setdefault(catalogue, {})
        self._stored = stored
        self._outlets: dict[str, str] = {}
        self._learned: dict[str, str] = {}
        self._decoder = msgspec.json.Decoder(Statement)
        self.editions = Editions(connection, self._shown)
        self.citations = Citations(connection, self._own)
        self._joined = translated(connection, settled)
        self._dates = dates_of(connection, settled)

    def load(self, numbers: Iterable[int]) -> None:
        """Read the reports that are not known yet, and those that they repeat."""
        missing = {number for number in numbers if number not in self._sources}
        if not missing:
            return
        rows = {row.number: row for row in self._rows(missing)}
        heads = {self._joined.get(row.component, row.component) for row in rows.values()}
        rows.update({row.number: row for row in self._rows(heads - set(rows))})
        decoder = msgspec.json.Decoder(Report)
        shown = {
            number: redated(decoder.decode(row.body), self._dates.get(number))
            for number, row in rows.items()
        }
        for number in missing:
            head = self._joined.get(rows[number].component, rows[number].component)
            self._sources[number] = Source(shown[number], head, shown[head])

    def source(self, number: int) -> Source:
        """The report of that number, which ``load`` has read."""
        return self._sources[number]

    def evidence(self, rows: Iterable[Any]) -> list[Evidence]:
        """The evidence of rows with ``body`` and ``report``; its reports must be loaded."""
        decode, sources, corrected = self._decoder.decode, self._sources, self.settled.corrected
        found = []
        for row in rows:
            source = sources[row.report]
            shown = source.report
            said = self.current(corrected(decode(row.body)), shown)
            found.append(
                Evidence(said, said_on(said, shown), shown.text_hash, self.witness(said, source))
            )
        return found

    def current(self, said: Statement, shown: Report) -> Statement:
        """The statement as it counts now: one of an earlier edition of a data set is history."""
        if shown.kind == "dataset" and said.live and self.editions.superseded(said, shown):
            return msgspec.structs.replace(said, live=False)
        return said

    def rows(self, members: Sequence[Any]) -> list[Row]:
        """The rows of whole blocks for the fold, in order and stamped; as ``evidence``."""
        numbers = {each.id: each for each in members}
        found = rows_in_order(self.evidence(members), self.catalogue)
        for row in found:
            member = numbers[row.id]
            row.number, row.block, at = member.number, member.block, row.at
            stamp(row)
            row.at = at
        return found

    def witness(self, said: Statement, source: Source) -> str:
        """The key of the independent source of a statement."""
        component = source.representative.id
        cited = self.citations.witness(said, source.report)
        if cited is not None:
            return cited
        if said.attribution or said.speaker is not None or said.author is not None:
            return witness_key(said, source.representative, component, self.catalogue)
        # Nothing but the publisher counts here, or where there is none the report itself.
        publisher = source.representative.publisher
        if not publisher:
            return witness_key(said, source.representative, component, self.catalogue)
        return self._outlets.get(publisher) or self._outlet(said, source, publisher)

    def own(self, source: Source) -> str:
        """The witness of what a report itself says, citing nobody."""
        head = source.representative
        if head.publisher:
            return outlet_of(head.publisher, self.catalogue)
        return f"report:{head.id}"

    def _own(self, number: int) -> str:
        self.load([number])
        return self.own(self._sources[number])

    def _shown(self, numbers: Iterable[int]) -> dict[int, Report]:
        wanted = set(numbers)
        self.load(wanted)
        return {number: self._sources[number].report for number in wanted}

    def learned(self) -> dict[str, str]:
        """The witnesses of publishers that the ledger does not keep; asked again, only new ones."""
        found, self._learned = self._learned, {}
        return found

    def _outlet(self, said: Statement, source: Source, publisher: str) -> str:
        known: str | None = None
        if self._stored:
            query = select(outlet.c.witness).where(outlet.c.publisher == publisher)
            known = self._connection.execute(query).scalar()
        if known is None:
            known = self._plain.get(publisher)
            if known is None:
                head = source.representative
                known = witness_key(said, head, head.id, self.catalogue)
                self._plain[publisher] = known
            if len(publisher) <= _NAME:
                self._learned[publisher] = known
        self._outlets[publisher] = known
        return known

    def _rows(self, numbers: Iterable[int]) -> Iterable[Any]:
        return fetch_in(self._connection, _REPORTS, report.c.number, numbers)


def said_on(said: Statement, shown: Report) -> TimeSpan:
    """When a statement was made public: a data set tells when what it lists was announced.

    What it counts (so many delivered) is counted on the day of the data set.
    """
    if shown.kind == "dataset" and said.time.known:
        return msgspec.structs.replace(said.time, text="")
    return shown.published


def translated(connection: Connection, settled: Settled) -> dict[int, int]:
    """Component -> the component that stands for it, where translations join several."""
    found = settled.translations()
    if not found:
        return {}
    ids = {each for decision in found for each in decision.statements}
    columns = select(
        statement.c.id, report.c.component
    ).join(report, report.c.number == statement.c.report)  # fmt: skip
    component = {
        row.id: row.component for row in fetch_in(connection, columns, statement.c.id, ids)
    }
    groups: list[set[int]] = []
    for decision in found:
        tied = {component[each] for each in decision.statements if each in component}
        for other in [group for group in groups if group & tied]:
            groups.remove(other)
            tied |= other
        groups.append(tied)
    ranks = _ranks(connection, {number for group in groups for number in group})
    return {number: min(group, key=ranks.__getitem__) for group in groups for number in group}


def _ranks(connection: Connection, numbers: Iterable[int]) -> dict[int, tuple[str, str, str]]:
    query = select(
        report.c.number, report.c.published_from, report.c.published_to, report.c.text_hash
    )
    return {
        row.number: (row.published_from or "~", row.published_to or "~", row.text_hash)
        for row in fetch_in(connection, query, report.c.number, numbers)
    }


def by_block(rows: Iterable[Any]) -> dict[int, list[Any]]:
    """Rows by the block that they are folded in."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.block].append(row)
    return found
