"""Folding dirty blocks again and swapping what they give for what was stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, delete, select

from intendance.catalogue import Catalogue
from intendance.ledger._batch import Batch
from intendance.ledger._evidence import STATEMENTS, Witnesses, by_block
from intendance.ledger._fold import Evidence, Folded, fold_block
from intendance.ledger._groups import grouped
from intendance.ledger._intake import spaced
from intendance.ledger._rows import chunks, delete_in, fetch_in, insert
from intendance.ledger._schema import assignment, commitment, conflict, dirty, former, statement
from intendance.ledger._settled import Settled
from intendance.terms import Commitment, canonical
from intendance.terms import digest as digest_of

_AT_ONCE: Final = 400
"""Blocks folded between two visits to the database."""

Row = tuple[Any, ...]


class Fresh(msgspec.Struct, array_like=True):
    """What some blocks give when folded, as rows for the tables."""

    commitments: list[Row]
    conflicts: list[Row]
    assigned: list[tuple[int, str]]


class Changed(msgspec.Struct):
    """How many commitments and conflicts are new or gone after a fold."""

    commitments: int = 0
    conflicts: int = 0


def refold(batch: Batch) -> Changed:
    """Fold every dirty block again, with all those that merges tie to it, and swap the results."""
    connection = batch.connection
    waiting = set(connection.execute(select(dirty.c.block)).scalars())
    if not waiting:
        return Changed()
    changed = Changed()
    groups = grouped(connection, waiting, batch.settled)
    witnesses = Witnesses(connection, batch.catalogue, batch.settled)
    for part in chunks(groups, _AT_ONCE):
        blocks = [number for group in part for number in group]
        rows = list(fetch_in(connection, STATEMENTS, statement.c.block, blocks))
        fresh = fold_rows(rows, part, witnesses, batch.settled, batch.catalogue)
        _swap(connection, blocks, fresh, changed)
    connection.execute(delete(dirty))
    return changed


def fold_rows(
    rows: Iterable[Any],
    groups: Iterable[Sequence[int]],
    witnesses: Witnesses,
    settled: Settled,
    catalogue: Catalogue,
) -> Fresh:
    """Fold the statement rows of whole groups of blocks; gives rows for the tables."""
    rows = list(rows)
    witnesses.load({row.report for row in rows})
    found = by_block(rows)
    fresh = Fresh([], [], [])
    for group in groups:
        members = [row for number in group for row in found.get(number, ())]
        if members:
            evidence = witnesses.evidence(members)
            decisions = settled.among(row.id for row in members)
            folded = fold_block(evidence, decisions, catalogue)
            _rows_of(folded, evidence, members, fresh)
    return fresh


def _rows_of(
    folded: Folded, evidence: Sequence[Evidence], members: Sequence[Any], fresh: Fresh
) -> None:
    number_of = {row.id: row.number for row in members}
    block_of = {row.id: row.block for row in members}
    days = _days(folded, evidence)
    home = {each.id: block_of[each.anchor] for each in folded.commitments}
    for each in folded.commitments:
        fresh.commitments.append(commitment_row(each, home[each.id], days[each.id]))
    for one in folded.conflicts:
        body = canonical(one)
        fresh.conflicts.append(
            (one.id, one.commitment, home[one.commitment], digest_of(body), body.decode())
        )
    fresh.assigned += [(number_of[said], into) for said, into in folded.assigned.items()]


def commitment_row(each: Commitment, block: int, days: Sequence[str]) -> Row:
    """A commitment as a row of its table; ``days`` on which it was spoken of or is due."""
    body = canonical(each)
    return (
        each.id, block, digest_of(body), spaced(each.donors), each.recipient, each.item,
        spaced(each.stages), int(each.general), int(each.live), min(days, default=None),
        max(days, default=None), body.decode(),
    )  # fmt: skip


def _days(folded: Folded, evidence: Iterable[Evidence]) -> dict[str, list[str]]:
    days: dict[str, list[str]] = defaultdict(list)
    for each in evidence:
        into = folded.assigned.get(each.statement.id)
        if into is not None:
            mine = days[into]
            for span in (each.published, each.statement.time):
                mine += [day for day in (span.start, span.end) if day is not None]
    return days


def _swap(connection: Connection, blocks: Sequence[int], fresh: Fresh, changed: Changed) -> None:
    """Replace what is stored for ``blocks``, touching only the rows that differ."""
    changed.commitments += _swap_table(connection, commitment, blocks, fresh.commitments, 2)
    changed.conflicts += _swap_table(connection, conflict, blocks, fresh.conflicts, 3)
    old = dict(_assigned(connection, blocks))
    new = dict(fresh.assigned)
    gone = [number for number, into in old.items() if new.get(number) != into]
    delete_in(connection, assignment.c.statement, gone)
    insert(connection, assignment, [row for row in new.items() if old.get(row[0]) != row[1]])
    if gone:
        _remember(connection, gone, old, new)


def _assigned(connection: Connection, blocks: Sequence[int]) -> Iterator[tuple[int, str]]:
    columns = select(assignment.c.statement, assignment.c.commitment).join(
        statement, statement.c.number == assignment.c.statement
    )
    for row in fetch_in(connection, columns, statement.c.block, blocks):
        yield row.statement, row.commitment


def _swap_table(
    connection: Connection, table: Any, blocks: Sequence[int], rows: Sequence[Row], hash_at: int
) -> int:
    columns = select(table.c.id, table.c.hash, table.c.block)
    old = {
        row.id: (row.hash, row.block)
        for row in fetch_in(connection, columns, table.c.block, blocks)
    }
    block_at = hash_at - 1
    new = {row[0]: (row[hash_at], row[block_at]) for row in rows}
    delete_in(connection, table.c.id, [id_ for id_, key in old.items() if new.get(id_) != key])
    entering = [row for row in rows if old.get(row[0]) != new[row[0]]]
    # A corrected statement can take its commitment's identifier along into another block.
    delete_in(connection, table.c.id, [row[0] for row in entering if row[0] not in old])
    insert(connection, table, entering)
    return len(new) - len(old)


def _remember(
    connection: Connection, moved: Sequence[int], old: dict[int, str], new: dict[int, str]
) -> None:
    """Keep which statements went elsewhere than the anchor of the commitment they were in."""
    ids = {
        row.number: row.id
        for row in fetch_in(
            connection, select(statement.c.number, statement.c.id), statement.c.number, old
        )
    }
    heir = {"c" + ids[number][1:]: new.get(number) for number in old if number in ids}
    wanted = {
        (old[number], ids[number])
        for number in moved
        if number in new and number in ids and new[number] != heir.get(old[number])
    }
    known = {
        (row.commitment, row.statement)
        for row in fetch_in(
            connection, select(former), former.c.commitment, {into for into, _ in wanted}
        )
    }
    insert(connection, former, sorted(wanted - known))
