"""Rows in and out, many at a time."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, Final, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, Row, Select, Table, func, select
from sqlalchemy import insert as insert_into
from sqlalchemy.engine.interfaces import DBAPICursor

from intendance.ledger._schema import gist, packed, placed

_T = TypeVar("_T")

CHUNK: Final = 500
"""How many values one IN list holds at most: below every limit of either database."""


def chunks(values: Iterable[_T], size: int = CHUNK) -> Iterator[list[_T]]:
    """The values in lists of at most ``size``."""
    source = iter(values)
    while part := list(islice(source, size)):
        yield part


def insert(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert ``rows``, each with a value for every column of ``table`` in order."""
    if not rows:
        return
    if connection.dialect.name == "postgresql" and len(rows) > CHUNK:
        _copy(connection, table, rows)
        return
    statement = str(insert_into(table).compile(dialect=connection.dialect))
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(statement, rows)
        return
    names = [column.name for column in table.columns]
    connection.execute(insert_into(table), [dict(zip(names, row, strict=True)) for row in rows])


def _copy(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """PostgreSQL's own bulk load: several times as fast as INSERT for many rows."""
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    cursor: Any = connection.connection.cursor()
    try:
        with cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)
    finally:
        closing: DBAPICursor = cursor
        closing.close()


def fetch_in(
    connection: Connection, query: Select[Any], column: ColumnElement[Any], values: Iterable[Any]
) -> Iterator[Row[Any]]:
    """The rows of ``query`` whose ``column`` is one of ``values``, however many those are."""
    for part in chunks(values):
        yield from connection.execute(query.where(column.in_(part))).all()


def delete_in(connection: Connection, column: Column[Any], values: Iterable[Any]) -> int:
    """Delete the rows whose ``column`` is one of ``values``; gives how many there were."""
    table = column.table
    assert isinstance(table, Table)  # noqa: S101
    return sum(
        connection.execute(table.delete().where(column.in_(part))).rowcount
        for part in chunks(values)
    )


def forget(connection: Connection, blocks: Iterable[int]) -> None:
    """Delete what is kept of blocks to fold them again without their statements."""
    wanted = sorted(blocks)
    for column in (packed.c.block, placed.c.block, gist.c.block):
        delete_in(connection, column, wanted)


@contextmanager
def uncollected() -> Iterator[None]:
    """Rows pass through by the million and hold no cycles: looking for some takes a while."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Numbers:
    """Row numbers given out in order; the single writer makes that safe."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._next: dict[str, int] = {}

    def next(self, table: Table) -> int:
        """The next free number of ``table``."""
        number = self._next.get(table.name)
        if number is None:
            top = self._connection.execute(select(func.max(table.c.number))).scalar()
            number = (top or 0) + 1
        self._next[table.name] = number + 1
        return number
