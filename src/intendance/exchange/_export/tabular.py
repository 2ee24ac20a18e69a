"""Tables as CSV and Parquet."""

from __future__ import annotations

import csv
import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from intendance.exchange._export.columns import Sheet
from intendance.exchange._export.rows import Rows
from intendance.tables._escape import escape

JOIN: Final = "; "
"""Between several names in one cell."""


def write_csv(rows: Rows, sheet: Sheet, path: Path) -> int:
    """One table as CSV (UTF-8, commas, a heading); gives how many rows.

    A text that a spreadsheet would run as a formula has an apostrophe in front.
    """
    count = 0
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow([column.name for column in sheet.columns])
        for batch in rows.of(sheet.name):
            writer.writerows([cell(value) for value in row] for row in batch)
            count += len(batch)
    return count


def cell(value: Any) -> str:
    """A value as text in a cell that no spreadsheet runs."""
    if value is None:
        return ""
    if isinstance(value, str):
        return escape(value) if value else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    found = JOIN.join(value)
    return escape(found) if found else ""


def write_parquet(rows: Rows, sheet: Sheet, path: Path, about: dict[str, str]) -> int:
    """One table as Parquet; gives how many rows. Memory does not grow with the table."""
    import pyarrow.parquet as parquet

    from intendance.exchange._export.arrow import record_batch, schema_of

    schema = schema_of(sheet.columns, about)
    count = 0
    with (
        _uncollected(),
        parquet.ParquetWriter(path, schema, compression="zstd") as writer,
        ThreadPoolExecutor(1) as beside,  # compresses one batch while the next is made
    ):
        written = beside.submit(int)
        for batch in rows.of(sheet.name):
            made = record_batch(batch, schema, sheet.columns)
            count += len(batch)
            written.result()
            written = beside.submit(writer.write_batch, made)
        written.result()
    return count


@contextmanager
def _uncollected() -> Iterator[None]:
    """Rows by the million hold no cycles: looking for some would take a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
