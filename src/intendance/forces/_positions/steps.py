"""Steps over months: what each commitment adds to and takes from a nation's item, and when."""

from __future__ import annotations

from typing import Any

import msgspec

from intendance.forces._extra import extra
from intendance.forces._months import NEVER
from intendance.forces._positions.columns import UNKNOWN, Stage


class Span(msgspec.Struct, frozen=True):
    """The months looked at, both included."""

    start: int
    end: int

    @property
    def months(self) -> int:
        """How many."""
        return self.end - self.start + 1


class Quantity(msgspec.Struct):
    """An interval for each pair and month: sums of the ends that are stated, and what isn't.

    ``no_low`` is True where nothing raises the lower end and something doesn't state it,
    ``no_high`` where something doesn't state its upper end; None where that is nowhere.
    """

    low: Any
    high: Any
    no_low: Any = None
    no_high: Any = None


class Steps:
    """Sums steps of many commitments into a table of pairs by months."""

    def __init__(self, pairs: int, span: Span, kind: Any) -> None:
        np = extra("numpy")
        self._np = np
        self._span = span
        self._shape = (pairs, span.months)
        self._low = np.zeros(pairs * span.months, dtype=kind)
        self._high = np.zeros(pairs * span.months, dtype=kind)
        self._no_low: Any = None
        self._no_high: Any = None

    def low(self, pair: Any, month: Any, value: Any) -> None:
        """Add ``value`` to the lower end from ``month`` on."""
        self._add(self._low, pair, month, value)

    def high(self, pair: Any, month: Any, value: Any) -> None:
        """Add ``value`` to the upper end from ``month`` on; UNKNOWN takes the upper end away."""
        stated = value != UNKNOWN
        if stated.all():
            self._add(self._high, pair, month, value)
            return
        self._add(self._high, pair[stated], month[stated], value[stated])
        if self._no_high is None:
            self._no_high = self._np.zeros(self._low.size, dtype=self._np.int32)
        self._add(self._no_high, pair[~stated], month[~stated], 1)

    def lower_high(self, pair: Any, month: Any, value: Any) -> None:
        """Take ``value`` from the upper end from ``month`` on."""
        self._add(self._high, pair, month, -value)

    def unstated(self, where: Any, pair: Any, month: Any, sign: int) -> None:
        """Count what states no lower end, from ``month`` on (``sign`` -1: no more)."""
        if where.any():
            if self._no_low is None:
                self._no_low = self._np.zeros(self._low.size, dtype=self._np.int32)
            self._add(self._no_low, pair[where], month[where], sign)

    def _add(self, cells: Any, pair: Any, month: Any, value: Any) -> None:
        np = self._np
        inside = month <= self._span.end
        column = np.maximum(month[inside] - self._span.start, 0)
        flat = pair[inside] * self._span.months + column
        chosen = value if np.ndim(value) == 0 else value[inside]
        if cells.dtype != object and np.ndim(chosen):
            chosen = chosen.astype(cells.dtype, copy=False)
        np.add.at(cells, flat, chosen)

    def sums(self) -> Quantity:
        """What it all adds up to, month by month."""
        low, high = self._summed(self._low), self._summed(self._high)
        no_low = None if self._no_low is None else (self._summed(self._no_low) > 0) & (low == 0)
        no_high = None if self._no_high is None else self._summed(self._no_high) > 0
        return Quantity(low, high, no_low, no_high)

    def _summed(self, cells: Any) -> Any:
        table = cells.reshape(self._shape)
        return self._np.cumsum(table, axis=1, out=table)


def left(steps: Steps, pair: Any, first: Any, owed: Stage, given: Stage) -> None:
    """Add what is owed from ``first`` on, less what has been given by then."""
    np = extra("numpy")
    bottom, end_low, top, end_high = remaining(owed, given)
    early, late = np.maximum(given.start, first), np.maximum(given.end, first)
    steps.low(pair, first, bottom)
    fell = end_low != bottom
    steps.low(pair[fell], early[fell], (end_low - bottom)[fell])
    steps.high(pair, first, top)
    fell = end_high != top
    steps.lower_high(pair[fell], late[fell], (top - end_high)[fell])
    silent = owed.low == UNKNOWN
    steps.unstated(silent, pair, first, 1)
    steps.unstated(silent & (end_high == 0), pair, late, -1)


def remaining(owed: Stage, given: Stage) -> tuple[Any, Any, Any, Any]:
    """Lower end before and after what was given, upper end before and after (UNKNOWN: none)."""
    np = extra("numpy")
    bottom = np.maximum(owed.low, 0)
    gone = np.where(given.high == UNKNOWN, bottom, given.high)
    end_low = np.maximum(bottom - gone, 0)
    end_high = np.where(
        owed.high == UNKNOWN, UNKNOWN, np.maximum(owed.high - np.maximum(given.low, 0), 0)
    )
    return bottom, end_low, owed.high, end_high


def came(steps: Steps, pair: Any, stage: Stage, since: Any) -> None:
    """Add what came about within ``stage``'s months, as far as that was in or after ``since``.

    What may have come before ``since`` is surely counted nowhere: it raises the upper end only.
    """
    np = extra("numpy")
    sure = stage.start >= since
    steps.low(pair[sure], stage.end[sure], np.maximum(stage.low[sure], 0))
    reach = (stage.end >= since) & (stage.start < NEVER)
    begin = np.maximum(stage.start, since)[reach]
    steps.high(pair[reach], begin, stage.high[reach])
    steps.unstated(stage.low[reach] == UNKNOWN, pair[reach], begin, 1)


def due(owed: Stage, given: Stage, now: int) -> Stage:
    """What is outstanding, in the months in which it is to come: kept promises, else open ones.

    A promise that is overdue in the month ``now``, or has no date, may come at any time or never.
    """
    np = extra("numpy")
    _, low, _, high = remaining(owed, given)
    low = np.where(owed.low == UNKNOWN, UNKNOWN, low)
    kept = (owed.end >= now) & (owed.end < NEVER)
    start = np.maximum(owed.start, now)
    nothing = high == 0
    return Stage(
        low, high, np.where(nothing, NEVER, start), np.where(kept & ~nothing, owed.end, NEVER),
        owed.flags,
    )  # fmt: skip
