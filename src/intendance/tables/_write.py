"""Typed rows to CSV that read_table reads back and a spreadsheet opens safely."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import chain

import msgspec

from intendance.tables._escape import escape, join_list
from intendance.terms import canonical


def write_csv(rows: Iterable[msgspec.Struct], row_type: type[msgspec.Struct] | None = None) -> str:
    """The rows as CSV: a header, commas, lines ended by a line feed.

    All rows are of one type: the first one's, or ``row_type``, which also gives the header where
    there are no rows. None is an empty cell, texts in a list are joined by ``|``, anything nested
    is JSON. Text that a spreadsheet would take for a formula is written with an apostrophe in
    front (see _escape); read_table takes it off again.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    found = iter(rows)
    first = next(found, None)
    schema = row_type or first
    if schema is None:
        return ""
    fields = msgspec.structs.fields(schema)
    writer.writerow([escape(field.encode_name) for field in fields])
    for row in chain(() if first is None else (first,), found):
        values = [getattr(row, field.name) for field in fields]
        cells = [
            "" if value == "" and field.default == "" else _cell(value)
            for field, value in zip(fields, values, strict=True)
        ]
        writer.writerow(cells)
    return stream.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list) and all(_plain(one) for one in value):
        return escape(join_list([_text(one) for one in value])) if value else ""
    return escape(canonical(value).decode("utf-8"))


def _plain(value: object) -> bool:
    return isinstance(value, str | int | Decimal | date) and not isinstance(value, bool)


def _text(value: object) -> str:
    return value if isinstance(value, str) else _cell(value)
