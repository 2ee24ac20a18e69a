"""Files as the reader sees them, with no ledger involved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from intendance.api._inputs import (
    Explanation,
    Limits,
    Piece,
    Reader,
    Skipped,
    document_of,
    find_sources,
    pieces_of,
)
from intendance.terms import ErrorRecord, IntendanceError, TimeSpan


def explain(
    reader: Reader,
    paths: Sequence[str],
    published: TimeSpan | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Explanation | ErrorRecord]:
    """What the reader makes of each file under ``paths``, or the error why it can't be read.

    ``published`` is used for reports that state no date. Raises IntendanceError
    ``input.missing`` where a path is not there.
    """
    limits = Limits()
    for source in find_sources(paths, stdin, limits):
        if isinstance(source, Skipped):
            yield source.error
            continue
        for piece in pieces_of(source, limits):
            if isinstance(piece, Skipped):
                yield piece.error
            elif isinstance(piece, Piece):
                try:
                    yield reader.explain(document_of(piece, published=published, limits=limits))
                except IntendanceError as error:
                    yield error.record()
