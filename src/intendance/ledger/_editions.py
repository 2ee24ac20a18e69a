"""Editions of a data set: the newest that covers a donor counts, the earlier ones are history.

A pure function of the reports that are seen: a view of another day sees the edition of that day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from sqlalchemy import Connection, select

from intendance.ledger._rows import fetch_in
from intendance.ledger._schema import reading, report, statement
from intendance.terms import Report, Statement

Seen = Callable[[Iterable[int]], Mapping[int, Report]]
"""The reports of these numbers that are seen, as they are shown."""

_Rank = tuple[str, str, str]
_PART: Final = ", rows "


class Editions:
    """Which edition of each data set counts for each donor."""

    def __init__(self, connection: Connection, seen: Seen) -> None:
        self._connection = connection
        self._seen = seen
        self._newest: dict[tuple[str, str], _Rank] | None = None

    def superseded(self, said: Statement, shown: Report) -> bool:
        """Whether a newer edition of a data set covers the donor of one of its statements."""
        if shown.kind != "dataset":
            return False
        if self._newest is None:
            self._newest = self._look()
        series, mine = series_of(shown), _rank(shown)
        return any(self._newest.get((series, actor), mine) > mine for actor in said.actors)

    def _look(self) -> dict[tuple[str, str], _Rank]:
        query = select(report.c.number).where(report.c.kind == "dataset")
        numbers = list(self._connection.execute(query).scalars())
        found: dict[tuple[str, str], _Rank] = {}
        if len(numbers) < 2:
            return found
        shown = self._seen(numbers)
        for number, donors in _covered(self._connection, shown).items():
            key, rank = series_of(shown[number]), _rank(shown[number])
            for donor in donors:
                found[key, donor] = max(found.get((key, donor), rank), rank)
        return found


def series_of(shown: Report) -> str:
    """What editions of one data set share: publisher and title."""
    title = (shown.title or "").split(_PART, 1)[0]
    return f"{shown.publisher or ''}|{title}"


def newest_of(of: Report, held: Iterable[Report]) -> set[str]:
    """The reports that make up the newest edition of a report's data set among those held."""
    series = series_of(of)
    ranked = [(_rank(each), each.id) for each in held if series_of(each) == series]
    best = max(ranked, default=None)
    return set() if best is None else {id_ for rank, id_ in ranked if rank == best[0]}


def data_sets(connection: Connection) -> set[int]:
    """The numbers of all reports that are data sets."""
    query = select(report.c.number).where(report.c.kind == "dataset")
    return set(connection.execute(query).scalars())


def _rank(shown: Report) -> _Rank:
    """An edition of unknown date comes before all dated ones; the bytes tell equal days apart."""
    return (shown.published.start or "", shown.published.end or "", shown.raw_hash)


def _covered(connection: Connection, numbers: Iterable[int]) -> dict[int, set[str]]:
    """The donors that a data set has rows of their own of; partners named in them don't count."""
    query = select(reading.c.report, statement.c.actors).distinct()
    query = query.join(statement, statement.c.reading == reading.c.number)
    found: dict[int, set[str]] = defaultdict(set)
    for row in fetch_in(connection, query, reading.c.report, numbers):
        actors = row.actors.split()
        if len(actors) == 1:
            found[row.report].add(actors[0])
    return found
