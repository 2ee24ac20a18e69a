"""Near copies of redacted reports, told without any of their words (rule 12)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from intendance.ledger import _minhash as minhash
from intendance.ledger._rows import fetch_in, insert
from intendance.ledger._schema import report, withheld
from intendance.terms import ROWS, Reading


def withhold(connection: Connection, tombstone: str, text: str) -> None:
    """Keep what near copies of a text are told by, under the identifier of a tombstone."""
    found = minhash.minima(minhash.shingles(text))
    if found:
        insert(connection, withheld, [(tombstone, minhash.trace(found))])


def near_copies(connection: Connection, part: Sequence[Reading]) -> dict[str, str]:
    """The reports that are nearly like a redacted one -> the tombstone of that.

    What the ledger already holds stays, and rows of data sets are no copies of anything (rule 4).
    """
    stones = connection.execute(select(withheld).order_by(withheld.c.tombstone)).all()
    if not stones:
        return {}
    ids = {each.report.id for each in part}
    known = {row.id for row in fetch_in(connection, select(report.c.id), report.c.id, ids)}
    found: dict[str, str] = {}
    for each in part:
        if each.report.id not in known and each.report.kind not in ROWS:
            mine = minhash.trace(minhash.minima(minhash.shingles(each.text)))
            stone = next((s.tombstone for s in stones if minhash.traced(mine, s.trace)), None)
            if stone is not None:
                found[each.report.id] = stone
    return found
