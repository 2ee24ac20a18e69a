"""Folding all blocks anew, over several processes (rule 3: the ledger is the union over blocks)."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Final

import msgspec
from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    delete,
    func,
    select,
)

from intendance.catalogue import Catalogue
from intendance.ledger._address import Address
from intendance.ledger._batch import Batch, load_settled
from intendance.ledger._engine import Store
from intendance.ledger._evidence import STATEMENTS, Witnesses
from intendance.ledger._fresh import Fresh
from intendance.ledger._groups import grouped
from intendance.ledger._place import place
from intendance.ledger._refold import fold_statements
from intendance.ledger._rows import chunks, fetch_in, insert, uncollected
from intendance.ledger._schema import (
    assignment,
    commitment,
    conflict,
    dirty,
    former,
    gist,
    outlet,
    packed,
    placed,
    stale,
    statement,
)
from intendance.ledger._swap import keep
from intendance.terms import Statement

_TASK: Final = 6000
"""Statements that one task folds: enough to pay for its way to the worker and back."""

Groups = list[list[int]]


def fold_all_blocks(batch: Batch, address: Address | None, jobs: int) -> None:
    """Fold every block and store what comes out in place of what was stored.

    With an ``address`` and ``jobs`` above 1 that many processes fold what is committed there; the
    caller writes. Secondary indexes are built after the rows are in.
    """
    connection = batch.connection
    _set_aside(connection)
    tasks = list(_tasks(batch))
    batch.touched = None
    with uncollected(), _unindexed(connection, commitment, conflict):
        for table in (commitment, conflict, assignment, packed, placed, gist, outlet):
            connection.execute(delete(table))
        for fresh in _results(batch, address, tasks, jobs):
            insert(connection, commitment, fresh.commitments)
            insert(connection, conflict, fresh.conflicts)
            insert(connection, assignment, fresh.assigned)
            keep(connection, fresh)
    for table in (dirty, stale):
        connection.execute(delete(table))
    _remember(connection)


def fold_in_process(batch: Batch) -> Iterator[Fresh]:
    """Fold every block here and now, without storing anything; some blocks at a time."""
    yield from _results(batch, None, list(_tasks(batch)), 1)


def rekey(batch: Batch) -> None:
    """Work out the block of every statement anew, after the catalogue or a rule changed."""
    connection = batch.connection
    decode = msgspec.json.Decoder(Statement).decode
    last = 0
    while rows := _page(connection, last):
        last = rows[-1].number
        now = [batch.settled.corrected(decode(row.body)) for row in rows]
        keys = [batch.block_of(each) for each in now]
        numbers = batch.blocks(key for key in keys if key is not None)
        for row, each, key in zip(rows, now, keys, strict=True):
            block = None if key is None else numbers[key]
            if block != row.block:
                place(connection, row.number, block, each)


def _page(connection: Connection, last: int) -> Sequence[Any]:
    query = select(statement.c.number, statement.c.block, statement.c.body)
    query = query.where(statement.c.number > last).order_by(statement.c.number).limit(10_000)
    return connection.execute(query).all()


def _tasks(batch: Batch) -> Iterator[Groups]:
    query = (
        select(statement.c.block, func.count())
        .where(statement.c.block.is_not(None))
        .group_by(statement.c.block)
    )
    size: dict[int, int] = {row[0]: row[1] for row in batch.connection.execute(query)}
    task: Groups = []
    weight = 0
    for group in grouped(batch.connection, size, batch.settled):
        task.append(group)
        weight += sum(size.get(number, 0) for number in group)
        if weight >= _TASK:
            yield task
            task, weight = [], 0
    if task:
        yield task


def _results(
    batch: Batch, address: Address | None, tasks: Sequence[Groups], jobs: int
) -> Iterator[Fresh]:
    if address is None or jobs <= 1 or len(tasks) <= 1:
        witnesses = Witnesses(batch.connection, batch.catalogue, batch.settled)
        for task in tasks:
            yield _fold(batch.connection, task, witnesses)
        return
    with ProcessPoolExecutor(
        jobs, multiprocessing.get_context("spawn"), _start, (address, batch.catalogue)
    ) as pool:
        yield from _hand_out(pool, tasks, jobs + 2)


def _hand_out(pool: Executor, tasks: Iterable[Groups], ahead: int) -> Iterator[Fresh]:
    """Keep ``ahead`` tasks under way: no more results than that wait in memory."""
    source = iter(tasks)
    running: set[Future[Fresh]] = set()
    try:
        while True:
            while len(running) < ahead and (task := next(source, None)) is not None:
                running.add(pool.submit(_work, task))
            if not running:
                return
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for each in done:
                yield each.result()
    finally:
        for each in running:
            each.cancel()


class _Worker:
    """What a worker process keeps between tasks."""

    store: Store
    held: AbstractContextManager[Connection]
    connection: Connection
    witnesses: Witnesses


def _start(address: Address, catalogue: Catalogue) -> None:
    gc.disable()  # as in uncollected
    _Worker.store = Store(address)
    # Held until the process ends: all tasks see the one instant that the parent's lock keeps.
    _Worker.held = _Worker.store.reading()
    _Worker.connection = _Worker.held.__enter__()
    settled = load_settled(_Worker.connection)
    _Worker.witnesses = Witnesses(_Worker.connection, catalogue, settled)


def _work(task: Groups) -> Fresh:
    return _fold(_Worker.connection, task, _Worker.witnesses)


def _fold(connection: Connection, task: Groups, witnesses: Witnesses) -> Fresh:
    fresh = Fresh()
    for part in chunks(task, 400):
        blocks = [number for group in part for number in group]
        rows = list(fetch_in(connection, STATEMENTS, statement.c.block, blocks))
        fresh.extend(fold_statements(rows, part, witnesses))
    return fresh


@contextmanager
def _unindexed(connection: Connection, *tables: Table) -> Iterator[None]:
    indexes: list[Index] = [index for table in tables for index in table.indexes]
    for index in indexes:
        index.drop(connection)
    yield
    for index in indexes:
        index.create(connection)


_BEFORE: Final = Table(
    "assignment_before",
    MetaData(),
    Column("statement", Integer, primary_key=True, autoincrement=False),
    Column("commitment", Text, nullable=False),
    prefixes=["TEMPORARY"],
)


def _set_aside(connection: Connection) -> None:
    _BEFORE.create(connection)
    columns = select(assignment.c.statement, assignment.c.commitment)
    connection.execute(_BEFORE.insert().from_select(["statement", "commitment"], columns))


def _remember(connection: Connection) -> None:
    """Keep which statements left a commitment otherwise than with its anchor."""
    now, heir = assignment.alias(), assignment.alias()
    said, anchor = statement.alias(), statement.alias()
    heir_of = (
        select(heir.c.commitment)
        .join(anchor, anchor.c.number == heir.c.statement)
        .where(anchor.c.id == "s" + func.substr(_BEFORE.c.commitment, 2))
        .correlate(_BEFORE)
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(_BEFORE.c.commitment, said.c.id)
        .join(now, now.c.statement == _BEFORE.c.statement)
        .join(said, said.c.number == _BEFORE.c.statement)
        .where(
            (now.c.commitment != _BEFORE.c.commitment) & now.c.commitment.is_distinct_from(heir_of)
        )
    )
    left = {(row[0], row[1]) for row in connection.execute(query)}
    known = {(row[0], row[1]) for row in connection.execute(select(former))}
    insert(connection, former, sorted(left - known))
    _BEFORE.drop(connection)
