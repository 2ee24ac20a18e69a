"""Parquet through Apache Arrow, whose reader is fuzzed: a broken file raises and never aborts."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from intendance.tables._csv import read_bytes
from intendance.tables._extra import extra
from intendance.tables._limits import MAX_BYTES, MAX_CELLS, too_large, unreadable
from intendance.tables._source import Cells, Source


def open_parquet(
    path: str, *, columns: Sequence[str], encoding: str | None, sheet: str | None
) -> Source:
    """A Parquet file; its first row of data is row 1."""
    del columns, encoding
    if sheet is not None:
        raise unreadable(path, "an XLSX file, since a sheet is named", "a Parquet file")
    arrow = extra("pyarrow", path, "Parquet")
    parquet = extra("pyarrow.parquet", path, "Parquet")
    data = read_bytes(path)
    try:
        file = parquet.ParquetFile(io.BytesIO(data))
        _check_size(file.metadata, path)
        table = file.read(use_threads=False)
        table.validate(full=True)
        found = [column.to_pylist() for column in table.columns]
    except (arrow.ArrowException, OSError, ValueError, OverflowError, MemoryError) as error:
        text = str(error).splitlines()
        got = f"an error: {text[0][:120] if text else type(error).__name__}"
        raise unreadable(path, "a Parquet file", got) from None
    return Source(
        file=path, header=table.column_names, rows=_rows(found, table.num_rows), escaped=False
    )


def _rows(columns: Sequence[Sequence[Any]], height: int) -> Iterator[tuple[int, Cells]]:
    for number in range(height):
        yield number + 1, [column[number] for column in columns]


def _check_size(metadata: Any, path: str) -> None:
    height, width = metadata.num_rows, metadata.num_columns
    if height * width > MAX_CELLS:
        raise too_large(path, f"at most {MAX_CELLS} cells", f"{height} by {width}")
    unpacked = sum(
        metadata.row_group(group).total_byte_size for group in range(metadata.num_row_groups)
    )
    if unpacked > MAX_BYTES:
        raise too_large(path, f"at most {MAX_BYTES} bytes unpacked", str(unpacked))
