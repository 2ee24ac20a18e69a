"""Reports into a ledger: found, passed over where known, read, and written in batches."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import BinaryIO, Final, TypeVar

import msgspec

from intendance.api._inputs import (
    VERSION,
    Limits,
    PassedOver,
    Piece,
    Skipped,
    Source,
    find_sources,
    holds_several,
    pieces_of,
    web_address,
)
from intendance.api._outcome import Outcome
from intendance.api._recent import Recent
from intendance.api._seen import Seen
from intendance.api._task import Result, Task
from intendance.api._work import workers
from intendance.catalogue import Catalogue
from intendance.ledger import Ledger
from intendance.terms import MAX_DIGITS, ErrorRecord, IntendanceError, Reading, TimeSpan

_T = TypeVar("_T")

Progress = Callable[[int, int], None]
"""Called with how many reports are done, and how many there are."""

_LOOK_FILES: Final = 500
_LOOK_BYTES: Final = 32_000_000
_TASK_FILES: Final = 16
_TASK_BYTES: Final = 2_000_000
_BATCH_READINGS: Final = 500
_BATCH_SECONDS: Final = 5.0


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How to read.

    ``published`` is the date of reports that state none; ``jobs`` how many processes read;
    ``max_bytes`` the size of the largest report taken; ``trust_stat`` takes a file whose size and
    time are as before for unchanged without opening it. ``scheduler`` is the address of a Dask
    cluster that reads instead of this machine.
    """

    published: TimeSpan | None = None
    jobs: int = 1
    max_bytes: int | None = None
    trust_stat: bool = False
    scheduler: str | None = None


class ReadIn:
    """One run. Once ``stop`` gives true, what was read is written and the run ends."""

    def __init__(
        self,
        ledger: Ledger,
        catalogue: Catalogue,
        options: Options,
        *,
        progress: Progress | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> None:
        self.outcome = Outcome()
        self._ledger = ledger
        self._catalogue = catalogue
        self._options = options
        self._limits = _limits(options)
        self._progress = progress
        self._stop = stop or (lambda: False)
        self._seen = Seen() if options.trust_stat else None
        self._met: Recent[tuple[str, str]] = Recent()
        self._told: Recent[str] = Recent()
        self._done = self._total = 0

    def run(self, paths: Sequence[str], stdin: BinaryIO | None = None) -> Outcome:
        """Reads everything under ``paths``; gives what it came to."""
        sources = list(find_sources(paths, stdin, self._limits))
        self._total = len(sources)
        before = self._ledger.counts()
        options = self._options
        with workers(self._catalogue, options.jobs, options.scheduler) as pool:
            self._write(pool.results(self._tasks(sources)))
        after = self._ledger.counts()
        self.outcome.commitments = after["commitments"] - before["commitments"]
        self.outcome.conflicts = after["conflicts"] - before["conflicts"]
        if self._seen is not None:
            self._seen.save()
        return self.outcome

    def _write(self, results: Iterable[list[Result]]) -> None:
        held: list[Reading] = []
        last = time.monotonic()
        for part in results:
            for result in part:
                if isinstance(result, Reading):
                    held.append(result)
                else:
                    self.outcome.skip(result)
                self._tick()
            if len(held) >= _BATCH_READINGS or time.monotonic() - last > _BATCH_SECONDS:
                self._flush(held)
                held, last = [], time.monotonic()
        self._flush(held)

    def _flush(self, held: Sequence[Reading]) -> None:
        if not held:
            return
        # Not folded batch by batch: the same blocks would be folded again and again. What is
        # stored says which are to be folded, so that a killed run loses nothing by it.
        added = self._ledger.add(held, fold=False)
        self.outcome.count(added)
        for each in held:
            if each.report.raw_hash in self._told:
                self.outcome.copies += 1
            else:
                self._told.add(each.report.raw_hash)
                self.outcome.read += 1
            place = each.report.address
            for note in each.notes:
                error = _error_in(note, place)
                if error is None:
                    self.outcome.add_note(place, note)
                else:
                    self.outcome.skip(error)
            if each.report.id in added.redacted:
                self.outcome.add_note(place, f"{each.report.id} was redacted: left out")
            elif stone := dict(added.held_back).get(each.report.id):
                note = f"nearly the text of {stone}, which was redacted: left out"
                self.outcome.add_note(place, note)

    def _tasks(self, sources: Iterable[Source | Skipped]) -> Iterator[Task]:
        for look in self._looks(sources):
            pieces = self._unknown(look)
            for part in _parts(pieces, _TASK_FILES, _TASK_BYTES, lambda each: len(each.data)):
                if self._halted():
                    return
                yield Task(tuple(part), self._options.published, self._limits)
            if self._halted():
                return

    def _halted(self) -> bool:
        self.outcome.interrupted = self.outcome.interrupted or self._stop()
        return self.outcome.interrupted

    def _looks(self, sources: Iterable[Source | Skipped]) -> Iterator[list[_Look]]:
        """The reports' hashes and contents, as many at a time as memory may hold."""
        looked = (look for source in sources for look in self._look(source))
        yield from _parts(looked, _LOOK_FILES, _LOOK_BYTES, lambda look: len(look.piece.data))

    def _look(self, source: Source | Skipped) -> Iterator[_Look]:
        if isinstance(source, Skipped):
            self._skip(source)
            return
        if self._seen is not None and source.path and not holds_several(source):
            known = self._seen.hash_of(source.path)
            if known is not None:
                yield _Look(source, Piece(source.address, b"", known), opened=False)
                return
        self._total -= 1
        for piece in self._pieces(source):
            if self._seen is not None and source.path and not piece.where:
                self._seen.remember(source.path, piece.raw_hash)
            yield _Look(source, piece)

    def _pieces(self, source: Source) -> Iterator[Piece]:
        """The reports of a source; each adds to the total, as nobody knows how many there are."""
        for found in pieces_of(source, self._limits):
            if isinstance(found, PassedOver):
                self.outcome.add_note(found.address, found.note())
                continue
            self._total += 1
            if isinstance(found, Piece):
                yield found
            else:
                self._skip(found)

    def _skip(self, skipped: Skipped) -> None:
        self.outcome.skip(skipped.error)
        self._tick()

    def _unknown(self, look: Sequence[_Look]) -> Iterator[Piece]:
        """Those that the ledger does not hold as this reader reads them with this catalogue."""
        known: dict[str, set[str]] = {}
        if self._options.published is None:
            hashes = {each.piece.raw_hash for each in look}
            known = self._ledger.known(hashes, VERSION, self._catalogue.hash)
        self._told.update(known)
        for each in look:
            raw_hash, place = each.piece.raw_hash, each.piece.address
            if _is_known(place, known.get(raw_hash, set())):
                self.outcome.unchanged += 1
                self._tick()
            elif (raw_hash, place) in self._met:
                self.outcome.copies += 1
                self._tick()
            else:
                self._met.add((raw_hash, place))
                if each.opened:
                    yield each.piece
                else:
                    self._total -= 1
                    yield from self._pieces(each.source)

    def _tick(self) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._total)


class _Look(msgspec.Struct, frozen=True):
    source: Source
    piece: Piece
    opened: bool = True


def _error_in(note: str, place: str) -> ErrorRecord | None:
    """The error that a note of the reader tells of, if it is of a number that can't be kept."""
    code, _, what = note.partition(": ")
    if code != "number.too-large":
        return None
    got, _, at = what.rpartition(" at ")
    expected = f"numbers of at most {MAX_DIGITS} digits"
    return IntendanceError(code, expected=expected, got=got, where=f"{place}, {at}").record()


def _is_known(place: str, addresses: set[str]) -> bool:
    """Whether bytes that the ledger knows from these addresses came from ``place`` too.

    Bytes that state their own address on the web have it wherever they lie.
    """
    return place in addresses or any(
        web_address(each) and not web_address(place) for each in addresses
    )


def _limits(options: Options) -> Limits:
    if options.max_bytes is None:
        return Limits()
    return Limits(max_bytes=options.max_bytes)


def _parts(
    items: Iterable[_T], count: int, weight: int, weigh: Callable[[_T], int]
) -> Iterator[list[_T]]:
    """The items in lists of at most ``count``, each list closed once it weighs ``weight``."""
    part: list[_T] = []
    heavy = 0
    for item in items:
        part.append(item)
        heavy += weigh(item)
        if len(part) >= count or heavy >= weight:
            yield part
            part, heavy = [], 0
    if part:
        yield part
