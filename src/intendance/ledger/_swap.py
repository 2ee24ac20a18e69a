"""Putting what was folded in place of what is stored, touching only the rows that differ."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from intendance.ledger._fresh import Fresh, Values
from intendance.ledger._rows import delete_in, fetch_in, forget, insert
from intendance.ledger._schema import (
    assignment,
    commitment,
    conflict,
    former,
    gist,
    outlet,
    packed,
    placed,
    statement,
)


class Changed(msgspec.Struct):
    """How many commitments and conflicts are new or gone after a fold.

    ``touched`` are the commitments that came, went or changed, in themselves or in a conflict.
    """

    commitments: int = 0
    conflicts: int = 0
    touched: set[str] = set()


def swap(connection: Connection, blocks: Sequence[int], fresh: Fresh, changed: Changed) -> None:
    """Replace all that is stored for ``blocks``."""
    query = select(commitment.c.id)
    gone = {row.id for row in fetch_in(connection, query, commitment.c.block, blocks)}
    _exchange_all(connection, gone, fresh, changed)
    columns = select(assignment.c.statement, assignment.c.commitment).join(
        statement, statement.c.number == assignment.c.statement
    )
    rows = fetch_in(connection, columns, statement.c.block, blocks)
    _assign(connection, {row.statement: row.commitment for row in rows}, dict(fresh.assigned))
    forget(connection, blocks)
    keep(connection, fresh)


def swap_some(
    connection: Connection, gone: set[str], was: Mapping[int, str], fresh: Fresh, changed: Changed
) -> None:
    """Replace the commitments ``gone``, in which ``was`` tells that the statements were.

    No statement has left their blocks.
    """
    _exchange_all(connection, gone, fresh, changed)
    _assign(connection, was, dict(fresh.assigned))
    delete_in(connection, gist.c.commitment, sorted(gone))
    delete_in(connection, placed.c.block, [block for block, _ in fresh.placed])
    keep(connection, fresh)


def keep(connection: Connection, fresh: Fresh) -> None:
    """Store what is needed to fold blocks again."""
    insert(connection, packed, fresh.packed)
    insert(connection, placed, fresh.placed)
    insert(connection, gist, fresh.gists)
    learn(connection, fresh.outlets)


def learn(connection: Connection, outlets: Mapping[str, str]) -> None:
    """Store the witnesses of publishers."""
    query = select(outlet.c.publisher)
    known = {row.publisher for row in fetch_in(connection, query, outlet.c.publisher, outlets)}
    insert(connection, outlet, sorted(each for each in outlets.items() if each[0] not in known))


def _exchange_all(
    connection: Connection, gone: Collection[str], fresh: Fresh, changed: Changed
) -> None:
    found = select(commitment.c.id, commitment.c.hash, commitment.c.block)
    old: dict[str, Values] = {
        row.id: (row.block, row.hash)
        for row in fetch_in(connection, found, commitment.c.id, sorted(gone))
    }
    new: dict[str, Values] = {row[0]: (row[1], row[2]) for row in fresh.commitments}
    changed.commitments += len(new) - len(old)
    changed.touched |= {id_ for id_ in old.keys() | new.keys() if old.get(id_) != new.get(id_)}
    _exchange(connection, commitment, old, new, fresh.commitments)
    sought = select(conflict.c.id, conflict.c.hash, conflict.c.block, conflict.c.commitment)
    rows = list(fetch_in(connection, sought, conflict.c.commitment, sorted(gone)))
    old = {row.id: (row.block, row.hash) for row in rows}
    new = {row[0]: (row[2], row[3]) for row in fresh.conflicts}
    changed.conflicts += len(new) - len(old)
    holders = [(row.id, row.commitment) for row in rows]
    holders += [(row[0], row[1]) for row in fresh.conflicts]
    changed.touched |= {holder for id_, holder in holders if old.get(id_) != new.get(id_)}
    _exchange(connection, conflict, old, new, fresh.conflicts)


def _exchange(
    connection: Connection,
    table: Any,
    old: Mapping[str, Values],
    new: Mapping[str, Values],
    rows: Iterable[Values],
) -> None:
    delete_in(connection, table.c.id, [id_ for id_, key in old.items() if new.get(id_) != key])
    entering = [row for row in rows if old.get(row[0]) != new[row[0]]]
    # A corrected statement can take its commitment's identifier along into another block.
    delete_in(connection, table.c.id, [row[0] for row in entering if row[0] not in old])
    insert(connection, table, entering)


def _assign(connection: Connection, old: Mapping[int, str], new: Mapping[int, str]) -> None:
    gone = [number for number, into in old.items() if new.get(number) != into]
    delete_in(connection, assignment.c.statement, gone)
    insert(connection, assignment, [row for row in new.items() if old.get(row[0]) != row[1]])
    if gone:
        _remember(connection, gone, old, new)


def _remember(
    connection: Connection, moved: Sequence[int], old: Mapping[int, str], new: Mapping[int, str]
) -> None:
    """Keep which statements went elsewhere than the anchor of the commitment they were in."""
    columns = select(statement.c.number, statement.c.id)
    there = [number for number in moved if number in new]
    ids = {row.number: row.id for row in fetch_in(connection, columns, statement.c.number, there)}
    anchors = {"s" + old[number][1:] for number in ids}
    heir = {
        "c" + row.id[1:]: new.get(row.number)
        for row in fetch_in(connection, columns, statement.c.id, anchors)
        if row.number in old
    }
    wanted = {
        (old[number], id_) for number, id_ in ids.items() if new[number] != heir.get(old[number])
    }
    known = {
        (row.commitment, row.statement)
        for row in fetch_in(
            connection, select(former), former.c.commitment, {into for into, _ in wanted}
        )
    }
    insert(connection, former, sorted(wanted - known))
