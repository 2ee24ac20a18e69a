"""CSV as it is found: any common encoding and delimiter, line breaks and quotes inside cells."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Final

from intendance.exchange._raw.header import Headings
from intendance.tables import MAX_CELL
from intendance.terms import IntendanceError

DELIMITERS: Final = (",", ";", "\t", "|")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES: Final = (
    (b"PK\x03\x04", "a zip archive, as XLSX files are"),
    (b"PAR1", "a Parquet file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel file"),
    (b"%PDF", "a PDF"),
)

Lines = Iterator[tuple[int, list[str]]]

_END: Final = "\ufdd0the end\ufdd1"
"""A line after the last that no file has (these are no characters): within quotes it is no line."""


def csv_source(
    path: Path,
    head: bytes,
    headings: Headings,
    encoding: str | None,
    sheet: str | None,
    *,
    nul: bool = False,
) -> tuple[Callable[[], Lines], bool]:
    """What reads a CSV file, and whether its decimals may have commas.

    ``head`` are its first bytes, ``nul`` whether any of its bytes is 0.
    Raises IntendanceError ``table.unreadable``.
    """
    if sheet is not None:
        raise _unreadable(path, "an XLSX file, since a sheet is named", "text")
    for signature, what in _SIGNATURES:
        if head.startswith(signature):
            raise _unreadable(path, "CSV text", what)
    name = _encoding(path, head, encoding)
    text = codecs.getincrementaldecoder(name)(errors="replace").decode(head)
    if "\0" in text or (nul and not name.startswith(("utf-16", "utf-32"))):
        raise _unreadable(path, "text", "a byte 0, as in a damaged file or one of another kind")
    delimiter = _delimiter(text, headings)
    skip = 1 if text[:4].lower() == "sep=" else 0

    def lines() -> Lines:
        return _lines(path, name, delimiter, skip)

    return lines, delimiter != ","


def _encoding(path: Path, head: bytes, named: str | None) -> str:
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    if named is not None:
        try:
            return codecs.lookup(named).name
        except LookupError:
            raise _unreadable(path, "the name of an encoding", repr(named)) from None
    pairs = len(head) // 2
    # Latin letters in UTF-16 leave every other byte empty: a mark can be lost, that can't.
    if pairs > 8 and head[1::2].count(0) > pairs * 0.6:
        return "utf-16-le"
    if pairs > 8 and head[0::2].count(0) > pairs * 0.6:
        return "utf-16-be"
    return "utf-8"


def _delimiter(text: str, headings: Headings) -> str:
    first = text.split("\n", 1)[0].rstrip("\r")
    if len(first) == 5 and first[:4].lower() == "sep=":
        return first[4]
    lines = [line for line in text.splitlines()[:60] if line.strip()]

    def fit(delimiter: str) -> tuple[int, int]:
        names = [[cell.strip(' "') for cell in line.split(delimiter)] for line in lines]
        known = max((sum(headings.field(n) is not None for n in row) for row in names), default=0)
        return known, len(names[0]) if names else 0

    return max(DELIMITERS, key=fit)


def _lines(path: Path, encoding: str, delimiter: str, skip: int) -> Lines:
    number = 0
    try:
        with path.open(encoding=encoding, newline="") as stream:
            rows = csv.reader(chain(stream, (_END,)), delimiter=delimiter)
            for number, cells in enumerate(rows, 1):
                if cells and cells[-1].endswith(_END):
                    _closed(path, number, cells)
                elif number > skip:
                    yield number, cells
    except UnicodeDecodeError as fault:
        got = f"byte 0x{fault.object[fault.start]:02x} after row {number}"
        raise _unreadable(path, f"text in {encoding}; name another with --encoding", got) from None
    except csv.Error as fault:
        expected = f"cells of at most {MAX_CELL} characters and every quote closed"
        raise _unreadable(path, expected, f"{fault} after row {number}") from None
    except OSError as fault:
        raise _unreadable(path, "a file that can be read", str(fault.strerror)) from None


def _closed(path: Path, number: int, cells: list[str]) -> None:
    """Raises ``table.unreadable`` where the mark of the end stands in a cell of the last row."""
    if cells != [_END]:
        got = f"a quote that row {number} opens, or one above it, and nothing closes"
        raise _unreadable(path, "every quote closed: the file may have been cut", got)


def _unreadable(path: Path, expected: str, got: str) -> IntendanceError:
    return IntendanceError("table.unreadable", expected=expected, got=got, where=path.name)
