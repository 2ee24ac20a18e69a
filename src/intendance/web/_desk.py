"""What a reader writes: decisions, statements by hand, reports; under that one's own name.

What is derived from marked rows is kept with their marking, so that it is seen by those alone who
see them (W4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import msgspec

from intendance.ledger import Preview, Rejected, Supplied
from intendance.terms import (
    Decision,
    DecisionKind,
    ErrorRecord,
    IntendanceError,
    Reading,
    Report,
    Statement,
    span_of,
)
from intendance.web._audit import Audit
from intendance.web._imports.spool import Spool
from intendance.web._markings import EVERYBODY, Label, strictest
from intendance.web._settings import Settings
from intendance.web._shelf import Case, Shelf
from intendance.web._types import Upload
from intendance.web._users import User

if TYPE_CHECKING:
    from intendance.api import Books
    from intendance.catalogue import Catalogue
    from intendance.web._demand.uploads import DemandFor

MOST_UNPACKED: Final = 20_000_000
"""The most bytes that one report of an upload may come to."""

_MANY: Final = 500
"""Statements from which on a preview is made on a copy."""


class Outcome(msgspec.Struct, frozen=True):
    """What an upload came to, or would come to: its reports, and what could not be read."""

    reports: tuple[str, ...]
    statements: int
    skipped: tuple[ErrorRecord, ...] = ()
    preview: Preview | None = None


class Desk:
    """Writes for one reader; raises what ``Books`` raises for the same."""

    def __init__(
        self,
        shelf: Shelf,
        case: Case,
        user: User,
        audit: Audit,
        settings: Settings,
        spool: Spool,
    ) -> None:
        self.spool = spool
        self._shelf = shelf
        self._case = case
        self._user = user
        self._audit = audit
        self._settings = settings

    def anew(self) -> Desk:
        """The same over what the ledger holds now, for work that is done later."""
        case = self._shelf.case_for(self._user)
        return Desk(self._shelf, case, self._user, self._audit, self._settings, self.spool)

    @property
    def name(self) -> str:
        """Who writes, as everybody sees it: with users on, a name that only the trail resolves."""
        if not self._settings.auth:
            return self._user.name
        return f"{self._user.role}-{self._audit.alias(self._user.name)}"

    def decide(
        self, kind: DecisionKind, ids: Sequence[str], value: str | None, why: str
    ) -> Decision:
        """Settles something (see ``Ledger.decide``)."""
        made = self._books.would_decide(kind, ids, value, by=self.name, why=why)
        return self._write_decision(made, self._case.label_of_statements(made.statements))

    def undo(self, decision: str, why: str) -> Decision:
        """Lifts a decision."""
        made = self._books.would_undo(decision, self.name, why)
        label = self._case.decisions.get(made.value or "", EVERYBODY)
        return self._write_decision(
            made, strictest([label, self._case.label_of_statements(made.statements)])
        )

    def enter(self, report: str, quote: str, fields: dict[str, Any], nth: int = 1) -> Statement:
        """Adds a statement by hand at words of a report; it has the report's marking."""
        made = self._books.entry(report, quote, fields, by=self.name, nth=nth)
        label = self._case.reports.get(made.report.id, EVERYBODY)
        with self._audit.act(self._user.name, "enter", [made.statements[0].id], label):
            self._shelf.write("readings", [made], label)
        return made.statements[0]

    def read(
        self,
        uploads: Sequence[Upload],
        *,
        published: str | None = None,
        label: Label = EVERYBODY,
        dry: bool = False,
        progress: Callable[[int, int], None] | None = None,
    ) -> Outcome:
        """Reads uploaded reports, marked with ``label``; with ``dry`` only a preview.

        ``progress`` is told how many uploads are read, and of how many.

        One write: all that can be read, or nothing. Raises IntendanceError with a code ``input.*``
        where nothing can be read.
        """
        readings, skipped = self._readings(uploads, published, progress)
        reports = tuple(dict.fromkeys(each.report.id for each in readings))
        statements = sum(len(each.statements) for each in readings)
        if dry:
            preview = self.would_bring(readings, statements)
            return Outcome(reports, statements, tuple(skipped), preview)
        with self._audit.act(self._user.name, "read", reports, label):
            self._shelf.write("readings", readings, label)
        return Outcome(reports, statements, tuple(skipped))

    def newest_edition(self, of: Report) -> list[Statement]:
        """What the newest edition of a data set says that this reader sees."""
        return self._books.newest_edition(of)

    def would_bring(self, readings: Iterable[Reading], statements: int) -> Preview:
        """What an import would change; nothing is written.

        Looking at many statements takes a while, in which others want to write: it is done on a
        copy.
        """
        if statements <= _MANY:
            return self._books.preview(readings)
        with self._shelf.aside(self._case) as books:
            return books.preview(readings)

    def bring(
        self,
        readings: Callable[[], Iterator[Reading]],
        rejected: Sequence[Rejected],
        reports: Sequence[str],
        label: Label,
    ) -> None:
        """Takes an import in as one write, with its marking: all of it or nothing."""
        with self._audit.act(self._user.name, "import", reports, label):
            self._shelf.bring(readings, rejected, label)

    @property
    def catalogue(self) -> Catalogue:
        """The names and facts of the ledger."""
        return self._books.catalogue

    def supplied(self, kind: str) -> list[Supplied]:
        """The tables of a kind that this reader sees."""
        return self._case.supplied(kind)

    def supply(self, table: Supplied, label: Label) -> None:
        """Keeps a table that its owner filled in, with its marking."""
        with self._audit.act(self._user.name, "import", [f"{table.kind} {table.name}"], label):
            self._shelf.write("table", table, label)

    def submit(self, target: DemandFor, rows: Sequence[dict[str, Any]], label: Label) -> None:
        """Puts a nation's demand into its round, with its marking."""
        from intendance.web._demand.uploads import put

        about = [f"demand {target.round} {target.nation}"]
        with self._audit.act(self._user.name, "submit", about, label):
            # Without users nobody has said who may see it: it stays its nation's own.
            put(target.place, target.nation, rows, label if self._settings.auth else None)

    @property
    def _books(self) -> Books:
        return self._case.books

    def _readings(
        self,
        uploads: Sequence[Upload],
        published: str | None,
        progress: Callable[[int, int], None] | None,
    ) -> tuple[list[Reading], list[ErrorRecord]]:
        from intendance.api import reader_with
        from intendance.web._taken import Bounds, take

        span = None if published is None else span_of(published, "published")
        reader = reader_with(self._books.catalogue)
        readings: list[Reading] = []
        skipped: list[ErrorRecord] = []
        bounds = Bounds()
        for number, each in enumerate(uploads):
            if progress is not None:
                progress(number, len(uploads))
            taken = take(
                reader, each.name, each.content, published=span, max_bytes=MOST_UNPACKED,
                bounds=bounds,
            )  # fmt: skip
            readings += taken.readings
            skipped += taken.skipped
        if skipped and not readings:
            first = skipped[0]
            raise IntendanceError(
                first.code, expected=first.expected, got=first.got, where=first.where,
                remedy=first.remedy,
            )  # fmt: skip
        return readings, skipped

    def _write_decision(self, made: Decision, label: Label) -> Decision:
        with self._audit.act(self._user.name, made.kind, [made.id, *made.statements], label):
            self._shelf.write("decision", made, label)
        return made
