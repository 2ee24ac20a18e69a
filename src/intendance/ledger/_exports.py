"""A ledger as others take it: whole, in part, or line by line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from intendance.ledger._archive import Archive
from intendance.ledger._extract import (
    LINES,
    Crossing,
    Extract,
    crossings_of,
    extract_of,
    lines_of,
    sourced_of,
)
from intendance.ledger._filters import resolve
from intendance.ledger._listings import ALL, Day, Listings, Moment
from intendance.ledger._stored import StoredView
from intendance.ledger._types import Filter, Sourced


class Exports(Listings):
    """The methods of a ledger by which its contents leave it."""

    def extract(
        self,
        filter: Filter = ALL,  # noqa: A002
        as_of: Day = None,
        recorded: Moment = None,
    ) -> Extract:
        """The commitments that ``filter`` lets through, and all that they rest on."""
        with self._view(as_of, recorded) as (view, connection):
            return extract_of(view, resolve(filter, self.catalogue, connection))

    def bodies(self, size: int = LINES, *, ordered: bool = True) -> Iterator[list[str]]:
        """The canonical JSON of every commitment, by identifier, ``size`` at a time.

        Where they need not be ``ordered`` they come as they are stored, which is quicker.

        Without what ties commitments to others (``crossings``). Memory does not grow with the
        ledger.
        """
        with self._view(None, None) as (_, connection):
            yield from lines_of(connection, size, ordered=ordered)

    def sourced(self) -> Iterator[list[Sourced]]:
        """All statements with their reports, witnesses and commitments, in the ledger's order.

        Memory does not grow with the statements.
        """
        with self._view(None, None) as (_, connection):
            yield from sourced_of(StoredView(connection, self.catalogue))

    def crossings(self) -> dict[str, Crossing]:
        """What ties commitments to others, of those that something ties."""
        with self._view(None, None) as (view, _):
            return crossings_of(view)

    @contextmanager
    def archive(self, reports: frozenset[str] | None = None) -> Iterator[Archive]:
        """Everything that this ledger was told (of these reports), at one instant."""
        with self._view(None, None) as (_, connection):
            yield Archive(connection, reports)
