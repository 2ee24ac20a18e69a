"""Verifying: everything folded anew, compared line by line with what is stored."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import msgspec
from sqlalchemy import Connection, func, select

from intendance.ledger._batch import Batch
from intendance.ledger._everything import fold_all_blocks, fold_in_process, rekey
from intendance.ledger._rows import fetch_in
from intendance.ledger._schema import (
    assignment,
    block,
    commitment,
    conflict,
    reading,
    report_text,
    statement,
)
from intendance.ledger._types import Verification
from intendance.terms import Statement
from intendance.terms import digest as digest_of


def stored_lines(connection: Connection) -> dict[str, str]:
    """Identifier -> hash of every stored commitment and conflict."""
    lines: dict[str, str] = {}
    for table in (commitment, conflict):
        lines.update(connection.execute(select(table.c.id, table.c.hash)).all())
    return lines


def digest_of_lines(lines: Mapping[str, str]) -> str:
    """SHA-256 over the lines "identifier hash", sorted by identifier by code point."""
    total = hashlib.sha256()
    for id_ in sorted(lines):
        total.update(f"{id_} {lines[id_]}\n".encode())
    return total.hexdigest()


def verify(batch: Batch, *, repair: bool) -> Verification:
    """Fold everything anew and compare; check every quote; with ``repair`` swap the new fold in."""
    connection = batch.connection
    misplaced, misquoted, statements = _check_statements(batch)
    before = stored_lines(connection)
    differing = set(misplaced) | _altered(connection)
    if misplaced and repair:
        rekey(batch)
    fresh: dict[str, str] = {}
    commitments = assigned = 0
    for part in fold_in_process(batch):
        fresh.update((row[0], row[2]) for row in part.commitments)
        fresh.update((row[0], row[3]) for row in part.conflicts)
        commitments += len(part.commitments)
        assigned += len(part.assigned)
        differing |= _misassigned(connection, part.assigned)
    differing |= {id_ for id_ in before.keys() | fresh.keys() if before.get(id_) != fresh.get(id_)}
    if assigned != connection.execute(select(func.count()).select_from(assignment)).scalar_one():
        differing.add("assignment")
    repaired = repair and bool(differing)
    if repaired:
        fold_all_blocks(batch, None, 1)
    return Verification(
        digest=digest_of_lines(fresh),
        stored=digest_of_lines(before),
        statements=statements,
        commitments=commitments,
        conflicts=len(fresh) - commitments,
        differing=tuple(sorted(differing)),
        misquoted=tuple(misquoted),
        repaired=repaired,
    )


def _altered(connection: Connection) -> set[str]:
    """Commitments and conflicts whose stored words are not those that were folded."""
    found: set[str] = set()
    for table in (commitment, conflict):
        rows = connection.execute(select(table.c.id, table.c.hash, table.c.body))
        found |= {row.id for row in rows if digest_of(row.body.encode()) != row.hash}
    return found


def _misassigned(connection: Connection, fresh: Sequence[tuple[int, str]]) -> set[str]:
    """The commitments of statements that are stored with another."""
    wanted = dict(fresh)
    query = select(assignment)
    stored = {
        row.statement: row.commitment
        for row in fetch_in(connection, query, assignment.c.statement, wanted)
    }
    return {into for number, into in wanted.items() if stored.get(number) != into}


def _check_statements(batch: Batch) -> tuple[list[str], list[str], int]:
    """Statements in a wrong block, statements with a wrong quote, and how many there are."""
    connection = batch.connection
    keys = dict(connection.execute(select(block.c.number, block.c.key)).all())
    decode = msgspec.json.Decoder(Statement).decode
    text_of = lru_cache(maxsize=64)(_Texts(connection))
    misplaced, misquoted, count = [], [], 0
    for number, held_in, hash_, body in _statements(connection):
        said = decode(body)
        count += 1
        if batch.block_of(batch.settled.corrected(said)) != keys.get(held_in):
            misplaced.append(said.id)
        text = text_of((number, hash_))
        if text is None or text[said.start : said.end] != said.quote:
            misquoted.append(said.id)
    return misplaced, misquoted, count


def _statements(connection: Connection) -> Iterator[tuple[int, int | None, str, str]]:
    last = 0
    while True:
        query = (
            select(statement.c.number, statement.c.report, statement.c.block, reading.c.text,
                   statement.c.body)
            .join(reading, reading.c.number == statement.c.reading)
            .where(statement.c.number > last)
            .order_by(statement.c.number)
            .limit(5000)
        )  # fmt: skip
        rows = connection.execute(query).all()
        if not rows:
            return
        for row in rows:
            yield row.report, row.block, row.text, row.body
        last = rows[-1].number


class _Texts:
    """The texts of reports by number and hash."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __call__(self, key: tuple[int, str]) -> str | None:
        number, hash_ = key
        query = select(report_text.c.text).where(
            (report_text.c.report == number) & (report_text.c.hash == hash_)
        )
        data: bytes | None = self._connection.execute(query).scalar()
        return None if data is None else data.decode("utf-8", "surrogatepass")
