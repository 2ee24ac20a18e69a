"""Dates of publication that analysts corrected: they hold for a report, whatever it was read as.

Such a decision names the report's statements, as every decision does, and corrects none of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, select, update

from intendance.ledger._rows import fetch_in
from intendance.ledger._schema import appearance, report, statement
from intendance.ledger._settled import Settled
from intendance.terms import Report, TimeSpan

_COLUMNS: Final = select(report.c.number, appearance.c.body).join(
    appearance, appearance.c.number == report.c.appearance
)


def dates_of(connection: Connection, settled: Settled) -> dict[int, TimeSpan]:
    """The corrected dates by the numbers of the reports."""
    found: dict[int, TimeSpan] = {}
    dates = settled.dates()
    for statements, span in dates:
        query = select(statement.c.report)
        rows = fetch_in(connection, query, statement.c.id, statements)
        found.update(dict.fromkeys({row.report for row in rows}, span))
    return found


def redated(shown: Report, span: TimeSpan | None) -> Report:
    """A report with its corrected date, if there is one."""
    if span is None:
        return shown
    return msgspec.structs.replace(shown, published=span, date_from="decision")


def redate(connection: Connection, settled: Settled, numbers: Iterable[int]) -> None:
    """Give the rows of reports the dates that hold now: corrected, else as the report is shown."""
    dates = dates_of(connection, settled)
    decode = msgspec.json.Decoder(Report).decode
    for row in fetch_in(connection, _COLUMNS, report.c.number, numbers):
        span = redated(decode(row.body), dates.get(row.number)).published
        values: dict[str, Any] = {"published_from": span.start, "published_to": span.end}
        connection.execute(update(report).where(report.c.number == row.number).values(**values))
