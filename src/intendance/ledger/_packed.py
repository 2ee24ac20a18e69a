"""Folding blocks again from what is packed of them, and building only what has changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, func, select

from intendance.ledger._evidence import STATEMENTS, Witnesses
from intendance.ledger._fold import (
    Again,
    Asking,
    Row,
    fold_again,
    pack_sketches,
    unpack_placing,
    unpack_rows,
    unpack_sketches,
)
from intendance.ledger._fresh import Fresh
from intendance.ledger._rows import chunks, delete_in, fetch_in
from intendance.ledger._schema import gist, packed, placed, stale, statement
from intendance.ledger._swap import Changed, swap_some

_AT_ONCE: Final = 100
"""Blocks folded between two visits to the database."""

_PARTS: Final = 40
"""From so many parts on, those of a block are made one."""


def known_blocks(connection: Connection, blocks: Iterable[int]) -> set[int]:
    """Those of the blocks that are packed."""
    return {
        row.block for row in fetch_in(connection, select(placed.c.block), placed.c.block, blocks)
    }


def fold_packed(
    connection: Connection, blocks: Sequence[int], witnesses: Witnesses, changed: Changed
) -> list[int]:
    """Fold packed blocks, each for itself, and swap what comes out.

    Gives the blocks that were left: those that are to be folded from their statements.
    """
    left: list[int] = []
    for part in chunks(blocks, _AT_ONCE):
        came = _came(connection, part, witnesses)
        settled = {
            number
            for number, rows in came.items()
            if witnesses.settled.among(row.id for row in rows) or any(row.line for row in rows)
        }
        done = _answered(connection, _asking(connection, came.keys() - settled, came, witnesses))
        fresh, gone = Fresh(), set[str]()
        was: dict[int, str] = {}
        for number, again in done.items():
            if again is not None:
                gone |= again.gone
                was |= again.was
                _take(connection, number, again, fresh)
        swap_some(connection, gone, was, fresh, changed)
        left += settled | {number for number, again in done.items() if again is None}
    return sorted(left)


def _take(connection: Connection, block: int, again: Again, fresh: Fresh) -> None:
    fresh.add(again.folded, again.rows)
    fresh.keep(block, again.placing, again.folded, again.rows)
    if again.added:
        query = select(func.count()).select_from(packed).where(packed.c.block == block)
        part = connection.execute(query).scalar_one()
        if part < _PARTS:
            fresh.packed.append((block, part, pack_sketches(again.added)))
        else:
            delete_in(connection, packed.c.block, [block])
            fresh.packed.append((block, 0, pack_sketches(again.sketches)))


def _asking(
    connection: Connection,
    blocks: Iterable[int],
    came: Mapping[int, list[Row]],
    witnesses: Witnesses,
) -> dict[int, Asking]:
    parts: dict[int, list[bytes]] = defaultdict(list)
    query = select(packed).order_by(packed.c.block, packed.c.part)
    for row in fetch_in(connection, query, packed.c.block, blocks):
        parts[row.block].append(row.body)
    started = {}
    for row in fetch_in(connection, select(placed), placed.c.block, blocks):
        sketches, placing = unpack_sketches(parts[row.block]), unpack_placing(row.body)
        placing.spread(sketches)
        started[row.block] = fold_again(sketches, placing, came[row.block], witnesses.catalogue)
    return started


def _answered(connection: Connection, started: Mapping[int, Asking]) -> dict[int, Again | None]:
    """What blocks give, each being sent the rows that it asks for, those of all at once."""
    done: dict[int, Again | None] = {}
    found: dict[str, list[Row]] = {}
    asked: dict[int, set[str]] = {number: set() for number in started}
    while asked:
        wanted: dict[int, set[str]] = {}
        for number, names in asked.items():
            rows = [row for name in sorted(names) for row in found[name]]
            try:
                wanted[number] = started[number].send(rows) if names else next(started[number])
            except StopIteration as end:
                done[number] = end.value
        missing = sorted(set().union(*wanted.values()))
        held = fetch_in(connection, select(gist), gist.c.commitment, missing)
        found = {row.commitment: unpack_rows(row.body) for row in held}
        asked = wanted
    return done


def _came(
    connection: Connection, blocks: Sequence[int], witnesses: Witnesses
) -> dict[int, list[Row]]:
    """The rows of new statements, and of those whose witness changed, by block."""
    query = STATEMENTS.join(stale, stale.c.statement == statement.c.number)
    members = list(fetch_in(connection, query, stale.c.block, blocks))
    witnesses.load({row.report for row in members})
    found: dict[int, list[Row]] = {number: [] for number in blocks}
    for row in witnesses.rows(members):
        found[row.block].append(row)
    return found
