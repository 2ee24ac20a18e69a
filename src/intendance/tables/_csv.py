"""CSV: any common delimiter, UTF-8 unless the file marks or the caller names another encoding."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from intendance.tables._limits import MAX_BYTES, MAX_CELL, MAX_CELLS, too_large, unreadable
from intendance.tables._source import Cells, Source
from intendance.terms import IntendanceError

DELIMITERS: Final = (",", ";", "\t")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES: Final = (
    (b"PK\x03\x04", "a zip archive, as XLSX files are"),
    (b"PAR1", "a Parquet file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel file"),
)


def open_csv(
    path: str, *, columns: Sequence[str], encoding: str | None, sheet: str | None
) -> Source:
    """A CSV file; the delimiter is the one that gives most of ``columns`` in the header."""
    if sheet is not None:
        raise unreadable(path, "an XLSX file, since a sheet is named", "a CSV file")
    text = _decode(read_bytes(path), path, encoding)
    start, delimiter = _delimiter(text, columns)
    rows = _rows(text[start:], delimiter, path, skipped=1 if start else 0)
    header = next(rows, None)
    if header is None:
        raise unreadable(path, "a header row", "an empty file")
    return Source(file=path, header=header[1], rows=rows, escaped=True)


def read_bytes(path: str) -> bytes:
    """The bytes of a file, unless there are more than MAX_BYTES of them."""
    try:
        with Path(path).open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise IntendanceError(
            "input.missing", expected="a table file", got="nothing", where=path
        ) from None
    except OSError as error:
        raise IntendanceError(
            "input.unreadable",
            expected="a table file that can be read",
            got=error.strerror or type(error).__name__,
            where=path,
        ) from error
    if len(data) > MAX_BYTES:
        raise too_large(path, f"at most {MAX_BYTES} bytes", "a larger file")
    return data


def _decode(data: bytes, path: str, encoding: str | None) -> str:
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise unreadable(path, "CSV text", what)
    mark, marked = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", None))
    name = marked or encoding or "utf-8"
    try:
        text = data[len(mark) :].decode(name)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        got = f"byte 0x{data[error.start]:02x} in line {line}"
        raise unreadable(path, f"text in {name}", got) from None
    except LookupError:
        raise unreadable(path, "the name of an encoding", repr(name)) from None
    nul = text.find("\0")
    if nul >= 0:
        line = text.count("\n", 0, nul) + 1
        raise unreadable(path, "text without NUL characters", f"one in line {line}")
    return text


def _delimiter(text: str, columns: Sequence[str]) -> tuple[int, str]:
    """Where the table begins and its delimiter; a first line ``sep=;`` names it."""
    first, _, _ = text[: MAX_CELL * 2].partition("\n")
    named = first.rstrip("\r")
    if len(named) == 5 and named.lower().startswith("sep="):
        return len(first) + 1, named[4]
    head = next((line for line in text[: MAX_CELL * 2].splitlines() if line.strip()), "")
    known = set(columns)

    def fit(delimiter: str) -> tuple[int, int]:
        names = [name.strip().strip('"') for name in head.split(delimiter)]
        return len(known.intersection(names)), len(names)

    return 0, max(DELIMITERS, key=fit)


def _rows(text: str, delimiter: str, path: str, skipped: int) -> Iterator[tuple[int, Cells]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number, count = skipped, 0
    while True:
        number += 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise unreadable(path, "well-formed CSV", str(error), number) from None
        if cells is None:
            return
        count += len(cells)
        if count > MAX_CELLS:
            raise too_large(path, f"at most {MAX_CELLS} cells", "more")
        if any(cells):
            yield number, cells
