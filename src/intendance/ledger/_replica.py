"""A ledger copied to a file of its own, and writes brought from one ledger to another."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec
from sqlalchemy import select

from intendance.ledger import _analyst as analyst
from intendance.ledger import _state as state
from intendance.ledger._address import parse_address
from intendance.ledger._batch import Batch, get_setting
from intendance.ledger._entry import entered
from intendance.ledger._failures import told
from intendance.ledger._intake import Intake
from intendance.ledger._open import open_store
from intendance.ledger._paging import Paged
from intendance.ledger._rows import chunks, fetch_in, insert
from intendance.ledger._schema import batch as batch_table
from intendance.ledger._schema import commitment, metadata, report, statement
from intendance.ledger._types import Added
from intendance.terms import Commitment, Decision, DecisionKind, IntendanceError, Reading

_T = TypeVar("_T")
_AT_ONCE: Final = 5_000


class Preview(msgspec.Struct, frozen=True):
    """What some readings would change: commitments as they are now, and as they would be."""

    added: Added
    before: tuple[Commitment, ...] = ()
    after: tuple[Commitment, ...] = ()


class _Back(Exception):  # noqa: N818  # no error: it takes a trial back
    """Raised to take a trial back."""


class Replica(Paged):
    """The methods of a ledger for those who keep copies of it, or try something on it first."""

    def copy_to(self, path: Path) -> None:
        """Makes a ledger at ``path`` that holds what this one holds at one instant."""
        if self._store.sqlite:
            with told(self._store.address.shown), closing(sqlite3.connect(path)) as sink:
                file = sqlite3.connect(str(self._store.address.file))
                with closing(file):
                    file.backup(sink)
            return
        sink_store = open_store(parse_address(path), create=True)
        try:
            with self._store.reading() as source, sink_store.writing() as connection:
                for table in metadata.sorted_tables:
                    rows = source.execution_options(yield_per=_AT_ONCE).execute(select(table))
                    for part in chunks(rows, _AT_ONCE):
                        insert(connection, table, [tuple(row) for row in part])
        finally:
            sink_store.close()

    def place_batches(self, instants: Mapping[int, str]) -> None:
        """Says of batches when they were recorded; brings all batches into the order of that.

        For copies in a file only: the numbers of batches change (rule 10 goes by them).
        """
        with self._store.reading() as connection:
            known = {row.number: row.recorded for row in connection.execute(select(batch_table))}
        known |= instants
        ordered = sorted(known, key=lambda number: (known[number], number))
        moved = {old: new for new, old in enumerate(ordered, 1) if old != new}
        here = self._store.address
        with told(here.shown), closing(sqlite3.connect(str(here.file))) as copy, copy:
            copy.executemany(
                "UPDATE batch SET recorded = ? WHERE number = ?",
                [(at, number) for number, at in instants.items()],
            )
            _renumber(copy, moved)

    def last_write(self) -> tuple[int, str]:
        """Number and instant of the last write; 0 and nothing where there was none."""
        with self._store.reading() as connection:
            query = select(batch_table).order_by(batch_table.c.number.desc()).limit(1)
            row = connection.execute(query).first()
            return (0, "") if row is None else (row.number, row.recorded)

    def held(self, statements: Iterable[str]) -> set[str]:
        """Which of these statements the ledger holds, folded or not."""
        with self._store.reading() as connection:
            query = select(statement.c.id)
            return {row.id for row in fetch_in(connection, query, statement.c.id, set(statements))}

    def known_reports(self, reports: Iterable[str]) -> set[str]:
        """Which of these reports the ledger holds."""
        with self._store.reading() as connection:
            query = select(report.c.id)
            return {row.id for row in fetch_in(connection, query, report.c.id, set(reports))}

    def hashes_of(self, ids: Iterable[str]) -> dict[str, str]:
        """The hashes of some commitments, by identifier."""
        query = select(commitment.c.id, commitment.c.hash)
        with self._store.reading() as connection:
            rows = fetch_in(connection, query, commitment.c.id, set(ids))
            return {row.id: row.hash for row in rows}

    def entry(
        self, report_id: str, quote: str, fields: dict[str, Any], *, by: str, nth: int = 1
    ) -> Reading:
        """What ``enter`` adds, without adding it."""
        id_ = self.resolve(report_id)
        with self._view(None, None) as (view, _):
            held = next(iter(view.reports([id_])), None)
        if held is None:
            raise IntendanceError(
                "id.unknown", expected="the identifier of a report", got=repr(report_id[:60]),
                where="an identifier",
            )  # fmt: skip
        return entered(held, self.text(id_), quote, fields, by, nth, self.catalogue)

    def record(self, decision: Decision) -> None:
        """Writes down a decision that was made elsewhere, as it is."""
        with self._writing() as batch:  # type: ignore[attr-defined]  # Ledger has it
            analyst.record(batch, decision)

    def would_decide(
        self, kind: DecisionKind, ids: Sequence[str], value: str | None, *, by: str, why: str
    ) -> Decision:
        """What ``decide`` would write; nothing is written. Raises what it raises."""
        return self._tried(lambda batch: analyst.decide(batch, kind, ids, value, by, why))

    def would_undo(self, decision: str, by: str, why: str) -> Decision:
        """What ``undo`` would write; nothing is written."""
        return self._tried(lambda batch: analyst.undo(batch, decision, by, why))

    def preview(self, readings: Iterable[Reading]) -> Preview:
        """What ``add`` would change; nothing is written."""

        touched: set[str] = set()

        def work(batch: Batch) -> Preview:
            held = get_setting(batch.connection, "folded")
            intake = Intake(batch, None if held is None else (held[0], held[1]))
            intake.run(readings)
            changed = state.refold_all_dirty(batch)
            touched.update(changed.touched)
            added = Added(
                reports=intake.reports, copies=state.copies_in(batch), readings=intake.readings,
                statements=intake.statements, commitments=changed.commitments,
                conflicts=changed.conflicts,
            )  # fmt: skip
            return Preview(added, (), _bodies(batch, changed.touched))

        found = self._tried(work)
        return msgspec.structs.replace(found, before=tuple(self.some(touched)))

    def _tried(self, work: Callable[[Batch], _T]) -> _T:
        state.refresh(self._store, self.catalogue, self._clock)
        result: list[_T] = []
        try:
            with self._store.writing() as connection:
                result.append(work(Batch(connection, self.catalogue, self._clock)))
                raise _Back
        except _Back:
            return result[0]


def _bodies(batch: Batch, ids: Iterable[str]) -> tuple[Commitment, ...]:
    decode = msgspec.json.Decoder(Commitment).decode
    rows = fetch_in(batch.connection, select(commitment.c.body), commitment.c.id, sorted(ids))
    return tuple(sorted((decode(row.body) for row in rows), key=lambda each: each.id))


def _renumber(connection: sqlite3.Connection, moved: Mapping[int, int]) -> None:
    """Numbers batches anew, wherever they are named; by way of negative numbers, so that none
    meets another on the way."""
    if not moved:
        return
    connection.execute("CREATE TEMP TABLE moved (old INTEGER PRIMARY KEY, new INTEGER)")
    connection.executemany("INSERT INTO moved VALUES (?, ?)", list(moved.items()))
    places = [("batch", "number")]
    places += [(t.name, "batch") for t in metadata.sorted_tables if "batch" in t.columns]
    for table, column in places:
        connection.execute(
            f'UPDATE "{table}" SET {column} = -(SELECT new FROM moved WHERE old = {column}) '  # noqa: S608
            f"WHERE {column} IN (SELECT old FROM moved)"
        )
    for table, column in places:
        connection.execute(f'UPDATE "{table}" SET {column} = -{column} WHERE {column} < 0')  # noqa: S608
    connection.execute("DROP TABLE moved")
