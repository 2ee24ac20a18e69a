"""Records as JSON lines and as CSV, with the names of design, section 6."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from types import UnionType
from typing import Any, get_args, get_origin

import msgspec

from intendance.render._visible import escape_json, visible
from intendance.terms import STAGES, Commitment, Interval, Money, StageState, TimeSpan, canonical

Getter = Callable[[Any], object]

_STAGE_FIELDS = (
    "quantity.low", "quantity.high", "quantity.low_open", "quantity.high_open", "quantity.approx",
    "quantity.state", "money", "time.from", "time.to", "statements", "witnesses",
)  # fmt: skip
_HEAD = ("id", "donors", "recipient", "item")
"""What a record that holds a whole commitment shows of it in CSV; JSON lines hold the rest."""
# A spreadsheet runs a cell that begins with one of these as a formula.
_FORMULA = ("=", "+", "-", "@")


def json_line(record: object) -> str:
    """One record as one line of JSON: keys in declared order, decimals as strings, UTF-8.

    Control and bidirectional characters are written as escapes, which read back as themselves.
    """
    return escape_json(canonical(record).decode()) + "\n"


def json_lines(records: Iterable[object]) -> Iterator[str]:
    """Each record as a line of JSON."""
    return map(json_line, records)


def csv_lines(kind: type[msgspec.Struct], records: Iterable[object]) -> Iterator[str]:
    """The records of one kind as CSV lines (RFC 4180), a heading first.

    Nested fields are columns of dotted names (``quantity.low``, ``time.from``); lists of names are
    joined by ``;``; lists of objects are JSON. Of a commitment's stages the columns are
    ``stages.STAGE.`` and quantity (with its open ends, approximation and state), money, time,
    statements and witnesses; JSON lines hold the rest. A text
    that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    columns = csv_columns(kind)
    yield _csv_line(name for name, _ in columns)
    for record in records:
        yield _csv_line(_cell(get(record)) for _, get in columns)


def csv_columns(kind: type[msgspec.Struct]) -> list[tuple[str, Getter]]:
    """The columns of one kind of record: name and how to get it."""
    columns: list[tuple[str, Getter]] = []
    for field in msgspec.structs.fields(kind):
        get = _attribute(field.name)
        nested = _struct_of(field.type)
        if nested is not None:
            inner = csv_columns(nested)
            columns += [(f"{field.encode_name}.{name}", _then(get, more)) for name, more in inner]
        elif field.type is Commitment:
            inner = [pair for pair in csv_columns(Commitment) if pair[0] in _HEAD]
            columns += [(f"{field.encode_name}.{name}", _then(get, more)) for name, more in inner]
        elif get_origin(field.type) is dict and get_args(field.type)[1] is StageState:
            columns += _stage_columns(field.encode_name, get)
        else:
            columns.append((field.encode_name, get))
    return columns


def _stage_columns(prefix: str, get: Getter) -> list[tuple[str, Getter]]:
    inner = dict(csv_columns(StageState))
    columns: list[tuple[str, Getter]] = []
    for stage in STAGES:
        state = _then(get, _key(stage))
        columns += [
            (f"{prefix}.{stage}.{name}", _then(state, inner[name])) for name in _STAGE_FIELDS
        ]
    return columns


def _struct_of(kind: object) -> type[msgspec.Struct] | None:
    """The Interval, Money or TimeSpan that a field holds, if it holds one."""
    nested: tuple[type[msgspec.Struct], ...] = (Interval, Money, TimeSpan)
    held = get_args(kind) if isinstance(kind, UnionType) else (kind,)
    return next((each for each in nested if each in held), None)


def _attribute(name: str) -> Getter:
    return lambda record: getattr(record, name)


def _key(name: str) -> Getter:
    return lambda states: states.get(name)


def _then(first: Getter, second: Getter) -> Getter:
    def get(record: object) -> object:
        found = first(record)
        return None if found is None else second(found)

    return get


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return format(value, "d" if isinstance(value, int) else "f")
    if isinstance(value, str):
        return _safe(value)
    if isinstance(value, list | tuple) and all(isinstance(each, str) for each in value):
        return _safe(";".join(value))
    return escape_json(canonical(value).decode()) if value else ""


def _safe(value: str) -> str:
    shown = visible(value.replace("\n", " "))
    return f"'{shown}" if shown.startswith(_FORMULA) else shown


def _csv_line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()
