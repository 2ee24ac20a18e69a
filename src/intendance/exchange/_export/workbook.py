"""Tables as an XLSX workbook: typed cells, a sheet on what the columns mean, no formulas."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from intendance.exchange._export.columns import Sheet
from intendance.exchange._export.rows import Rows
from intendance.exchange._export.tabular import JOIN
from intendance.render import text
from intendance.tables._escape import escape
from intendance.terms import IntendanceError

_ROWS: Final = 1_048_575
"""Rows of a sheet below its heading (Excel's limit, ECMA-376 has none)."""

_CHARACTERS: Final = 32_767
"""Characters of a cell (Excel's limit)."""

_EXACT: Final = 10**15
"""Whole numbers below this are exact in a spreadsheet, which counts with 15 digits."""

_WIDTHS: Final = {"text": 60, "names": 18, "name": 16, "id": 14}


def write_workbook(
    rows: Rows, sheets: Sequence[Sheet], path: Path, about: Sequence[tuple[str, str]]
) -> dict[str, int]:
    """The tables as sheets of one workbook; gives how many rows each has.

    First comes a sheet of what this is, last one of what the columns mean. Raises IntendanceError
    ``table.too-large`` where a table has more rows than a sheet can hold.
    """
    import xlsxwriter

    language = rows.asked.language
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        writer = _Writer(book)
        writer.sheet(text("export.sheet_about", _language(language)), ("", ""), about, (24, 100))
        counts = {sheet.name: writer.table(rows, sheet) for sheet in sheets}
        heading = tuple(
            text(f"export.column_{name}", _language(language))
            for name in ("table", "name", "unit", "meaning")
        )
        meanings = [
            (sheet.name, column.name, column.unit, column.said(language))
            for sheet in sheets
            for column in sheet.columns
        ]
        name = text("export.sheet_columns", _language(language))
        writer.sheet(name, heading, meanings, (16, 20, 24, 100))
    return counts


class _Writer:
    """Cells into a workbook, each by its type."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._bold = book.add_format({"bold": True})
        self._quoted = book.add_format({"quote_prefix": True})

    def sheet(
        self,
        name: str,
        heading: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[int],
    ) -> None:
        """A sheet of text."""
        page = self._book.add_worksheet(name)
        for at, width in enumerate(widths):
            page.set_column(at, at, width)
        if any(heading):
            page.write_row(0, 0, heading, self._bold)
            page.freeze_panes(1, 0)
        for number, row in enumerate(rows, 1 if any(heading) else 0):
            for at, value in enumerate(row):
                self._text(page, number, at, value)

    def table(self, rows: Rows, sheet: Sheet) -> int:
        """A sheet of one table."""
        page = self._book.add_worksheet(sheet.name)
        for at, column in enumerate(sheet.columns):
            page.set_column(at, at, _WIDTHS.get(column.kind, 12))
            page.write_string(0, at, column.name, self._bold)
        page.freeze_panes(1, 1)
        count = 0
        for batch in rows.of(sheet.name):
            if count + len(batch) > _ROWS:
                raise IntendanceError(
                    "table.too-large",
                    expected=f"at most {_ROWS} rows",
                    got="more",
                    where=f"the sheet '{sheet.name}'",
                    remedy="Narrow the export with a filter, or export to Parquet or CSV.",
                )
            for row in batch:
                count += 1
                for at, value in enumerate(row):
                    self._cell(page, count, at, value, sheet.columns[at].kind)
        if count:
            page.autofilter(0, 0, count, len(sheet.columns) - 1)
        return count

    def _cell(self, page: Any, row: int, at: int, value: Any, kind: str) -> None:
        if value is None or value in ("", ()):
            return
        if isinstance(value, bool):
            page.write_boolean(row, at, value)
        elif kind == "number":
            exact = Decimal(value)
            if abs(exact) < _EXACT:
                page.write_number(row, at, float(exact))
            else:
                self._text(page, row, at, f"{exact:f}")
        elif isinstance(value, int):
            page.write_number(row, at, value)
        else:
            self._text(page, row, at, value if isinstance(value, str) else JOIN.join(value))

    def _text(self, page: Any, row: int, at: int, value: str) -> None:
        if len(value) > _CHARACTERS:
            value = value[: _CHARACTERS - 1] + "…"
        value = value.encode("utf-8", "backslashreplace").decode()
        # Marked as text, so that it stays text when somebody edits the cell.
        risky = escape(value) != value
        page.write_string(row, at, value, self._quoted if risky else None)


def _language(name: str) -> Any:
    return "fr" if name == "fr" else "en"
