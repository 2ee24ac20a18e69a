"""What pages show of a ledger that is too large to look at whole for each of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from intendance.ledger import Line, Overdue
from intendance.terms import Report
from intendance.web._columns import MEASURED
from intendance.web._projection import Query
from intendance.web._selection import Selection
from intendance.web._types import ViewContext
from intendance.web._views._sums import Month, Reached

MANY: Final = 20_000
"""From so many commitments on, pages count in the projection."""

_LINES: Final = 40
_OVERDUE: Final = 100
_LATEST: Final = 10


def is_large(context: ViewContext) -> bool:
    """Whether this reader's ledger is one that is not looked at whole."""
    return len(context.projection.columns) > MANY


def reached(chosen: Selection, name: str) -> list[Reached]:
    """Commitments by donor or class."""
    return [Reached(value, *counts) for value, counts in chosen.reached(name)]


def months(chosen: Selection) -> list[Month]:
    """Cumulative counts by month."""
    held = [0] * len(MEASURED)
    rows = []
    for month, counts in chosen.months():
        held = [one + other for one, other in zip(held, counts, strict=True)]
        rows += [Month(month, stage, at) for stage, at in zip(MEASURED, held, strict=True)]
    return rows


def lines(context: ViewContext, chosen: Selection) -> list[Line]:
    """The lines with most commitments; without money, which needs all of them."""
    return context.books.lines(chosen.largest(_LINES))


def overdue(context: ViewContext) -> tuple[int, Iterator[Overdue]]:
    """How many are overdue today, and those that are longest, or for a file all."""
    day = context.today.isoformat()
    chosen = context.projection.select(Query(overdue=day))

    def rows() -> Iterator[Overdue]:
        at, last = 0, chosen.total if context.whole else min(_OVERDUE, chosen.total)
        while at < last:
            ids = chosen.part(at, _OVERDUE, "due")
            at += len(ids) or last
            for each in context.books.bare(ids):
                yield Overdue(each, each.stages["promised"].time, each.outstanding)

    return chosen.total, rows()


def arrived(context: ViewContext) -> list[Report]:
    """The last reports, or those that came since the last visit."""
    return context.books.latest_reports(0, _LATEST, context.last_visit)
