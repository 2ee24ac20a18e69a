"""The rows of any table as statements, by a mapping."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final, cast

from intendance.catalogue import Catalogue
from intendance.exchange._data import table
from intendance.exchange._kiel.donors import Donors
from intendance.exchange._kiel.items import Items
from intendance.exchange._kiel.line import Fault, amount_of, count_of, date_of, stated
from intendance.exchange._kiel.telling import currency_of
from intendance.exchange._mapping.mapping import Mapping
from intendance.exchange._page import Page, PageLine, identified, rendering, report_of_rows
from intendance.exchange._raw import Sheet, open_sheet
from intendance.exchange._types import Import
from intendance.ledger import cited_as
from intendance.terms import (
    ACTS,
    UNKNOWN_TIME,
    UNSPECIFIED,
    Act,
    Money,
    Reading,
    Report,
    Statement,
    TimeSpan,
    money,
)

READER: Final = "import-table/1"
ROWS: Final = 5000


def read_any(
    path: Path,
    mapping: Mapping,
    catalogue: Catalogue,
    *,
    published: TimeSpan | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
) -> Import:
    """A table (CSV, XLSX, Parquet) as readings, by a mapping.

    Raises IntendanceError ``import.header`` where a column of the mapping is missing, and as
    ``read_kiel``.
    """
    found = open_sheet(path, mapping.headings(), encoding=encoding, sheet=sheet)
    made = Import(found.file, found.raw_hash, found.dropped)
    return made.reads(_Rows(found, mapping, catalogue, published, made).readings())


class _Rows:
    def __init__(
        self,
        sheet: Sheet,
        mapping: Mapping,
        catalogue: Catalogue,
        published: TimeSpan | None,
        made: Import,
    ) -> None:
        self._sheet = sheet
        self._mapping = mapping
        self._catalogue = catalogue
        self._published = published
        self._made = made
        self._items = Items(catalogue)
        self._donors = Donors(catalogue)
        self._acts: dict[str, str] = {
            **table("table/words")["acts"],
            **{word.casefold(): act for word, act in mapping.acts.items()},
        }
        kept = [at for at, name in enumerate(sheet.header) if name.strip()]
        self._width = 1 + max(at for columns in sheet.fields.values() for at in columns)
        self._render = rendering(sheet.header, [at for at in kept if at < self._width])

    def readings(self) -> Iterator[Reading]:
        """One reading for each ROWS rows."""
        rows, mapping = self._sheet.rows(), self._mapping
        packages: set[str] = set()
        while part := list(islice(rows, ROWS)):
            self._made.counts.parts += 1
            good = [(number, cells) for number, cells in part if self._whole(number, cells)]
            page = Page([self._render(cells) for _, cells in good])
            several = self._made.counts.parts > 1 or len(part) == ROWS
            report = report_of_rows(
                self._sheet, page, mapping.publisher, mapping.title, mapping.terms,
                self._published, option=True,
                rows=f", rows {part[0][0]}-{part[-1][0]}" if several else "",
            )  # fmt: skip
            statements: list[Statement] = []
            for (number, cells), line in zip(good, page.lines, strict=True):
                statements += self._told(number, cells, line, report)
            packages |= {said.package for said in statements if said.package}
            self._made.counts.packages = len(packages)
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
            column = self._mapping.columns.get(fault.field, fault.field)
            self._made.set_aside(number, column, fault.reason, fault.got)
            return []

    def _statements(
        self, number: int, cells: Sequence[str], line: PageLine, report: Report
    ) -> list[Statement]:
        comma = self._sheet.comma
        name, unit = self._cell(cells, "item"), self._cell(cells, "unit")
        item, own_unit = self._item(name)
        counted = count_of(self._cell(cells, "quantity"), comma, "quantity")
        amount = self._money(cells)
        time = self._cell(cells, "time")
        source = self._cell(cells, "source")
        package = self._cell(cells, "package")
        columns = ", ".join(self._mapping.columns.values())
        said: dict[str, Any] = {
            "report": report.id,
            "actors": (self._party(cells, "actor"),),
            "recipients": (self._party(cells, "recipient"),),
            "item": item,
            "item_text": name,
            "unit": unit or own_unit,
            "package": f"{self._mapping.name}:{package}" if stated(package) else None,
            "attribution": (cited_as(source),) if stated(source) else (),
            "source_row": f"row {number}: {columns}",
            "start": line.start,
            "end": line.end,
            "quote": line.text,
            "prefix": line.prefix,
            "suffix": line.suffix,
            "language": "und",
        }
        act = self._act(self._cell(cells, "act"))
        found = [
            Statement(
                **said, act=act, certainty="announced" if act == "promise" else "done",
                quantity=counted, money=amount, time=date_of(time) if time else UNKNOWN_TIME,
                rule=f"{self._mapping.name}:row",
            )
        ]  # fmt: skip
        delivered = count_of(self._cell(cells, "delivered"), comma, "delivered")
        if delivered != UNSPECIFIED:
            none = delivered.high == 0
            found.append(
                Statement(
                    **said, act="deliver", certainty="done",
                    polarity="negative" if none else "positive",
                    quantity=UNSPECIFIED if none else delivered,
                    rule=f"{self._mapping.name}:delivered",
                )
            )  # fmt: skip
        return [identified(each) for each in found]

    def _cell(self, cells: Sequence[str], field: str) -> str:
        columns = self._sheet.fields.get(field)
        said = cells[columns[0]].strip() if columns else ""
        return said or self._mapping.constant.get(field, "")

    def _party(self, cells: Sequence[str], field: str) -> str:
        name = self._cell(cells, field)
        found = self._donors.of(name)
        if found is None:
            raise Fault(field, "donor", name)
        return found

    def _item(self, name: str) -> tuple[str | None, str | None]:
        if not stated(name):
            return None, None
        thing = self._items.of(name, "", "")
        if thing.item is None:
            raise Fault("item", "item", name)
        return thing.item, thing.unit

    def _money(self, cells: Sequence[str]) -> Money | None:
        cell = self._cell(cells, "money")
        if not stated(cell):
            return None
        amount = amount_of(cell, self._sheet.comma, "money")
        code = self._cell(cells, "currency")
        currency = currency_of(code)
        if currency is None:
            raise Fault("currency", "currency", code)
        return money(amount, currency) if amount.known else None

    def _act(self, cell: str) -> Act:
        found = self._acts.get(cell.casefold(), cell if cell in ACTS else None)
        if found is None:
            raise Fault("act", "act", cell)
        return cast("Act", found)
