"""The ledgers that readers look at: one with the rows without a marking, and for each set of
marked rows that some reader may see, one with those as well (docs/web.md, rules W1 to W6)."""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, cast

from intendance.api import Books, open_ledger
from intendance.ledger import Rejected, Supplied, Tombstone
from intendance.terms import Commitment, Decision, IntendanceError, Reading, Report, Statement
from intendance.web._columns import statements_of
from intendance.web._keeper import Keeper
from intendance.web._markings import EVERYBODY, Label, strictest
from intendance.web._queue import Queue
from intendance.web._users import User
from intendance.web._vault import Brought, Kind, Marked, Vault, moment_of

_MOST_CASES: Final = 6
_GRACE: Final = 120.0
"""Seconds for which a ledger that has been replaced stays, for who still reads from it."""


class Case:
    """The books for one set of marked rows; what the ledger of those who see them would be."""

    whole = False
    """Whether there are no users, and so nothing that anybody may not see."""

    def __init__(self, books: Books, seen: Sequence[Marked], base: Books, version: int) -> None:
        self.books = books
        self.keeper = Keeper(books)
        self.queue = Queue(books)
        self.seen = seen
        self.version = version
        self.base = base
        self.label = strictest(each.label for each in seen)
        self.statements: dict[str, Label] = {}
        self.reports: dict[str, Label] = {}
        self.decisions: dict[str, Label] = {}
        self.tombstones: list[tuple[Tombstone, Label]] = []
        self.tables: dict[tuple[str, str, str], Label] = {}
        for each in seen:
            self._learn(each)

    def label_of(self, commitments: Sequence[Commitment]) -> list[Label]:
        """The label of each commitment (W4).

        That of its marked statements; of one without, which yet is another than without the marked
        rows (a marked copy can change how many witnesses it has), that of all of them.
        """
        if not self.seen:
            return [EVERYBODY for _ in commitments]
        ids = [each.id for each in commitments]
        mine, plain = self.books.hashes_of(ids), self.base.hashes_of(ids)
        found = []
        for each in commitments:
            label = self.label_of_statements(statements_of(each))
            other = each.id not in mine or mine[each.id] != plain.get(each.id)
            found.append(self.label if not label and other else label)
        return found

    def labels_of(self, rows: Sequence[object]) -> list[Label]:
        """The label of each row of a table, of commitments, statements, reports or decisions.

        Of anything else, as a total, that of all marked rows that its reader sees.
        """
        if not self.seen:
            return [EVERYBODY for _ in rows]
        if all(isinstance(each, Commitment) for each in rows):
            return self.label_of(cast("Sequence[Commitment]", rows))
        return [self._label_of_row(each) for each in rows]

    def _label_of_row(self, row: object) -> Label:
        if isinstance(row, Statement):
            return self.label_of_statements([row.id])
        if isinstance(row, Report):
            return self.reports.get(row.id, EVERYBODY)
        if isinstance(row, Decision):
            return self.decisions.get(row.id, EVERYBODY)
        return self.label

    def supplied(self, kind: str) -> list[Supplied]:
        """The tables of a kind that this reader sees.

        What was marked on the command line has a free text for a marking, that nobody's groups are
        measured by: with users on it is shown to nobody (W2).
        """
        return [
            each for each in self.books.supplied(kind)
            if self.whole or each.marking is None
            or _table(each) in self.tables
        ]  # fmt: skip

    def label_of_table(self, table: Supplied) -> Label:
        """The label of a table that its owner filled in."""
        return self.tables.get(_table(table), EVERYBODY)

    def label_of_statements(self, statements: Iterable[str]) -> Label:
        """The label of what is derived from statements."""
        return strictest(self.statements.get(each, EVERYBODY) for each in statements)

    def _learn(self, each: Marked) -> None:
        if each.kind == "decision":
            made: Decision = each.content
            self.decisions[made.id] = each.label
            return
        if each.kind == "tombstone":
            self.tombstones.append((each.content, each.label))
            return
        if each.kind == "table":
            table: Supplied = each.content
            self.tables[_table(table)] = each.label
            return
        for reading in each.readings:
            said = [one.id for one in reading.statements]
            open_ones = self.base.held(said)
            for id_ in said:
                if id_ not in open_ones:
                    self.statements.setdefault(id_, each.label)
            if not self.base.known_reports([reading.report.id]):
                self.reports.setdefault(reading.report.id, each.label)


def _remove(path: Path) -> None:
    """Removes a database with what lies beside it."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _table(each: Supplied) -> tuple[str, str, str]:
    return each.kind, each.name, each.file_hash


_PAGES: Final = 12
"""MiB of the database that each thread's connection keeps: the system keeps the file itself."""


class _Instants:
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


class Shelf:
    """All books of one server; without a ``vault`` there are no marked rows."""

    def __init__(
        self, database: str, catalogue: Sequence[Path] = (), vault: Vault | None = None
    ) -> None:
        self.books: Books = open_ledger(database, create=False, catalogue=catalogue)
        self.books.keep_pages(_PAGES)
        self.vault = vault
        self.plain = Case(self.books, (), self.books, 0)
        self.plain.whole = vault is None
        self._cases: OrderedDict[tuple[int, ...], Case] = OrderedDict()
        self._replaced: list[tuple[float, Case, Path]] = []
        self._paths: dict[int, Path] = {}
        self._lock = threading.RLock()
        self._folder: Path | None = None

    def case_for(self, user: User) -> Case:
        """The books of one reader, in step with what was written."""
        seen = [] if self.vault is None else self.vault.seen_by(user)
        if not seen:
            return self.plain
        key = tuple(each.number for each in seen)
        with self._lock:
            case = self._cases.get(key)
            if case is None or case.version != self.books.version():
                self._drop(key)
                case = self._cases[key] = self._derived(seen)
            self._cases.move_to_end(key)
            while len(self._cases) > _MOST_CASES:
                self._drop(next(iter(self._cases)))
            self._sweep()
            return case

    def write(self, kind: Kind, content: Any, label: Label) -> None:
        """Writes readings or a decision: into the ledger, or where they are marked into the vault.

        Either whole or not at all. Raises what ``Ledger.add`` and ``Ledger.record`` raise.
        """
        with self._lock:
            before = self.books.version()
            if label:
                self._keep(kind, content, label)
                return
            _apply(self.books, kind, content)
            number, at = self.books.last_write()
            for key, case in list(self._cases.items()):
                if case.version == before and number == before + 1:
                    _bring(case.books, kind, content, at)
                    case.version = number
                else:
                    self._drop(key)

    def bring(
        self, readings: Callable[[], Iterator[Reading]], rejected: Sequence[Rejected], label: Label
    ) -> None:
        """Takes an import in, as ``write`` does; ``readings`` are asked for one after the other.

        Ledgers with marked rows are derived anew when they are next looked at.
        """
        with self._lock:
            if label:
                content = Brought(list(readings()), list(rejected))
                self._keep("import", content, label)
                return
            self.books.bring(readings(), lambda: rejected)
            self.forget()

    def _keep(self, kind: Kind, content: Any, label: Label) -> None:
        if self.vault is None:
            raise IntendanceError(
                "marking.invalid", expected="none: this server has no users (--auth)",
                got="a marking", where="a marking",
            )  # fmt: skip
        self.vault.add(kind, content, label, datetime.now(UTC))

    def redact(self, case: Case, id_: str, by: str, ground: str) -> Tombstone:
        """Redacts a report or statement (rule 12), marked or not, from all ledgers.

        Of a marked statement its whole report goes: what is kept of it is one piece.
        """
        with self._lock:
            about = case.books.why(id_).statements
            report = about[0].statement.report if about else id_
            if report not in case.reports:
                stone = self.books.redact(id_, by, ground)
            else:
                # The tombstone is that of the ledger derived for who redacts; it is kept marked.
                stone = case.books.redact(report, by, ground)
                if self.vault is not None:
                    label = case.reports[report]
                    self.vault.take_out([report])
                    self.vault.add("tombstone", stone, label, datetime.now(UTC))
            self.forget()
            return stone

    def forget(self) -> None:
        """Lets go of all derived ledgers: something was taken out of what they were made from."""
        with self._lock:
            for key in list(self._cases):
                self._drop(key)

    def close(self) -> None:
        """Lets go of the database and of all derived ledgers."""
        self.forget()
        for _, case, _ in self._replaced:
            case.books.close()
        self.books.close()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    @contextmanager
    def aside(self, case: Case) -> Iterator[Books]:
        """A copy of a reader's ledger, for long work of which nothing is kept: the ledger itself
        takes writes meanwhile. Where there is no room for it, or it lies in no file, the ledger.
        """
        path = self._scratch() / f"aside-{time.monotonic_ns()}.db"
        try:
            case.books.copy_to(path)
        except IntendanceError:
            _remove(path)
            yield case.books
            return
        catalogue = case.books.catalogue
        books = cast("Books", Books.open(path, create=False, catalogue=catalogue))
        try:
            yield books
        finally:
            books.close()
            _remove(path)

    def _scratch(self) -> Path:
        with self._lock:
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix="intendance-seen-"))
            return self._folder

    def _derived(self, seen: Sequence[Marked]) -> Case:
        """The ledger that the fold gives over the rows without a marking and those seen (W3)."""
        path = self._scratch() / f"{time.monotonic_ns()}.db"
        self.books.copy_to(path)
        clock = _Instants()
        catalogue = self.books.catalogue
        books = cast("Books", Books.open(path, create=False, catalogue=catalogue, clock=clock))
        version = books.version()
        for each in seen:
            if each.kind == "tombstone":
                continue
            clock.now = moment_of(each)
            _bring(books, each.kind, each.content, each.at)
        case = Case(books, tuple(seen), self.books, version)
        self._paths[id(case)] = path
        return case

    def _drop(self, key: tuple[int, ...]) -> None:
        case = self._cases.pop(key, None)
        if case is not None:
            self._replaced.append((time.monotonic(), case, self._paths.pop(id(case))))

    def _sweep(self) -> None:
        now = time.monotonic()
        for each in [one for one in self._replaced if one[0] < now - _GRACE]:
            self._replaced.remove(each)
            each[1].books.close()
            _remove(each[2])


def _apply(books: Books, kind: Kind, content: Any) -> None:
    if kind == "readings":
        books.add(content)
    elif kind == "import":
        books.bring(content.readings, lambda: content.rejected)
    elif kind == "table":
        books.supply(
            content.kind, content.name, content.rows, file=content.file,
            file_hash=content.file_hash, owner=content.owner, marking=content.marking,
        )  # fmt: skip
    else:
        books.record(content)


def _bring(books: Books, kind: Kind, content: Any, at: str) -> None:
    """Writes to a derived ledger what was recorded elsewhere at that instant."""
    _apply(books, kind, content)
    number, _ = books.last_write()
    books.place_batches({number: at})
