"""One deal of a group: a promise, and what was found to speak of it (rule 5)."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any, Final

from intendance.ledger._fold.evidence import FIRST, LAST
from intendance.ledger._fold.rounding import rounded_by
from intendance.ledger._fold.rows import Row
from intendance.ledger._fold.vocabulary import BLOCK_RULES
from intendance.terms import Interval, Money

Bounds = tuple[Any, Any]
"""The least and the greatest number that a figure leaves room for."""

UNDATED: Final = 10**7
COUNT: Final = ""
"""The unit of a number of single items; amounts of money have their currency's code."""

_LOW, _HIGH = float("-inf"), float("inf")


class Deal:
    """What was promised in one go.

    ``anchor`` is the row that opened it, ``first`` its day, ``until`` the last day on which it may
    have been published, ``last`` that on which the deal was last promised; ``said`` the figures
    given for it, by unit, ``low`` and ``high`` the ends of its numbers; ``adds`` is true where it
    was announced as "so many more"; ``open_to`` are other deals that it may be.
    """

    __slots__ = (
        "adds", "anchor", "first", "high", "last", "low", "open_to", "packages", "rows", "said",
        "until",
    )  # fmt: skip

    def __init__(self, anchor: Row, *, adds: bool) -> None:
        self.anchor = anchor
        self.adds = adds
        self.rows: list[Row] = []
        self.open_to: list[Deal] = []
        self.said: dict[str, dict[Bounds, None]] = {}
        self.packages: set[str] = set()
        self.low: Any = _HIGH
        self.high: Any = _LOW
        self.first = self.last = day_of(anchor)
        self.until = until(anchor)
        self.take(anchor)

    def take(self, row: Row) -> None:
        """Add a promise; what it says is said of the deal from now on."""
        self.rows.append(row)
        for unit, bounds in figures_of(row):
            known = self.said.setdefault(unit, {})
            if unit == COUNT:
                self.low, self.high = min(self.low, bounds[0]), max(self.high, bounds[1])
            if self.adds:
                # Increments only narrow: "3 or more", then 4; ten is another.
                _narrow(known, bounds)
            else:
                known[bounds] = None
        if row.said.package is not None:
            self.packages.add(row.said.package)
        day = day_of(row)
        if day != UNDATED and (self.last == UNDATED or day > self.last):
            self.last = day

    def names(self, row: Row) -> bool:
        """Whether the row names a package of the deal's."""
        return row.said.package is not None and row.said.package in self.packages

    def bars(self, row: Row) -> bool:
        """Whether the row names another package."""
        package = row.said.package
        return package is not None and bool(self.packages) and package not in self.packages

    def agrees(self, row: Row) -> bool | None:
        """Whether the row gives a figure of the deal's; None where nothing can be compared.

        Numbers decide before amounts of money.
        """
        for unit, bounds in figures_of(row):
            known = self.said.get(unit)
            if known:
                return meets(known, bounds)
        return None

    def holds(self, bounds: Bounds) -> bool:
        """Whether a number is one of the deal's."""
        return meets(self.said.get(COUNT, ()), bounds)


def meets(known: Any, bounds: Bounds) -> bool:
    """Whether one value can satisfy ``bounds`` and one of those known."""
    low, high = bounds
    for least, most in known:  # noqa: SIM110 - asked millions of times: a generator costs more
        if low <= most and least <= high:
            return True
    return False


def _narrow(known: dict[Bounds, None], bounds: Bounds) -> None:
    for least, most in list(known):
        if bounds[0] <= least and most <= bounds[1]:
            return
        if least <= bounds[0] and bounds[1] <= most:
            del known[least, most]
    known[bounds] = None


def countable(row: Row) -> Interval | None:
    """The row's figure as a number of single items; None for batteries, tonnes and the like."""
    return row.figure if row.family is None else None


def figures_of(row: Row) -> tuple[tuple[str, Bounds], ...]:
    """What the row's deal can be told by: its number, then its amount of money."""
    known: tuple[tuple[str, Bounds], ...] | None = row.figures
    if known is None:
        known = row.figures = _figures_of(row)
    return known


def _figures_of(row: Row) -> tuple[tuple[str, Bounds], ...]:
    number, amount = countable(row), row.said.money
    found: tuple[tuple[str, Bounds], ...] = ()
    if number is not None:
        found = ((COUNT, span(number)),)
    if amount is not None and row.said.per is None and (amount.low, amount.high) != (None, None):
        found = (*found, (amount.currency, span(amount)))
    return found


def span(figure: Interval | Money) -> Bounds:
    """The ends of a figure, "about" as far as the number may be rounded.

    An end that is left out lies half a unit of a figure's last digit, or a little, beside it.
    """
    low, high = figure.low, figure.high
    if figure.approx:
        low = None if low is None else low - rounded_by(low)
        high = None if high is None else high + rounded_by(high)
    least: Any = _LOW if low is None else low
    most: Any = _HIGH if high is None else high
    if figure.low_open and low is not None:
        least = float(low) + 1e-9
    if figure.high_open and high is not None:
        most = float(high) - 1e-9
    return least, most


def day_of(row: Row) -> int:
    """The day of publication, of a span its first; UNDATED where not known."""
    day = row.day
    if day is None:
        day = UNDATED if row.p0 == FIRST or row.p1 == LAST else day_number(row.p0)
        row.day = day
    return day


def until(row: Row) -> int:
    """The last day on which it may have been published; UNDATED where not known."""
    return UNDATED if day_of(row) == UNDATED else day_number(row.p1)


def apart(deal: Deal, row: Row) -> int:
    """Days between the row's publication and that of the deal's anchor; 0 where not certain."""
    first, day = deal.first, day_of(row)
    if UNDATED in (first, day):
        return 0
    return max(0, day - deal.until, first - day_number(row.p1) if first > day else 0)


def can_be(deal: Deal, row: Row) -> bool:
    """Whether an increment can be this deal: time, package, number and money."""
    if apart(deal, row) > BLOCK_RULES.tranche_days or deal.bars(row):
        return False
    for unit, bounds in figures_of(row):
        known = deal.said.get(unit)
        if known and not meets(known, bounds):
            return False
    return True


@lru_cache(maxsize=20_000)
def day_number(text: str) -> int:
    """The number of an ISO day."""
    return date.fromisoformat(text).toordinal()
