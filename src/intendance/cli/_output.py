"""Where results go: an aligned table for people, JSON lines or CSV for programs."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, islice
from typing import TypeVar

import click
import msgspec

from intendance.cli._failures import writing
from intendance.render import (
    Language,
    Table,
    csv_lines,
    heading_lines,
    json_lines,
    table_lines,
    text,
    wrapped_lines,
)

_BATCH = 1000
_R = TypeVar("_R", bound=msgspec.Struct)


class Output:
    """Standard output in the form that the call asked for."""

    def __init__(self, *, as_json: bool, as_csv: bool, language: Language) -> None:
        if as_json and as_csv:
            raise click.UsageError("--json and --csv exclude each other")
        self.as_json = as_json
        self.as_csv = as_csv
        self.language = language

    @property
    def for_people(self) -> bool:
        """Whether tables and sentences are wanted."""
        return not (self.as_json or self.as_csv)

    def records(
        self,
        kind: type[_R],
        records: Sequence[_R],
        table: Callable[[Sequence[_R]], Table],
        none: str,
        sheet: tuple[type[msgspec.Struct], Callable[[_R], msgspec.Struct]] | None = None,
    ) -> None:
        """Shows records of one kind; people read the words of ``none`` where there are none.

        ``sheet`` is the kind that a row of CSV is of, and how to make one of a record, where a row
        says more than the record, which a program would look up.
        """
        if self.as_json:
            _write(json_lines(records))
        elif self.as_csv:
            row_kind, row = sheet or (kind, None)
            _write(csv_lines(row_kind, records if row is None else map(row, records)))
        elif records:
            self.table(table(records))
        else:
            self.say(text(none, self.language))

    def table(self, table: Table) -> None:
        """An aligned table; in a terminal as wide as it is, with a bold heading."""
        room = _room()
        lines = table_lines(table, room)
        if _styled():
            heads = heading_lines(table, room)
            bold = (f"\x1b[1m{line}\x1b[0m" for line in heads)
            lines = chain(bold, islice(lines, len(heads), None))
        _write(f"{line}\n" for line in lines)

    def lines(self, lines: Iterable[str], indent: str = "") -> None:
        """Sentences, wrapped in a terminal; they are shown as they are, escapes written out."""
        room = _room()
        _write(f"{line}\n" for each in lines for line in wrapped_lines(each, room, indent))

    def say(self, line: str) -> None:
        """One sentence."""
        self.lines([line])

    def one(self, record: object) -> None:
        """One record as a line of JSON."""
        _write(json_lines([record]))


def _room() -> int | None:
    """How wide lines may be: the terminal's width, COLUMNS if it is set, else without limit."""
    if not _terminal() and not os.environ.get("COLUMNS", "").isdigit():
        return None
    return max(shutil.get_terminal_size().columns, 20)


def _terminal() -> bool:
    return sys.stdout.isatty()


def _styled() -> bool:
    return _terminal() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def _write(lines: Iterable[str]) -> None:
    with writing("standard output"):
        rest = iter(lines)
        while batch := list(islice(rest, _BATCH)):
            sys.stdout.write("".join(batch))
        sys.stdout.flush()


def prepare() -> None:
    """Standard output and error in UTF-8 whatever the locale, line ends as they are."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
