"""A demand book and an open round, for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

import msgspec

from intendance.cli._output import Output
from intendance.planning import Book, Round
from intendance.render import Column, Language, Row, Table, text

_TABLES: Final = {
    "pooled": (
        "demand",
        ("item", "year", "firm", "likely", "optional", "accepted", "output", "met", "left"),
    ),
    "shares": ("shares", ("nation", "wanted", "item", "year", "asked", "quantity", "share")),
    "setup": ("setup", ("nation", "item", "share", "amount")),
}
_LEFT: Final = ("nation", "item", "wanted", "year")
_THOUSANDS: Final[dict[Language, str]] = {"en": ",", "fr": " "}


def show_book(book: Book, output: Output) -> None:
    """The book's tables that have rows, the rules of sharing, and what must be known."""
    output.say(text("demand.closed-at", output.language, name=book.name, when=book.closed))
    for title, (field, columns) in _TABLES.items():
        rows = getattr(book, field)
        if rows:
            _title(title, output)
            output.table(_table(rows, columns, output.language))
    _title("rules", output)
    output.lines(book.rules)
    if book.warnings:
        _title("warnings", output)
        output.lines(book.warnings)
    if book.silent:
        output.say(text("demand.silent", output.language, nations=", ".join(book.silent)))


def show_open(found: Round, counts: Mapping[str, int | None], output: Output) -> None:
    """An open round: its rule, and how many rows each nation has submitted."""
    rule = text(f"demand.rule-{found.rule}", output.language)
    output.say(text("demand.open", output.language, name=found.name, rule=rule))
    waiting = text("demand.waiting", output.language)
    rows = [
        Row((nation, waiting if count is None else str(count))) for nation, count in counts.items()
    ]
    heads = [text(f"demand.head-{name}", output.language) for name in ("nation", "rows")]
    output.table(Table((Column(heads[0]), Column(heads[1], "right")), rows))


def _title(name: str, output: Output) -> None:
    output.say("")
    output.say(text(f"demand.{name}", output.language))


def _table(rows: Sequence[msgspec.Struct], columns: Sequence[str], language: Language) -> Table:
    heads = tuple(
        Column(text(f"demand.head-{name}", language), "left" if name in _LEFT else "right")
        for name in columns
    )
    cells = [
        Row(tuple(_cell(name, getattr(row, name), language) for name in columns)) for row in rows
    ]
    return Table(heads, cells)


def _cell(name: str, value: object, language: Language) -> str:
    if value is None:
        return "–"
    if not isinstance(value, Decimal):
        return str(value)
    if name == "share":
        shown = f"{value * 100:.1f}"
        return f"{shown}%" if language == "en" else f"{shown.replace('.', ',')} %"
    whole, _, part = f"{value:,f}".partition(".")
    mark = "." if language == "en" else ","
    return whole.replace(",", _THOUSANDS[language]) + (f"{mark}{part}" if part else "")
