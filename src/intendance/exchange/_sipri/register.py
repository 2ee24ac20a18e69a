"""The register's rows, one for each year of delivery of a deal, as statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Final, cast

import msgspec

from intendance.catalogue import Catalogue
from intendance.exchange._data import headings, table
from intendance.exchange._kiel.donors import Donors
from intendance.exchange._kiel.items import Items, spellings
from intendance.exchange._kiel.line import Fault, count_of
from intendance.exchange._page import Page, PageLine, identified, rendering, report_of_rows
from intendance.exchange._raw import Sheet, open_sheet
from intendance.exchange._types import Import
from intendance.exchange._values import Wording, parse_date
from intendance.terms import (
    UNSPECIFIED,
    Certainty,
    Interval,
    Origin,
    Reading,
    Report,
    Statement,
    TimeSpan,
)

READER: Final = "import-sipri/1"
"""The reader of these statements, with its version."""

PUBLISHER: Final = "Stockholm International Peace Research Institute"
TITLE: Final = "SIPRI Arms Transfers Database, trade register"
TERMS: Final = "Source: SIPRI Arms Transfers Database (c) SIPRI; name the source"
ROWS: Final = 5000


class _Words(msgspec.Struct, frozen=True):
    yes: frozenset[str]
    no: frozenset[str]
    unknown: frozenset[str]
    generated: str
    origins: dict[str, str]


@cache
def _words() -> _Words:
    return msgspec.convert(table("sipri/words"), _Words)


def read_sipri(
    path: Path,
    catalogue: Catalogue,
    *,
    published: TimeSpan | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
) -> Import:
    """A trade register (CSV as the database exports it, XLSX or Parquet) as readings.

    The day comes from the line "Data generated" above the headings, unless ``published`` is
    given. Raises IntendanceError ``import.header``, ``import.changed``, ``input.*``, ``table.*``.
    """
    found = open_sheet(path, headings("sipri"), encoding=encoding, sheet=sheet)
    made = Import(found.file, found.raw_hash, found.dropped)
    return made.reads(_Register(found, catalogue, published, made).readings())


class _Register:
    def __init__(
        self, sheet: Sheet, catalogue: Catalogue, published: TimeSpan | None, made: Import
    ) -> None:
        self._sheet = sheet
        self._made = made
        self._catalogue = catalogue
        self._items = Items(catalogue, "sipri/items")
        self._donors = Donors(catalogue)
        self._width = 1 + max(at for columns in sheet.fields.values() for at in columns)
        kept = sorted(at for columns in sheet.fields.values() for at in columns)
        self._render = rendering(sheet.header, kept)
        self._published = published or _generated(sheet.above)
        self._option = published is not None
        if self._published is None:
            made.notes.append("undated")

    def readings(self) -> Iterator[Reading]:
        """One reading for each ROWS rows."""
        rows = self._sheet.rows()
        deals: set[str] = set()
        while part := list(islice(rows, ROWS)):
            self._made.counts.parts += 1
            good = [(number, cells) for number, cells in part if self._whole(number, cells)]
            page = Page([self._render(cells) for _, cells in good])
            several = self._made.counts.parts > 1 or len(part) == ROWS
            report = report_of_rows(
                self._sheet, page, PUBLISHER, TITLE, TERMS, self._published,
                option=self._option,
                rows=f", rows {part[0][0]}-{part[-1][0]}" if several else "",
            )  # fmt: skip
            statements: list[Statement] = []
            for (number, cells), line in zip(good, page.lines, strict=True):
                deals.add(self._cell(cells, "deal"))
                statements += self._told(number, cells, line, report)
            self._made.counts.packages = len(deals)
            self._made.counts.statements += len(statements)
            yield Reading(
                report=report,
                text=page.text,
                statements=tuple(statements),
                reader=READER,
                catalogue=self._catalogue.hash,
            )

    def _whole(self, number: int, cells: Sequence[str]) -> bool:
        if not any(cells):
            return False
        self._made.counts.rows += 1
        if len(cells) < self._width:
            self._made.set_aside(number, "", "cells", f"{len(cells)} cells")
            return False
        return True

    def _told(
        self, number: int, cells: Sequence[str], line: PageLine, report: Report
    ) -> list[Statement]:
        try:
            return self._statements(number, cells, line, report)
        except Fault as fault:
            column = self._sheet.header[self._sheet.fields[fault.field][0]]
            self._made.set_aside(number, column, fault.reason, fault.got)
            return []

    def _statements(
        self, number: int, cells: Sequence[str], line: PageLine, report: Report
    ) -> list[Statement]:
        """The order (or the promise, of what is second-hand) and the year's delivery."""
        origin = self._origin(cells)
        recipient = self._party(cells, "recipient")
        shared: dict[str, Any] = {
            "report": report.id,
            "actors": self._party(cells, "donor"),
            "recipients": recipient,
            "item": self._item(cells),
            "item_text": self._cell(cells, "designation"),
            "origin": origin,
            "package": f"sipri:{self._cell(cells, 'deal')}"
            if "deal" in self._sheet.fields
            else None,
            "live": bool(self._party(cells, "donor")),
            "start": line.start,
            "end": line.end,
            "quote": line.text,
            "prefix": line.prefix,
            "suffix": line.suffix,
            "language": "en",
        }
        ordered = self._year(cells, "ordered") if self._cell(cells, "ordered") else None
        found = []
        if ordered is not None:
            found.append(
                Statement(
                    **shared,
                    act="order" if origin == "production" else "promise",
                    certainty=self._certainty(cells, "ordered_estimate"),
                    quantity=self._count(cells, "number_ordered", ""),
                    time=ordered,
                    rule="sipri:ordered",
                    source_row=self._where(number, "ordered", "designation"),
                )
            )
        guessed = [
            each
            for each in ("delivered_estimate", "delivery_year_estimate")
            if self._certainty(cells, each) != "done"
        ]
        found.append(
            Statement(
                **shared,
                act="deliver",
                certainty="alleged" if guessed else "done",
                quantity=self._count(cells, "delivered", "delivered_estimate"),
                time=self._year(cells, "delivery_year"),
                rule="sipri:delivered",
                source_row=self._where(number, "delivered", "delivery_year"),
            )
        )
        return [identified(each) for each in found]

    def _where(self, number: int, *fields: str) -> str:
        header, columns = self._sheet.header, self._sheet.fields
        names = [header[columns[each][0]].strip() for each in fields]
        return f"row {number}: {', '.join(names)}"

    def _cell(self, cells: Sequence[str], field: str) -> str:
        columns = self._sheet.fields.get(field)
        return cells[columns[0]].strip() if columns else ""

    def _party(self, cells: Sequence[str], field: str) -> tuple[str, ...]:
        name = self._cell(cells, field)
        if name.casefold() in _words().unknown:
            return ()
        found = self._donors.of(name.removesuffix("*"))
        if found is None:
            raise Fault(field, "donor", name)
        return (found,)

    def _item(self, cells: Sequence[str]) -> str:
        """The kind that the designation names, of the sort that the description tells."""
        name, kind = self._cell(cells, "designation"), self._cell(cells, "description")
        class_ = self._items.of("", kind, self._cell(cells, "category")).item
        for each in _spelled(name, kind):
            known = self._catalogue.known(each)
            if known is not None and self._catalogue.is_kind(known):
                if class_ is None or self._items.same_sort(known, class_):
                    return known
        for each in _shortened(name):
            known = self._catalogue.known(each)
            if known is not None and self._items.narrows(known, class_):
                return known
        if class_ is None:
            raise Fault("designation", "item", f"{name}, {kind}")
        return class_

    def _origin(self, cells: Sequence[str]) -> Origin | None:
        said = self._cell(cells, "status").casefold()
        if not said:
            return None
        found = _words().origins.get(said)
        if found is None:
            raise Fault("status", "origin", said)
        return cast("Origin", found)

    def _certainty(self, cells: Sequence[str], field: str) -> Certainty:
        said = self._cell(cells, field).casefold()
        if said in _words().yes:
            return "alleged"
        if said in _words().no:
            return "done"
        raise Fault(field, "flag", said)

    def _count(self, cells: Sequence[str], field: str, estimate: str) -> Interval:
        cell = self._cell(cells, field)
        found = count_of(cell, self._sheet.comma, field) if cell else UNSPECIFIED
        guess = bool(estimate) and self._certainty(cells, estimate) != "done"
        return msgspec.structs.replace(found, approx=True) if guess and found.known else found

    def _year(self, cells: Sequence[str], field: str) -> TimeSpan:
        cell = self._cell(cells, field)
        found = parse_date(cell, Wording())
        if found is None or not found.known:
            raise Fault(field, "date", cell)
        return found


def _shortened(name: str) -> list[str]:
    """A designation by other spellings and without its last words, the longest first."""
    words = name.replace("/", " ").split()
    starts = [" ".join(words[:size]) for size in range(len(words), 0, -1)]
    return [each for start in starts for each in (start, *spellings(start))]


def _spelled(name: str, kind: str) -> Mapping[str, None]:
    """A designation as the catalogue may have it: whole, with its sort, without its calibre."""
    words = name.replace("/", " ").split()
    bare = " ".join(word for word in words if not word.lower().endswith("mm"))
    sorts = [kind, kind.split("/")[0], "missile"] if "AM" in kind or "missile" in kind else [kind]
    names = [f"{each} {sort}" for each in (name, bare) for sort in sorts]
    runs = [" ".join(words[at:end]) for end in range(len(words), 0, -1) for at in range(end)]
    runs.sort(key=lambda run: -len(run))
    return dict.fromkeys(
        [name, *names, bare, *name.split("/"), *(run for run in runs if len(run) > 2)]
    )


def _generated(above: Sequence[str]) -> TimeSpan | None:
    """The day on which the register was made, from the lines above its headings."""
    for line in above:
        head, _, rest = line.partition(":")
        if head.strip().casefold() == _words().generated:
            day = " ".join(rest.split()[:3])
            found = parse_date(day, Wording())
            if found is not None and found.known:
                return found
    return None
