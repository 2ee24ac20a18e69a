"""A table file: where its headings are, and its rows as text, read as often as asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path, PurePath
from typing import Final

import msgspec

from intendance.exchange._raw.csv_rows import csv_source
from intendance.exchange._raw.header import LOOKED_AT, Headings, find_headings, missing_fields
from intendance.exchange._raw.watched import Watched
from intendance.exchange._raw.workbook import parquet_source, workbook_source
from intendance.tables import sheet_names
from intendance.terms import IntendanceError

Lines = Iterator[tuple[int, list[str]]]
"""Rows with their number in the file, as spreadsheets count them."""

_BOOKS: Final = (".xlsx", ".xlsm")
_COLUMNS: Final = (".parquet", ".pq")


class Source(msgspec.Struct):
    """What a format gives: all rows, headings included, each time ``lines`` is called."""

    lines: Callable[[], Lines]
    comma: bool = False
    """Whether the file may write decimals with a comma (its delimiter is none)."""


class Sheet(msgspec.Struct):
    """A table with its headings found.

    ``fields`` are the columns of each field, ``kept`` headings by column, ``dropped`` the headings
    of columns that are never kept; ``first`` the number of rows down to the headings, ``above``
    what stands over these.
    """

    file: str
    path: Path
    header: tuple[str, ...]
    fields: Mapping[str, tuple[int, ...]]
    dropped: tuple[str, ...]
    first: int
    above: tuple[str, ...]
    comma: bool
    watched: Watched
    source: Source

    def rows(self, *, last: bool = True) -> Lines:
        """The rows below the headings; raises ``import.changed`` if the file changes meanwhile.

        The bytes are looked at again at the end of the ``last`` time that they are read.
        """
        yield from islice(self.source.lines(), self.first, None)
        self.watched.check(bytes_too=last)

    @property
    def typed(self) -> bool:
        """Whether the file keeps numbers as such, and not as text."""
        return PurePath(self.path).suffix.lower() in (*_BOOKS, *_COLUMNS)

    @property
    def raw_hash(self) -> str:
        """The SHA-256 of the file's bytes."""
        return self.watched.digest


def open_sheet(
    path: Path, headings: Headings, *, encoding: str | None = None, sheet: str | None = None
) -> Sheet:
    """Opens a CSV, XLSX or Parquet file and finds its headings.

    Raises IntendanceError ``input.missing``, ``input.unreadable``, ``table.unreadable``,
    ``table.too-large``, ``table.extra-missing``, ``import.header``, ``import.changed``.
    """
    watched = Watched(path)
    suffix = PurePath(path).suffix.lower()
    if suffix in _BOOKS:
        source = Source(workbook_source(path, sheet or _sheet_with(path, headings)))
    elif suffix in _COLUMNS:
        source = Source(parquet_source(path))
    else:
        lines, comma = csv_source(path, watched.head, headings, encoding, sheet, nul=watched.nul)
        source = Source(lines, comma)
    top = _top(source)
    found = find_headings(top, headings)
    if found is None:
        lacking = missing_fields(top, headings)
        raise IntendanceError(
            "import.header",
            expected="columns for " + ", ".join(headings.required),
            got="none for " + ", ".join(lacking) + f" in the first {len(top)} rows",
            where=path.name,
        )
    dropped = tuple(
        name for name in found.header if (headings.field(name) or "") in headings.dropped
    )
    fields = {
        field: columns for field, columns in found.fields.items() if field not in headings.dropped
    }
    return Sheet(
        path.name,
        path,
        found.header,
        fields,
        dropped,
        found.row,
        tuple(" ".join(filter(None, cells)) for cells in top[: found.row - 1]),
        source.comma,
        watched,
        source,
    )


def _top(source: Source) -> list[list[str]]:
    return [cells for _, cells in islice(source.lines(), LOOKED_AT)]


def _sheet_with(path: Path, headings: Headings) -> str | None:
    """The first sheet that has the headings: what comes before it is a cover, notes, a summary.

    Where none is required it is the one with most of them.
    """
    names = sheet_names(path)
    best: tuple[int, str | None] = (0, None)
    for name in names if len(names) > 1 else ():
        found = find_headings(_top(Source(workbook_source(path, name))), headings)
        if found is not None and headings.required:
            return name
        if found is not None and len(found.fields) > best[0]:
            best = (len(found.fields), name)
    return best[1]
