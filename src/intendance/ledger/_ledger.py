"""The ledger: reports and statements in, commitments and the reasons for them out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from intendance.catalogue import Catalogue, load_catalogue
from intendance.ledger import _analyst as analyst
from intendance.ledger import _archive as archives
from intendance.ledger import _kept as kept
from intendance.ledger import _redact as redaction
from intendance.ledger import _state as state
from intendance.ledger import _verify as verification
from intendance.ledger._address import parse_address
from intendance.ledger._batch import Batch, Clock, get_setting, utc_now
from intendance.ledger._exports import Exports
from intendance.ledger._intake import Intake
from intendance.ledger._labels import keep_labels
from intendance.ledger._open import open_store
from intendance.ledger._replica import Replica
from intendance.ledger._types import Added, Rejected, Supplied, Tombstone, Verification, Version
from intendance.terms import Decision, DecisionKind, IntendanceError, Reading, Statement


class Ledger(Replica, Exports):
    """A ledger in a database; ``Ledger.open`` gives one, and it is a context manager.

    Failures of the database raise IntendanceError with a ``ledger.*`` code.
    """

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

    def keep_pages(self, mebibytes: int) -> None:
        """Keep so many MiB of the file's pages in memory a connection (64 where it isn't said)."""
        self._store.keep(mebibytes)

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

    def bring(
        self, readings: Iterable[Reading], rejected: Callable[[], Sequence[Rejected]]
    ) -> Added:
        """Take in what an import gives, in one transaction: all of it or nothing.

        ``rejected`` is asked when all readings are in: it gives the rows that were set aside, or
        raises, and then nothing is kept. Raises as ``add``.
        """
        return self._add(readings, True, version=None, rejected=rejected)

    def rejected(self) -> list[Rejected]:
        """The rows of imported tables that were set aside, by file and row."""
        with self._store.reading() as connection:
            return kept.read_rejected(connection)

    def supply(
        self,
        kind: str,
        name: str,
        rows: Sequence[Mapping[str, Any]],
        *,
        file: str = "",
        file_hash: str = "",
        owner: str | None = None,
        marking: str | None = None,
    ) -> Supplied:
        """Keep a table that a user filled in; a newer one of its kind and name supersedes it."""
        with self._writing(fold=False) as batch:
            return kept.supply(batch, kind, name, rows, file, file_hash, owner, marking)

    def supplied(
        self, kind: str | None = None, name: str | None = None, *, history: bool = False
    ) -> list[Supplied]:
        """The tables that users supplied: the newest of each kind and name, or with ``history``
        those before it too."""
        with self._store.reading() as connection:
            return kept.read_supplied(connection, kind, name, history=history)

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

    def decide(
        self,
        kind: DecisionKind,
        ids: Sequence[str],
        value: str | None = None,
        *,
        by: str,
        why: str,
    ) -> Decision:
        """Settle something: merge, split, prefer, retract, correct or grade.

        ``ids`` are statements, or commitments, conflicts or reports, which stand for all their
        statements. ``value`` is the corrected fields as JSON, the grade, or "translation" (merge or
        split of two reports). To correct a report's date of publication, ``value`` is
        ``{"published": "2023-05"}`` and ``ids`` are reports. Raises IntendanceError
        ``decision.invalid``, ``statement.field``, ``date.invalid`` or ``id.unknown``.
        """
        with self._writing() as batch:
            return analyst.decide(batch, kind, ids, value, by, why)

    def enter(
        self, report: str, quote: str, fields: dict[str, Any], *, by: str, nth: int = 1
    ) -> Statement:
        """Add a statement by hand, at words of a report; gives it as the ledger holds it.

        ``fields`` are those of a statement as design section 6 writes them (``act`` and
        ``certainty`` at least); ``nth`` says which occurrence of ``quote`` is meant; ``by`` is its
        author. It is folded beside what the program read, also after a ``reread``; a decision takes
        it back. Raises IntendanceError ``id.unknown``, ``statement.quote``, ``statement.field``,
        ``catalogue.unknown`` or ``decision.invalid``.
        """
        made = self.entry(report, quote, fields, by=by, nth=nth)
        self._add([made], True, version=None)
        return made.statements[0]

    def undo(self, decision: str, by: str, why: str) -> Decision:
        """Lift a decision (or an earlier undo); that is a decision too."""
        with self._writing() as batch:
            return analyst.undo(batch, decision, by, why)

    def restore(
        self,
        readings: Iterable[Reading],
        copies: Sequence[Sequence[str]],
        decisions: Iterable[Decision],
        folded: tuple[str, str] | None,
        tables: Sequence[Supplied] = (),
    ) -> Added:
        """Take in what another ledger's ``archive`` handed out, as one batch (all or nothing).

        ``copies`` are groups of reports that repeat one another, ``folded`` the version that the
        other ledger folds; it counts where this ledger folds none yet. An empty ledger comes to
        have the digest of the other. ``tables`` that users filled in come with owner and marking,
        unless this ledger has one of that kind and name. Raises IntendanceError as ``add`` does.
        """
        with self._writing() as batch:
            return archives.restore(batch, readings, copies, decisions, folded, tables)

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

    def _add(
        self,
        readings: Iterable[Reading],
        fold: bool,
        version: tuple[str, str] | None,
        rejected: Callable[[], Sequence[Rejected]] = tuple,
    ) -> Added:
        with self._writing(fold=fold) as batch:
            held = get_setting(batch.connection, "folded")
            intake = Intake(batch, None if held is None else (held[0], held[1]))
            intake.run(readings)
            kept.keep_rejected(batch, rejected())
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
                held_back=tuple(sorted(intake.held_back.items())),
            )

    @contextmanager
    def _writing(self, *, fold: bool = True) -> Iterator[Batch]:
        if fold:
            state.refresh(self._store, self.catalogue, self._clock)
        with self._store.writing() as connection:
            batch = Batch(connection, self.catalogue, self._clock)
            keep_labels(batch)
            yield batch
        self._tell(batch.number, None if batch.touched is None else frozenset(batch.touched))
