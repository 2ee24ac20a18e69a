"""The words of a statement as they leave the ledger: a quote, never a copy of a whole table."""

from __future__ import annotations

import re
from typing import Final

from intendance.terms import Report, Statement

TABLES: Final = ("table", "dataset")
"""The kinds of reports whose statements quote a row."""

_LONGEST: Final = 300
_ROW: Final = re.compile(r"row (\d+)(?:: (.*))?", re.DOTALL)
_BETWEEN: Final = " | "


def words_of(said: Statement, report: Report) -> str:
    """The quote; of a row the cells that the statement rests on, as ``heading: cell``.

    Rows quoted whole, statement by statement, would hand on the table that they are of.
    """
    if report.kind not in TABLES or said.source_row is None:
        return said.quote
    row = _ROW.fullmatch(said.source_row)
    named = f", {row[2] or ''}, " if row else ""
    cells = [
        cell
        for cell in said.quote.split(_BETWEEN)
        if f", {cell.partition(':')[0]}, " in named
    ]  # fmt: skip
    found = _BETWEEN.join(cells) or said.quote
    return found if len(found) <= _LONGEST else found[: _LONGEST - 1] + "…"


def row_of(said: Statement, report: Report) -> int | None:
    """The number of the row that a statement quotes, its table's headings counted."""
    row = _ROW.fullmatch(said.source_row or "") if report.kind in TABLES else None
    return int(row[1]) if row else None
