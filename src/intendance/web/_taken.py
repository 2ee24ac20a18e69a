"""One upload made into readings, with no ledger involved."""

from __future__ import annotations

import msgspec

from intendance.api._inputs import Limits, PassedOver, Piece, Reader, Skipped, Source, pieces_of
from intendance.api._task import Task, read_task
from intendance.terms import ErrorRecord, Reading, TimeSpan


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
) -> Taken:
    """Reads the reports in ``data``, which came under ``address``; nothing is stored.

    ``published`` is used for reports that state no date, ``max_bytes`` is the most that one report
    may come to once it is unpacked.
    """
    limits = Limits() if max_bytes is None else Limits(max_bytes=max_bytes)
    taken = Taken()
    for piece in pieces_of(Source(address, data=data), limits):
        if isinstance(piece, Skipped):
            taken.skipped.append(piece.error)
        elif not isinstance(piece, PassedOver):
            _add(taken, reader, piece, published, limits)
    return taken


def _add(
    taken: Taken, reader: Reader, piece: Piece, published: TimeSpan | None, limits: Limits
) -> None:
    for result in read_task(reader, Task((piece,), published, limits)):
        if isinstance(result, Reading):
            taken.readings.append(result)
        else:
            taken.skipped.append(result)
