"""Folding blocks again from what is packed of them, and building only what has changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import Connection, select

from intendance.ledger._evidence import STATEMENTS, Witnesses
from intendance.ledger._fold import Row, fold_rows, in_order, pack, unpack
from intendance.ledger._fresh import Fresh
from intendance.ledger._rows import chunks, delete_in, fetch_in, insert
from intendance.ledger._schema import commitment, packed, stale, statement
from intendance.ledger._swap import Changed, swap_some

_AT_ONCE: Final = 100
"""Blocks folded between two visits to the database."""

_PARTS: Final = 40
"""From so many parts on, those of a block are made one."""


def known_blocks(connection: Connection, blocks: Iterable[int]) -> set[int]:
    """Those of the blocks that are packed."""
    query = select(packed.c.block).where(packed.c.part == 0)
    return {row.block for row in fetch_in(connection, query, packed.c.block, blocks)}


def fold_packed(
    connection: Connection, blocks: Sequence[int], witnesses: Witnesses, changed: Changed
) -> list[int]:
    """Fold packed blocks, each for itself, and swap what comes out.

    Gives the blocks that were left: where two readings hold one statement, their statements
    themselves tell which of the two counts.
    """
    twice: list[int] = []
    for part in chunks(blocks, _AT_ONCE):
        added = _added(connection, part, witnesses)
        held = _held(connection, part)
        inputs = _inputs(connection, part)
        fresh = Fresh([], [], [], [])
        kept: set[str] = set()
        for number in part:
            rows, news = _rows(connection, number, held[number], added.get(number, []), fresh)
            if len({row.id for row in rows}) < len(rows):
                twice.append(number)
                kept.update(inputs[number])
                continue
            known = {id_: each for id_, each in inputs[number].items() if each is not None}
            whole = len(known) < len(inputs[number])
            decisions = witnesses.settled.among(row.id for row in rows)
            folded = fold_rows(rows, decisions, witnesses.catalogue, known, None if whole else news)
            fresh.add(folded, rows)
            kept |= folded.kept
        insert(connection, packed, fresh.packed)
        swap_some(connection, part, fresh, kept, changed)
    return twice


def _rows(
    connection: Connection, block: int, parts: list[bytes], added: list[Row], fresh: Fresh
) -> tuple[list[Row], frozenset[str]]:
    """All rows of a block in order, and which are new; what is to be packed goes to ``fresh``."""
    if added:
        parts.append(pack(added))
    rows = unpack(parts)
    if len(parts) > _PARTS:
        delete_in(connection, packed.c.block, [block])
        fresh.packed.append((block, 0, pack(rows)))
    elif added:
        fresh.packed.append((block, len(parts) - 1, parts[-1]))
    return in_order(rows), frozenset(row.id for row in added)


def _inputs(connection: Connection, blocks: Sequence[int]) -> dict[int, dict[str, str | None]]:
    """What each commitment of the blocks was built from; None where decisions have a part in it."""
    found: dict[int, dict[str, str | None]] = defaultdict(dict)
    query = select(commitment.c.id, commitment.c.block, commitment.c.inputs)
    for row in fetch_in(connection, query, commitment.c.block, blocks):
        found[row.block][row.id] = row.inputs
    return found


def _held(connection: Connection, blocks: Sequence[int]) -> dict[int, list[bytes]]:
    parts: dict[int, list[bytes]] = defaultdict(list)
    query = select(packed).order_by(packed.c.block, packed.c.part)
    for row in fetch_in(connection, query, packed.c.block, blocks):
        parts[row.block].append(row.body)
    return parts


def _added(
    connection: Connection, blocks: Sequence[int], witnesses: Witnesses
) -> dict[int, list[Row]]:
    """The rows of new statements, and of those whose witness changed, by block."""
    query = STATEMENTS.join(stale, stale.c.statement == statement.c.number)
    members = list(fetch_in(connection, query, stale.c.block, blocks))
    witnesses.load({row.report for row in members})
    found: dict[int, list[Row]] = defaultdict(list)
    for row in witnesses.rows(members):
        found[row.block].append(row)
    return found
