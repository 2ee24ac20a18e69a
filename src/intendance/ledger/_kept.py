"""What is kept beside statements: rows that imports set aside, tables that users supply."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from intendance.ledger._batch import Batch
from intendance.ledger._rows import insert
from intendance.ledger._schema import batch as batch_table
from intendance.ledger._schema import rejected, supplied
from intendance.ledger._types import Rejected, Supplied
from intendance.terms import canonical


def keep_rejected(batch: Batch, rows: Iterable[Rejected]) -> int:
    """Store rows that an import set aside, each once; gives how many are new."""
    columns = (rejected.c.file_hash, rejected.c.row, rejected.c.field, rejected.c.reason)
    wanted = {(each.file_hash, each.row, each.column, each.reason): each for each in rows}
    hashes = {key[0] for key in wanted}
    known = {
        tuple(row)
        for row in batch.connection.execute(
            select(*columns).where(rejected.c.file_hash.in_(sorted(hashes)))
        )
    }
    fresh = [each for key, each in wanted.items() if key not in known]
    insert(
        batch.connection,
        rejected,
        [
            (
                batch.numbers.next(rejected), each.file, each.file_hash, each.row, each.column,
                each.reason, each.got, batch.number,
            )
            for each in fresh
        ],
    )  # fmt: skip
    return len(fresh)


def read_rejected(connection: Connection) -> list[Rejected]:
    """All rows that were set aside, by file and row."""
    query = select(rejected, batch_table.c.recorded).join(
        batch_table, batch_table.c.number == rejected.c.batch
    )
    order = (rejected.c.file, rejected.c.file_hash, rejected.c.row, rejected.c.field)
    return [
        Rejected(
            file=row.file,
            file_hash=row.file_hash,
            row=row.row,
            column=row.field,
            reason=row.reason,
            got=row.got,
            when=row.recorded,
        )
        for row in connection.execute(query.order_by(*order))
    ]


def supply(
    batch: Batch,
    kind: str,
    name: str,
    rows: Sequence[Mapping[str, Any]],
    file: str,
    file_hash: str,
    owner: str | None,
    marking: str | None,
) -> Supplied:
    """Store a table; one that is the same as the newest of its name is not stored again."""
    body = canonical(list(rows)).decode()
    held = next(iter(read_supplied(batch.connection, kind, name)), None)
    if held is not None and canonical(list(held.rows)).decode() == body:
        if (held.owner, held.marking) == (owner, marking):
            return held
    number = batch.numbers.next(supplied)
    insert(
        batch.connection,
        supplied,
        [(number, kind, name, file, file_hash, owner, marking, body, batch.number)],
    )
    return Supplied(
        kind=kind,
        name=name,
        file=file,
        file_hash=file_hash,
        owner=owner,
        marking=marking,
        when=batch.when,
        rows=tuple(msgspec.json.decode(body)),
    )


def take(batch: Batch, tables: Iterable[Supplied]) -> None:
    """Store another ledger's tables with their owners and markings.

    One whose kind and name this ledger has already is left out: nobody's table is superseded, nor
    its marking lost, by what another ledger holds.
    """
    for each in tables:
        if not read_supplied(batch.connection, each.kind, each.name):
            supply(
                batch, each.kind, each.name, each.rows, each.file, each.file_hash, each.owner,
                each.marking,
            )  # fmt: skip


def read_supplied(
    connection: Connection, kind: str | None, name: str | None, *, history: bool = False
) -> list[Supplied]:
    """The newest table of each kind and name (all of them with ``history``, the newest first)."""
    query = select(supplied, batch_table.c.recorded).join(
        batch_table, batch_table.c.number == supplied.c.batch
    )
    if kind is not None:
        query = query.where(supplied.c.kind == kind)
    if name is not None:
        query = query.where(supplied.c.name == name)
    order = (supplied.c.kind, supplied.c.name, supplied.c.number.desc())
    found: list[Supplied] = []
    seen: set[tuple[str, str]] = set()
    for row in connection.execute(query.order_by(*order)):
        if (row.kind, row.name) not in seen or history:
            seen.add((row.kind, row.name))
            found.append(
                Supplied(
                    kind=row.kind,
                    name=row.name,
                    file=row.file,
                    file_hash=row.file_hash,
                    owner=row.owner,
                    marking=row.marking,
                    when=row.recorded,
                    rows=tuple(msgspec.json.decode(row.rows)),
                )
            )
    return found
