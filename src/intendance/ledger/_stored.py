"""The ledger as it stands now, read from the tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, and_, func, or_, select

from intendance.catalogue import Catalogue
from intendance.ledger._batch import load_settled
from intendance.ledger._dates import dates_of, redated
from intendance.ledger._evidence import STATEMENTS, Witnesses
from intendance.ledger._filters import (
    Wanted,
    commitment_condition,
    in_days,
    lets_through,
    says,
    statement_condition,
)
from intendance.ledger._intake import spaced
from intendance.ledger._packages import Piece, packages
from intendance.ledger._rows import fetch_in
from intendance.ledger._schema import (
    appearance,
    assignment,
    commitment,
    conflict,
    link,
    reading,
    report,
    statement,
)
from intendance.ledger._types import Package
from intendance.ledger._view import Held, Pair, Tie, View
from intendance.terms import Commitment, Conflict, Report, Statement


class StoredView(View):
    """What the tables hold."""

    def __init__(self, connection: Connection, catalogue: Catalogue) -> None:
        super().__init__(catalogue)
        self.connection = connection
        self.settled = load_settled(connection)
        self._witnesses = Witnesses(connection, catalogue, self.settled)
        self._statement = msgspec.json.Decoder(Statement).decode
        self._commitment = msgspec.json.Decoder(Commitment).decode
        self._conflict = msgspec.json.Decoder(Conflict).decode

    def select(self, wanted: Wanted) -> list[Commitment]:
        return [each for each, _ in self.spoken(wanted)]

    def spoken(self, wanted: Wanted) -> list[tuple[Commitment, str | None]]:
        columns = (commitment.c.first_day, commitment.c.last_day, commitment.c.body)
        query = select(*columns).where(commitment_condition(wanted)).order_by(commitment.c.id)
        if wanted.text is None:
            rows: Iterable[Any] = self.connection.execute(query)
        else:
            rows = fetch_in(self.connection, query, commitment.c.id, self._saying(wanted.text))
        found = ((self._commitment(row.body), (row.first_day, row.last_day)) for row in rows)
        return sorted(
            ((each, days[0]) for each, days in found if lets_through(wanted, each, days)),
            key=lambda pair: pair[0].id,
        )

    def by_ids(self, ids: Iterable[str]) -> list[Commitment]:
        rows = fetch_in(self.connection, select(commitment.c.body), commitment.c.id, set(ids))
        return sorted((self._commitment(row.body) for row in rows), key=lambda each: each.id)

    def conflicts_of(self, commitments: Sequence[Commitment] | None) -> list[Conflict]:
        query = select(conflict.c.body)
        if commitments is None:
            rows: Iterable[Any] = self.connection.execute(query)
        else:
            ids = {each.id for each in commitments}
            rows = fetch_in(self.connection, query, conflict.c.commitment, ids)
        return sorted((self._conflict(row.body) for row in rows), key=lambda each: each.id)

    def ties(self, statements: Sequence[str] | None) -> list[Tie]:
        source, target = statement.alias("source"), statement.alias("target")
        source_in, target_in = assignment.alias("source_in"), assignment.alias("target_in")
        query = (
            select(
                link.c.kind, source.c.id, link.c.target, source_in.c.commitment,
                target_in.c.commitment,
            )
            .join(source, source.c.number == link.c.statement)
            .outerjoin(source_in, source_in.c.statement == source.c.number)
            .outerjoin(target, and_(target.c.id == link.c.target, target.c.active == 1))
            .outerjoin(target_in, target_in.c.statement == target.c.number)
            .where(source.c.active == 1)
        )  # fmt: skip
        rows: list[Any]
        if statements is None:
            # Links are few: named first, or SQLite looks at every statement for one.
            linked = select(link.c.statement)
            rows = list(self.connection.execute(query.where(source.c.number.in_(linked))))
        else:
            rows = list(fetch_in(self.connection, query, source.c.id, statements))
            rows += fetch_in(self.connection, query, link.c.target, statements)
        found = {Tie(row[0], row[1], row[2], row[3], row[4]) for row in rows}
        return sorted(found, key=lambda tie: (tie.source, tie.kind, tie.target))

    def siblings(self, pairs: Iterable[Pair]) -> dict[Pair, list[tuple[str, str | None]]]:
        wanted = {(spaced(donors), recipient): (donors, recipient) for donors, recipient in pairs}
        query = select(
            commitment.c.id, commitment.c.item, commitment.c.donors, commitment.c.recipient
        ).where(commitment.c.general == 0)
        found: dict[Pair, list[tuple[str, str | None]]] = defaultdict(list)
        named = {recipient for _, recipient in wanted if recipient is not None}
        rows: list[Any] = list(fetch_in(self.connection, query, commitment.c.recipient, named))
        if any(recipient is None for _, recipient in wanted):
            rows += self.connection.execute(query.where(commitment.c.recipient.is_(None)))
        for row in rows:
            if (pair := wanted.get((row.donors, row.recipient))) is not None:
                found[pair].append((row.id, row.item))
        return found

    def holders(self, statements: Iterable[str]) -> dict[str, str]:
        query = (
            select(statement.c.id, assignment.c.commitment)
            .join(assignment, assignment.c.statement == statement.c.number)
            .where(statement.c.active == 1)
        )
        rows = fetch_in(self.connection, query, statement.c.id, set(statements))
        return {row.id: row.commitment for row in rows}

    def in_packages(self, statements: Sequence[str]) -> bool:
        query = select(statement.c.id).where(statement.c.package.is_not(None))
        rows = fetch_in(self.connection, query, statement.c.id, statements)
        return next(rows, None) is not None

    def packed(self) -> list[Piece]:
        return self._pieces(statement.c.package.is_not(None))

    def packages_of(self, statements: Sequence[str]) -> list[Package]:
        # Announcements are of one package only where donors and recipient agree, so that those
        # which name any of these are all that matter; each is looked at whole.
        mine = self._announcements(statement.c.id, statements)
        here = list(self._pieces_of(mine))
        donors = {each for piece in here for each in piece.statement.actors}
        recipients = {each for piece in here for each in piece.statement.recipients}
        near = self._naming(statement.c.actors, donors)
        near &= self._naming(statement.c.recipients, recipients)
        return packages(self._pieces_of(near | mine))

    def announced(self) -> list[Piece]:
        names = sorted(self.catalogue.programmes)
        return self._pieces(or_(statement.c.act == "announce", statement.c.item.in_(names)))

    def statements(self, wanted: Wanted) -> list[Held]:
        query = STATEMENTS.where(statement_condition(wanted))
        found = self._held(self.connection.execute(query).all())
        if wanted.stage is not None:
            in_stage = self._in_stage(wanted.stage, found)
            found = [each for each in found if each.said.id in in_stage]
        return [each for each in found if passes(wanted, each)]

    def statements_after(self, wanted: Wanted, after: str, limit: int) -> list[Statement]:
        """The first ``limit`` statements that a filter lets through behind an identifier."""
        found: dict[str, Statement] = {}
        last: str | None = after
        while last is not None and len(found) < limit:
            query = STATEMENTS.where(statement_condition(wanted) & (statement.c.id > last))
            rows = self.connection.execute(query.order_by(statement.c.id).limit(limit)).all()
            last = rows[-1].id if len(rows) == limit else None
            held = [each for each in self._held(rows) if passes(wanted, each)]
            if wanted.stage is not None:
                inside = self._in_stage(wanted.stage, held)
                held = [each for each in held if each.said.id in inside]
            found |= {each.said.id: each.said for each in sorted(held, key=_by_id)}
        return list(found.values())[:limit]

    def held(self, ids: Iterable[str]) -> list[Held]:
        return self._held(list(fetch_in(self.connection, STATEMENTS, statement.c.id, set(ids))))

    def said_in(self, reports: Sequence[str]) -> list[Held]:
        """The statements of some reports, a few hundred at most, in the ledger's order."""
        query = STATEMENTS.where(
            statement.c.reading.in_(
                select(reading.c.number)
                .join(report, report.c.number == reading.c.report)
                .where(report.c.id.in_(reports) & (reading.c.active == 1))
            )
        )
        return self._held(self.connection.execute(query).all())

    def reports(self, ids: Iterable[str] | None = None) -> list[Report]:
        head = report.alias("head")
        count = (
            select(func.count())
            .select_from(reading)
            .join(statement, statement.c.reading == reading.c.number)
            .where((reading.c.report == report.c.number) & (reading.c.active == 1))
            .correlate(report)
            .scalar_subquery()
        )
        query = (
            select(
                report.c.number,
                report.c.id,
                appearance.c.body,
                head.c.id.label("head"),
                count.label("held"),
            )
            .select_from(report)
            .join(appearance, appearance.c.number == report.c.appearance)
            .join(head, head.c.number == report.c.component)
        )
        if ids is None:
            rows: Iterable[Any] = self.connection.execute(query)
        else:
            rows = fetch_in(self.connection, query, report.c.id, set(ids))
        dates = dates_of(self.connection, self.settled)
        return in_order(
            redated(shown(row.body, row.head, row.held), dates.get(row.number)) for row in rows
        )

    def _saying(self, text: str) -> set[str]:
        """The commitments with a statement that holds ``text``."""
        query = STATEMENTS.where(statement_condition(Wanted(text=text)))
        rows = self.connection.execute(query).all()
        numbers = {row.number for row in rows if says(self._statement(row.body), text)}
        found = select(assignment.c.commitment)
        return {
            row.commitment
            for row in fetch_in(self.connection, found, assignment.c.statement, numbers)
        }

    def _in_stage(self, stage: str, found: Sequence[Held]) -> set[str]:
        holders = self.holders(each.said.id for each in found)
        there = self.by_ids(set(holders.values()))
        return {
            said
            for each in there
            for name, state in each.stages.items()
            if name == stage
            for said in state.statements
        }

    def _pieces(self, condition: Any) -> list[Piece]:
        query = (
            STATEMENTS.add_columns(assignment.c.commitment)
            .outerjoin(assignment, assignment.c.statement == statement.c.number)
            .where(condition)
        )
        rows = self.connection.execute(query).all()
        into = {row.id: row.commitment for row in rows}
        return [Piece(h.now, h.report, into[h.said.id]) for h in self._held(rows)]

    def _announcements(self, column: Any, values: Iterable[Any]) -> set[tuple[int, str]]:
        """Report and package of the statements in a package whose ``column`` is among values."""
        query = select(statement.c.report, statement.c.package).where(_IN_PACKAGE)
        return {
            (row.report, row.package) for row in fetch_in(self.connection, query, column, values)
        }

    def _naming(self, column: Any, names: Iterable[str]) -> set[tuple[int, str]]:
        """Report and package of the statements in a package that name any of ``names``."""
        said = or_(column == "", *(column.contains(f" {each} ", autoescape=True) for each in names))
        query = select(statement.c.report, statement.c.package).where(_IN_PACKAGE & said)
        return {(row.report, row.package) for row in self.connection.execute(query)}

    def _pieces_of(self, announcements: set[tuple[int, str]]) -> Iterator[Piece]:
        numbers = {number for number, _ in announcements}
        query = STATEMENTS.add_columns(statement.c.package, assignment.c.commitment).outerjoin(
            assignment, assignment.c.statement == statement.c.number
        )
        found = fetch_in(self.connection, query.where(_IN_PACKAGE), statement.c.report, numbers)
        rows = [row for row in found if (row.report, row.package) in announcements]
        into = {row.id: row.commitment for row in rows}
        return (Piece(h.now, h.report, into[h.said.id]) for h in self._held(rows))

    def _held(self, rows: Sequence[Any]) -> list[Held]:
        self._witnesses.load({row.report for row in rows})
        found = []
        for row in rows:
            said = self._statement(row.body)
            source = self._witnesses.source(row.report)
            now = self.settled.corrected(said)
            found.append(Held(said, now, source.report, self._witnesses.witness(now, source)))
        return sorted(found, key=held_order)


_IN_PACKAGE: Final = statement.c.package.is_not(None) & (statement.c.active == 1)


def held_order(each: Held) -> tuple[str, str, int, int, str]:
    """The ledger's order: published, report, where in it."""
    said = each.said
    when = each.report.published.start or "~"
    return (when, each.report.text_hash, said.start, said.end, said.id)


def _by_id(each: Held) -> str:
    return each.said.id


def in_order(reports: Iterable[Report]) -> list[Report]:
    """Reports by date, undated ones last."""
    return sorted(reports, key=lambda each: (each.published.start or "~", each.text_hash))


def shown(body: str, head: str, count: int) -> Report:
    """A report with the one that it repeats and its count of statements."""
    each = msgspec.json.decode(body, type=Report)
    return msgspec.structs.replace(
        each, copy_of=None if head == each.id else head, statements=count
    )


def passes(wanted: Wanted, each: Held) -> bool:
    """Whether a statement passes what the database could not check of a filter."""
    if wanted.text is not None and not says(each.said, wanted.text):
        return False
    return in_days(wanted, each.now, each.report)
