"""The queue of conflicts of some books, in the order in which it is worked off, kept in step."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from intendance.web._writes import Writes

if TYPE_CHECKING:
    from intendance.api import Books
    from intendance.terms import Conflict


class Queued(msgspec.Struct, frozen=True, gc=False):
    """What is held of one conflict."""

    id: str
    commitment: str
    kind: str
    settled: bool
    witnesses: int


def in_order(conflicts: Iterable[Conflict]) -> list[Queued]:
    """Conflicts as a queue: open ones come first, then those with most witnesses."""
    found = [_queued(each) for each in conflicts]
    return sorted(found, key=_place)


class Queue:
    """Keeps the queue of some books in step with them; several threads may ask at once."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._lock = threading.Lock()
        self._writes = Writes(books)
        self._version: int | None = None
        self._held: dict[str, list[Queued]] = {}
        self._sorted: list[Queued] = []

    def current(self) -> list[Queued]:
        """The queue as the books have it now; not to be changed."""
        with self._lock:
            version = self._books.version()
            if version != self._version:
                before = self._version
                touched = self._writes.between(before, version) if before is not None else None
                self._bring(touched)
                self._version = version
            return self._sorted

    def _bring(self, touched: frozenset[str] | None) -> None:
        if touched is None:
            self._held = self._read(None)
        else:
            come = self._read(touched)
            if all(self._held.get(each) == come.get(each) for each in touched):
                return
            for each in touched:
                self._held.pop(each, None)
            self._held.update(come)
        self._sorted = sorted((one for each in self._held.values() for one in each), key=_place)

    def _read(self, commitments: frozenset[str] | None) -> dict[str, list[Queued]]:
        found: defaultdict[str, list[Queued]] = defaultdict(list)
        for each in in_order(self._books.conflicts_in(commitments)):
            found[each.commitment].append(each)
        return dict(found)


def _queued(each: Conflict) -> Queued:
    witnesses = sum(side.witnesses for side in each.sides)
    return Queued(each.id, each.commitment, each.kind, each.settled_by is not None, witnesses)


def _place(each: Queued) -> tuple[bool, int, str]:
    return each.settled, -each.witnesses, each.id
