"""A snapshot of the tracker: one report (or several, of so many rows each) and its statements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec.structs import force_setattr

from intendance.catalogue import Catalogue
from intendance.exchange._data import headings
from intendance.exchange._kiel.donors import Donors
from intendance.exchange._kiel.items import Items
from intendance.exchange._kiel.line import Fault, Line, liner
from intendance.exchange._kiel.survey import RECIPIENT, Survey, survey
from intendance.exchange._kiel.telling import Teller, Told
from intendance.exchange._page import Page, PageLine, rendering, report_of_rows
from intendance.exchange._raw import Row, Sheet, Spill, open_sheet
from intendance.exchange._types import Import, uncollected
from intendance.exchange._values import Wording, parse_date
from intendance.terms import (
    UNKNOWN_TIME,
    DateFrom,
    Link,
    Reading,
    Report,
    Statement,
    TimeSpan,
    statement_id,
)

READER: Final = "import-kiel/1"
"""The reader of these statements, with its version."""

PUBLISHER: Final = "Kiel Institute for the World Economy"
TITLE: Final = "Ukraine Support Tracker"
TERMS: Final = "Kiel Institute for the World Economy, Ukraine Support Tracker: name the source"
ROWS: Final = 5000
"""Rows of one report: a longer table is several, so that memory does not grow with it."""

_TO: Final = (RECIPIENT,)
_PLAIN_DATE: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def read_kiel(
    path: Path,
    catalogue: Catalogue,
    *,
    published: TimeSpan | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
) -> Import:
    """A snapshot of the tracker's main table (CSV, XLSX, Parquet) as readings.

    ``published`` is the day of the snapshot, where the table has no column that says when it was
    retrieved. Rows that can't be understood are in the import's ``rejected`` with the reason.
    Raises IntendanceError ``import.header``, ``import.changed``, ``input.*``, ``table.*``.
    """
    found = open_sheet(path, headings("kiel"), encoding=encoding, sheet=sheet)
    made = Import(found.file, found.raw_hash, found.dropped)
    return made.reads(_Snapshot(found, catalogue, published, made).readings())


class _Snapshot:
    def __init__(
        self, sheet: Sheet, catalogue: Catalogue, published: TimeSpan | None, made: Import
    ) -> None:
        self._sheet = sheet
        self._made = made
        self._catalogue = catalogue
        items, donors = Items(catalogue), Donors(catalogue)
        kept = sorted(at for columns in sheet.fields.values() for at in columns)
        self._width = 1 + kept[-1]
        self._pick = itemgetter(*kept)
        fields = {field: tuple(map(kept.index, columns)) for field, columns in sheet.fields.items()}
        self._line = liner(fields)
        self._spill = Spill()
        self._survey: Survey = survey(
            self._rows(), fields, self._line, items, donors, catalogue, comma=sheet.comma
        )
        self._teller = Teller(self._survey, items, donors, comma=sheet.comma)
        self._published, self._from = _day(self._survey.retrieved, published)
        if not self._published.known:
            made.notes.append("undated")
        self._totals: dict[str, str] = {}
        self._columns = {
            field: ", ".join(sheet.header[at].strip() for at in columns)
            for field, columns in sheet.fields.items()
        }
        self._render = rendering([sheet.header[at] for at in kept], range(len(kept)))
        self._pending: dict[str, str] = {}
        self._wheres: dict[tuple[str, ...], str] = {}

    def _rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        """The cells that are kept of each row of the right shape; all rows are put aside."""
        width, end, pick, put = self._width, len(self._sheet.header), self._pick, self._spill.add
        for number, cells in self._sheet.rows():
            if not any(cells):
                put(number, None)
            elif len(cells) < width or any(cells[end:]):
                put(number, len(cells))
            else:
                kept = pick(cells)
                put(number, kept)
                yield number, kept

    def readings(self) -> Iterator[Reading]:
        """One reading for each ROWS rows."""
        rows = self._spill.rows()
        self._made.counts.packages = self._survey.packages
        while (reading := self._reading(rows)) is not None:
            yield reading

    def _reading(self, rows: Iterator[Row]) -> Reading | None:
        """The next ROWS rows, each let go as soon as it is told; None after the last."""
        with uncollected():
            told: list[tuple[Told, str]] = []
            first, last, count = 0, 0, 0
            for number, cells in islice(rows, ROWS):
                first, last, count = first or number, number, count + 1
                if cells is None:
                    continue
                self._made.counts.rows += 1
                if isinstance(cells, int):
                    self._made.set_aside(number, "", "cells", f"{cells} cells")
                    continue
                each = self._understood(number, cells)
                if each is not None:
                    told.append((each, self._render(cells)))
            if not count:
                return None
            self._made.counts.parts += 1
            several = self._made.counts.parts > 1 or count == ROWS
            return self._made_of(told, f", rows {first}-{last}" if several else "")

    def _made_of(self, told: list[tuple[Told, str]], rows: str) -> Reading:
        page = Page([line for _, line in told])
        report = self._report(page, rows)
        statements: list[Statement] = []
        for (each, _), line in zip(told, page.lines, strict=True):
            statements += self._told(each, line, report.id)
        self._made.counts.statements += len(statements)
        linked = self._linked(statements)
        return Reading(
            report=report,
            text=page.text,
            statements=tuple(linked),
            reader=READER,
            catalogue=self._catalogue.hash,
            notes=tuple(f"column not kept: {name}" for name in self._sheet.dropped),
        )

    def _understood(self, number: int, cells: list[str]) -> Told | None:
        line = self._line(number, cells)
        try:
            return self._teller.understand(line)
        except Fault as fault:
            self._reject(line, fault)
            return None

    def _told(self, told: Told, line: PageLine, report: str) -> list[Statement]:
        row = f"row {told.line.number}: "
        base: dict[str, Any] = {
            "report": report,
            "actors": (told.donor,),
            "recipients": _TO,
            "time": told.announced,
            "attribution": told.cited,
            "start": line.start,
            "end": line.end,
            "quote": line.text,
            "prefix": line.prefix,
            "suffix": line.suffix,
            "language": "en",
        }

        def make(
            rule: str, columns: tuple[str, ...], *, inside: str | None = None, **fields: Any
        ) -> Statement:
            where = self._wheres.get(columns) or self._where(columns)
            made = Statement(**{**base, "rule": rule, "source_row": row + where, **fields})
            force_setattr(made, "id", statement_id(made))
            if rule == "kiel:total":
                self._totals.setdefault(told.line.package, made.id)
            if inside is not None:
                self._pending[made.id] = inside
            return made

        try:
            return self._teller.tell(told, make)
        except Fault as fault:
            self._reject(told.line, fault)
            return []

    def _where(self, columns: tuple[str, ...]) -> str:
        found = self._wheres[columns] = ", ".join(self._columns.get(each, each) for each in columns)
        return found

    def _reject(self, line: Line, fault: Fault) -> None:
        column = self._columns.get(fault.field, fault.field)
        self._made.set_aside(line.number, column, fault.reason, fault.got)

    def _linked(self, statements: list[Statement]) -> list[Statement]:
        """What is part of a package's total, or of another package's, says so."""
        if not self._pending:
            return statements
        pending, self._pending = self._pending, {}
        found = []
        for each in statements:
            target = self._totals.get(pending.get(each.id, ""))
            if target is not None and target != each.id:
                link = Link("part_of", target)
                found.append(msgspec.structs.replace(each, links=(link,)))
            else:
                found.append(each)
        return found

    def _report(self, page: Page, rows: str) -> Report:
        known = self._published if self._published.known else None
        option = self._from == "option"
        return report_of_rows(
            self._sheet, page, PUBLISHER, TITLE, TERMS, known, option=option, rows=rows
        )


def _day(retrieved: str, named: TimeSpan | None) -> tuple[TimeSpan, DateFrom]:
    """When the snapshot was published: what the call says, else the day it was retrieved."""
    if named is not None:
        return named, "option"
    match = _PLAIN_DATE.match(retrieved)
    # The tracker writes this one with the month first ("01/26/2023, 13:06:57").
    text = f"{match[3]}-{match[1]:0>2}-{match[2]:0>2}" if match else retrieved
    found = parse_date(text, Wording()) if text else None
    return (found, "metadata") if found is not None and found.known else (UNKNOWN_TIME, "unknown")
