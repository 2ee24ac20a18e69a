"""Which deal a promise is: one that is known, said again or revised, or another (rule 5)."""

from __future__ import annotations

from typing import Any

from intendance.ledger._fold.attention import NEWS, PROGRESS_NEWS
from intendance.ledger._fold.deal import Deal, can_be
from intendance.ledger._fold.shelf import Shelf, most_spoken, nearest
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
    Sketch,
)
from intendance.ledger._fold.vocabulary import BLOCK_RULES

Placed = tuple[int, Deal | None]
"""By which rule something is placed, and with which deal."""


class Linker(Shelf):
    """The deals of one group, and where promises go."""

    def __init__(self) -> None:
        super().__init__()
        self._unsure: dict[object, list[Deal]] = {}

    def of_increment(self, row: Sketch) -> Deal | None:
        """For an increment with date and number: the deal that it repeats, else none."""
        found = [
            each
            for each in self.numbered(row, vague=True)
            if self._adds_to(each, row)
            and (each.names(row) or each.silence(row.day) <= BLOCK_RULES.tranche_days)
        ]
        if not found:
            return None
        return most_spoken([e for e in found if e.names(row)] or found, row.day, NEWS)

    def _adds_to(self, deal: Deal, row: Sketch) -> bool:
        """Whether "so many more" can be this deal at all: the base only while that is news."""
        if deal.another(row) or not deal.allows(row):
            return False
        if deal.adds:
            return True
        since = row.day - deal.first
        return since >= 0 and (deal is not self.base or since <= BLOCK_RULES.package_days)

    def of_unsure(self, row: Sketch) -> list[Deal]:
        """For an increment without date or number: the deals that it may be, one or not.

        With a date it is the deal most spoken of; without, or where two are spoken of alike,
        several such rows that agree share one deal, which names those that it may be.
        """
        found = self._more_of(row) if row.day != UNDATED else None
        if found is not None and len(found) == 1:
            return found
        for each in self._unsure.get(row.figures[:1], ()):
            if can_be(each, row):
                return [each]
        if found is not None:
            return found
        return [each for each in self.all if each.adds and can_be(each, row)]

    def _more_of(self, row: Sketch) -> list[Deal]:
        named = self.by_package(row)
        if named is not None:
            return [named]

        def fits(deal: Deal) -> bool:
            return (
                row.day >= deal.first
                and self._adds_to(deal, row)
                and deal.silence(row.day) <= BLOCK_RULES.silence_days
            )

        places = range(self.promised_by(row.day) - 1, -1, -1)
        best, (spoken, _) = self.loudest(row.day, NEWS, places, fits)
        if best is None:
            return []
        alike, (second, _) = self.loudest(
            row.day, NEWS, places, lambda deal: deal is not best and fits(deal)
        )
        return [best] if alike is None or second < spoken else [best, alike]

    def of_promise(self, row: Sketch) -> Placed:
        """For a dated promise that adds nothing in words: its deal, or that it has to wait.

        It is the deal of its package; else of its figure, the one most spoken of; else, with a
        figure that contradicts, a revision of one promised or repeated lately; else, so or in
        another package, a deal of its own, beside the nearest. What can't be told apart from a
        deal waits.
        """
        if row.package is not None and (named := list(self.named(row))):
            return PACKAGE, nearest(named, row)
        if not row.figures and row.package is None:
            return WAITED, None
        same = [each for each in self.numbered(row, vague=False) if _restates(each, row)]
        if same:
            return FIGURE, most_spoken(same, row.day, NEWS)
        return self._revised(row)

    def _revised(self, row: Sketch) -> Placed:
        """For a promise that agrees with no deal."""
        since = row.day - BLOCK_RULES.silence_days
        recent = [
            each
            for each in self.all
            if each.days and each.days[-1] >= since
            if _revises(each, row) and not each.another(row)
        ]
        if recent:
            if any(each.agrees(row) is None for each in recent):
                return WAITED_NEAR, None
            return REVISED, nearest(recent, row)
        near = [each for each in self.plain if not each.another(row)]
        if near and all(each.agrees(row) is None for each in near):
            return WAITED_FAR, None
        if near and self.base is not None and self._is_sum(row):
            return SUMMED, self.base
        return OPENED, nearest(near, row) if near else None

    def of_waiting(self, row: Sketch) -> Placed:
        """For a promise that waited: the deal most spoken of at its time, else one of its own."""
        if not row.figures and row.package is None:
            return self._of_silent(row)
        free = [each for each in self.all if not each.another(row)]
        if row.figures:
            free = [each for each in free if each.agrees(row) is None] or free
        soon = row.day + BLOCK_RULES.tranche_days
        free = [each for each in free if each.first <= soon] or free
        return (row.route, most_spoken(free, row.day, NEWS)) if free else (OPENED, None)

    def _of_silent(self, row: Sketch) -> Placed:
        """For a promise that says neither number, amount nor package.

        It is told of no deal that was not promised lately; beside one of its own the deal most
        spoken of is named then.
        """
        day = row.day
        before = self.promised_by(day)
        past = range(before - 1, -1, -1)
        ahead = range(before, self.promised_by(day + BLOCK_RULES.tranche_days))

        def lately(deal: Deal) -> bool:
            return deal.silence(day) <= BLOCK_RULES.silence_days

        found = self.loudest(day, NEWS, past, lately)
        found = self.loudest(day, NEWS, ahead, lately, found)
        if found[0] is not None:
            return row.route, found[0]
        beside = self.loudest(day, NEWS, past)
        return OPENED, self.loudest(day, NEWS, ahead, None, beside)[0]

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
            self._unsure.setdefault(row.figures[:1], []).append(self.deals[row.number])

    def fitting(self, row: Sketch, bounds: Bounds | None) -> Deal | None:
        """The one deal of the row's package, else of its number; the only plain one, else none."""
        named = self.by_package(row)
        if named is not None:
            return named
        if bounds is not None:
            held = [each for each in self.held(bounds) if not each.bars(row)]
            for adds in (False, True):
                fits = [each for each in held if each.adds == adds]
                if fits:
                    return fits[0] if len(fits) == 1 else None
        return self.plain[0] if len(self.plain) == 1 else None

    def of_figure(self, row: Sketch, day: int, bounds: Bounds, *, added: bool) -> Deal | None:
        """For what came of a promise: the deal of its number; those that add come last."""
        held = [e for e in self.held(bounds) if not e.bars(row)]
        same = [each for each in held if not each.adds and each.first <= row.published]
        if same:
            return most_spoken([e for e in same if e.first <= day] or same, day, PROGRESS_NEWS)
        more = [e for e in held if e.adds and e.anchor.p0 <= row.t1] if added else []
        return more[0] if len(more) == 1 else None

    def of_progress(self, row: Sketch, day: int, bounds: Bounds | None) -> Placed:
        """For what came of a promise: the deal most spoken of at ``day`` that has room for it.

        It was promised by then, else by the time of the report, in no other package than the row's.
        """
        before = self.promised_by(day)
        past, ahead = range(before - 1, -1, -1), range(before, self.promised_by(row.published))

        def free(deal: Deal) -> bool:
            return not deal.bars(row)

        def fits(deal: Deal) -> bool:
            return deal.has_room(bounds) and not deal.bars(row)

        bare = None if row.package is None else free
        for route, fit in ((BY_TIME, bare if bounds is None else fits), (UNFIT, bare)):
            for places in (past, ahead):
                best, _ = self.loudest(day, PROGRESS_NEWS, places, fit)
                if best is not None:
                    return route, best
        return UNFIT, None

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


def _restates(deal: Deal, row: Sketch) -> bool:
    """Whether a figure said without "more" is the deal's."""
    since = not deal.adds or row.day >= deal.first
    return since and bool(deal.agrees(row)) and not deal.another(row)


def _revises(deal: Deal, row: Sketch) -> bool:
    """Whether another figure corrects the deal's: a near one, or any while the deal is news."""
    if deal.adds:
        return row.day >= deal.first and deal.near(row)
    return abs(row.day - deal.first) <= BLOCK_RULES.package_days or deal.near(row)
