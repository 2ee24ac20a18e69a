"""What a fold gives, as rows for the tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from intendance.ledger._fold import Folded, Placing, Row, pack_placing, pack_rows
from intendance.ledger._intake import spaced
from intendance.terms import Commitment, canonical
from intendance.terms import digest as digest_of

Values = tuple[Any, ...]


class Fresh(msgspec.Struct, array_like=True):
    """What some blocks give when folded, as rows for the tables.

    ``packed``, ``placed``, ``gists`` and ``outlets`` are there to fold them again.
    """

    commitments: list[Values] = []
    conflicts: list[Values] = []
    assigned: list[tuple[int, str]] = []
    packed: list[tuple[int, int, bytes]] = []
    placed: list[tuple[int, bytes]] = []
    gists: list[tuple[str, int, bytes]] = []
    outlets: dict[str, str] = {}

    def add(self, folded: Folded, rows: Sequence[Row]) -> None:
        """Take over what the rows of one group of blocks gave."""
        by_id = {row.id: row for row in rows}
        days = _days(folded, rows)
        home = {each.id: by_id[each.anchor].block for each in folded.commitments}
        self.commitments += [
            _commitment_row(each, home[each.id], days[each.id]) for each in folded.commitments
        ]
        for one in folded.conflicts:
            body = canonical(one)
            self.conflicts.append(
                (one.id, one.commitment, home[one.commitment], digest_of(body), body.decode())
            )
        self.assigned += [(by_id[said].number, into) for said, into in folded.assigned.items()]

    def keep(self, block: int, placing: Placing, folded: Folded, rows: Iterable[Row]) -> None:
        """Take over what is needed to fold one block again: where all was placed, of which rows."""
        self.placed.append((block, pack_placing(placing)))
        made: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            made[folded.assigned[row.id]].append(row)
        self.gists += [(name, block, pack_rows(found)) for name, found in made.items()]

    def extend(self, other: Fresh) -> None:
        """Take over what other blocks gave."""
        self.commitments += other.commitments
        self.conflicts += other.conflicts
        self.assigned += other.assigned
        self.packed += other.packed
        self.placed += other.placed
        self.gists += other.gists
        self.outlets |= other.outlets


def _commitment_row(each: Commitment, block: int, days: Sequence[str]) -> Values:
    """A commitment as a row of its table; ``days`` on which it was spoken of or is due."""
    body = canonical(each)
    return (
        each.id, block, digest_of(body), spaced(each.donors), each.recipient, each.item,
        spaced(each.stages), int(each.general), int(each.live), min(days, default=None),
        max(days, default=None), body.decode(),
    )  # fmt: skip


def _days(folded: Folded, rows: Iterable[Row]) -> dict[str, list[str]]:
    days: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        into = folded.assigned.get(row.id)
        if into is not None:
            time = row.said.time
            mine = days[into]
            mine += [day for day in (row.p0, row.p1, time.start, time.end) if day and day != "~"]
    return days
