"""What a fold gives, as rows for the tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from intendance.ledger._fold import Folded, Row
from intendance.ledger._intake import spaced
from intendance.terms import Commitment, canonical
from intendance.terms import digest as digest_of

Values = tuple[Any, ...]


class Fresh(msgspec.Struct, array_like=True):
    """What some blocks give when folded, as rows for the tables; ``packed`` is to fold again."""

    commitments: list[Values]
    conflicts: list[Values]
    assigned: list[tuple[int, str]]
    packed: list[tuple[int, int, bytes]]

    def add(self, folded: Folded, rows: Sequence[Row]) -> None:
        """Take over what the rows of one group of blocks gave."""
        by_id = {row.id: row for row in rows}
        days = _days(folded, rows)
        home = {each.id: by_id[each.anchor].block for each in folded.commitments}
        self.commitments += [
            _commitment_row(each, home[each.id], days[each.id], folded.inputs.get(each.id))
            for each in folded.commitments
        ]
        for one in folded.conflicts:
            body = canonical(one)
            self.conflicts.append(
                (one.id, one.commitment, home[one.commitment], digest_of(body), body.decode())
            )
        self.assigned += [(by_id[said].number, into) for said, into in folded.assigned.items()]

    def extend(self, other: Fresh) -> None:
        """Take over what other blocks gave."""
        self.commitments += other.commitments
        self.conflicts += other.conflicts
        self.assigned += other.assigned
        self.packed += other.packed


def _commitment_row(
    each: Commitment, block: int, days: Sequence[str], inputs: str | None
) -> Values:
    """A commitment as a row of its table; ``days`` on which it was spoken of or is due."""
    body = canonical(each)
    return (
        each.id, block, digest_of(body), spaced(each.donors), each.recipient, each.item,
        spaced(each.stages), int(each.general), int(each.live), min(days, default=None),
        max(days, default=None), body.decode(), inputs,
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
