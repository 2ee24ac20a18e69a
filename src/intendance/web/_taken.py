"""One upload made into readings, with no ledger involved."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

import msgspec

from intendance.api._inputs import Limits, PassedOver, Piece, Reader, Skipped, Source, pieces_of
from intendance.api._task import Task, read_task
from intendance.terms import ErrorRecord, IntendanceError, Reading, TimeSpan

_CHARACTERS: Final = 100_000_000
_SECONDS: Final = 300.0


class Bounds:
    """What all reports of one request may come to: characters of text, and seconds to read them.

    Each report is bounded by itself; an archive may hold any number of them.
    """

    def __init__(
        self,
        characters: int = _CHARACTERS,
        seconds: float = _SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._characters = characters
        self._seconds = seconds
        self._clock = clock
        self._read = 0
        self._end = clock() + seconds

    def check(self, more: int, where: str) -> None:
        """Counts characters. Raises IntendanceError ``input.too-large`` or ``input.slow``."""
        self._read += more
        if self._read > self._characters:
            raise IntendanceError(
                "input.too-large", expected=f"{self._characters:,} characters of text at most",
                got="more", where=where, remedy="Send it in several parts.",
            )  # fmt: skip
        if self._clock() > self._end:
            raise IntendanceError(
                "input.slow", expected=f"reports that are read within {self._seconds:.0f} seconds",
                got="more", where=where, remedy="Send it in several parts.",
            )  # fmt: skip


class Taken(msgspec.Struct):
    """What the reader made of some bytes: readings, and what could not be read and why."""

    readings: list[Reading] = []
    skipped: list[ErrorRecord] = []


def take(
    reader: Reader,
    address: str,
    data: bytes,
    *,
    published: TimeSpan | None = None,
    max_bytes: int | None = None,
    bounds: Bounds | None = None,
) -> Taken:
    """Reads the reports in ``data``, which came under ``address``; nothing is stored.

    ``published`` is used for reports that state no date, ``max_bytes`` is the most that one report
    may come to once it is unpacked, ``bounds`` are kept over all of them.
    """
    limits = Limits() if max_bytes is None else Limits(max_bytes=max_bytes)
    taken = Taken()
    for piece in pieces_of(Source(address, data=data), limits):
        before = len(taken.readings)
        if isinstance(piece, Skipped):
            taken.skipped.append(piece.error)
        elif not isinstance(piece, PassedOver):
            _add(taken, reader, piece, published, limits)
        if bounds is not None:
            bounds.check(sum(len(each.text) for each in taken.readings[before:]), address)
    return taken


def _add(
    taken: Taken, reader: Reader, piece: Piece, published: TimeSpan | None, limits: Limits
) -> None:
    for result in read_task(reader, Task((piece,), published, limits)):
        if isinstance(result, Reading):
            taken.readings.append(result)
        else:
            taken.skipped.append(result)
