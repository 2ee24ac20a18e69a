"""Which deal a promise is: one that is known, said again or revised, or another (rule 5)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from itertools import chain
from typing import Any

from intendance.ledger._fold.deal import (
    COUNT,
    UNDATED,
    Bounds,
    Deal,
    apart,
    can_be,
    day_number,
    day_of,
    figures_of,
)
from intendance.ledger._fold.rows import Row
from intendance.ledger._fold.vocabulary import BLOCK_RULES


class Linker:
    """The deals of one group, and where promises go.

    ``base`` is the first that was promised without saying "more"; ``plain`` all of those.
    """

    def __init__(self) -> None:
        self.all: list[Deal] = []
        self.plain: list[Deal] = []
        self.base: Deal | None = None
        self._days: list[int] = []
        self._by_number: dict[Any, dict[int, Deal]] = {}
        self._ranges: dict[str, dict[int, Deal]] = {}
        self._numberless: dict[int, Deal] = {}
        self._vague: dict[int, Deal] = {}
        self._by_package: dict[str, dict[int, Deal]] = {}
        self._unsure: dict[object, list[Deal]] = {}

    def add(self, row: Row) -> None:
        """Place an increment with date and number: the nearest deal that it can be, or its own."""
        since, day = day_of(row) - BLOCK_RULES.tranche_days, day_of(row)
        found = [
            each
            for each in self._numbered(row)
            if each.until >= since and each is not self.base and (each.adds or day >= each.first)
            if can_be(each, row)
        ]
        if not found:
            self._open(row, adds=True)
            return
        same = [each for each in found if each.names(row)]
        self._join(min(same or found, key=lambda each: apart(each, row)), row)

    def add_unsure(self, row: Row) -> None:
        """Place an increment without date or number: only where exactly one deal agrees.

        Several such rows that agree share one deal, which names those that it may be.
        """
        pool = self._unsure.setdefault(figures_of(row)[:1], [])
        shared = next((each for each in pool if can_be(each, row)), None)
        if shared is not None:
            found = [shared]
        else:
            found = [each for each in self._soon(row) if each.adds and can_be(each, row)]
        if len(found) == 1:
            self._join(found[0], row)
        else:
            fresh = self._open(row, adds=True)
            fresh.open_to = found
            pool.append(fresh)

    def promise(self, row: Row) -> bool:
        """Place a dated promise that adds nothing in words; false where it has to wait.

        It is the deal of its package; else the nearest of its figure; else, with a figure that
        contradicts, a revision of what was promised or repeated within ``silence_days``; else, so
        or in another package, a deal of its own. What can't be told apart from a deal waits.
        """
        if row.said.package is not None and (named := self._by_package.get(row.said.package)):
            self._join(_nearest(named.values(), row), row)
            return True
        figures = figures_of(row)
        if not figures and row.said.package is None:
            return False
        same = [each for each in self._numbered(row) if self._restates(each, row)]
        if same:
            self._join(_nearest(same, row), row)
            return True
        return self._revise(row)

    def _revise(self, row: Row) -> bool:
        """Place a promise that agrees with no deal; false where that is not certain."""
        since = day_of(row) - BLOCK_RULES.silence_days
        recent = [each for each in self.plain if each.last >= since]
        recent = [each for each in recent if not self._another(each, row)]
        if recent:
            if any(each.agrees(row) is None for each in recent):
                return False
            self._join(_nearest(recent, row), row)
            return True
        near = [each for each in self.plain if not self._another(each, row)]
        if near and all(each.agrees(row) is None for each in near):
            return False
        if near and self.base is not None and self._is_sum(row):
            self.base.rows.append(row)
        else:
            self._open(row, adds=False).open_to = [_nearest(near, row)] if near else []
        return True

    def settle(self, row: Row) -> None:
        """Place a promise that waited: with the nearest in time, else as the first one."""
        free = [each for each in self.all if not self._another(each, row)]
        near = self._around(row) if len(free) == len(self.all) else free
        if figures_of(row):
            near = [each for each in free if each.agrees(row) is None] or free
        if near:
            self._join(_nearest(near, row), row)
        else:
            self._open(row, adds=False)

    def undated(self, row: Row) -> bool:
        """Place a promise without date: only where one deal fits."""
        if self.base is None:
            self._open(row, adds=False)
            return True
        home = self.fitting(row, dict(figures_of(row)).get(COUNT))
        if home is not None:
            self._join(home, row)
        return home is not None

    def fitting(self, row: Row, bounds: Bounds | None) -> Deal | None:
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

    def by_package(self, row: Row) -> Deal | None:
        """The one deal that was announced in the row's package."""
        package = row.said.package
        found = self._by_package.get(package, {}) if package is not None else {}
        return next(iter(found.values())) if len(found) == 1 else None

    def added(self, row: Row, bounds: Bounds) -> list[Deal]:
        """The deals of this number that were announced as "more" before the row's time."""
        return [
            each
            for each in self._held(bounds)
            if each.adds and each.anchor.p0 <= row.t1 and not each.bars(row)
        ]

    def last_before(self, row: Row, day: int, published: int, bounds: Bounds | None) -> Deal | None:
        """The plain deal first promised nearest before ``day``, else nearest after it.

        It was promised by ``published``, in no other package than the row's, and has room for
        ``bounds`` if there is such a one.
        """
        place = bisect_right(self.plain, (day, 0), key=_order)
        after = bisect_right(self.plain, (published, 0), key=_order)
        fallback: Deal | None = None
        for each in chain(reversed(self.plain[:place]), self.plain[place:after]):
            if each.bars(row):
                continue
            if bounds is None or each.low > each.high or bounds[0] <= each.high:
                return each
            fallback = fallback or each
        return fallback

    def plain_of(self, bounds: Bounds) -> list[Deal]:
        """The deals of this number that add nothing in words."""
        return [each for each in self._held(bounds) if not each.adds]

    def _soon(self, row: Row) -> Iterable[Deal]:
        """The deals that were announced at about the row's time, or at no certain one."""
        day = day_of(row)
        if day == UNDATED:
            return self.all
        margin = BLOCK_RULES.tranche_days + 31
        last = day_number(row.p1) + margin
        near = self.all[bisect_left(self._days, day - margin) : bisect_right(self._days, last)]
        return list({id(each): each for each in (*near, *self._vague.values())}.values())

    def _held(self, bounds: Bounds) -> list[Deal]:
        if bounds[0] != bounds[1]:
            low, high = bounds
            return [e for e in self.all if e.low <= high and low <= e.high and e.holds(bounds)]
        low = bounds[0]
        same = self._by_number.get((COUNT, low), {})
        ranges = [e for e in self._ranges.get(COUNT, {}).values() if e.low <= low <= e.high]
        return [*same.values(), *[e for e in ranges if e.holds(bounds) and id(e) not in same]]

    def _restates(self, deal: Deal, row: Row) -> bool:
        if deal.adds and (self.base is None or day_of(row) < deal.first):
            return False
        return bool(deal.agrees(row)) and not self._another(deal, row)

    def _another(self, deal: Deal, row: Row) -> bool:
        """Whether the row names another package, too long after for another name of this one."""
        return deal.bars(row) and abs(day_of(row) - deal.first) > BLOCK_RULES.package_days

    def _is_sum(self, row: Row) -> bool:
        """Whether the row's number is exactly that of all deals together."""
        wanted = dict(figures_of(row)).get(COUNT)
        total: Any = 0
        for each in self.all:
            known = list(each.said.get(COUNT, ()))
            if not known or known[-1][0] != known[-1][1]:
                return False
            total += known[-1][0]
        return wanted == (total, total)

    def _around(self, row: Row) -> Iterable[Deal]:
        """The deals just before and just after the row's day, if those came soon."""
        day = day_of(row)
        place = bisect_right(self._days, day)
        near = self.all[max(0, place - 1) : place]
        soon = self.all[place : place + 1]
        near += [each for each in soon if each.first - day <= BLOCK_RULES.tranche_days]
        return near or self.all[:1]

    def _join(self, deal: Deal, row: Row) -> None:
        deal.take(row)
        self._file(deal, row)

    def _open(self, row: Row, *, adds: bool) -> Deal:
        fresh = Deal(row, adds=adds)
        place = bisect_right(self._days, fresh.first)
        self._days.insert(place, fresh.first)
        self.all.insert(place, fresh)
        if not adds:
            insort(self.plain, fresh, key=_order)
            self.base = self.base or fresh
        if fresh.first == UNDATED or day_number(row.p1) - fresh.first > 31:
            self._vague[id(fresh)] = fresh
        self._file(fresh, row)
        return fresh

    def _file(self, deal: Deal, row: Row) -> None:
        if row.said.package is not None:
            self._by_package.setdefault(row.said.package, {})[id(deal)] = deal
        for unit, (low, high) in figures_of(row):
            if low == high:
                self._by_number.setdefault((unit, low), {})[id(deal)] = deal
            else:
                self._ranges.setdefault(unit, {})[id(deal)] = deal
        if COUNT in deal.said:
            self._numberless.pop(id(deal), None)
        else:
            self._numberless[id(deal)] = deal

    def _numbered(self, row: Row) -> Iterable[Deal]:
        """The deals that can have the row's figure, and those without a number."""
        figures = figures_of(row)
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

    def _priced(self, currency: str, amount: Any) -> Iterable[Deal]:
        found = self._by_number.get((currency, amount), {})
        return (found | self._ranges.get(currency, {})).values()


def _order(deal: Deal) -> tuple[int, int]:
    return deal.first, -deal.anchor.at


def _nearest(deals: Iterable[Deal], row: Row) -> Deal:
    day = day_of(row)
    return min(deals, key=lambda each: (abs(day - each.first), each.anchor.at))
