"""XLSX through python-calamine: the values that the file stores; no formula is ever computed."""

from __future__ import annotations

import html
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
_BOOK: Final = "xl/workbook.xml"
_PARTS: Final = "xl/_rels/workbook.xml.rels"
_TAG: Final = re.compile(r"<(?:sheet|Relationship)\s[^>]*>")
_ATTRIBUTE: Final = re.compile(r'([\w:]+)="([^"]*)"')
_FORMULA: Final = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>]*>\s*<f[^>]*(?:/>|>[^<]*</f>)\s*'
    rb"(?:<v\s*/>|<v></v>)?\s*</c>"
)
UNANSWERED: Final = "=?"
"""What stands in a cell whose formula has no stored result."""

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

    A formula without a stored result is ``=?``. Second come the ranges of merged cells, each as its
    first and its last (row, column) from 0.
    Raises IntendanceError ``table.unreadable``, ``table.too-large``, ``table.extra-missing``,
    ``input.missing``, ``input.unreadable``.
    """
    name, cells, merged = _load(fspath(path), sheet)
    for row, column in _unanswered(fspath(path), name):
        if row < len(cells) and column < len(cells[row]):
            cells[row][column] = UNANSWERED
    return cells, merged


def _unanswered(path: str, sheet: str) -> Iterator[tuple[int, int]]:
    """The cells of a sheet with a formula and no result: a program wrote it, none ran it."""
    with zipfile.ZipFile(io.BytesIO(read_bytes(path))) as archive:
        names = set(archive.namelist())
        if not {_BOOK, _PARTS} <= names:
            return
        parts = dict(_part(each) for each in _TAG.findall(archive.read(_PARTS).decode()))
        for tag in _TAG.findall(archive.read(_BOOK).decode()):
            found = _attributes(tag)
            target = parts.get(found.get("r:id", ""), "")
            file = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if html.unescape(found.get("name", "")) == sheet and file in names:
                for match in _FORMULA.finditer(archive.read(file)):
                    yield int(match[2]) - 1, _column(match[1]) - 1


def _part(tag: str) -> tuple[str, str]:
    found = _attributes(tag)
    return found.get("Id", ""), found.get("Target", "")


def _attributes(tag: str) -> dict[str, str]:
    return dict(_ATTRIBUTE.findall(tag))


def sheet_names(path: str | PathLike[str]) -> list[str]:
    """The names of the sheets of an XLSX file, in order. Raises as ``read_cells``."""
    file = fspath(path)
    calamine = extra("python_calamine", file, "XLSX")
    data = read_bytes(file)
    _check_archive(data, file)
    try:
        names: list[str] = calamine.load_workbook(io.BytesIO(data)).sheet_names
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise unreadable(file, "an XLSX file", _short(error)) from None
    return names


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
