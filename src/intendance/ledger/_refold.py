"""Folding dirty blocks again and swapping what they give for what was stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import delete, select

from intendance.catalogue import Catalogue
from intendance.ledger._batch import Batch
from intendance.ledger._evidence import STATEMENTS, Witnesses, by_block
from intendance.ledger._fold import Row, fold_rows, pack_sketches, placing_of, sketch_of
from intendance.ledger._fresh import Fresh
from intendance.ledger._groups import grouped
from intendance.ledger._packed import fold_packed, known_blocks
from intendance.ledger._rows import chunks, fetch_in, uncollected
from intendance.ledger._schema import dirty, stale, statement
from intendance.ledger._swap import Changed, learn, swap
from intendance.terms import Decision

_AT_ONCE: Final = 400
"""Blocks folded between two visits to the database."""


def refold(batch: Batch) -> Changed:
    """Fold every dirty block again, with all those that merges tie to it, and swap the results.

    Blocks of which only new statements are unknown are folded from what is packed of them.
    """
    connection = batch.connection
    waiting = set(connection.execute(select(dirty.c.block)).scalars())
    if not waiting:
        return Changed()
    changed = Changed()
    groups = grouped(connection, waiting, batch.settled)
    witnesses = Witnesses(connection, batch.catalogue, batch.settled, stored=True)
    ready = known_blocks(connection, [group[0] for group in groups if len(group) == 1])
    with uncollected():
        left = fold_packed(connection, sorted(ready), witnesses, changed)
    whole = [group for group in groups if group[0] not in ready] + [[each] for each in left]
    for part in chunks(whole, _AT_ONCE):
        blocks = [number for group in part for number in group]
        rows = list(fetch_in(connection, STATEMENTS, statement.c.block, blocks))
        swap(connection, blocks, fold_statements(rows, part, witnesses), changed)
    learn(connection, witnesses.learned())
    connection.execute(delete(dirty))
    connection.execute(delete(stale))
    batch.touch(changed.touched)
    return changed


def fold_statements(
    rows: Iterable[Any], groups: Iterable[Sequence[int]], witnesses: Witnesses
) -> Fresh:
    """Fold the statement rows of whole groups of blocks; gives rows for the tables."""
    rows = list(rows)
    witnesses.load({row.report for row in rows})
    found = by_block(rows)
    fresh = Fresh()
    for group in groups:
        members = [row for number in group for row in found.get(number, ())]
        if members:
            ready = witnesses.rows(members)
            decisions = witnesses.settled.among(row.id for row in ready)
            _fold_group(ready, decisions, witnesses.catalogue, fresh)
    fresh.outlets = witnesses.learned()
    return fresh


def _fold_group(
    rows: list[Row], decisions: Sequence[Decision], catalogue: Catalogue, fresh: Fresh
) -> None:
    """Fold what belongs together; a block alone, on which no decision bears, is packed too."""
    sketches = [sketch_of(row) for row in rows]
    # Rows of data sets are placed by their lines, which what is packed does not tell.
    alone = not decisions and all(row.block == rows[0].block and not row.line for row in rows)
    parts = [(rows[0].block, 0, pack_sketches(sketches))] if alone else []
    folded, groups = fold_rows(rows, decisions, catalogue, sketches)
    fresh.add(folded, rows)
    if alone:
        fresh.packed += parts
        fresh.keep(rows[0].block, placing_of(sketches, groups), folded, rows)
