"""XLSX and Parquet as rows of text; merged cells repeat their value, formulas give their result."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from intendance.tables import read_cells
from intendance.terms import IntendanceError

_THREE: Final = re.compile(r"-?\d{1,3}\.\d{3}")

Lines = Iterator[tuple[int, list[str]]]


def workbook_source(path: Path, sheet: str | None) -> Callable[[], Lines]:
    """What reads one sheet of an XLSX file (the first unless ``sheet`` names another)."""
    cells, merged = read_cells(path, sheet)
    rows = [[text_of(cell) for cell in row] for row in cells]
    for (top, left), (bottom, right) in merged:
        _fill(rows, top, left, bottom, right)

    def lines() -> Lines:
        return enumerate((list(row) for row in rows), 1)

    return lines


def parquet_source(path: Path) -> Callable[[], Lines]:
    """What reads a Parquet file; its column names are the first row."""
    try:
        from pyarrow import ArrowException, parquet
    except ImportError:
        raise IntendanceError(
            "table.extra-missing",
            expected="the library pyarrow, to read Parquet",
            got="none installed",
            where=path.name,
        ) from None

    def lines() -> Lines:
        try:
            file: Any = parquet.ParquetFile(path)
            yield 1, [str(name) for name in file.schema_arrow.names]
            number = 1
            for batch in file.iter_batches(4096):
                columns = [column.to_pylist() for column in batch.columns]
                for cells in zip(*columns, strict=True):
                    number += 1
                    yield number, [text_of(cell) for cell in cells]
        except (ArrowException, OSError, ValueError) as fault:
            raise IntendanceError(
                "table.unreadable",
                expected="a Parquet file",
                got=f"an error: {str(fault)[:120]}",
                where=path.name,
            ) from None

    return lines


def text_of(cell: object) -> str:
    """A cell as text: whole numbers without a point, dates as ISO 8601."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        if cell.is_integer() and abs(cell) < 2**53:
            return str(int(cell))
        # In a text "7.725" may be a thousand times as much: the number has a nought more.
        return f"{cell!r}0" if _THREE.fullmatch(repr(cell)) else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)


def _fill(rows: list[list[str]], top: int, left: int, bottom: int, right: int) -> None:
    """Give all cells of a merged range the value that the sheet shows for them."""
    if top >= len(rows) or left >= len(rows[top]):
        return
    value = rows[top][left]
    for row in rows[top : bottom + 1]:
        _fill_row(row, left, right, value)


def _fill_row(row: list[str], left: int, right: int, value: str) -> None:
    for at in range(left, min(right + 1, len(row))):
        row[at] = row[at] or value
