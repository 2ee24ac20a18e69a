"""The deals of one group, kept so that those in question are found (rule 5)."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Callable, Iterable
from typing import Final

from intendance.ledger._fold.attention import FADED, LONG
from intendance.ledger._fold.deal import Deal
from intendance.ledger._fold.sketch import COUNT, Bounds, End, Sketch

Spoken = tuple[int, int]
"""How much a deal is spoken of, and minus its place in the order: the greater is meant."""

_NONE: Final = (None, (-1, 0))


class Shelf:
    """Deals, by day, number, package and anchor.

    ``all`` are in order of their first day, and so are ``plain``, those promised without saying
    "more"; ``base`` is the first of these that was found.
    """

    def __init__(self) -> None:
        self.all: list[Deal] = []
        self.plain: list[Deal] = []
        self.base: Deal | None = None
        self.deals: dict[int, Deal] = {}
        self._days: list[int] = []
        self._loudest = 0
        self._by_number: dict[tuple[str, End], dict[int, Deal]] = {}
        self._ranges: dict[str, dict[int, Deal]] = {}
        self._numberless: dict[int, Deal] = {}
        self._by_package: dict[str, dict[int, Deal]] = {}
        self._holding: dict[Bounds, list[Deal]] = {}

    def join(self, deal: Deal, row: Sketch) -> None:
        """Take a promise for one of a deal that is known."""
        deal.rows.append(row)
        deal.learn(row)
        row.home = deal.anchor.number
        self._file(deal, row)

    def open(self, row: Sketch, *, adds: bool) -> Deal:
        """Open a deal with a promise."""
        fresh = Deal(row, adds=adds)
        row.home = row.number
        self.deals[row.number] = fresh
        place = bisect_right(self._days, fresh.first)
        self._days.insert(place, fresh.first)
        self.all.insert(place, fresh)
        if not adds:
            insort(self.plain, fresh, key=_order)
            self.base = self.base or fresh
        self._file(fresh, row)
        return fresh

    def _file(self, deal: Deal, row: Sketch) -> None:
        self._loudest = max(self._loudest, deal.told)
        if row.package is not None:
            self._by_package.setdefault(row.package, {})[id(deal)] = deal
        if not row.figures:
            if COUNT not in deal.said:
                self._numberless[id(deal)] = deal
            return
        self._holding.clear()
        for unit, (low, high) in row.figures:
            if low == high:
                self._by_number.setdefault((unit, low), {})[id(deal)] = deal
            else:
                self._ranges.setdefault(unit, {})[id(deal)] = deal
        if COUNT in deal.said:
            self._numberless.pop(id(deal), None)
        else:
            self._numberless[id(deal)] = deal

    def numbered(self, row: Sketch, *, vague: bool) -> Iterable[Deal]:
        """The deals that can have the row's figure; ``vague``: and those without a number."""
        figures = row.figures
        if not figures:
            return self.all
        unit, (low, high) = figures[0]
        if unit != COUNT:
            return self.all if low != high else self._priced(unit, low)
        if low != high:
            return [e for e in self.all if (e.low <= high and low <= e.high) or e.low > e.high]
        found = self._by_number.get((COUNT, low), {})
        ranges = self._ranges.get(COUNT, {}).values()
        more = [e for e in ranges if e.low <= low <= e.high and id(e) not in found]
        if not vague and len(figures) == 1:
            return [*found.values(), *more]
        return [*found.values(), *more, *self._numberless.values()]

    def _priced(self, currency: str, amount: End) -> Iterable[Deal]:
        found = self._by_number.get((currency, amount), {})
        return (found | self._ranges.get(currency, {})).values()

    def held(self, bounds: Bounds) -> list[Deal]:
        """The deals of this number; the same numbers are asked for again and again."""
        found = self._holding.get(bounds)
        if found is None:
            found = self._holding[bounds] = self._search(bounds)
        return found

    def _search(self, bounds: Bounds) -> list[Deal]:
        low, high = bounds
        if low != high:
            return [e for e in self.all if e.low <= high and low <= e.high and e.holds(bounds)]
        same = self._by_number.get((COUNT, low), {}).values()
        ranges = [e for e in self._ranges.get(COUNT, {}).values() if e.low <= low <= e.high]
        return list({id(e): e for e in (*same, *ranges) if e.holds(bounds)}.values())

    def named(self, row: Sketch) -> Iterable[Deal]:
        """The deals that were announced in the row's package."""
        package = row.package
        return () if package is None else self._by_package.get(package, {}).values()

    def by_package(self, row: Sketch) -> Deal | None:
        """The one deal that was announced in the row's package."""
        found = list(self.named(row))
        return found[0] if len(found) == 1 else None

    def promised_by(self, day: int) -> int:
        """How many of ``all`` were first promised by a day."""
        return bisect_right(self._days, day)

    def loudest(
        self,
        day: int,
        news: int,
        places: Iterable[int],
        fits: Callable[[Deal], bool] | None = None,
        than: tuple[Deal | None, Spoken] = _NONE,
    ) -> tuple[Deal | None, Spoken]:
        """Of the deals at these places of ``all`` the one most spoken of that fits, or ``than``.

        The places lead away from ``day``, so that it ends where no deal can be louder.
        """
        best, top = than
        level = top[0]
        deals, most = self.all, self._loudest * self._loudest
        for place in places:
            each = deals[place]
            first, told = each.first, each.told
            age = (day - first if first < day else first - day) + news
            left = FADED[age] if age < LONG else 0
            if most * left < level:
                break
            spoken = told * told * left
            if spoken < level:
                continue
            rank = spoken, -each.anchor.at
            if rank > top and (fits is None or fits(each)):
                best, top = each, rank
                level = spoken
        return best, top


def most_spoken(deals: Iterable[Deal], day: int, news: int) -> Deal:
    """The deal most spoken of for its age at a day; of equal ones the first in order."""
    found = list(deals)
    if len(found) == 1:
        return found[0]

    def spoken(deal: Deal) -> Spoken:
        age = abs(day - deal.first) + news
        left = FADED[age] if age < LONG else 0
        return deal.told * deal.told * left, -deal.anchor.at

    return max(found, key=spoken)


def nearest(deals: Iterable[Deal], row: Sketch) -> Deal:
    """The deal first promised nearest to the row's day; of equal ones the first in order."""
    day = row.day
    return min(deals, key=lambda each: (abs(day - each.first), each.anchor.at))


def _order(deal: Deal) -> tuple[int, int]:
    return deal.first, -deal.anchor.at
