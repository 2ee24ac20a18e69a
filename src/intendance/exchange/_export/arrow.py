"""Rows to Arrow columns, thousands at a time; what repeats is converted once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa

from intendance.exchange._export.columns import Column
from intendance.exchange._export.lines import Cells

PLACES: Final = 9
"""Decimal places of quantities and amounts."""

NUMBER: Final = pa.decimal128(38, PLACES)
_STEP: Final = Decimal(1).scaleb(-PLACES)

_TYPES: Final[dict[str, Any]] = {
    "id": pa.string(),
    "text": pa.string(),
    "name": pa.string(),
    "names": pa.list_(pa.string()),
    "number": NUMBER,
    "count": pa.int64(),
    "flag": pa.bool_(),
    "day": pa.date32(),
}


def schema_of(columns: Sequence[Column], about: dict[str, str]) -> Any:
    """The Arrow schema of a table; descriptions and units are metadata of the fields."""
    fields = [
        pa.field(
            each.name,
            _TYPES[each.kind],
            metadata={"description": each.en} | ({"unit": each.unit} if each.unit else {}),
        )
        for each in columns
    ]
    return pa.schema(fields, metadata=about)


def record_batch(rows: Sequence[Cells], schema: Any, columns: Sequence[Column]) -> Any:
    """Rows as an Arrow record batch."""
    cells: Iterable[tuple[Any, ...]] = zip(*rows, strict=True) if rows else [()] * len(columns)
    arrays = [_CONVERT[each.kind](values) for each, values in zip(columns, cells, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _repeated(kind: Any) -> Callable[[Sequence[Any]], Any]:
    """A column of which each different value is converted once."""

    def convert(values: Sequence[Any]) -> Any:
        if len(values) > 1 and not any(values):  # nothing but None, or empty lists
            return pa.array(values[:1], kind).take(pa.nulls(len(values), pa.int32()).fill_null(0))
        places: dict[Any, int] = {}
        at = [places.setdefault(value, len(places)) for value in values]
        return pa.array(list(places), kind).take(pa.array(at, pa.int32()))

    return convert


def _numbers(values: Sequence[Any]) -> Any:
    try:
        return pa.array(values, pa.int64()).cast(NUMBER)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):  # decimals among them
        exact = [None if value is None else _rounded(Decimal(value)) for value in values]
        return pa.array(exact, NUMBER)


def _rounded(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    deep = isinstance(exponent, int) and exponent < -PLACES
    return value.quantize(_STEP) if deep else value


def _plain(kind: Any) -> Callable[[Sequence[Any]], Any]:
    return lambda values: pa.array(values, kind)


def _days(values: Sequence[Any]) -> Any:
    return _repeated(pa.string())(values).cast(pa.date32())


_CONVERT: Final[dict[str, Callable[[Sequence[Any]], Any]]] = {
    "id": _plain(pa.string()),
    "text": _plain(pa.string()),
    "name": _repeated(pa.string()),
    "names": _repeated(pa.list_(pa.string())),
    "number": _numbers,
    "count": _plain(pa.int64()),
    "flag": _plain(pa.bool_()),
    "day": _days,
}
