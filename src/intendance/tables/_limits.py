"""How large a table may be, and the errors that all formats share."""

from __future__ import annotations

from typing import Final

from intendance.terms import IntendanceError

MAX_BYTES: Final = 256 * 1024 * 1024
"""The most bytes of a file; for XLSX also of what it unpacks to."""

MAX_CELLS: Final = 20_000_000
"""The most cells of a table, empty ones included."""

MAX_CELL: Final = 100_000
"""The most characters of one cell."""


def too_large(file: str, expected: str, got: str) -> IntendanceError:
    """The error ``table.too-large``."""
    return IntendanceError("table.too-large", expected=expected, got=got, where=file)


def unreadable(file: str, expected: str, got: str, row: int | None = None) -> IntendanceError:
    """The error ``table.unreadable``, with the row where that is known."""
    where = file if row is None else f"{file}, row {row}"
    return IntendanceError("table.unreadable", expected=expected, got=got, where=where)
