"""A part of the work: some reports, read one after the other, wherever that is."""

from __future__ import annotations

import msgspec

from intendance.api._inputs import Deadline, Limits, Piece, Reader, document_of
from intendance.terms import ErrorRecord, IntendanceError, Reading, TimeSpan


class Task(msgspec.Struct, frozen=True):
    """Some reports, and how to read them."""

    pieces: tuple[Piece, ...]
    published: TimeSpan | None
    limits: Limits


Result = Reading | ErrorRecord


def read_task(reader: Reader, task: Task) -> list[Result]:
    """A reading or an error for each report of the task; one bad report harms no other."""
    return [_read(reader, piece, task) for piece in task.pieces]


def _read(reader: Reader, piece: Piece, task: Task) -> Result:
    clock = Deadline(task.limits.max_seconds, piece.where or piece.address)
    try:
        document = document_of(piece, published=task.published, limits=task.limits)
        return reader.read_document(document, clock.check)
    except IntendanceError as error:
        return error.record()
    except Exception as fault:  # noqa: BLE001  # a slip over one report must not lose the others
        return IntendanceError(
            "internal",
            expected="a report that can be read",
            got=f"{type(fault).__name__}: {fault}"[:300],
            where=piece.where or piece.address,
        ).record()
