"""One deal of a group: a promise, and what was found to speak of it (rule 5)."""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import Any

from intendance.ledger._fold.sketch import COUNT, UNDATED, Bounds, End, Sketch
from intendance.ledger._fold.vocabulary import BLOCK_RULES

_LOW, _HIGH = float("-inf"), float("inf")


class Deal:
    """What was promised in one go.

    ``anchor`` is the promise that opened it, ``first`` its day, ``until`` the last day on which it
    may have been published, ``days`` those on which the deal was promised, in order, ``told`` how
    often; ``said`` the figures given for it, by unit, ``low`` and ``high`` the ends of its numbers;
    ``adds`` is true where it was announced as "so many more"; ``open_to`` are other deals that it
    may be.
    """

    __slots__ = (
        "adds", "anchor", "days", "first", "high", "low", "open_to", "packages", "rows", "said",
        "told", "until",
    )  # fmt: skip

    def __init__(self, anchor: Sketch, *, adds: bool) -> None:
        self.anchor = anchor
        self.adds = adds
        self.rows: list[Sketch] = [anchor]
        self.open_to: list[Deal] = []
        self.said: dict[str, dict[Bounds, None]] = {}
        self.packages: set[str] = set()
        self.low: End = _HIGH
        self.high: End = _LOW
        self.first = anchor.day
        self.until = UNDATED if anchor.day == UNDATED else anchor.p1
        self.days: list[int] = []
        self.told = 0
        self.learn(anchor)

    def learn(self, row: Sketch) -> None:
        """Take a promise for one of the deal: what it says is said of the deal from now on."""
        self.told += 1
        for unit, bounds in row.figures:
            if unit == COUNT:
                self.low, self.high = min(self.low, bounds[0]), max(self.high, bounds[1])
            _narrow(self.said.setdefault(unit, {}), bounds)
        if row.package is not None:
            self.packages.add(row.package)
        if row.day != UNDATED:
            insort(self.days, row.day)

    def names(self, row: Sketch) -> bool:
        """Whether the row names a package of the deal's."""
        return row.package is not None and row.package in self.packages

    def bars(self, row: Sketch) -> bool:
        """Whether the row names another package."""
        package = row.package
        return package is not None and bool(self.packages) and package not in self.packages

    def another(self, row: Sketch) -> bool:
        """Whether the row names another package, too late for another name of this one."""
        return self.bars(row) and abs(row.day - self.first) > BLOCK_RULES.package_days

    def agrees(self, row: Sketch) -> bool | None:
        """Whether the row gives a figure of the deal's; None where nothing can be compared.

        Numbers decide before amounts of money.
        """
        for unit, bounds in row.figures:
            known = self.said.get(unit)
            if known:
                return meets(known, bounds)
        return None

    def allows(self, row: Sketch) -> bool:
        """Whether nothing that can be compared contradicts the row, neither number nor amount."""
        for unit, bounds in row.figures:
            known = self.said.get(unit)
            if known and not meets(known, bounds):
                return False
        return True

    def holds(self, bounds: Bounds) -> bool:
        """Whether a number is one of the deal's."""
        return meets(self.said.get(COUNT, ()), bounds)

    def near(self, row: Sketch) -> bool:
        """Whether the row's figure is so close to one of the deal's that it may correct it."""
        for unit, bounds in row.figures:
            known = self.said.get(unit)
            if known:
                return any(_close(each, bounds) for each in known)
        return True

    def has_room(self, bounds: Bounds | None) -> bool:
        """Whether so many can have come of it: no more than were promised."""
        return bounds is None or self.low > self.high or bounds[0] <= self.high

    def silence(self, day: int) -> int:
        """Days from ``day`` to the nearest on which the deal was promised; 0 if none is known."""
        days = self.days
        place = bisect_left(days, day)
        if place == len(days):
            return day - days[-1] if days else 0
        after = days[place] - day
        return min(after, day - days[place - 1]) if place else after


def meets(known: Any, bounds: Bounds) -> bool:
    """Whether one value can satisfy ``bounds`` and one of those known."""
    low, high = bounds
    if bounds in known and low <= high:
        return True
    for least, most in known:  # noqa: SIM110 - asked millions of times: a generator costs more
        if low <= most and least <= high:
            return True
    return False


def _narrow(known: dict[Bounds, None], bounds: Bounds) -> None:
    """Figures only narrow: "3 or more", then 3; four is another."""
    if bounds in known:
        return
    for least, most in list(known):
        if bounds[0] <= least and most <= bounds[1]:
            return
        if least <= bounds[0] and bounds[1] <= most:
            del known[least, most]
    known[bounds] = None


def _close(one: Bounds, other: Bounds) -> bool:
    (_, least), (most, _) = sorted((one, other))
    return 100 * float(most) <= (100 + BLOCK_RULES.near_percent) * float(least)


def apart(deal: Deal, row: Sketch) -> int:
    """Days between the row's publication and that of the deal's anchor; 0 where not certain."""
    first, day = deal.first, row.day
    if first == UNDATED or day == UNDATED:
        return 0
    return max(0, day - deal.until, first - row.p1 if first > day else 0)


def can_be(deal: Deal, row: Sketch) -> bool:
    """Whether an increment can be this deal: time, package, number and money."""
    near = apart(deal, row) <= BLOCK_RULES.tranche_days
    return near and not deal.bars(row) and deal.allows(row)
