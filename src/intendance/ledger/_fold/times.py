"""When a stage was, or is to be, reached (rule 7)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from intendance.ledger._fold.evidence import FIRST, LAST
from intendance.ledger._fold.figures import End
from intendance.ledger._fold.rows import Row
from intendance.ledger._fold.settle import Said, time_shape
from intendance.ledger._fold.vocabulary import STAGE_RULES
from intendance.ledger._fold.wording import interval_text, time_text
from intendance.terms import UNKNOWN_TIME, Interval, Stage, TimeSpan

_AS_OF: Final = ("cumulative", "total")


class Dated:
    """Dates said of one event: of one quantity, so that batches are not taken for one another.

    ``quantity`` is that figure as text, None where none is said; ``counts`` the dates that count.
    """

    __slots__ = ("counts", "figure", "quantity", "said")

    def __init__(self, figure: Interval | None) -> None:
        self.figure = figure
        self.quantity = None if figure is None else interval_text(figure)
        self.said: list[Said[TimeSpan]] = []
        self.counts: list[TimeSpan] = []

    @staticmethod
    def shape(value: TimeSpan) -> tuple[tuple[End, End], Any, bool]:
        """The ends of a date, for ``settle``."""
        return time_shape(value)

    @staticmethod
    def text(value: TimeSpan) -> str:
        """A date as readable text."""
        return time_text(value)


def stage_time(
    stage: Stage, rows: Sequence[Row], quantity: Interval, contest: Callable[[Dated], None]
) -> TimeSpan:
    """The time of the figure that counts: of the event, or of the deadline.

    ``contest`` weighs dates of one event against each other and sets their ``counts``. A time that
    stays unresolved keeps its words; nothing is taken from the date of publication (rule 2).
    """
    happened = STAGE_RULES[stage].happened
    timed = [row for row in rows if row.said.time.known and row.due != happened]
    if not timed:
        words = (row.said.time for row in rows if row.said.time.text)
        return next((time for time in words if not time.known), UNKNOWN_TIME)
    first = timed[0].said.time
    if len(timed) == 1 or all(_same(row.said.time, first) for row in timed):
        return first
    events = _events(timed)
    for event in events:
        if happened and (event.figure is None or event.quantity == "as of"):
            event.counts = [said.value for said in event.said]
        else:
            contest(event)
    chosen = [each for each in events if each.figure and each.figure.overlaps(quantity)]
    if not chosen or not quantity.known:
        chosen = events
    return _hull([span for event in chosen for span in event.counts])


def _events(rows: Sequence[Row]) -> list[Dated]:
    """The dates by the quantity they are said of; "so far" is a date of counting, no event."""
    events: dict[object, Dated] = {}
    for row in rows:
        figure = row.figure
        as_of = row.said.basis in _AS_OF and not row.due
        key = (as_of, figure and interval_text(figure))
        event = events.get(key)
        if event is None:
            event = events[key] = Dated(figure)
            event.quantity = "as of" if as_of else event.quantity
        event.said.append(Said(row, row.said.time, row.p0, row.p1))
    return list(events.values())


def _same(one: TimeSpan, other: TimeSpan) -> bool:
    return one is other or (one.start == other.start and one.end == other.end)


def _hull(spans: Sequence[TimeSpan]) -> TimeSpan:
    first = spans[0]
    if all(_same(each, first) for each in spans):
        return first
    start = min(each.start or FIRST for each in spans)
    end = max(each.end or LAST for each in spans)
    return TimeSpan(start or None, None if end == LAST else end)
