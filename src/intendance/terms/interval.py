"""Intervals: how a quantity is kept when a report leaves it open, rounds it or says nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

from intendance.terms.errors import IntendanceError

Number = int | Decimal
State = Literal["stated", "unspecified", "undisclosed"]

MAX_DIGITS = 18
"""A quantity with more digits than this is no quantity (it would not fit 64 bits)."""


class Interval(msgspec.Struct, frozen=True):
    """A quantity between ``low`` and ``high``, ends included unless marked open.

    ``None`` is an end that is not stated. ``approx`` marks "about"; ``text`` keeps the words.
    ``state`` tells "not said" (unspecified) from "said to be secret" (undisclosed).
    """

    low: Number | None = None
    high: Number | None = None
    low_open: bool = False
    high_open: bool = False
    approx: bool = False
    text: str = ""
    state: State = "unspecified"

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise IntendanceError(
                "interval.empty",
                expected="a low end that is not above the high end",
                got=f"{self.low} above {self.high}",
                where=self.text or "an interval",
            )

    @property
    def known(self) -> bool:
        """True where at least one end is stated."""
        return self.low is not None or self.high is not None

    @property
    def exact(self) -> Number | None:
        """The one value, where the interval is a single number said without "about"; else None."""
        return self.low if self.low == self.high and not self.approx else None

    def overlaps(self, other: Interval) -> bool:
        """Whether one value can satisfy both; an interval that states nothing overlaps all."""
        return _below(self, other) and _below(other, self)

    def covers(self, value: Number) -> bool:
        """Whether ``value`` lies inside."""
        return self.overlaps(Interval(low=value, high=value, state="stated"))


def exactly(value: Number, text: str = "", *, approx: bool = False) -> Interval:
    """The interval of one number."""
    return Interval(low=value, high=value, approx=approx, text=text, state="stated")


def at_least(value: Number, text: str = "", *, above: bool = False) -> Interval:
    """``value`` or more; ``above`` for "more than"."""
    return Interval(low=value, low_open=above, text=text, state="stated")


def at_most(value: Number, text: str = "", *, below: bool = False) -> Interval:
    """``value`` or less; ``below`` for "less than"."""
    return Interval(high=value, high_open=below, text=text, state="stated")


def between(low: Number, high: Number, text: str = "", *, approx: bool = False) -> Interval:
    """From ``low`` to ``high``, both included."""
    return Interval(low=low, high=high, approx=approx, text=text, state="stated")


UNSPECIFIED = Interval()
UNDISCLOSED = Interval(state="undisclosed")


def add(one: Interval, other: Interval) -> Interval:
    """The interval sum: ends add, an unknown end stays unknown (rule 5)."""
    low = None if one.low is None or other.low is None else one.low + other.low
    high = None if one.high is None or other.high is None else one.high + other.high
    return Interval(
        low=low,
        high=high,
        low_open=low is not None and (one.low_open or other.low_open),
        high_open=high is not None and (one.high_open or other.high_open),
        approx=one.approx or other.approx,
        state=_state(low, high, one, other),
    )


def subtract(one: Interval, other: Interval) -> Interval:
    """What is left of ``one`` after ``other``, never below nothing: [low - high', high - low']."""
    low = None if one.low is None or other.high is None else max(one.low - other.high, 0)
    high = None if one.high is None or other.low is None else max(one.high - other.low, 0)
    return Interval(
        low=low,
        high=high,
        low_open=low is not None and low > 0 and (one.low_open or other.high_open),
        high_open=high is not None and high > 0 and (one.high_open or other.low_open),
        approx=one.approx or other.approx,
        state=_state(low, high, one, other),
    )


def hull(intervals: list[Interval]) -> Interval:
    """The smallest interval that holds all those that state something."""
    stated = [each for each in intervals if each.known]
    if not stated:
        hidden = any(each.state == "undisclosed" for each in intervals)
        return UNDISCLOSED if hidden else UNSPECIFIED
    lows, highs = [each.low for each in stated], [each.high for each in stated]
    low = None if None in lows else min(value for value in lows if value is not None)
    high = None if None in highs else max(value for value in highs if value is not None)
    return Interval(
        low=low,
        high=high,
        low_open=low is not None and all(e.low_open for e in stated if e.low == low),
        high_open=high is not None and all(e.high_open for e in stated if e.high == high),
        approx=any(each.approx for each in stated),
        state="stated",
    )


def _below(one: Interval, other: Interval) -> bool:
    if one.low is None or other.high is None:
        return True
    if one.low == other.high:
        return not (one.low_open or other.high_open)
    return one.low < other.high


def _state(low: Number | None, high: Number | None, one: Interval, other: Interval) -> State:
    if low is not None or high is not None:
        return "stated"
    return "undisclosed" if "undisclosed" in (one.state, other.state) else "unspecified"
