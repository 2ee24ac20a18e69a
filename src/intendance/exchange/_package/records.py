"""The tables of a package that another ledger is made from: records as CSV, exactly.

A text is written as it is (with an apostrophe in front where a spreadsheet would run it, or where
it is empty), anything else as canonical JSON; an empty cell is the value None.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import UnionType
from typing import Any, Final, TypeVar, get_args, get_origin

import msgspec

from intendance.ledger import Appearance, ReadingRecord, Told
from intendance.tables._escape import escape, unescape
from intendance.terms import Decision, IntendanceError, Report, Statement, canonical

_R = TypeVar("_R", bound=msgspec.Struct)


class ReportRow(Report, frozen=True):
    """An appearance of a report; ``text`` is the hash of its exact text."""

    text: str = ""


class StatementRow(Statement, frozen=True, kw_only=True):
    """A statement; ``text`` is the hash of the exact text that it was read from."""

    text: str = ""


class CopyRow(msgspec.Struct, frozen=True):
    """A report of a group of reports that repeat one another."""

    group: int
    report: str


RECORDS: Final[dict[str, type[msgspec.Struct]]] = {
    "reports": ReportRow,
    "readings": ReadingRecord,
    "statements": StatementRow,
    "decisions": Decision,
    "copies": CopyRow,
}
"""The tables that ``import package`` reads, in this order."""

SUPPLIED: Final = "supplied"
"""The table of tables that users filled in, which a package has where it was asked for."""


def report_row(each: Appearance) -> ReportRow:
    """The row of an appearance."""
    return ReportRow(**msgspec.structs.asdict(each.report), text=each.text)


def statement_row(each: Told) -> StatementRow:
    """The row of a statement."""
    return StatementRow(**msgspec.structs.asdict(each.statement), text=each.text)


def narrowed(row: msgspec.Struct, kind: type[_R]) -> _R:
    """A row without what was added to the record of that kind."""
    return kind(**{name: getattr(row, name) for name in kind.__struct_fields__})


def schema_type(kind: object) -> str:
    """The Table Schema type of a field."""
    held = [each for each in _alternatives(kind) if each is not type(None)]
    names = {str: "string", bool: "boolean", int: "integer"}
    if all(isinstance(each, str) for each in held):
        return "string"
    if len(held) == 1 and held[0] in names:
        return names[held[0]]
    return "array" if any(get_origin(each) is tuple for each in held) else "object"


def _alternatives(kind: object) -> tuple[Any, ...]:
    if isinstance(kind, UnionType) or str(get_origin(kind)) == "typing.Union":
        return tuple(one for each in get_args(kind) for one in _alternatives(each))
    if str(get_origin(kind)) == "typing.Literal":
        return get_args(kind)
    return (kind,)


def write_records(rows: Iterable[msgspec.Struct], kind: type[msgspec.Struct], path: Path) -> int:
    """Records of one kind as CSV; gives how many."""
    fields = msgspec.structs.fields(kind)
    count = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow([field.encode_name for field in fields])
        for count, row in enumerate(rows, 1):  # noqa: B007  # the last number is the count
            writer.writerow([_cell(getattr(row, field.name)) for field in fields])
    return count


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return escape(value)
    return canonical(value).decode()


@contextmanager
def long_cells() -> Iterator[None]:
    """Cells may be as long as a quote is: the csv module's limit, which is for all, is lifted."""
    before = csv.field_size_limit(sys.maxsize)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def read_records(path: Path, kind: type[_R]) -> Iterator[_R]:
    """The records of a table; what is no such record raises ``table.unreadable`` with its row."""
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    decoders = {name: _decoder(field.type) for name, field in fields.items()}
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream)
        header = next(reader, [])
        if missing := [name for name in fields if name not in header]:
            raise invalid(f"a column '{missing[0]}'", "none", f"{path.name}, header")
        named = [(at, name, decoders[name]) for at, name in enumerate(header) if name in fields]
        for number, row in enumerate(reader, 2):
            try:
                made = {name: _value(row[at], decoder) for at, name, decoder in named}
                yield kind(**{fields[name].name: value for name, value in made.items()})
            except (msgspec.MsgspecError, IndexError, ValueError) as fault:
                raise invalid(
                    f"a row of {kind.__name__}", str(fault), f"{path.name}, row {number}"
                ) from None


Decode = Callable[[str], Any]


def _decoder(kind: Any) -> Decode:
    if schema_type(kind) != "string":
        return msgspec.json.Decoder(kind).decode
    if any(isinstance(each, str) for each in _alternatives(kind)):  # one of some words
        return lambda cell: msgspec.convert(unescape(cell), kind)
    return unescape


def _value(cell: str, decode: Decode) -> Any:
    return decode(cell) if cell else None


def invalid(expected: str, got: str, where: str) -> IntendanceError:
    """The error ``table.unreadable``, of a package."""
    return IntendanceError(
        "table.unreadable",
        expected=expected,
        got=got,
        where=where,
        remedy="Export the package again with 'intendance export package'.",
    )
