"""The ledger: reports and statements in, commitments and the reasons for them out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, select

from intendance.catalogue import Catalogue, load_catalogue
from intendance.ledger import _analyst as analyst
from intendance.ledger import _redact as redaction
from intendance.ledger import _state as state
from intendance.ledger import _verify as verification
from intendance.ledger._address import parse_address
from intendance.ledger._batch import Batch, Clock, get_setting, load_settled, utc_now
from intendance.ledger._brief import Brief, brief_of
from intendance.ledger._filters import last_batch, resolve
from intendance.ledger._folded import FoldedView
from intendance.ledger._identify import identify
from intendance.ledger._intake import Intake
from intendance.ledger._open import open_store
from intendance.ledger._overdue import overdue_among
from intendance.ledger._proposals import proposals_of
from intendance.ledger._rows import fetch_in
from intendance.ledger._schema import appearance, commitment, conflict, reading, report, statement
from intendance.ledger._stored import StoredView
from intendance.ledger._types import (
    Added,
    Filter,
    Overdue,
    Package,
    Programme,
    Proposal,
    Tombstone,
    Verification,
    Version,
    Why,
)
from intendance.ledger._view import View
from intendance.ledger._why import why_of
from intendance.terms import (
    Commitment,
    Conflict,
    Decision,
    DecisionKind,
    IntendanceError,
    Reading,
    Report,
    Statement,
    span_of,
)

Day = str | date | None
Moment = str | date | datetime | None


class Ledger:
    """A ledger in a database; ``Ledger.open`` gives one, and it is a context manager.

    All listing methods give new lists of frozen terms. ``as_of`` (a date) leaves out what was
    published later; ``recorded`` (a date or an instant) what this ledger came to hold later
    (rule 10). Failures of the database raise IntendanceError with a ``ledger.*`` code.
    """

    def __init__(self, store: Any, catalogue: Catalogue, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self.catalogue = catalogue

    @classmethod
    def open(
        cls,
        address: str | Path,
        create: bool = True,
        catalogue: Catalogue | None = None,
        *,
        clock: Clock = utc_now,
    ) -> Ledger:
        """The ledger at ``address``: a file, ``sqlite:///FILE`` or ``postgresql://USER@HOST/NAME``.

        Made where there is none, unless ``create`` is false. ``clock`` says what time it is.
        Raises IntendanceError ``ledger.missing``, ``ledger.not-a-database``, ``ledger.newer``,
        ``ledger.locked``, ``ledger.read-only``, ``ledger.unreachable`` or ``ledger.address``.
        """
        store = open_store(parse_address(address), create=create)
        ledger = cls(store, catalogue or load_catalogue(), clock)
        redaction.finish(store)
        return ledger

    def close(self) -> None:
        """Let go of the database."""
        self._store.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def add(self, readings: Iterable[Reading], *, fold: bool = True) -> Added:
        """Take readings in as one batch: all of it or, if anything fails, nothing.

        The same reading twice changes nothing (rule 3). With ``fold=False`` the commitments are
        left for ``fold_everything``, or for the next call that needs them. Raises
        IntendanceError ``statement.quote`` or ``statement.field`` for a reading that is wrong.
        """
        return self._add(readings, fold, version=None)

    def reread(self, readings: Iterable[Reading]) -> Added:
        """Take readings of a newer reader in, and fold its version from now on.

        All readings must be of one version, else IntendanceError ``setting.invalid``. Earlier
        readings stay; ``undo_reread`` goes back to them.
        """
        found = list(readings)
        versions = {(each.reader, each.catalogue) for each in found}
        if len(versions) != 1:
            raise IntendanceError(
                "setting.invalid",
                expected="readings of one version of the reader",
                got=f"{len(versions)} versions",
                where="reread",
            )
        return self._add(found, True, version=versions.pop())

    def undo_reread(self) -> Version:
        """Fold the version again that was folded before the last ``reread``; gives that version."""
        with self._writing() as batch:
            version = state.previous_version(batch)
            state.fold_version(batch, version)
            state.refold_all_dirty(batch)
        return Version(*version, folded=True)

    def versions(self) -> list[Version]:
        """The versions of the reader that the ledger holds readings of."""
        with self._store.reading() as connection:
            return state.versions(connection)

    def known(
        self, raw_hashes: Iterable[str], reader: str | None = None, catalogue: str | None = None
    ) -> set[str]:
        """Which of these files (SHA-256 of their bytes) were read, by this version where given."""
        query = (
            select(appearance.c.raw_hash)
            .join(
                reading,
                (reading.c.report == appearance.c.report) & (reading.c.text == appearance.c.text),
            )
            .distinct()
        )
        if reader is not None:
            query = query.where(reading.c.reader == reader)
        if catalogue is not None:
            query = query.where(reading.c.catalogue == catalogue)
        with self._store.reading() as connection:
            rows = fetch_in(connection, query, appearance.c.raw_hash, set(raw_hashes))
            return {row.raw_hash for row in rows}

    def commitments(
        self,
        filter: Filter = ALL,  # noqa: A002
        as_of: Day = None,
        recorded: Moment = None,
    ) -> list[Commitment]:
        """The commitments that ``filter`` lets through, sorted by identifier."""
        with self._view(as_of, recorded) as (view, connection):
            return view.commitments(resolve(filter, self.catalogue, connection))

    def conflicts(
        self,
        filter: Filter = ALL,  # noqa: A002
        as_of: Day = None,
        recorded: Moment = None,
    ) -> list[Conflict]:
        """The conflicts of the commitments that ``filter`` lets through (rule 7)."""
        with self._view(as_of, recorded) as (view, connection):
            wanted = resolve(filter, self.catalogue, connection)
            return view.conflicts_of(None if wanted.everything else view.select(wanted))

    def statements(
        self,
        filter: Filter = ALL,  # noqa: A002
        as_of: Day = None,
        recorded: Moment = None,
    ) -> list[Statement]:
        """The statements that ``filter`` lets through, as said, in the ledger's order."""
        with self._view(as_of, recorded) as (view, connection):
            wanted = resolve(filter, self.catalogue, connection)
            return [each.said for each in view.statements(wanted)]

    def reports(
        self,
        filter: Filter = ALL,  # noqa: A002
        as_of: Day = None,
        recorded: Moment = None,
    ) -> list[Report]:
        """The reports with a statement that ``filter`` lets through; without one, all reports."""
        with self._view(as_of, recorded) as (view, connection):
            wanted = resolve(filter, self.catalogue, connection)
            if wanted.everything:
                return view.reports()
            return view.reports({each.said.report for each in view.statements(wanted)})

    def packages(
        self,
        filter: Filter = ALL,  # noqa: A002
        as_of: Day = None,
        recorded: Moment = None,
    ) -> list[Package]:
        """The packages; of a filter, those with a commitment that it lets through as a part."""
        with self._view(as_of, recorded) as (view, connection):
            wanted = resolve(filter, self.catalogue, connection)
            if wanted.everything:
                return view.packages
            inside = {each.package for each in view.commitments(wanted)}
            return [each for each in view.packages if each.id in inside]

    def programmes(self, as_of: Day = None, recorded: Moment = None) -> list[Programme]:
        """The plans, funds, alliances, forums and coalitions that reports tell of."""
        with self._view(as_of, recorded) as (view, _):
            return view.programmes

    def overdue(
        self,
        as_of: str | date,
        filter: Filter = ALL,  # noqa: A002
        recorded: Moment = None,
    ) -> list[Overdue]:
        """What was to be delivered before ``as_of`` and is not reported delivered in full by then."""
        with self._view(as_of, recorded) as (view, connection):
            found = view.commitments(resolve(filter, self.catalogue, connection))
            return overdue_among(found, _last_day(as_of) or "")

    def decisions(self) -> list[Decision]:
        """All decisions in the order in which they apply, each with the undo that lifts it."""
        with self._store.reading() as connection:
            return load_settled(connection).shown()

    def undated(self, ids: Iterable[str], recorded: Moment = None) -> set[str]:
        """Which of these commitments rest on a report without a date (marked at every ``as_of``)."""
        with self._view(None, recorded) as (view, _):
            return state.undated(view, ids)

    def text(self, id: str) -> str:  # noqa: A002
        """The text of a report, as it is shown; its statements' offsets count in it."""
        with self._store.reading() as connection:
            return state.text_of(connection, identify(connection, id, kinds=("report",)).id)

    def resolve(self, id: str) -> str:  # noqa: A002
        """The full, present identifier of what ``id`` (a prefix will do) names.

        An earlier identifier of a commitment gives the one that holds its statement now. Raises
        IntendanceError ``id.unknown`` or ``id.ambiguous``.
        """
        with self._view(None, None) as (_, connection):
            return identify(connection, id).id

    def why(self, id: str, as_of: Day = None, recorded: Moment = None) -> Why:  # noqa: A002
        """Everything that a commitment, conflict, statement, decision, package or report rests on."""
        with self._view(as_of, recorded) as (view, connection):
            return why_of(view, connection, id)

    def decide(
        self,
        kind: DecisionKind,
        ids: Sequence[str],
        value: str | None = None,
        *,
        by: str,
        why: str,
    ) -> Decision:
        """Settle something: ``merge``, ``split``, ``prefer``, ``retract``, ``correct`` or ``grade``.

        ``ids`` are statements, or commitments, conflicts or reports, which stand for all their
        statements. ``value`` is the corrected fields as JSON, the grade, or "translation" (merge or
        split of two reports). Raises IntendanceError ``decision.invalid``, ``statement.field`` or
        ``id.unknown``.
        """
        with self._writing() as batch:
            return analyst.decide(batch, kind, ids, value, by, why)

    def undo(self, decision: str, by: str, why: str) -> Decision:
        """Lift a decision (or an earlier undo); that is a decision too."""
        with self._writing() as batch:
            return analyst.undo(batch, decision, by, why)

    def proposals(self) -> list[Proposal]:
        """Pairs of reports that are likely a text and its translation, the likeliest first."""
        with self._view(None, None) as (view, connection):
            return proposals_of(view, load_settled(connection))

    def fold_everything(self, jobs: int = 1) -> None:
        """Fold all statements anew, over ``jobs`` processes, and store what comes out."""
        state.fold_everything(self._store, self.catalogue, self._clock, jobs)

    def verify(self, repair: bool = False) -> Verification:
        """Fold everything anew and compare it with what is stored; check every quote.

        With ``repair`` what was folded anew takes the place of what is stored.
        """
        state.refresh(self._store, self.catalogue, self._clock)
        if repair:
            with self._store.writing() as connection:
                batch = Batch(connection, self.catalogue, self._clock)
                return verification.verify(batch, repair=True)
        with self._store.reading() as connection:
            batch = Batch(connection, self.catalogue, self._clock, dry=True)
            return verification.verify(batch, repair=False)

    def redact(self, id: str, by: str, ground: str) -> Tombstone:  # noqa: A002
        """Take a report or a statement out for good, where law or safety requires it (rule 12)."""
        with self._writing() as batch:
            stone = redaction.redact(batch, id, by, ground)
        redaction.finish(self._store)
        return stone

    def tombstones(self) -> list[Tombstone]:
        """What was redacted."""
        with self._store.reading() as connection:
            return redaction.tombstones(connection)

    def brief(
        self,
        filter: Filter = ALL,  # noqa: A002
        as_of: Day = None,
        recorded: Moment = None,
    ) -> Brief:
        """The figures and quotes of a one-page account."""
        with self._view(as_of, recorded) as (view, connection):
            return brief_of(view, resolve(filter, self.catalogue, connection))

    def digest(self) -> str:
        """SHA-256 over the identifier and hash of every commitment and conflict (rule 3)."""
        with self._view(None, None) as (_, connection):
            return verification.digest_of_lines(verification.stored_lines(connection))

    def counts(self) -> dict[str, int]:
        """How many reports, statements, commitments and conflicts the ledger shows."""
        with self._view(None, None) as (_, connection):
            return {
                "reports": state.count(connection, report),
                "statements": state.count(connection, statement, statement.c.active == 1),
                "commitments": state.count(connection, commitment),
                "conflicts": state.count(connection, conflict),
            }

    def _add(
        self, readings: Iterable[Reading], fold: bool, version: tuple[str, str] | None
    ) -> Added:
        with self._writing(fold=fold) as batch:
            held = get_setting(batch.connection, "folded")
            intake = Intake(batch, None if held is None else (held[0], held[1]))
            intake.run(readings)
            if version is not None:
                state.fold_version(batch, version)
            changed = state.refold_all_dirty(batch) if fold else None
            return Added(
                reports=intake.reports,
                copies=state.copies_in(batch),
                readings=intake.readings,
                statements=intake.statements,
                inactive=intake.count_inactive(),
                commitments=changed.commitments if changed else 0,
                conflicts=changed.conflicts if changed else 0,
                redacted=tuple(sorted(intake.redacted)),
            )

    @contextmanager
    def _writing(self, *, fold: bool = True) -> Iterator[Batch]:
        if fold:
            state.refresh(self._store, self.catalogue, self._clock)
        with self._store.writing() as connection:
            yield Batch(connection, self.catalogue, self._clock)

    @contextmanager
    def _view(self, as_of: Day, recorded: Moment) -> Iterator[tuple[View, Connection]]:
        state.refresh(self._store, self.catalogue, self._clock)
        with self._store.reading() as connection:
            if as_of is None and recorded is None:
                yield StoredView(connection, self.catalogue), connection
            else:
                upto = None if recorded is None else last_batch(connection, recorded)
                yield FoldedView(connection, self.catalogue, _last_day(as_of), upto), connection


def _last_day(as_of: Day) -> str | None:
    if as_of is None:
        return None
    text = as_of.isoformat() if isinstance(as_of, date) else as_of
    return span_of(text, "as_of").end
