"""XLSX through python-calamine: the values that the file stores; no formula is ever computed."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from os import PathLike, fspath
from typing import Any, Final

from intendance.tables._csv import read_bytes
from intendance.tables._extra import extra
from intendance.tables._limits import MAX_BYTES, MAX_CELLS, too_large, unreadable
from intendance.tables._source import Cells, Source

_PLACE: Final = re.compile(rb"""\sr=["']([A-Z]{0,3})([0-9]{0,7})["']""")
_CHUNK: Final = 1 << 20
_OVERLAP: Final = 32

Grid = list[list[Any]]
Range = tuple[tuple[int, int], tuple[int, int]]


def open_xlsx(
    path: str, *, columns: Sequence[str], encoding: str | None, sheet: str | None
) -> Source:
    """One sheet (the first unless ``sheet`` names another) of an XLSX file."""
    del columns, encoding
    name, cells, _ = _load(path, sheet)
    rows = _rows(cells)
    header = next(rows, None)
    if header is None:
        raise unreadable(path, "a header row", f"an empty sheet '{name}'")
    return Source(file=f"{path}, sheet '{name}'", header=header[1], rows=rows, escaped=True)


def read_cells(path: str | PathLike[str], sheet: str | None = None) -> tuple[Grid, list[Range]]:
    """All cells of one sheet of an XLSX file (the first unless ``sheet`` names another), as stored.

    Second come the ranges of merged cells, each as its first and its last (row, column) from 0.
    Raises IntendanceError ``table.unreadable``, ``table.too-large``, ``table.extra-missing``,
    ``input.missing``, ``input.unreadable``.
    """
    _, cells, merged = _load(fspath(path), sheet)
    return cells, merged


def _load(path: str, sheet: str | None) -> tuple[str, Grid, list[Range]]:
    calamine = extra("python_calamine", path, "XLSX")
    data = read_bytes(path)
    _check_archive(data, path)
    try:
        book = calamine.load_workbook(io.BytesIO(data))
        name = _sheet(book.sheet_names, sheet, path)
        found = book.get_sheet_by_name(name)
        cells: Grid = found.to_python(skip_empty_area=False)
        return name, cells, list(found.merged_cell_ranges or ())
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise unreadable(path, "an XLSX file", _short(error)) from None


def _sheet(names: Sequence[str], wanted: str | None, path: str) -> str:
    if wanted is None and names:
        return names[0]
    if wanted is not None and wanted in names:
        return wanted
    raise unreadable(path, f"a sheet '{wanted or ''}'", "the sheets " + ", ".join(names))


def _rows(cells: Sequence[Sequence[Any]]) -> Iterator[tuple[int, Cells]]:
    for number, row in enumerate(cells, 1):
        if any(cell not in ("", None) for cell in row):
            yield number, row


def _check_archive(data: bytes, path: str) -> None:
    """Refuse archives that unpack to too much or place a cell too far out (the grid is dense)."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(one.file_size for one in archive.infolist()) > MAX_BYTES:
                raise too_large(path, f"at most {MAX_BYTES} bytes unpacked", "more")
            for one in archive.infolist():
                if one.filename.lower().startswith("xl/worksheets/"):
                    _check_sheet(archive, one, path)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise unreadable(path, "an XLSX file", _short(error)) from None


def _check_sheet(archive: zipfile.ZipFile, one: zipfile.ZipInfo, path: str) -> None:
    width = height = 1
    tail = b""
    with archive.open(one) as stream:
        while chunk := stream.read(_CHUNK):
            for match in _PLACE.finditer(tail + chunk):
                width = max(width, _column(match[1]))
                height = max(height, int(match[2] or 0))
            tail = chunk[-_OVERLAP:]
    if width * height > MAX_CELLS:
        raise too_large(
            path,
            f"at most {MAX_CELLS} cells a sheet",
            f"{height} rows by {width} columns in {one.filename}",
        )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _short(error: Exception) -> str:
    return f"an error: {str(error)[:120] or type(error).__name__}"
