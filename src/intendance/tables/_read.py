"""Tables with a schema to typed rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from os import PathLike, fspath
from pathlib import PurePath
from typing import Any, Final, TypeVar, cast

import msgspec
from msgspec import inspect

from intendance.tables._cells import CellError, Convert, converter
from intendance.tables._csv import open_csv
from intendance.tables._escape import unescape
from intendance.tables._limits import MAX_CELL, unreadable
from intendance.tables._parquet import open_parquet
from intendance.tables._source import Cells, Opener, Source
from intendance.tables._xlsx import open_xlsx
from intendance.terms import IntendanceError

Row = TypeVar("Row", bound=msgspec.Struct)

FORMATS: Final[dict[str, Opener]] = {
    ".csv": open_csv,
    ".tsv": open_csv,
    ".txt": open_csv,
    ".xlsx": open_xlsx,
    ".xlsm": open_xlsx,
    ".parquet": open_parquet,
    ".pq": open_parquet,
}
"""What opens a file, by its suffix."""

_PATH: Final = re.compile(r"\$\.([^.\[`]+)")


class _Column(msgspec.Struct, frozen=True):
    """One field of the schema: how its cells are converted, and what an empty one means."""

    name: str
    convert: Convert
    required: bool
    optional: bool


def read_table(
    path: str | PathLike[str],
    row_type: type[Row],
    *,
    encoding: str | None = None,
    sheet: str | None = None,
) -> list[Row]:
    """The rows of a CSV, XLSX or Parquet file (by its suffix) as ``row_type``, a msgspec Struct.

    The header must name each field without a default, in any order, and nothing else. An empty
    cell is the field's default, else None where the field allows it, else an error. Numbers have
    a decimal point, dates are ISO 8601, several texts in one cell are joined by ``|``, anything
    nested is JSON. Formulas are never computed: in CSV they are text, in XLSX the stored result
    counts. ``encoding`` is for CSV that is neither UTF-8 nor marked UTF-16; ``sheet`` names a
    sheet of an XLSX file (else the first).

    Raises IntendanceError with file, row and field: ``table.unreadable``, ``table.too-large``,
    ``table.column``, ``table.ragged``, ``table.value``, ``table.extra-missing``,
    ``input.missing``, ``input.unreadable``.
    """
    file = fspath(path)
    opener = FORMATS.get(PurePath(file).suffix.lower())
    if opener is None:
        raise unreadable(file, "a file named " + ", ".join(FORMATS), repr(PurePath(file).name))
    columns = _columns(row_type)
    source = opener(file, columns=list(columns), encoding=encoding, sheet=sheet)
    order = _order(source, columns)
    return [_row(source, number, cells, order, row_type) for number, cells in source.rows]


def _columns(row_type: type[msgspec.Struct]) -> dict[str, _Column]:
    info = cast("inspect.StructType", inspect.type_info(row_type))
    return {
        field.encode_name: _Column(
            name=field.encode_name,
            convert=converter(field.type),
            required=field.required,
            optional=_optional(field.type),
        )
        for field in info.fields
    }


def _optional(kind: inspect.Type) -> bool:
    if isinstance(kind, inspect.Metadata):
        return _optional(kind.type)
    types = kind.types if isinstance(kind, inspect.UnionType) else (kind,)
    return any(isinstance(one, inspect.NoneType) for one in types)


def _order(source: Source, columns: dict[str, _Column]) -> list[_Column | None]:
    """The schema's column for each column of the table; None for one without a name."""
    found: list[_Column | None] = []
    for number, cell in enumerate(source.header, 1):
        name = "" if cell is None else str(cell).strip()
        if name and name not in columns:
            raise _column_error(source, "one of the columns " + ", ".join(columns), repr(name[:80]))
        if name and columns[name] in found:
            raise _column_error(source, f"one column '{name}'", f"a second one, column {number}")
        found.append(columns[name] if name else None)
    missing = [one.name for one in columns.values() if one.required and one not in found]
    if missing:
        raise _column_error(source, f"a column '{missing[0]}'", "none")
    return found


def _column_error(source: Source, expected: str, got: str) -> IntendanceError:
    where = f"{source.file}, header"
    return IntendanceError("table.column", expected=expected, got=got, where=where)


def _row(
    source: Source,
    number: int,
    cells: Cells,
    order: Sequence[_Column | None],
    row_type: type[Row],
) -> Row:
    extra = any(cell not in ("", None) for cell in cells[len(order) :])
    if len(cells) < len(order) or extra:
        raise IntendanceError(
            "table.ragged",
            expected=f"{len(order)} cells",
            got=str(len(cells)),
            where=f"{source.file}, row {number}",
        )
    values: dict[str, Any] = {}
    for column, cell in zip(order, cells, strict=False):
        if column is None:
            if cell not in ("", None):
                raise _value_error(source, number, None, "a column with a name", cell)
        elif cell is not None and not (isinstance(cell, str) and not cell.strip()):
            values[column.name] = _value(source, number, column, cell)
        elif column.required:
            if not column.optional:
                raise _value_error(source, number, column.name, "a value", "an empty cell")
            values[column.name] = None
    try:
        return msgspec.convert(values, row_type)
    except msgspec.ValidationError as error:
        text, _, place = str(error).partition(" - at ")
        field = _PATH.search(place)
        expected = text.removeprefix("Expected ").replace("`", "")
        name = field[1] if field else None
        raise _value_error(source, number, name, expected, values.get(name or "")) from None


def _value(source: Source, number: int, column: _Column, cell: object) -> object:
    if isinstance(cell, str):
        if len(cell) > MAX_CELL:
            got = f"{len(cell)} characters"
            raise _value_error(source, number, column.name, f"at most {MAX_CELL} characters", got)
        if source.escaped:
            cell = unescape(cell)
    try:
        return column.convert(cell)
    except CellError as error:
        raise _value_error(source, number, column.name, error.expected, repr(cell)[:80]) from None


def _value_error(
    source: Source, number: int, field: str | None, expected: str, got: object
) -> IntendanceError:
    where = f"{source.file}, row {number}" + (f", field '{field}'" if field else "")
    shown = got if isinstance(got, str) else repr(got)[:80]
    return IntendanceError("table.value", expected=expected, got=shown, where=where)
