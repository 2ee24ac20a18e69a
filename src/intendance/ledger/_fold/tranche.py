"""One tranche: an increment, and which other statements can be the same (rule 5)."""

from __future__ import annotations

from datetime import date

from intendance.ledger._fold.rows import Row
from intendance.ledger._fold.vocabulary import BLOCK_RULES
from intendance.terms import Interval


class Tranche:
    """One increment and what was found to speak of it; ``anchor`` is the row that opened it.

    ``quantity`` narrows as rows that agree join; times are compared with the anchor's alone, so
    that nothing is joined by a chain.
    """

    __slots__ = ("anchor", "open_to", "quantity", "rows")

    def __init__(self, anchor: Row) -> None:
        self.anchor = anchor
        self.quantity = countable(anchor)
        self.rows: list[Row] = [anchor]
        self.open_to: list[Tranche] = []

    def take(self, row: Row) -> None:
        """Add a row that agrees."""
        self.rows.append(row)
        figure = countable(row)
        if self.quantity is None or (figure is not None and _inside(figure, self.quantity)):
            self.quantity = figure

    def agrees(self, row: Row) -> bool:
        """Whether the row's increment can be this one: quantity, package, money and time."""
        figure, own = countable(row), self.quantity
        if figure is not None and own is not None:
            # Most of what is compared in a large block is far apart: tell that first, cheaply.
            if figure.low is not None and own.high is not None and figure.low > own.high:
                return False
            if figure.high is not None and own.low is not None and figure.high < own.low:
                return False
            if not figure.overlaps(own):
                return False
        if contradicts(self.anchor, row):
            return False
        return apart(self.anchor, row) <= BLOCK_RULES.tranche_days


def countable(row: Row) -> Interval | None:
    """The row's figure as a number of single items; None for batteries, tonnes and the like."""
    return row.figure if row.family is None else None


def contradicts(one: Row, other: Row) -> bool:
    """Whether the two name different packages, or disjoint amounts in one currency."""
    first, second = one.said, other.said
    if None not in (first.package, second.package) and first.package != second.package:
        return True
    if first.money is None or second.money is None:
        return False
    same_currency = first.money.currency == second.money.currency
    return same_currency and not first.money.interval().overlaps(second.money.interval())


def apart(one: Row, other: Row) -> int:
    """Days between the two publications; 0 where they overlap or one is not dated."""
    if one.p1 < other.p0:
        return day_number(other.p0) - day_number(one.p1)
    if other.p1 < one.p0:
        return day_number(one.p0) - day_number(other.p1)
    return 0


def day_number(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def _inside(one: Interval, other: Interval) -> bool:
    """Whether ``one`` is no wider than ``other`` at either end."""
    low = other.low is None or (one.low is not None and one.low >= other.low)
    high = other.high is None or (one.high is not None and one.high <= other.high)
    return low and high


def figure_key(figure: Interval | None) -> object:
    """The numbers of a figure, without its words; None for none."""
    return figure and (figure.low, figure.high, figure.low_open, figure.high_open)
