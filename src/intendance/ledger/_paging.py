"""A ledger looked at a little at a time: pages of listings, and what a projection is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import msgspec
from sqlalchemy import Column, Select, func, select

from intendance.ledger._brief import Line, lines_of
from intendance.ledger._editions import newest_of
from intendance.ledger._filters import resolve
from intendance.ledger._identify import identify
from intendance.ledger._listings import ALL, Day, Listings, Moment
from intendance.ledger._rows import fetch_in
from intendance.ledger._schema import assignment, commitment, conflict, reading, report, statement
from intendance.ledger._schema import batch as batch_table
from intendance.ledger._state import count
from intendance.ledger._stored import StoredView
from intendance.ledger._types import Filter, Projected
from intendance.ledger._view import members
from intendance.terms import CERTAINTIES, Certainty, Commitment, Conflict, Report, Statement

_AT_ONCE: Final = 20_000
"""Commitments decoded between two visits to the database."""

_LONGEST: Final = max(map(len, CERTAINTIES)) + 1

Watcher = Callable[[int, frozenset[str] | None], None]
"""Told of each write: the number of its batch, and which commitments came, went or changed; None
where that may be any."""


class Paged(Listings):
    """The methods of a ledger that give a page of a listing, by identifier.

    A page holds what comes after the identifier ``after``, ``limit`` rows at most; the last
    identifier of a page begins the next one. What arrives meanwhile moves no row to another page.
    """

    _watchers: tuple[Watcher, ...] = ()

    def watch(self, watcher: Watcher) -> None:
        """Have ``watcher`` told of every later write through this object, after it is done."""
        self._watchers = (*self._watchers, watcher)

    def version(self) -> int:
        """The number of the last write: two equal ones mean that nothing was written between."""
        with self._store.reading() as connection:
            return connection.execute(select(func.max(batch_table.c.number))).scalar() or 0

    def some(self, ids: Iterable[str]) -> list[Commitment]:
        """The commitments of these present identifiers, those that there are, sorted."""
        with self._view(None, None) as (view, _):
            return view.complete(view.by_ids(ids))

    def bare(self, ids: Iterable[str]) -> list[Commitment]:
        """As ``some``, in the order asked for and without what crosses blocks: quicker."""
        wanted = list(ids)
        with self._view(None, None) as (view, _):
            found = {each.id: each for each in view.by_ids(wanted)}
        return [found[each] for each in wanted if each in found]

    def then(
        self, ids: Iterable[str], as_of: Day = None, recorded: Moment = None
    ) -> list[Commitment]:
        """What the statements of some present commitments came to then, sorted by identifier.

        Only their blocks are folded, so that a look back at a page takes no look at all the rest.
        """
        now = self.bare(ids)
        with self._view(as_of, recorded) as (view, _):
            said = [one for each in now for one in members(each)]
            return view.by_ids(set(view.holders(said).values()))

    def latest_reports(self, first: int, limit: int, since: str | None = None) -> list[Report]:
        """Reports from the ``first`` on, the last published before others; with ``since`` (an
        instant) only those that this ledger has held since then."""
        query = select(report.c.id)
        if since is not None:
            query = query.join(batch_table, batch_table.c.number == report.c.batch)
            query = query.where(batch_table.c.recorded > since)
        end = func.coalesce(report.c.published_to, "")
        query = query.order_by(end.desc(), report.c.id.desc()).offset(first).limit(limit)
        with self._view(None, None) as (view, connection):
            ids = list(connection.execute(query).scalars())
            found = {each.id: each for each in view.reports(ids)}
        return [found[each] for each in ids]

    def count_reports(self) -> int:
        """How many reports there are."""
        with self._view(None, None) as (_, connection):
            return count(connection, report)

    def lines(self, ids: Iterable[str], as_of: Day = None) -> list[Line]:
        """The lines of a brief over some commitments, without money: that needs all of them.

        With ``as_of`` those of what the statements of these commitments came to then.
        """
        now = [] if as_of is None else [one for each in self.bare(ids) for one in members(each)]
        with self._view(as_of, None) as (view, _):
            wanted = ids if as_of is None else set(view.holders(now).values())
            found = lines_of(view, [each for each in view.by_ids(wanted) if each.live])
        return [msgspec.structs.replace(each, money=()) for each in found]

    def projected(self, ids: Iterable[str] | None = None) -> Iterator[Projected]:
        """All commitments, or some, with what facets count; sorted by identifier where all.

        What crosses blocks is not filled in.
        """
        decode = msgspec.json.Decoder(Commitment).decode
        table = commitment.c
        query = select(table.id, table.hash, table.first_day, table.last_day, table.body)
        with self._view(None, None) as (_, connection):
            if ids is not None:
                for row in fetch_in(connection, query, table.id, sorted(ids)):
                    yield Projected(decode(row.body), row.hash, row.first_day, row.last_day)
                return
            after: str | None = ""
            while after is not None:
                page = query.where(table.id > after).order_by(table.id).limit(_AT_ONCE)
                found = connection.execute(page).all()
                after = found[-1].id if len(found) == _AT_ONCE else None
                for each in found:
                    yield Projected(decode(each.body), each.hash, each.first_day, each.last_day)

    def published(self, statements: Iterable[str]) -> dict[str, str]:
        """The first day on which each of some statements came out, where its report has one."""
        query = select(statement.c.id, report.c.published_from).join(
            report, report.c.number == statement.c.report
        )
        found: dict[str, str] = {}
        with self._view(None, None) as (_, connection):
            for row in fetch_in(connection, query, statement.c.id, set(statements)):
                if row.published_from is not None:
                    day = found.setdefault(row.id, row.published_from)
                    found[row.id] = min(day, row.published_from)
        return found

    def hashes(self) -> Iterator[tuple[str, str]]:
        """Identifier and hash of every commitment, sorted by identifier."""
        query = select(commitment.c.id, commitment.c.hash).order_by(commitment.c.id)
        with self._view(None, None) as (_, connection):
            rows = connection.execution_options(yield_per=_AT_ONCE).execute(query)
            yield from ((row.id, row.hash) for row in rows)

    def certainties(
        self, statements: Iterable[str] | None = None
    ) -> Iterator[tuple[str, Certainty]]:
        """Commitment and certainty of each folded statement, or of some; in no order."""
        with self._view(None, None) as (_, connection):
            # Canonical JSON writes the field so, and no text in it can: its quotes are escaped.
            body, name = statement.c.body, '"certainty":"'
            find = func.instr if connection.dialect.name == "sqlite" else func.strpos
            said = func.substr(body, find(body, name) + len(name), _LONGEST)
            query = select(assignment.c.commitment, said.label("said")).join(
                statement, statement.c.number == assignment.c.statement
            )
            rows: Iterable[Any]
            if statements is None:
                rows = connection.execution_options(yield_per=_AT_ONCE).execute(query)
            else:
                rows = fetch_in(connection, query, statement.c.id, set(statements))
            for row in rows:
                yield row.commitment, row.said.partition('"')[0]

    def statements_after(self, after: str, limit: int, filter: Filter = ALL) -> list[Statement]:  # noqa: A002
        """A page of the statements that ``filter`` lets through, by identifier."""
        with self._view(None, None) as (view, connection):
            assert isinstance(view, StoredView)  # noqa: S101
            wanted = resolve(filter, self.catalogue, connection)
            return view.statements_after(wanted, after, limit)

    def newest_edition(self, of: Report) -> list[Statement]:
        """What the newest edition held of a report's data set says, as it was said; nothing where
        there is none."""
        with self._view(None, None) as (view, connection):
            query = select(report.c.id).where(report.c.kind == "dataset")
            ids = list(connection.execute(query).scalars())
            newest = newest_of(of, view.reports(ids) if ids else ())
            said = select(statement.c.body, report.c.id).select_from(statement)
            said = said.join(reading, reading.c.number == statement.c.reading)
            said = said.join(report, report.c.number == reading.c.report)
            said = said.where(reading.c.active == 1).order_by(statement.c.number)
            rows = fetch_in(connection, said, report.c.id, newest)
            decode = msgspec.json.Decoder(Statement).decode
            return [decode(row.body) for row in rows]

    def report(self, id: str) -> Report:  # noqa: A002
        """One report; raises IntendanceError ``id.unknown`` or ``id.ambiguous``."""
        with self._view(None, None) as (view, connection):
            return view.reports([identify(connection, id, kinds=("report",)).id])[0]

    def reports_after(self, after: str, limit: int) -> list[Report]:
        """A page of the reports, by identifier."""
        with self._view(None, None) as (view, connection):
            found = _page(report.c.id, after, limit)
            ids = list(connection.execute(found).scalars())
            return sorted(view.reports(ids), key=lambda each: each.id)

    def conflicts_after(self, after: str, limit: int, *, settled: bool = False) -> list[Conflict]:
        """A page of the conflicts, by identifier; with ``settled`` also those that are."""
        decode = msgspec.json.Decoder(Conflict).decode
        found: list[Conflict] = []
        with self._view(None, None) as (_, connection):
            last: str | None = after
            while last is not None and len(found) < limit:
                query = select(conflict.c.body).where(conflict.c.id > last)
                page = connection.execute(query.order_by(conflict.c.id).limit(limit)).scalars()
                bodies = [decode(each) for each in page]
                last = bodies[-1].id if len(bodies) == limit else None
                found += [each for each in bodies if settled or each.settled_by is None]
        return found[:limit]

    def conflicts_in(self, commitments: Iterable[str] | None = None) -> Iterator[Conflict]:
        """The conflicts of some commitments, or all; in no order."""
        decode, query = msgspec.json.Decoder(Conflict).decode, select(conflict.c.body)
        with self._view(None, None) as (_, connection):
            rows: Iterable[Any]
            if commitments is None:
                rows = connection.execution_options(yield_per=_AT_ONCE).execute(query)
            else:
                rows = fetch_in(connection, query, conflict.c.commitment, sorted(set(commitments)))
            for row in rows:
                yield decode(row.body)

    def _tell(self, batch: int, touched: frozenset[str] | None) -> None:
        for each in self._watchers:
            each(batch, touched)


def _page(column: Column[str], after: str, limit: int) -> Select[Any]:
    return select(column).where(column > after).order_by(column).limit(limit)
