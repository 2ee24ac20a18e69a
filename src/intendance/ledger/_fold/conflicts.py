"""Conflicts as the ledger keeps them: both sides, their statements and their witnesses (rule 7)."""

from __future__ import annotations

from collections.abc import Iterable

from intendance.ledger._fold.rows import Row
from intendance.terms import Conflict, ConflictKind, Side, short_hash


def conflict_of(
    commitment: str,
    kind: ConflictKind,
    stage: str,
    sides: Iterable[tuple[str, list[Row]]],
    settled_by: str | None = None,
) -> Conflict:
    """The conflict of one kind about one stage of a commitment.

    ``stage`` names what is contested, the same for ever: a stage, with ``:currency`` for money,
    ``:quantity`` for a date, ``:sum`` for a total, or ``donors``, ``recipient``, ``item``.
    """
    return Conflict(
        id="k" + short_hash((commitment, kind, stage)),
        commitment=commitment,
        kind=kind,
        sides=tuple(
            Side(
                value,
                tuple(dict.fromkeys(row.id for row in rows)),
                len({row.witness for row in rows if row.live}),
            )
            for value, rows in sides
        ),
        settled_by=settled_by,
    )
