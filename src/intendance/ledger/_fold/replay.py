"""Linking a group again after a few statements came: what these can't touch goes where it went.

The outcome is that of ``split_group``, statement by statement and in the same order; only that most
are not compared with deals again. Each was told where it was placed before and by which rule, and
``Shadows`` keeps the deals that are not what they were at that point: a statement is compared again
where one of those can have a part in it. docs/storage.md says why that is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from intendance.ledger._fold.block import Kinds
from intendance.ledger._fold.deal import Deal
from intendance.ledger._fold.deals import (
    Split,
    home_of,
    place,
    place_later,
    put_increment,
    put_waiting,
    route_of,
    sorted_out,
    split_group,
    split_up,
    stay,
)
from intendance.ledger._fold.levels import Group
from intendance.ledger._fold.linker import Linker
from intendance.ledger._fold.shadow import Pair, Shadows
from intendance.ledger._fold.sketch import (
    ADDED,
    DATELESS,
    MORE,
    OPEN,
    OPENED,
    PROGRESS,
    SUMMED,
    UNDATED,
    UNSURE,
    WAITED,
    WAITED_FAR,
    WAITED_NEAR,
    Sketch,
)

WAITING: Final = frozenset((WAITED, WAITED_FAR, WAITED_NEAR))
_ELSEWHERE: Final = frozenset((*WAITING, SUMMED, UNSURE, DATELESS, -DATELESS))
"""Routes of promises that are no part of a deal's figures when their turn comes."""

_LEAST: Final = 40
"""Groups of fewer are linked anew: that is as quick."""


class _Otherwise(Exception):  # noqa: N818 - no error: the group is to be linked from its beginning
    """More has changed than can be followed."""


def split_again(group: Group, kinds: Kinds, open_to: Mapping[int, Sequence[int]]) -> Split:
    """``split_group`` of a group of which all but what has come (``home`` 0) was placed before.

    ``open_to`` are the anchors of the deals that a deal may be, by the number of its own.
    """
    if len(group.firm) >= _LEAST:
        try:
            return _Replay(group, kinds, open_to).split()
        except _Otherwise:
            pass
    return split_group(group, kinds)


class _Replay:
    """One group on its way.

    ``waiting`` are promises that wait, ``waited`` where those were placed in the end that waited
    before, both by their turn; ``left`` is what may be of several deals, ``base`` totals of all.
    """

    def __init__(self, group: Group, kinds: Kinds, open_to: Mapping[int, Sequence[int]]) -> None:
        self.open_to = open_to
        self.linker = Linker()
        self.deals = self.linker.deals
        self.shadows = Shadows()
        self.loose = group.loose
        self.promises, self.others, self.later = sorted_out(group, kinds)
        self.opened = [
            row.number for row in self.promises if row.home == row.number and row.route == OPENED
        ]
        self.waiting: dict[int, Sketch] = {}
        self.waited: dict[int, int] = {}
        self.unsure: list[Sketch] = []
        self.dateless: list[Sketch] = []
        self.base: list[Sketch] = []
        self.left: list[Sketch] = []
        self.rounds = 0

    def split(self) -> Split:
        """The group as deals."""
        linker = self.linker
        if len(self.opened) < 2:
            raise _Otherwise
        self._promises()
        if linker.base is None or linker.base.anchor.number != self.opened[0]:
            raise _Otherwise
        self.rounds = 1
        self.shadows.compare_all()
        self._waiting()
        self._unsure()
        self._dateless()
        if len(linker.plain) < 2:
            raise _Otherwise
        self._others()
        anew = self._later()
        self._loose(anew)
        return split_up(linker, self.base, self.left, ())

    def _promises(self) -> None:
        shadows, pairs = self.shadows, self.shadows.pairs
        for turn, row in enumerate(self.promises):
            if row.home and row.route in WAITING:
                self.waited[turn] = row.home
            if row.home and not (pairs and shadows.touch_promise(row)):
                self._promise_as_before(turn, row)
            else:
                self._promise(turn, row)

    def _promise_as_before(self, turn: int, row: Sketch) -> None:
        route = row.route
        if route in WAITING:
            self.waiting[turn] = row
        elif route == UNSURE:
            self.unsure.append(row)
        elif route in (DATELESS, -DATELESS):
            self.dateless.append(row)
        elif route == SUMMED:
            self.deals[row.home].rows.append(row)
        else:
            self._as_before(row, row.home)

    def _promise(self, turn: int, row: Sketch) -> None:
        was = row.home if row.route not in _ELSEWHERE else 0
        row.route = route_of(row)
        if row.route == UNSURE:
            self.unsure.append(row)
        elif row.route == DATELESS:
            self.dateless.append(row)
        elif row.route == ADDED:
            home = self.linker.of_increment(row)
            self._settle(
                row, was, _number(home, row), lambda: put_increment(row, home, self.linker)
            )
        else:
            placed = self.linker.of_promise(row)
            row.route = placed[0]
            if row.route in WAITING:
                self.waiting[turn] = row
                now = 0
            else:
                now = 0 if row.route == SUMMED else row.number
                if row.route not in (SUMMED, OPENED):
                    now = _number(placed[1], row)
            self._settle(row, was, now, lambda: self.linker.put(row, placed))

    def _waiting(self) -> None:
        for turn in sorted(self.waiting.keys() | self.waited.keys()):
            row, was = self.promises[turn], self.waited.get(turn, 0)
            if turn not in self.waiting:
                self._settle(row, was, 0, None)
            elif was and not (self.shadows and self.shadows.touch_waiting(row)):
                self._as_before(row, was)
            else:
                self._wait(row, was)

    def _wait(self, row: Sketch, was: int) -> None:
        home = self.linker.of_waiting(row)
        self._settle(row, was, _number(home, row), lambda: put_waiting(row, home, self.linker))

    def _unsure(self) -> None:
        for row in self.unsure:
            if row.home and not (self.shadows and self.shadows.touch_unsure(row)):
                self._unsure_as_before(row)
            else:
                self._unsure_anew(row)

    def _unsure_as_before(self, row: Sketch) -> None:
        self._as_before(row, row.home)
        if row.home == row.number:
            self.linker.pool(row)

    def _unsure_anew(self, row: Sketch) -> None:
        found = self.linker.of_unsure(row)
        now = found[0].anchor.number if len(found) == 1 else row.number
        self._settle(row, row.home, now, lambda: self.linker.put_unsure(row, found))

    def _dateless(self) -> None:
        for row in self.dateless:
            was = row.home if row.route > 0 else 0
            if row.home and not self.shadows:
                if was:
                    self._as_before(row, was)
                else:
                    self.left.append(row)
            else:
                self._dateless_anew(row, was)

    def _dateless_anew(self, row: Sketch, was: int) -> None:
        placed = self.linker.of_undated(row)
        row.route = DATELESS
        now = 0 if placed[1] is None else placed[1].anchor.number
        self._settle(row, was, now, lambda: self.linker.put(row, placed))
        if not now:
            row.route, row.home = -DATELESS, OPEN
            self.left.append(row)

    def _others(self) -> None:
        shadows, pairs, deals = self.shadows, self.shadows.pairs, self.deals
        for row in self.others:
            if row.home and not (pairs and shadows.touch_other(row, deals.get(row.home))):
                if row.route > 0:
                    deals[row.home].rows.append(row)
                else:
                    stay(row, self.base, self.left)
            elif not place(row, home_of(row, self.linker)):
                stay(row, self.base, self.left)

    def _later(self) -> bool:
        """Place what is added at later stages; whether it had to be compared again."""
        if self.shadows or any(not row.home for row in self.later):
            place_later(self.later, self.linker)
            return True
        for row in self.later:
            if row.route == PROGRESS:
                self.deals[row.home].rows.append(row)
        for row in self.later:
            if row.route == MORE:
                self._as_before(row, row.home)
                if row.home == row.number and route_of(row) == UNSURE:
                    self.linker.pool(row)
        return False

    def _loose(self, anew: bool) -> None:
        anew = anew or bool(self.shadows)
        for row in self.loose:
            if anew or not row.home:
                if not place(row, home_of(row, self.linker)):
                    self.left.append(row)
            elif row.route > 0:
                self.deals[row.home].rows.append(row)
            else:
                self.left.append(row)

    def _as_before(self, row: Sketch, home: int) -> None:
        """Place a promise with the deal that it was placed with, or open it again."""
        if home == row.number:
            deal = self.linker.open(row, adds=row.adds)
            deal.open_to = [self.deals[each] for each in self.open_to.get(home, ())]
        elif self._told(self.deals[home], row):
            self.deals[home].rows.append(row)
            row.home = home
        else:
            self.linker.join(self.deals[home], row)

    def _settle(self, row: Sketch, was: int, now: int, put: Callable[[], object] | None) -> None:
        """Place a promise, and keep apart what its old and its new place were before and are now.

        ``was`` and ``now`` are the numbers of deals, its own where it opens one, 0 where none.
        """
        pairs = self.shadows.pairs
        if was and was != now:
            self._take_back(row, was)
        elif was and was != row.number and was in pairs:
            _learn(pairs[was], row)
        apart = now not in (0, was, row.number) and not self._told(self.deals[now], row)
        if apart:
            self.shadows.set_apart(self.deals[now])
        if put is not None:
            put()
        if now == row.number != was:
            pairs[now] = Pair(None, self.deals[now])
        for number in {was, now} - {0, row.number}:
            self.shadows.compare(number, last=self.rounds == 0)

    def _take_back(self, row: Sketch, was: int) -> None:
        """What a promise did before, it does no longer."""
        if was == row.number:
            self.shadows.pairs[was] = Pair(Deal(row, adds=row.adds), None)
        else:
            pair = self.shadows.pairs.get(was) or self.shadows.set_apart(self.deals[was])
            _learn(pair, row)

    def _told(self, deal: Deal, row: Sketch) -> bool:
        """Whether a promise tells nothing of a deal that is not known of it."""
        if self.rounds == 0 and row.day != UNDATED and not row.day <= deal.last < UNDATED:
            return False
        if row.package is not None and row.package not in deal.packages:
            return False
        return all(bounds in deal.said.get(unit, ()) for unit, bounds in row.figures)


def _learn(pair: Pair, row: Sketch) -> None:
    if pair.was is not None:
        pair.was.learn(row)


def _number(home: Deal | None, row: Sketch) -> int:
    return row.number if home is None else home.anchor.number
