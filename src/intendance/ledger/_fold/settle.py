"""What counts of several figures of one thing, and which of them contradict each other (rule 7)."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from typing import Any, Generic, TypeVar

from intendance.ledger._fold.evidence import FIRST, LAST
from intendance.ledger._fold.figures import (
    End,
    Figure,
    Side,
    contested,
    rank_ends,
    sides_of,
    standing,
    support,
)
from intendance.ledger._fold.rounding import half_unit
from intendance.ledger._fold.rows import Row
from intendance.terms import Interval, Money, TimeSpan

_V = TypeVar("_V")

_LOWEST, _HIGHEST = float("-inf"), float("inf")


class Settled(Generic[_V]):
    """The outcome: the values that count (several while a conflict is open), every value given in
    order of time, the sides of the conflict, and the decision that settled it."""

    __slots__ = ("counts", "settled_by", "sides", "values")

    def __init__(self, counts: list[_V], values: list[_V]) -> None:
        self.counts = counts
        self.values = values
        self.sides: list[Side] = []
        self.settled_by: str | None = None


class Said(Generic[_V]):
    """A value that a row gives, and the time for which it gives it."""

    __slots__ = ("row", "t0", "t1", "value")

    def __init__(self, row: Row, value: _V, t0: str, t1: str) -> None:
        self.row, self.value, self.t0, self.t1 = row, value, t0, t1


def settle(
    said: list[Said[_V]],
    shape: Callable[[_V], tuple[tuple[End, End], Any, bool]],
    *,
    cumulative: bool,
    prefers: Mapping[str, str],
) -> Settled[_V]:
    """Weigh the values; ``shape`` gives the ends, the width and whether it is "about".

    ``prefers`` maps a statement to the decision that prefers it: where a side of the conflict
    holds it, the other sides' figures no longer count, and the conflict is kept as settled.
    """
    figures = _figures(said, shape)
    values = _in_time(figures)
    if len(values) == 1:
        return Settled(values, values)
    rank_ends(figures)
    outcome: Settled[_V] = Settled([], values)
    against = contested(figures, cumulative)
    if against:
        outcome.sides = sides_of(against)
        support(outcome.sides, figures)
        chosen = _preferred(outcome.sides, prefers)
        if chosen is not None:
            side, outcome.settled_by = chosen
            kept = {id(each) for each in against if _agree(each, side.figure)}
            lost = {id(each) for each in against} - kept
            figures = [each for each in figures if id(each) not in lost]
    counting = sides_of(standing(figures, cumulative))
    outcome.counts = [side.figure.value for side in counting]
    return outcome


def _figures(
    said: Iterable[Said[_V]], shape: Callable[[_V], tuple[tuple[End, End], Any, bool]]
) -> list[Figure]:
    found: dict[tuple[object, ...], Figure] = {}
    for each in said:
        ends, width, approx = shape(each.value)
        key = (*ends, approx, each.t0, each.t1)
        figure = found.get(key)
        if figure is None:
            figure = found[key] = Figure(each.value, ends, width, approx, (each.t0, each.t1))
        figure.rows.append(each.row)
    return list(found.values())


def _in_time(figures: list[Figure]) -> list[Any]:
    """The distinct values by the first time at which they are said; unknown times last."""
    ranked = sorted(figures, key=_moment)
    values: dict[tuple[object, ...], Any] = {}
    for each in ranked:
        values.setdefault((each.low, each.high, each.approx), each.value)
    return list(values.values())


def _moment(each: Figure) -> tuple[str, str, int]:
    return (LAST if each.t0 == FIRST else each.t0), each.t1, each.rows[0].at


def _agree(one: Figure, other: Figure) -> bool:
    return bool(one.low <= other.high and other.low <= one.high)


def _preferred(sides: list[Side], prefers: Mapping[str, str]) -> tuple[Side, str] | None:
    if not prefers:
        return None
    holder = {row.id: side for side in sides for row in side.rows}
    statement = latest_preferred(holder, prefers)
    return None if statement is None else (holder[statement], prefers[statement])


def latest_preferred(statements: Container[str], prefers: Mapping[str, str]) -> str | None:
    """Which of the statements the latest decision prefers; ``prefers`` is in decisions' order."""
    return next((each for each in reversed(list(prefers)) if each in statements), None)


def interval_shape(value: Interval | Money) -> tuple[tuple[End, End], Any, bool]:
    """The ends of a quantity or an amount, so that disjoint ranges have ordered ends.

    "About n" agrees with what lies within its rounding; the figure itself stays n (a listed
    assumption, docs/ledger-rules.md, rule 2).
    """
    low, high = value.low, value.high
    if value.approx:
        low = None if low is None else low - half_unit(low)
        high = None if high is None else high + half_unit(high)
    bottom = (_LOWEST if low is None else low), (1 if value.low_open else 0)
    top = (_HIGHEST if high is None else high), (-1 if value.high_open else 0)
    width = _HIGHEST if low is None or high is None else high - low
    return (bottom, top), width, value.approx


def time_shape(value: TimeSpan) -> tuple[tuple[End, End], Any, bool]:
    """The ends of a span of days."""
    start, end = value.start or FIRST, value.end or LAST
    return ((start, 0), (end, 0)), _width(start, end), False


def _width(start: str, end: str) -> int:
    if start == FIRST or end == LAST:
        return 10**9
    # Only an order of widths is needed: months of 31 days keep it, days inside a month exactly.
    first = (int(start[:4]) * 12 + int(start[5:7])) * 31 + int(start[8:])
    return (int(end[:4]) * 12 + int(end[5:7])) * 31 + int(end[8:]) - first
