"""What pages show of a ledger that is too large to look at whole for each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from intendance.ledger import Line, Overdue
from intendance.terms import IntendanceError, Report, span_of
from intendance.web._columns import MEASURED, ordinal
from intendance.web._projection import Query
from intendance.web._selection import Selection
from intendance.web._types import ViewContext
from intendance.web._views._sums import Month, Reached

MANY: Final = 20_000
"""From so many commitments on, pages count in the projection."""

_LINES: Final = 40
_PAST_LINES: Final = 8
"""Of a past day, of which every line is folded."""
_OVERDUE: Final = 25
_AT_ONCE: Final = 200
_LATEST: Final = 10


def is_large(context: ViewContext) -> bool:
    """Whether this reader's ledger is one that is not looked at whole."""
    return len(context.projection.columns) > MANY


def reached(chosen: Selection, name: str, as_of: str | None = None) -> list[Reached]:
    """Commitments by donor or class."""
    return [Reached(value, *counts) for value, counts in chosen.reached(name, _until(as_of))]


def _until(as_of: str | None) -> int:
    return 0 if as_of is None else ordinal(span_of(as_of, "as_of").end)


def months(chosen: Selection, as_of: str | None = None) -> list[Month]:
    """Cumulative counts by month."""
    held = [0] * len(MEASURED)
    rows = []
    for month, counts in chosen.months(_until(as_of)):
        held = [one + other for one, other in zip(held, counts, strict=True)]
        rows += [Month(month, stage, at) for stage, at in zip(MEASURED, held, strict=True)]
    return rows


def lines(context: ViewContext, chosen: Selection, as_of: str | None = None) -> list[Line]:
    """The lines with most commitments; without money, which needs all of them."""
    if as_of is not None:
        return context.books.lines(chosen.largest(_PAST_LINES), as_of)
    ids = chosen.largest(_LINES)
    stamp = context.projection.stamp(ids)
    return chosen.kept("lines", stamp, lambda: context.books.lines(ids))


def refuse_to_fold_all(context: ViewContext, asked: Mapping[str, Any]) -> None:
    """Raises ``filter.invalid`` where a past day would have all of a large ledger folded.

    A recipient or an item says which blocks are wanted.
    """
    past = asked.get("as_of") or asked.get("recorded")
    if past and not (asked.get("recipient") or asked.get("item")) and is_large(context):
        raise IntendanceError(
            "filter.invalid",
            expected=f"a recipient or an item, for a past day of more than {MANY:,} commitments",
            got="neither", where="the filter", remedy="Name a recipient or an item, or both.",
        )  # fmt: skip


def refuse_past_statements(context: ViewContext) -> None:
    """Raises ``filter.invalid`` for the statements of a large ledger on a past day: which of them
    counted then can only be said of all."""
    if is_large(context):
        raise IntendanceError(
            "filter.invalid",
            expected=f"no past day, for the statements of more than {MANY:,} commitments",
            got="one", where="the filter",
            remedy="Ask for the commitments of a recipient or an item on that day.",
        )  # fmt: skip


def overdue(context: ViewContext) -> tuple[int, Iterator[Overdue]]:
    """How many are overdue today, and those that are longest, or for a file all."""
    projection, day = context.projection, context.today.isoformat()
    chosen = projection.select(Query(overdue=day), often=True)
    if context.whole:
        return chosen.total, _all_overdue(context, chosen)
    ids = chosen.kept("late", b"", lambda: chosen.part(0, _OVERDUE, "due"))
    stamp = projection.stamp(ids)
    return chosen.total, iter(chosen.kept("overdue", stamp, lambda: _late(context, ids)))


def _all_overdue(context: ViewContext, chosen: Selection) -> Iterator[Overdue]:
    at = 0
    while at < chosen.total:
        ids = chosen.part(at, _AT_ONCE, "due")
        at += len(ids) or chosen.total
        yield from _late(context, ids)


def _late(context: ViewContext, ids: Sequence[str]) -> list[Overdue]:
    return [
        Overdue(each, each.stages["promised"].time, each.outstanding)
        for each in context.books.bare(ids)
    ]


def arrived(context: ViewContext) -> list[Report]:
    """The last reports, or those that came since the last visit."""
    return context.books.latest_reports(0, _LATEST, context.last_visit)
