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
from intendance.exchange._kiel.line import Fault, date_of, stated
from intendance.exchange._kiel.telling import currency_of
from intendance.exchange._mapping.above import Above
from intendance.exchange._mapping.beside import beside
from intendance.exchange._mapping.cells import (
    Counted,
    Point,
    counted,
    currency_of_heading,
    paid,
    scale_of,
    unit_of,
)
from intendance.exchange._mapping.mapping import SCALED, Mapping
from intendance.exchange._mapping.parties import Parties
from intendance.exchange._page import Page, PageLine, identified, rendering, report_of_rows
from intendance.exchange._raw import Sheet, open_sheet
from intendance.exchange._types import Import
from intendance.ledger import cited_as
from intendance.terms import (
    ACTS,
    UNKNOWN_TIME,
    UNSPECIFIED,
    Act,
    IntendanceError,
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
        self._parties = Parties(Donors(catalogue))
        self._above = Above(sheet.fields, mapping.repeat)
        self._point: Point = mapping.point or ("either" if sheet.comma else "english")
        _check_headings(mapping, sheet)
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
            good = [
                (number, self._above.filled(cells))
                for number, cells in part
                if self._whole(number, cells)
            ]
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
        other = beside(cells, self._sheet.header, self._sheet.fields)
        if other is not None:
            self._made.set_aside(number, "", other, next(filter(None, map(str.strip, cells))))
            return False
        return True

    def _told(
        self, number: int, cells: Sequence[str], line: PageLine, report: Report
    ) -> list[Statement]:
        try:
            return self._statements(number, cells, line, report)
        except Fault as fault:
            field = "time" if fault.field == "announced" else fault.field
            column = self._mapping.columns.get(field, field)
            self._made.set_aside(number, column, fault.reason, fault.got)
            return []

    def _statements(
        self, number: int, cells: Sequence[str], line: PageLine, report: Report
    ) -> list[Statement]:
        name = self._cell(cells, "item")
        item, own_unit = self._item(name)
        quantity = self._counted(cells, "quantity", own_unit)
        amount = self._money(cells)
        time = self._cell(cells, "time")
        source = self._cell(cells, "source")
        package = self._cell(cells, "package")
        columns = ", ".join(self._mapping.columns.values())
        actors = self._party(cells, "actor")
        said: dict[str, Any] = {
            "report": report.id,
            "actors": actors,
            "joint": len(actors) > 1,
            "recipients": self._party(cells, "recipient"),
            "item": item,
            "item_text": name,
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
                quantity=quantity.number, unit=quantity.unit, money=amount,
                time=date_of(time) if time else UNKNOWN_TIME, rule=f"{self._mapping.name}:row",
            )
        ]  # fmt: skip
        came = self._counted(cells, "delivered", quantity.unit)
        delivered = came.number
        if delivered != UNSPECIFIED:
            none = delivered.high == 0
            found.append(
                Statement(
                    **said, act="deliver", certainty="done",
                    polarity="negative" if none else "positive",
                    quantity=UNSPECIFIED if none else delivered, unit=came.unit,
                    rule=f"{self._mapping.name}:delivered",
                )
            )  # fmt: skip
        return [identified(each) for each in found]

    def _cell(self, cells: Sequence[str], field: str) -> str:
        columns = self._sheet.fields.get(field)
        said = cells[columns[0]].strip() if columns else ""
        return said or self._mapping.constant.get(field, "")

    def _party(self, cells: Sequence[str], field: str) -> tuple[str, ...]:
        found, unknown = self._parties.of(self._cell(cells, field))
        if unknown is not None:
            raise Fault(field, "donor", unknown)
        return found

    def _counted(self, cells: Sequence[str], field: str, unit: str | None) -> Counted:
        """A number and its unit: the cell's, the unit column's, or what else it would be."""
        times = self._mapping.times.get(field, 1)
        found = counted(self._cell(cells, field), field, self._point, times)
        column = self._cell(cells, "unit")
        if found.unit and column and found.unit != unit_of(column):
            raise Fault(field, "units", self._cell(cells, field))
        return Counted(found.number, found.unit or column or unit)

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
        code = self._cell(cells, "currency")
        known = currency_of(code) if stated(code) else None
        if stated(code) and known is None:
            raise Fault("currency", "currency", code)
        times = self._mapping.times.get("money", 1)
        amount, currency = paid(cell, known, "money", self._point, times)
        if not amount.known:
            return None
        if currency is None:
            raise Fault("currency", "currency", cell)
        return money(amount, currency)

    def _act(self, cell: str) -> Act:
        found = self._acts.get(cell.casefold(), cell if cell in ACTS else None)
        if found is None:
            raise Fault("act", "act", cell)
        return cast("Act", found)


def _check_headings(mapping: Mapping, sheet: Sheet) -> None:
    """Raises ``import.mapping`` where a heading says another scale or currency than the mapping."""
    for field in SCALED:
        heading = mapping.columns.get(field, "")
        said = scale_of(heading)
        if said != 1 and mapping.times.get(field) != said:
            raise _unsaid(sheet, f"times.{field} = {said}, as '{heading}' says", mapping.times)
    heading, fixed = mapping.columns.get("money", ""), mapping.constant.get("currency")
    currency = currency_of_heading(heading)
    if fixed and currency is not None and currency_of(fixed) != currency:
        raise _unsaid(sheet, f"currency {currency}, as '{heading}' says", fixed)


def _unsaid(sheet: Sheet, expected: str, got: object) -> IntendanceError:
    return IntendanceError(
        "import.mapping", expected=expected, got=str(got) if got else "nothing", where=sheet.file
    )
