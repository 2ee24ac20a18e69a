"""Files as the reader sees them, with no ledger involved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from intendance.api._inputs import (
    Explanation,
    Limits,
    Reader,
    Skipped,
    document_from_bytes,
    find_sources,
    read_source,
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
        try:
            data = read_source(source, limits)
            document = document_from_bytes(data, source.address, published=published)
            yield reader.explain(document)
        except IntendanceError as error:
            yield error.record()
