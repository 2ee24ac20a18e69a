"""Figures of one thing over time: history, agreement, contradiction (rule 7).

The same rules hold for quantities, amounts of money and dates. A figure is a range of comparable
ends with the time for which it is said; ends are turned into whole numbers (ranks) so that every
step is a sort or a search, near-linear in the number of figures.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import Any, Final

from intendance.ledger._fold.rows import Row

_NO_WIDTH: Final = float("inf")

End = tuple[Any, int]
"""A comparable value, and -1, 0 or 1 where the range stops short of it, at it, or after it."""


class Figure:
    """One range said for one time, with the rows that say it.

    ``width`` and ``approx`` tell which of two that agree counts: the narrower, then the exact.
    """

    __slots__ = ("approx", "high", "low", "rows", "t0", "t1", "value", "width")

    def __init__(
        self, value: Any, ends: tuple[End, End], width: Any, approx: bool, time: tuple[str, str]
    ) -> None:
        self.value = value
        self.low: Any = ends[0]
        self.high: Any = ends[1]
        self.width = width
        self.approx = approx
        self.t0, self.t1 = time
        self.rows: list[Row] = []


class Side:
    """A value that one or several figures support, apart from the other sides."""

    __slots__ = ("figure", "rows")

    def __init__(self, figure: Figure) -> None:
        self.figure = figure
        self.rows: list[Row] = []


def rank_ends(figures: Sequence[Figure]) -> None:
    """Replace the ends by their ranks among all ends."""
    ends = sorted({each.low for each in figures} | {each.high for each in figures})
    rank = {end: number for number, end in enumerate(ends)}
    for each in figures:
        each.low, each.high = rank[each.low], rank[each.high]


def standing(figures: Sequence[Figure], cumulative: bool) -> list[Figure]:
    """The figures that no later, disjoint one replaces; one that only grows is replaced by more.

    Both times must be known and apart; a span that is not known is never later than another.
    """
    later = _Later(figures)
    kept = []
    for each in figures:
        above, below = later.than(each)
        if not above and (cumulative or not below):
            kept.append(each)
    return kept


def contested(figures: Sequence[Figure], cumulative: bool) -> list[Figure]:
    """The figures that another one contradicts.

    Two disjoint figures contradict each other where their times overlap or are unknown, and, for
    what only grows, where the later is the lower.
    """
    found = _at_once(figures)
    if cumulative:
        later, earlier = _Later(figures), _Earlier(figures)
        for number, each in enumerate(figures):
            if later.than(each)[1] or earlier.higher(each):
                found.add(number)
    return [figures[number] for number in sorted(found)]


def sides_of(figures: Sequence[Figure]) -> list[Side]:
    """The narrowest figures that are pairwise disjoint, from low to high.

    A wider one that agrees with a narrower adds no side of its own.
    """
    lows: list[int] = []
    highs: list[int] = []
    chosen: list[Figure] = []
    for each in sorted(figures, key=_narrowness):
        place = bisect_left(highs, each.low)
        if place == len(lows) or lows[place] > each.high:
            lows.insert(place, each.low)
            highs.insert(place, each.high)
            chosen.insert(place, each)
    return [Side(each) for each in chosen]


def support(sides: Sequence[Side], figures: Sequence[Figure]) -> None:
    """Give every figure's rows to the one side that it agrees with, if there is just one."""
    lows = [side.figure.low for side in sides]
    highs = [side.figure.high for side in sides]
    for each in figures:
        first, after = bisect_left(highs, each.low), bisect_right(lows, each.high)
        if after - first == 1:
            sides[first].rows.extend(each.rows)
    for side in sides:
        side.rows.sort(key=_place)


def _place(row: Row) -> int:
    return row.at


def _narrowness(each: Figure) -> tuple[Any, bool, int, int, int]:
    # "9 or more" is narrower than "6 or more", "3 at most" than "5 at most".
    low = -each.low if each.width == _NO_WIDTH else each.low
    return each.width, each.approx, low, each.high, each.rows[0].at


class _Later:
    """What is said for later times: the highest low end and the lowest high end."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        ranked = sorted(figures, key=lambda each: each.t0)
        self.starts = [each.t0 for each in ranked]
        self.top = _running([each.low for each in reversed(ranked)], max)[::-1]
        self.bottom = _running([each.high for each in reversed(ranked)], min)[::-1]

    def than(self, each: Figure) -> tuple[bool, bool]:
        """Whether something certainly later lies above ``each``, and whether below it."""
        place = bisect_right(self.starts, each.t1)
        if place == len(self.starts):
            return False, False
        return self.top[place] > each.high, self.bottom[place] < each.low


class _Earlier:
    """What is said for earlier times: the highest low end."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        ranked = sorted(figures, key=lambda each: each.t1)
        self.ends = [each.t1 for each in ranked]
        self.top = _running([each.low for each in ranked], max)

    def higher(self, each: Figure) -> bool:
        """Whether something certainly earlier lies above ``each``."""
        place = bisect_left(self.ends, each.t0)
        return place > 0 and self.top[place - 1] > each.high


def _running(values: list[int], pick: Callable[[int, int], int]) -> list[int]:
    so_far = []
    best: int | None = None
    for value in values:
        best = value if best is None else pick(best, value)
        so_far.append(best)
    return so_far


def _at_once(figures: Sequence[Figure]) -> set[int]:
    """The numbers of the figures that a disjoint one contradicts for an overlapping time.

    Another figure overlaps in time if it starts inside this one's span (a range query over the
    starts) or is still running when this one starts (a sweep).
    """
    order = sorted(range(len(figures)), key=lambda number: figures[number].t0)
    starts = [figures[number].t0 for number in order]
    top = _Ranges([figures[number].low for number in order], max)
    bottom = _Ranges([figures[number].high for number in order], min)
    running_low: list[tuple[int, str]] = []
    running_high: list[tuple[int, str]] = []
    found: set[int] = set()
    for number in order:
        each = figures[number]
        for running in (running_low, running_high):
            while running and running[0][1] < each.t0:
                heapq.heappop(running)
        first, after = bisect_left(starts, each.t0), bisect_right(starts, each.t1)
        if (
            top.over(first, after) > each.high
            or bottom.over(first, after) < each.low
            or (running_low and -running_low[0][0] > each.high)
            or (running_high and running_high[0][0] < each.low)
        ):
            found.add(number)
        heapq.heappush(running_low, (-each.low, each.t1))
        heapq.heappush(running_high, (each.high, each.t1))
    return found


class _Ranges:
    """The greatest or least value of any stretch, from a table of powers of two."""

    def __init__(self, values: list[int], pick: Callable[[int, int], int]) -> None:
        self.pick = pick
        self.table = [values]
        span = 1
        while 2 * span <= len(values):
            last = self.table[-1]
            self.table.append(list(map(pick, last[: len(last) - span], last[span:])))
            span *= 2

    def over(self, first: int, after: int) -> int:
        """The pick over ``values[first:after]``, which is not empty."""
        level = (after - first).bit_length() - 1
        row = self.table[level]
        return self.pick(row[first], row[after - (1 << level)])
