"""Cells to values: strict, so that nothing is guessed (``1,5`` is no number, ``null`` no value)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import msgspec
from msgspec import inspect

from intendance.tables._escape import split_list

Convert = Callable[[object], object]

_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,30}")
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,30}(?:\.[0-9]{1,30})?")
_FLOAT: Final = re.compile(_NUMBER.pattern + r"(?:[eE][+-]?[0-9]{1,3})?")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EXACT: Final = 2**53
_BOOLS: Final = {"true": True, "1": True, "false": False, "0": False}


class CellError(ValueError):
    """A cell that doesn't hold what its column requires."""

    def __init__(self, expected: str) -> None:
        super().__init__(expected)
        self.expected = expected


def converter(kind: inspect.Type) -> Convert:
    """What turns a filled cell of CSV, XLSX or Parquet into a value for ``kind``."""
    if isinstance(kind, inspect.Metadata):
        return converter(kind.type)
    if isinstance(kind, inspect.UnionType):
        kinds = [one for one in kind.types if not isinstance(one, inspect.NoneType)]
        return _first_of([converter(one) for one in sorted(kinds, key=_is_text)])
    if isinstance(kind, inspect.LiteralType):
        return _one_of(kind.values)
    for types, simple in _SIMPLE:
        if isinstance(kind, types):
            return simple
    if isinstance(kind, inspect.CollectionType) and _is_simple(kind.item_type):
        return _list_of(converter(kind.item_type))
    return _json


def as_text(cell: object) -> str:
    """The text of a cell: numbers as a person writes them, dates as ISO 8601."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) <= _EXACT:
        return str(int(cell))
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | float | Decimal):
        return str(cell)
    raise CellError("text")


def as_whole(cell: object) -> int:
    """A whole number; a float only where it is exact."""
    if isinstance(cell, str) and _WHOLE.fullmatch(cell.strip()):
        return int(cell)
    if isinstance(cell, int) and not isinstance(cell, bool):
        return cell
    if isinstance(cell, float) and cell.is_integer() and abs(cell) <= _EXACT:
        return int(cell)
    raise CellError("a whole number")


def as_decimal(cell: object) -> Decimal:
    """A number with a decimal point; never infinite or not a number."""
    if isinstance(cell, str) and _NUMBER.fullmatch(cell.strip()):
        return Decimal(cell.strip())
    if isinstance(cell, int) and not isinstance(cell, bool):
        return Decimal(cell)
    if isinstance(cell, float) and math.isfinite(cell):
        # The shortest digits that give this float are the ones that were typed.
        return Decimal(int(cell)) if cell.is_integer() else Decimal(repr(cell))
    if isinstance(cell, Decimal) and cell.is_finite():
        return cell
    raise CellError("a number with a decimal point, such as 1234.5")


def _as_float(cell: object) -> float:
    if isinstance(cell, str) and _FLOAT.fullmatch(cell.strip()):
        value = float(cell)
    else:
        value = cell if isinstance(cell, float) else float(as_decimal(cell))
    if not math.isfinite(value):
        raise CellError("a number with a decimal point, such as 1234.5")
    return value


def _as_bool(cell: object) -> bool:
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, str) and cell.strip().lower() in _BOOLS:
        return _BOOLS[cell.strip().lower()]
    if isinstance(cell, int | float) and cell in (0, 1):
        return bool(cell)
    raise CellError("true or false")


def _as_date(cell: object) -> date:
    if isinstance(cell, datetime):
        if not (cell.hour or cell.minute or cell.second or cell.microsecond):
            return cell.date()
    elif isinstance(cell, date):
        return cell
    elif isinstance(cell, str) and _DATE.fullmatch(cell.strip()):
        try:
            return date.fromisoformat(cell.strip())
        except ValueError:
            pass
    raise CellError("a date, such as 2023-05-31")


def _json(cell: object) -> Any:
    if not isinstance(cell, str):
        return cell
    try:
        return msgspec.json.decode(cell)
    except (msgspec.DecodeError, RecursionError):
        raise CellError("JSON") from None


def _list_of(convert: Convert) -> Convert:
    def convert_all(cell: object) -> object:
        parts = split_list(as_text(cell)) if not isinstance(cell, list | tuple) else cell
        return [convert(part) for part in parts]

    return convert_all


_SIMPLE: Final[tuple[tuple[tuple[type[inspect.Type], ...], Convert], ...]] = (
    ((inspect.StrType, inspect.EnumType), as_text),
    ((inspect.IntType,), as_whole),
    ((inspect.DecimalType,), as_decimal),
    ((inspect.FloatType,), _as_float),
    ((inspect.BoolType,), _as_bool),
    ((inspect.DateType,), _as_date),
)


def _one_of(values: Sequence[object]) -> Convert:
    known = {str(value): value for value in values}

    def convert(cell: object) -> object:
        text = as_text(cell)
        if text not in known:
            raise CellError("one of " + ", ".join(known))
        return known[text]

    return convert


def _first_of(converts: Sequence[Convert]) -> Convert:
    def convert(cell: object) -> object:
        for one in converts[:-1]:
            try:
                return one(cell)
            except CellError:
                continue
        return converts[-1](cell)

    return convert


def _is_text(kind: inspect.Type) -> bool:
    # Text takes every cell, so it is tried last.
    return isinstance(kind, inspect.StrType)


def _is_simple(kind: inspect.Type) -> bool:
    if isinstance(kind, inspect.Metadata):
        return _is_simple(kind.type)
    return isinstance(kind, inspect.LiteralType) or any(isinstance(kind, one) for one, _ in _SIMPLE)
