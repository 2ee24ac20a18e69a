"""The projection of some books, kept in step with what is written."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from intendance.web._columns import Columns, Vocabulary, all_columns, some_columns, split_id
from intendance.web._memory import give_back
from intendance.web._projection import Projection
from intendance.web._writes import Writes

if TYPE_CHECKING:
    from intendance.api import Books


class Keeper:
    """Keeps the projection of some books in step with them; several threads may ask at once."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._words = Vocabulary()
        self._lock = threading.Lock()
        self._writes = Writes(books)
        self._held: Projection | None = None

    def current(self) -> Projection:
        """The projection of what the books hold now."""
        with self._lock:
            version = self._books.version()
            held = self._held
            if held is None:
                columns = all_columns(self._books, self._words)
                give_back()
            elif held.version == version:
                return held
            else:
                columns = self._brought(held, version)
            known = None if held is None else held.known_for(columns)
            self._held = Projection(columns, self._books.catalogue, version, known)
            return self._held

    def _brought(self, held: Projection, version: int) -> Columns:
        """The columns with what was written since."""
        told = self._writes.between(held.version, version)
        touched = self._differing(held.columns) if told is None else told
        if not touched:
            return held.columns
        come = some_columns(self._books, touched, self._words)
        return held.columns.changed(touched, come)

    def _differing(self, columns: Columns) -> set[str]:
        """What is not as the columns have it, looked for in all rows."""
        marks = columns["mark"]
        found: set[str] = set()
        at, size = 0, len(columns)
        for id_, mark in self._books.hashes():
            high, low = split_id(id_)
            key = (high << 16) | low
            while at < size and _key(columns, at) < key:
                found.add(columns.id_of(at))
                at += 1
            if at < size and _key(columns, at) == key:
                if int(marks[at]) != int(mark[:16], 16):
                    found.add(id_)
                at += 1
            else:
                found.add(id_)
        found.update(columns.id_of(rest) for rest in range(at, size))
        return found


def _key(columns: Columns, at: int) -> int:
    return (int(columns["high_id"][at]) << 16) | int(columns["low_id"][at])
