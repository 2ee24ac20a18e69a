""" "Two more delivered": what a stage had reached by then (rule 5)."""

from __future__ import annotations

from collections.abc import Iterable

from intendance.ledger._fold.evidence import FIRST, LAST
from intendance.ledger._fold.rows import Row
from intendance.ledger._fold.sketch import day_number
from intendance.ledger._fold.vocabulary import BLOCK_RULES
from intendance.terms import Interval, Number, at_least


class _More:
    """One increment, said once or several times: how many, from when on."""

    __slots__ = ("figure", "first", "rows")

    def __init__(self, row: Row, figure: Interval) -> None:
        self.figure = figure
        self.first = row
        self.rows = [row]

    def repeats(self, row: Row, figure: Interval) -> bool:
        """Whether a row says the same again, within a month."""
        mine = self.figure
        if (mine.low, mine.high) != (figure.low, figure.high):
            return False
        return day_number(row.t1) - day_number(self.first.t1) <= BLOCK_RULES.tranche_days


def reached(rows: Iterable[Row]) -> dict[str, Interval]:
    """What each increment among the rows of one stage means for it, by statement.

    It is at least the highest count before it and all that was added since; equal increments
    within 31 days are one. Without a time it is at least what it adds itself.
    """
    found: dict[str, Interval] = {}
    counts: list[tuple[str, Number]] = []
    dated: list[tuple[Row, Interval]] = []
    for row in rows:
        figure = row.figure
        if figure is None or figure.low is None:
            continue
        if row.said.basis != "increment":
            counts.append((row.t1, figure.low))
        elif row.t0 == FIRST or row.t1 == LAST:
            found[row.id] = at_least(figure.low, above=figure.low_open)
        else:
            dated.append((row, figure))
    dated.sort(key=lambda each: (each[0].t1, each[0].at))
    for row, value in _sums(_told(dated), counts):
        found[row.id] = at_least(value)
    return found


def _told(dated: Iterable[tuple[Row, Interval]]) -> list[_More]:
    told: list[_More] = []
    for row, figure in dated:
        same = next((each for each in told if each.repeats(row, figure)), None)
        if same is None:
            told.append(_More(row, figure))
        else:
            same.rows.append(row)
    return told


def _sums(told: list[_More], counts: list[tuple[str, Number]]) -> Iterable[tuple[Row, Number]]:
    for place, each in enumerate(told):
        before = [count for count in counts if count[0] < each.first.t0]
        highest = max((number for _, number in before), default=0)
        since = max((day for day, number in before if number == highest), default=FIRST)
        value: Number = highest
        for more in told[: place + 1]:
            if more.first.t1 > since:
                value += more.figure.low or 0
        yield from ((row, value) for row in each.rows)
