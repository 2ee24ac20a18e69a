"""Where statements stand after their corrections: their block, their columns, their links."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection, select, update

from intendance.ledger._batch import Batch
from intendance.ledger._intake import columns_of
from intendance.ledger._rows import delete_in, fetch_in, insert
from intendance.ledger._schema import assignment, link, statement
from intendance.terms import Statement

_COLUMNS = ("live", "act", "item", "actors", "recipients", "package")


def replace_statements(batch: Batch, ids: Iterable[str]) -> None:
    """Put statements where the corrections in force say; old and new blocks become dirty."""
    columns = select(statement.c.number, statement.c.block, statement.c.body)
    rows = list(fetch_in(batch.connection, columns, statement.c.id, set(ids)))
    decode = msgspec.json.Decoder(Statement).decode
    now = {row.number: batch.settled.corrected(decode(row.body)) for row in rows}
    keys = {number: batch.block_of(each) for number, each in now.items()}
    blocks = batch.blocks(key for key in keys.values() if key is not None)
    batch.soil({row.block for row in rows if row.block is not None})
    delete_in(batch.connection, link.c.statement, list(now))
    for row in rows:
        key = keys[row.number]
        block = None if key is None else blocks[key]
        place(batch.connection, row.number, block, now[row.number])
        found = {(row.number, each.kind, each.statement) for each in now[row.number].links}
        insert(batch.connection, link, sorted(found))
    homeless = [number for number, key in keys.items() if key is None]
    delete_in(batch.connection, assignment.c.statement, homeless)
    batch.soil({blocks[key] for key in keys.values() if key is not None})


def place(connection: Connection, number: int, block: int | None, now: Statement) -> None:
    """Set the columns of a statement that follow its corrections."""
    values = dict(zip(_COLUMNS, columns_of(now), strict=True))
    connection.execute(
        update(statement).where(statement.c.number == number).values(block=block, **values)
    )
