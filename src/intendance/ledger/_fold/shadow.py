"""Deals as they were when a group was linked before, where that is not as they are now."""

from __future__ import annotations

from collections.abc import Iterator

from intendance.ledger._fold.deal import Deal, can_be
from intendance.ledger._fold.sketch import (
    ADDED,
    BY_FIT,
    BY_PACKAGE,
    BY_TIME,
    DATELESS,
    FIGURE,
    PACKAGE,
    REVISED,
    UNFIT,
    UNSURE,
    WAITED,
    WAITED_NEAR,
    Sketch,
)
from intendance.ledger._fold.vocabulary import BLOCK_RULES


class Pair:
    """One deal twice: as it was at this point of the linking before, and as it is now.

    ``slight`` is true where only the last day differs on which it was promised.
    """

    __slots__ = ("now", "slight", "was")

    def __init__(self, was: Deal | None, now: Deal | None) -> None:
        self.was = was
        self.now = now
        self.slight = False

    def promised_since(self, day: int) -> bool:
        """Whether it is a deal that was promised at ``day`` or later, without "more"."""
        both = (self.was, self.now)
        return any(each is not None and not each.adds and each.last >= day for each in both)

    def same(self, *, last: bool) -> bool:
        """Whether nothing that a later decision looks at differs; ``last`` where that is looked at.

        What else the linker keeps of a deal follows from these.
        """
        was, now = self.was, self.now
        if was is None or now is None:
            return was is now
        return (
            was.packages == now.packages
            and (was.low, was.high) == (now.low, now.high)
            and (was.last == now.last or not last)
            and _listed(was) == _listed(now)
        )


def _listed(deal: Deal) -> list[object]:
    return [(unit, list(known)) for unit, known in deal.said.items()]


class Shadows:
    """The deals that differ: whom of what was placed before these can touch.

    A statement is placed by comparing it with deals. Where none of those that differ can have a
    part in the comparison, neither as it was nor as it is, the statement goes where it went.
    """

    def __init__(self) -> None:
        self.pairs: dict[int, Pair] = {}

    def __bool__(self) -> bool:
        return bool(self.pairs)

    def set_apart(self, deal: Deal) -> Pair:
        """The pair of a deal, from now on no longer the same."""
        pair = self.pairs.get(deal.anchor.number)
        if pair is None:
            pair = self.pairs[deal.anchor.number] = Pair(_copy(deal), deal)
        return pair

    def compare(self, number: int, *, last: bool = True) -> None:
        """Let go of a deal that is the same again."""
        pair = self.pairs.get(number)
        if pair is None:
            return
        pair.slight = pair.same(last=False)
        if pair.slight and (not last or pair.same(last=True)):
            del self.pairs[number]

    def compare_all(self) -> None:
        """Let go of what differs in nothing but the last day; no later decision looks at that."""
        for number in list(self.pairs):
            self.compare(number, last=False)

    def _versions(self) -> Iterator[Deal]:
        """What differs in anything but its last day, which few decisions look at."""
        for pair in self.pairs.values():
            if pair.was is not None and not pair.slight:
                yield pair.was
            if pair.now is not None and not pair.slight:
                yield pair.now

    def touch_promise(self, row: Sketch) -> bool:
        """Whether a promise may be placed otherwise than before, in the first round."""
        route = abs(row.route)
        if route in (WAITED, UNSURE, DATELESS):
            return False
        if row.home in self.pairs:
            return True
        if route == ADDED:
            return any(can_be(each, row) for each in self._versions())
        if row.package is not None and any(each.names(row) for each in self._versions()):
            return True
        if route == PACKAGE:
            return False
        if route in (FIGURE, REVISED, WAITED_NEAR):
            found = any(each.agrees(row) for each in self._versions())
        else:
            found = any(not each.slight for each in self.pairs.values())
        if found or route == FIGURE:
            return found
        since = row.day - BLOCK_RULES.silence_days
        return any(each.promised_since(since) for each in self.pairs.values())

    def touch_waiting(self, row: Sketch) -> bool:
        """Whether a promise that waited may be placed otherwise than before."""
        if row.figures or row.package is not None:
            return True
        return any(each.was is None or each.now is None for each in self.pairs.values())

    def touch_unsure(self, row: Sketch) -> bool:
        """Whether an increment without date or number may be placed otherwise than before."""
        return any(each.adds and can_be(each, row) for each in self._versions())

    def touch_other(self, row: Sketch, home: Deal | None) -> bool:
        """Whether what opens no deal, placed with ``home``, may be placed otherwise than before."""
        route = abs(row.route)
        if row.total:
            return False
        if row.cumulative or row.when is None or route in (BY_FIT, UNFIT):
            return True
        versions = list(self._versions())
        if row.package is not None and any(each.names(row) for each in versions):
            return True
        if route == BY_PACKAGE:
            return False
        if row.whole is not None and any(each.holds(row.whole) for each in versions):
            return True
        if route != BY_TIME:
            return False
        if home is None or home.anchor.number in self.pairs:
            return True
        first, when = home.first, row.when
        return any(
            not each.adds
            and (first <= each.first <= when if first <= when else each.first <= first)
            for each in versions
        )


def _copy(deal: Deal) -> Deal:
    twin = Deal.__new__(Deal)
    twin.anchor, twin.adds, twin.rows, twin.open_to = deal.anchor, deal.adds, [], []
    twin.said = {unit: dict(known) for unit, known in deal.said.items()}
    twin.packages = set(deal.packages)
    twin.low, twin.high = deal.low, deal.high
    twin.first, twin.last, twin.until = deal.first, deal.last, deal.until
    return twin
