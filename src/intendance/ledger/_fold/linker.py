"""Which deal a promise is: one that is known, said again or revised, or another (rule 5)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from itertools import chain
from typing import Any

from intendance.ledger._fold.deal import Deal, apart, can_be
from intendance.ledger._fold.sketch import (
    BY_FIT,
    BY_TIME,
    COUNT,
    FIGURE,
    OPEN,
    OPENED,
    PACKAGE,
    REVISED,
    SUMMED,
    UNDATED,
    UNFIT,
    WAITED,
    WAITED_FAR,
    WAITED_NEAR,
    Bounds,
    End,
    Sketch,
)
from intendance.ledger._fold.vocabulary import BLOCK_RULES

Placed = tuple[int, Deal | None]
"""By which rule something is placed, and with which deal."""


class Linker:
    """The deals of one group, and where promises go.

    ``base`` is the first that was promised without saying "more"; ``plain`` all of those.
    """

    def __init__(self) -> None:
        self.all: list[Deal] = []
        self.plain: list[Deal] = []
        self.base: Deal | None = None
        self.deals: dict[int, Deal] = {}
        self._days: list[int] = []
        self._by_number: dict[tuple[str, End], dict[int, Deal]] = {}
        self._ranges: dict[str, dict[int, Deal]] = {}
        self._numberless: dict[int, Deal] = {}
        self._vague: dict[int, Deal] = {}
        self._by_package: dict[str, dict[int, Deal]] = {}
        self._unsure: dict[object, list[Deal]] = {}
        self._holding: dict[Bounds, list[Deal]] = {}

    def of_increment(self, row: Sketch) -> Deal | None:
        """For an increment with date and number: the nearest deal that it can be, else its own."""
        since, day = row.day - BLOCK_RULES.tranche_days, row.day
        found = [
            each
            for each in self._numbered(row)
            if each.until >= since and each is not self.base and (each.adds or day >= each.first)
            if can_be(each, row)
        ]
        if not found:
            return None
        same = [each for each in found if each.names(row)]
        return min(same or found, key=lambda each: (apart(each, row), each.anchor.at))

    def of_unsure(self, row: Sketch) -> list[Deal]:
        """For an increment without date or number: the deals that it may be, one or not.

        Several such rows that agree share one deal, which names those that it may be.
        """
        for each in self._unsure.get(row.figures[:1], ()):
            if can_be(each, row):
                return [each]
        return [each for each in self._soon(row) if each.adds and can_be(each, row)]

    def of_promise(self, row: Sketch) -> Placed:
        """For a dated promise that adds nothing in words: its deal, or that it has to wait.

        It is the deal of its package; else the nearest of its figure; else, with a figure that
        contradicts, a revision of what was promised or repeated within ``silence_days``; else, so
        or in another package, a deal of its own, beside the nearest. What can't be told apart from
        a deal waits.
        """
        if row.package is not None and (named := self._by_package.get(row.package)):
            return PACKAGE, _nearest(named.values(), row)
        if not row.figures and row.package is None:
            return WAITED, None
        same = [each for each in self._numbered(row) if self._restates(each, row)]
        if same:
            return FIGURE, _nearest(same, row)
        return self._revised(row)

    def _revised(self, row: Sketch) -> Placed:
        """For a promise that agrees with no deal."""
        since = row.day - BLOCK_RULES.silence_days
        recent = [each for each in self.plain if each.last >= since]
        if row.package is not None:
            recent = [each for each in recent if not self._another(each, row)]
        if recent:
            if any(each.agrees(row) is None for each in recent):
                return WAITED_NEAR, None
            return REVISED, _nearest(recent, row)
        near = [each for each in self.plain if not self._another(each, row)]
        if near and all(each.agrees(row) is None for each in near):
            return WAITED_FAR, None
        if near and self.base is not None and self._is_sum(row):
            return SUMMED, self.base
        return OPENED, _nearest(near, row) if near else None

    def of_waiting(self, row: Sketch) -> Deal | None:
        """For a promise that waited: the nearest deal in time, else none."""
        if row.package is None and not row.figures:
            near = self._around(row)
            return _nearest(near, row) if near else None
        free = self.all
        if row.package is not None:
            free = [each for each in free if not self._another(each, row)]
        near = self._around(row) if len(free) == len(self.all) else free
        if row.figures:
            near = [each for each in free if each.agrees(row) is None] or free
        return _nearest(near, row) if near else None

    def of_undated(self, row: Sketch) -> Placed:
        """For a promise without date: the one deal that fits, or the first one."""
        if self.base is None:
            return OPENED, None
        home = self.fitting(row, dict(row.figures).get(COUNT))
        return (OPEN, None) if home is None else (BY_FIT, home)

    def put(self, row: Sketch, placed: Placed) -> bool:
        """Place a promise that adds nothing in words; false where it has to wait or stays open."""
        route, deal = placed
        if route == OPENED:
            self.open(row, adds=False).open_to = [] if deal is None else [deal]
        elif deal is None:
            return False
        elif route == SUMMED:
            deal.rows.append(row)
            row.home = deal.anchor.number
        else:
            self.join(deal, row)
        return True

    def put_unsure(self, row: Sketch, found: list[Deal]) -> None:
        """Place an increment with the one deal that it may be, else in one of its own."""
        if len(found) == 1:
            self.join(found[0], row)
        else:
            self.open(row, adds=True).open_to = found
            self.pool(row)

    def pool(self, row: Sketch) -> None:
        """Let later increments without date or number share the deal that this one opened."""
        self._unsure.setdefault(row.figures[:1], []).append(self.deals[row.number])

    def fitting(self, row: Sketch, bounds: Bounds | None) -> Deal | None:
        """The one deal of the row's package, else of its number; the only plain one, else none."""
        named = self.by_package(row)
        if named is not None:
            return named
        if bounds is not None:
            held = [each for each in self._held(bounds) if not each.bars(row)]
            for adds in (False, True):
                fits = [each for each in held if each.adds == adds]
                if fits:
                    return fits[0] if len(fits) == 1 else None
        return self.plain[0] if len(self.plain) == 1 else None

    def by_package(self, row: Sketch) -> Deal | None:
        """The one deal that was announced in the row's package."""
        package = row.package
        found = self._by_package.get(package, {}) if package is not None else {}
        return next(iter(found.values())) if len(found) == 1 else None

    def added(self, row: Sketch, bounds: Bounds) -> list[Deal]:
        """The deals of this number that were announced as "more" before the row's time."""
        return [
            each
            for each in self._held(bounds)
            if each.adds and each.anchor.p0 <= row.t1 and not each.bars(row)
        ]

    def last_before(self, row: Sketch, day: int, published: int, bounds: Bounds | None) -> Placed:
        """The plain deal first promised nearest before ``day``, else nearest after it.

        It was promised by ``published``, in no other package than the row's, and has room for
        ``bounds`` if there is such a one.
        """
        place = bisect_right(self.plain, (day, 0), key=_order)
        after = bisect_right(self.plain, (published, 0), key=_order)
        fallback: Deal | None = None
        for index in chain(range(place - 1, -1, -1), range(place, after)):
            each = self.plain[index]
            if each.bars(row):
                continue
            if bounds is None or each.low > each.high or bounds[0] <= each.high:
                return BY_TIME, each
            fallback = fallback or each
        return UNFIT, fallback

    def plain_of(self, bounds: Bounds) -> list[Deal]:
        """The deals of this number that add nothing in words."""
        return [each for each in self._held(bounds) if not each.adds]

    def _soon(self, row: Sketch) -> Iterable[Deal]:
        """The deals that were announced at about the row's time, or at no certain one."""
        day = row.day
        if day == UNDATED:
            return self.all
        margin = BLOCK_RULES.tranche_days + 31
        last = row.p1 + margin
        near = self.all[bisect_left(self._days, day - margin) : bisect_right(self._days, last)]
        return list({id(each): each for each in (*near, *self._vague.values())}.values())

    def _held(self, bounds: Bounds) -> list[Deal]:
        """The deals of this number; the same numbers are asked for again and again."""
        found = self._holding.get(bounds)
        if found is None:
            found = self._holding[bounds] = self._search(bounds)
        return found

    def _search(self, bounds: Bounds) -> list[Deal]:
        if bounds[0] != bounds[1]:
            low, high = bounds
            return [e for e in self.all if e.low <= high and low <= e.high and e.holds(bounds)]
        low = bounds[0]
        same = self._by_number.get((COUNT, low), {})
        ranges = [e for e in self._ranges.get(COUNT, {}).values() if e.low <= low <= e.high]
        return [*same.values(), *[e for e in ranges if e.holds(bounds) and id(e) not in same]]

    def _restates(self, deal: Deal, row: Sketch) -> bool:
        if deal.adds and (self.base is None or row.day < deal.first):
            return False
        return bool(deal.agrees(row)) and not self._another(deal, row)

    def _another(self, deal: Deal, row: Sketch) -> bool:
        """Whether the row names another package, too long after for another name of this one."""
        return deal.bars(row) and abs(row.day - deal.first) > BLOCK_RULES.package_days

    def _is_sum(self, row: Sketch) -> bool:
        """Whether the row's number is exactly that of all deals together."""
        wanted = dict(row.figures).get(COUNT)
        total: Any = 0
        for each in self.all:
            known = list(each.said.get(COUNT, ()))
            if not known or known[-1][0] != known[-1][1]:
                return False
            total += known[-1][0]
        return wanted == (total, total)

    def _around(self, row: Sketch) -> Iterable[Deal]:
        """The deals just before and just after the row's day, if those came soon."""
        day = row.day
        place = bisect_right(self._days, day)
        near = self.all[max(0, place - 1) : place]
        soon = self.all[place : place + 1]
        near += [each for each in soon if each.first - day <= BLOCK_RULES.tranche_days]
        return near or self.all[:1]

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
        if fresh.first == UNDATED or row.p1 - fresh.first > 31:
            self._vague[id(fresh)] = fresh
        self._file(fresh, row)
        return fresh

    def _file(self, deal: Deal, row: Sketch) -> None:
        self._holding.clear()
        if row.package is not None:
            self._by_package.setdefault(row.package, {})[id(deal)] = deal
        for unit, (low, high) in row.figures:
            if low == high:
                self._by_number.setdefault((unit, low), {})[id(deal)] = deal
            else:
                self._ranges.setdefault(unit, {})[id(deal)] = deal
        if COUNT in deal.said:
            self._numberless.pop(id(deal), None)
        else:
            self._numberless[id(deal)] = deal

    def _numbered(self, row: Sketch) -> Iterable[Deal]:
        """The deals that can have the row's figure, and those without a number."""
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
        return [*found.values(), *more, *self._numberless.values()]

    def _priced(self, currency: str, amount: End) -> Iterable[Deal]:
        found = self._by_number.get((currency, amount), {})
        return (found | self._ranges.get(currency, {})).values()


def _order(deal: Deal) -> tuple[int, int]:
    return deal.first, -deal.anchor.at


def _nearest(deals: Iterable[Deal], row: Sketch) -> Deal:
    day = row.day
    return min(deals, key=lambda each: (abs(day - each.first), each.anchor.at))
