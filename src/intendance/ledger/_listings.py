"""What a ledger shows: listings, reasons, counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Final

import msgspec
from sqlalchemy import Connection, func, select

from intendance.catalogue import Catalogue
from intendance.ledger import _redact as redaction
from intendance.ledger import _state as state
from intendance.ledger import _verify as verification
from intendance.ledger._batch import Clock, load_settled
from intendance.ledger._brief import Brief, brief_of
from intendance.ledger._engine import Store
from intendance.ledger._filters import last_batch, resolve
from intendance.ledger._folded import FoldedView
from intendance.ledger._identify import identify
from intendance.ledger._overdue import overdue_among
from intendance.ledger._proposals import proposals_of
from intendance.ledger._rows import fetch_in
from intendance.ledger._schema import appearance, commitment, conflict, reading, report, statement
from intendance.ledger._stored import StoredView
from intendance.ledger._types import (
    Filter,
    Overdue,
    Package,
    Programme,
    Proposal,
    Tombstone,
    Version,
    Why,
)
from intendance.ledger._view import View
from intendance.ledger._why import why_of
from intendance.terms import Commitment, Conflict, Decision, Report, Statement, span_of

Day = str | date | None
Moment = str | date | datetime | None

ALL: Final = Filter()
"""The filter that lets everything through."""


class _Place(msgspec.Struct):
    """What is wanted of a report's record where only its address is."""

    address: str


class Listings:
    """The listing methods of a ledger; they give new lists of frozen terms.

    ``as_of`` (a date) leaves out what was published later; ``recorded`` (a date or an instant) what
    this ledger came to hold later (rule 10).
    """

    def __init__(self, store: Store, catalogue: Catalogue, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self.catalogue = catalogue

    def known(
        self, raw_hashes: Iterable[str], reader: str | None = None, catalogue: str | None = None
    ) -> dict[str, set[str]]:
        """Which of these files (SHA-256 of their bytes) were read, by this version where given.

        Gives the addresses at which each was found.
        """
        query = (
            select(appearance.c.raw_hash, appearance.c.body)
            .join(
                reading,
                (reading.c.report == appearance.c.report) & (reading.c.text == appearance.c.text),
            )
            .distinct()
        )
        if reader is not None:
            query = query.where(reading.c.reader == reader)
        if catalogue is not None:
            query = query.where(reading.c.catalogue == catalogue)
        decode = msgspec.json.Decoder(_Place).decode
        found: dict[str, set[str]] = {}
        with self._store.reading() as connection:
            for row in fetch_in(connection, query, appearance.c.raw_hash, set(raw_hashes)):
                found.setdefault(row.raw_hash, set()).add(decode(row.body).address)
        return found

    def commitments(
        self,
        filter: Filter = ALL,  # noqa: A002
        as_of: Day = None,
        recorded: Moment = None,
    ) -> list[Commitment]:
        """The commitments that ``filter`` lets through, sorted by identifier."""
        with self._view(as_of, recorded) as (view, connection):
            return view.commitments(resolve(filter, self.catalogue, connection))

    def spoken(
        self,
        filter: Filter = ALL,  # noqa: A002
        as_of: Day = None,
        recorded: Moment = None,
    ) -> list[tuple[Commitment, str | None]]:
        """As ``commitments``, each with the first day on which it was spoken of or came about.

        What crosses commitments (backfills, packages, programmes, "may include") is left out, which
        makes this the quicker way to all of them.
        """
        with self._view(as_of, recorded) as (view, connection):
            return view.spoken(resolve(filter, self.catalogue, connection))

    def conflicts(
        self,
        filter: Filter = ALL,  # noqa: A002
        as_of: Day = None,
        recorded: Moment = None,
    ) -> list[Conflict]:
        """The conflicts of the commitments that ``filter`` lets through (rule 7)."""
        with self._view(as_of, recorded) as (view, connection):
            wanted = resolve(filter, self.catalogue, connection)
            return view.conflicts_of(None if wanted.everything else view.select(wanted))

    def statements(
        self,
        filter: Filter = ALL,  # noqa: A002
        as_of: Day = None,
        recorded: Moment = None,
    ) -> list[Statement]:
        """The statements that ``filter`` lets through, as said, in the ledger's order."""
        with self._view(as_of, recorded) as (view, connection):
            wanted = resolve(filter, self.catalogue, connection)
            return [each.said for each in view.statements(wanted)]

    def reports(
        self,
        filter: Filter = ALL,  # noqa: A002
        as_of: Day = None,
        recorded: Moment = None,
    ) -> list[Report]:
        """The reports with a statement that ``filter`` lets through; without one, all reports."""
        with self._view(as_of, recorded) as (view, connection):
            wanted = resolve(filter, self.catalogue, connection)
            if wanted.everything:
                return view.reports()
            return view.reports({each.said.report for each in view.statements(wanted)})

    def packages(
        self,
        filter: Filter = ALL,  # noqa: A002
        as_of: Day = None,
        recorded: Moment = None,
    ) -> list[Package]:
        """The packages; of a filter, those with a commitment that it lets through as a part."""
        with self._view(as_of, recorded) as (view, connection):
            wanted = resolve(filter, self.catalogue, connection)
            if wanted.everything:
                return view.packages
            inside = {each.package for each in view.commitments(wanted)}
            return [each for each in view.packages if each.id in inside]

    def frameworks(self, as_of: Day = None, recorded: Moment = None) -> list[Commitment]:
        """The framework contracts: commitments that others are orders inside (rule 8)."""
        with self._view(as_of, recorded) as (view, _):
            holding = set(view.frameworks(view.ties(None)).values())
            return view.complete(view.by_ids(holding))

    def programmes(self, as_of: Day = None, recorded: Moment = None) -> list[Programme]:
        """The plans, funds, alliances, forums and coalitions that reports tell of."""
        with self._view(as_of, recorded) as (view, _):
            return view.programmes

    def overdue(
        self,
        as_of: str | date,
        filter: Filter = ALL,  # noqa: A002
        recorded: Moment = None,
    ) -> list[Overdue]:
        """What was to be delivered before ``as_of`` and is not reported delivered in full."""
        with self._view(as_of, recorded) as (view, connection):
            found = view.commitments(resolve(filter, self.catalogue, connection))
            return overdue_among(found, _last_day(as_of) or "")

    def decisions(self) -> list[Decision]:
        """All decisions in the order in which they apply, each with the undo that lifts it."""
        with self._store.reading() as connection:
            return load_settled(connection).shown()

    def versions(self) -> list[Version]:
        """The versions of the reader that the ledger holds readings of."""
        with self._store.reading() as connection:
            return state.versions(connection)

    def tombstones(self) -> list[Tombstone]:
        """What was redacted."""
        with self._store.reading() as connection:
            return redaction.tombstones(connection)

    def proposals(self) -> list[Proposal]:
        """Pairs of reports that are likely a text and its translation, the likeliest first."""
        with self._view(None, None) as (view, connection):
            return proposals_of(view, load_settled(connection))

    def undated(self, ids: Iterable[str], recorded: Moment = None) -> set[str]:
        """Which of these commitments rest on a report without a date."""
        with self._view(None, recorded) as (view, _):
            return state.undated(view, ids)

    def text(self, id: str) -> str:  # noqa: A002
        """The text of a report, as it is shown; its statements' offsets count in it."""
        with self._store.reading() as connection:
            return state.text_of(connection, identify(connection, id, kinds=("report",)).id)

    def resolve(self, id: str) -> str:  # noqa: A002
        """The full, present identifier of what ``id`` (a prefix will do) names.

        An earlier identifier of a commitment gives the one that holds its statement now. Raises
        IntendanceError ``id.unknown`` or ``id.ambiguous``.
        """
        with self._view(None, None) as (_, connection):
            return identify(connection, id).id

    def why(self, id: str, as_of: Day = None, recorded: Moment = None) -> Why:  # noqa: A002
        """What a commitment, conflict, statement, decision, package or report rests on."""
        with self._view(as_of, recorded) as (view, connection):
            return why_of(view, connection, id)

    def brief(
        self,
        filter: Filter = ALL,  # noqa: A002
        as_of: Day = None,
        recorded: Moment = None,
    ) -> Brief:
        """The figures and quotes of a one-page account."""
        with self._view(as_of, recorded) as (view, connection):
            return brief_of(view, resolve(filter, self.catalogue, connection))

    def digest(self) -> str:
        """SHA-256 over the identifier and hash of every commitment and conflict (rule 3)."""
        with self._view(None, None) as (_, connection):
            return verification.digest_of_lines(verification.stored_lines(connection))

    def counts(self) -> dict[str, int]:
        """How many reports, statements, commitments and conflicts the ledger shows."""
        with self._view(None, None) as (_, connection):
            return {
                "reports": state.count(connection, report),
                "statements": state.count(connection, statement) - _put_by(connection),
                "commitments": state.count(connection, commitment),
                "conflicts": state.count(connection, conflict),
            }

    @contextmanager
    def _view(self, as_of: Day, recorded: Moment) -> Iterator[tuple[View, Connection]]:
        state.refresh(self._store, self.catalogue, self._clock)
        with self._store.reading() as connection:
            if as_of is None and recorded is None:
                yield StoredView(connection, self.catalogue), connection
            else:
                upto = None if recorded is None else last_batch(connection, recorded)
                yield FoldedView(connection, self.catalogue, _last_day(as_of), upto), connection


def _put_by(connection: Connection) -> int:
    """How many statements are of readings that do not count: few, and found by an index."""
    query = select(func.count()).select_from(statement)
    query = query.join(reading, reading.c.number == statement.c.reading)
    return int(connection.execute(query.where(reading.c.active == 0)).scalar_one())


def _last_day(as_of: Day) -> str | None:
    if as_of is None:
        return None
    text = as_of.isoformat() if isinstance(as_of, date) else as_of
    return span_of(text, "as_of").end
