"""The positions of all pairs in all months, from columns of commitments and supplied stocks."""

from __future__ import annotations

import os
import threading
from bisect import bisect_left
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, NamedTuple

import msgspec

from intendance.forces._extra import extra
from intendance.forces._months import EVER, NEVER
from intendance.forces._positions.columns import DRAW, IN, OUT, OWN, UNKNOWN, Columns, Stage
from intendance.forces._positions.steps import Quantity, Span, Steps, came, due, left

_CELLS: Final = 500_000
"""Pairs by months that are counted at once."""

_THREADS: Final = 4
"""At most so many, so that what they need in between stays small."""

_FINEST: Final = 10_000
"""Up to so fine a share, sums of 64 bits hold its product."""


class Opening(NamedTuple):
    """An opening stock: of a pair, when ``month`` begins, scaled; ``percent`` of what is not in
    repair is fit (UNKNOWN: nobody said), ``repair`` UNKNOWN where nobody said."""

    pair: int
    month: int
    low: int
    high: int
    repair_low: int = UNKNOWN
    repair_high: int = UNKNOWN
    percent_low: int = UNKNOWN
    percent_of: int = 100


class Gift(NamedTuple):
    """Something that would leave every stock in a month, scaled."""

    month: int
    quantity: int


class Counted(msgspec.Struct):
    """Every figure by pair and month; ``overdrawn`` is how far ``expected`` is below nothing."""

    promised_in: Quantity
    promised_out: Quantity
    on_order: Quantity
    received: Quantity
    given: Quantity
    stock: Quantity
    expected: Quantity
    in_repair: Quantity
    fit: Quantity
    overdrawn: Quantity


_FIGURES: Final = tuple(Counted.__struct_fields__)


def count(
    columns: Columns,
    pairs: int,
    openings: Sequence[Opening],
    span: Span,
    now: int,
    gift: Gift | None = None,
) -> Counted:
    """All positions; ``openings`` of one pair stand in order of their months.

    Pairs are counted some thousands at a time, so that what is needed in between stays small.
    """
    np = extra("numpy")
    order = np.argsort(columns.pair, kind="stable")
    columns = columns._replace(
        part_of=columns.part_of[order], pair=columns.pair[order], role=columns.role[order],
        whole=columns.whole[order],
    )  # fmt: skip
    kind = _kind(columns, pairs, openings, gift)
    at_once = max(_CELLS // span.months, 1)
    whole = {name: _Growing(pairs, span, kind) for name in _FIGURES}
    stocks = sorted(openings, key=lambda each: each.pair)
    places = [each.pair for each in stocks]

    def some(first: int) -> None:
        last = min(first + at_once, pairs)
        begin, end = np.searchsorted(columns.pair, (first, last))
        mine = columns._replace(
            part_of=columns.part_of[begin:end], pair=columns.pair[begin:end] - first,
            role=columns.role[begin:end], whole=columns.whole[begin:end],
        )  # fmt: skip
        opened = [
            each._replace(pair=each.pair - first)
            for each in stocks[bisect_left(places, first) : bisect_left(places, last)]
        ]
        found = _count(_Makers(mine, last - first, span, kind), opened, now, gift)
        for name in _FIGURES:
            whole[name].put(first, last, getattr(found, name))

    # The work is NumPy's, which lets other threads run.
    with ThreadPoolExecutor(min(os.cpu_count() or 1, _THREADS)) as pool:
        list(pool.map(some, range(0, pairs, at_once)))
    return Counted(**{name: each.quantity for name, each in whole.items()})


class _Growing:
    """A quantity for all pairs, filled some at a time."""

    def __init__(self, pairs: int, span: Span, kind: Any) -> None:
        np = extra("numpy")
        shape = (pairs, span.months)
        self._np = np
        self._lock = threading.Lock()
        self.quantity = Quantity(np.zeros(shape, kind), np.zeros(shape, kind))

    def put(self, first: int, last: int, some: Quantity) -> None:
        """Take over the pairs from ``first`` to before ``last``."""
        whole = self.quantity
        whole.low[first:last], whole.high[first:last] = some.low, some.high
        with self._lock:
            whole.no_low = self._nulls(whole.no_low, some.no_low, first, last)
            whole.no_high = self._nulls(whole.no_high, some.no_high, first, last)

    def _nulls(self, whole: Any, some: Any, first: int, last: int) -> Any:
        if some is None or not some.any():
            return whole
        if whole is None:
            whole = self._np.zeros(self.quantity.low.shape, bool)
        whole[first:last] = some
        return whole


def _kind(columns: Columns, pairs: int, openings: Sequence[Opening], gift: Gift | None) -> Any:
    """The narrowest whole numbers that no sum can leave: 32 bits, 64 bits, any size."""
    np = extra("numpy")
    stages = (columns.owed, columns.ordered, columns.given)
    if any(ends.dtype == object for stage in stages for ends in (stage.low, stage.high)):
        return object
    most = np.zeros(pairs)
    for stage in stages:
        # An upper bound with room to spare, so floating point is exact enough.
        larger = np.maximum(stage.high, stage.low).clip(0).astype(np.float64)
        most += np.bincount(columns.pair, larger[columns.part_of], pairs)
    largest = max((each.high for each in openings), default=0) + (gift.quantity if gift else 0)
    top = float(most.max(initial=0.0)) + float(largest)
    return np.int32 if top < 2**29 else np.int64 if top < 2**46 else object


def _count(make: _Makers, openings: Sequence[Opening], now: int, gift: Gift | None) -> Counted:
    stocks = _Stocks(make, openings, now, gift)
    return Counted(
        make.owed((IN,)),
        make.owed((OUT,)),
        make.ordered((IN, OWN)),
        make.came((IN, OWN), None),
        make.came((OUT,), None),
        stocks.stock,
        stocks.expected,
        stocks.repair,
        stocks.fit,
        stocks.overdrawn,
    )


class _Makers:
    """Chooses the parts of some roles and adds their steps up."""

    def __init__(self, columns: Columns, pairs: int, span: Span, kind: Any) -> None:
        self.np = extra("numpy")
        self.columns, self.pairs, self.span, self.kind = columns, pairs, span, kind
        self._chosen: dict[tuple[int, ...], tuple[Any, Any, Any]] = {}
        self._stages: dict[tuple[tuple[int, ...], int], Stage] = {}
        self._known = set(self.np.unique(columns.role).tolist())

    def chosen(self, roles: tuple[int, ...]) -> tuple[Any, Any, Any]:
        """Commitment, pair and whole of the parts of some roles."""
        roles = self._there(roles)
        if roles not in self._chosen:
            mask = self.np.isin(self.columns.role, roles)
            columns = self.columns
            found = (columns.part_of[mask], columns.pair[mask], columns.whole[mask])
            self._chosen[roles] = found
        return self._chosen[roles]

    def _there(self, roles: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(role for role in roles if role in self._known)

    def stage(self, roles: tuple[int, ...], stage: Stage) -> Stage:
        """A stage of the parts of some roles; of a shared one, from nothing to all of it."""
        key = (self._there(roles), id(stage))
        if key not in self._stages:
            self._stages[key] = self._stage(roles, stage)
        return self._stages[key]

    def _stage(self, roles: tuple[int, ...], stage: Stage) -> Stage:
        np = self.np
        part_of, _, whole = self.chosen(roles)
        low, high = stage.low[part_of], stage.high[part_of]
        shared = ~whole & (low != UNKNOWN)
        low = np.where(shared, 0, low) if shared.any() else low
        return Stage(low, high, stage.start[part_of], stage.end[part_of], None)

    def steps(self) -> Steps:
        """An empty table."""
        return Steps(self.pairs, self.span, self.kind)

    def owed(self, roles: tuple[int, ...]) -> Quantity:
        """What is owed and not given, for the parts of some roles."""
        part_of, pair, _ = self.chosen(roles)
        steps = self.steps()
        first = self.columns.first[part_of]
        owed = self.stage(roles, self.columns.owed)
        left(steps, pair, first, owed, self.stage(roles, self.columns.given))
        return steps.sums()

    def ordered(self, roles: tuple[int, ...]) -> Quantity:
        """What is under contract and not given."""
        np = self.np
        part_of, pair, _ = self.chosen(roles)
        steps = self.steps()
        stage, given = (
            self.stage(roles, self.columns.ordered),
            self.stage(roles, self.columns.given),
        )
        first = np.maximum(self.columns.first[part_of], stage.start)
        left(steps, pair, first, stage, given)
        return steps.sums()

    def came(self, roles: tuple[int, ...], since: Any) -> Quantity:
        """What was given since each pair's month (None: ever)."""
        _, pair, _ = self.chosen(roles)
        steps = self.steps()
        begin = self.np.full(pair.size, EVER) if since is None else since[pair]
        came(steps, pair, self.stage(roles, self.columns.given), begin)
        return steps.sums()

    def dues(self, roles: tuple[int, ...], since: Any, now: int) -> Quantity:
        """What is to come after ``now``, counted from each pair's month."""
        _, pair, _ = self.chosen(roles)
        steps = self.steps()
        owed, given = self.stage(roles, self.columns.owed), self.stage(roles, self.columns.given)
        came(steps, pair, due(owed, given, now), since[pair])
        return steps.sums()


class _Stocks:
    """Stocks from each opening on until the next."""

    def __init__(
        self, make: _Makers, openings: Sequence[Opening], now: int, gift: Gift | None
    ) -> None:
        self.make, self.now, self.gift = make, now, gift
        np = make.np
        shape = (make.pairs, make.span.months)
        kind = make.kind
        finest = max((each.percent_of for each in openings), default=1)
        self.wide = object if kind is object or finest > _FINEST else np.int64
        self.kind = kind
        self._shares = any(each.percent_low != UNKNOWN for each in openings)

        def empty() -> Quantity:
            return Quantity(
                np.zeros(shape, kind), np.zeros(shape, kind), np.ones(shape, bool),
                np.ones(shape, bool),
            )  # fmt: skip

        self.stock, self.expected, self.overdrawn = empty(), empty(), empty()
        self.repair, self.fit = empty(), empty()
        rounds = _rounds(openings)
        for number, opened in enumerate(rounds):
            self._fill(opened, rounds[number + 1] if number + 1 < len(rounds) else {})

    def _fill(self, opened: dict[int, Opening], following: dict[int, Opening]) -> None:
        np, make = self.make.np, self.make
        since = np.full(make.pairs, NEVER)
        self._rows = np.array(list(opened.values()), dtype=object if self.kind is object else None)
        self._places = list(opened)
        since[self._places] = self._rows[:, 1].astype(np.int64)
        until = np.full(make.pairs, NEVER)
        until[list(following)] = [each.month for each in following.values()]
        months = np.arange(make.span.start, make.span.end + 1)
        here = (months >= since[:, None]) & (months < until[:, None])
        low, high = self._column("low"), self._column("high")
        gained = make.came((IN, OWN), since)
        lost = make.came((DRAW,), since)
        stock_low, stock_high = low + gained.low - lost.high, high + gained.high - lost.low
        self._put(self.stock, here, stock_low, stock_high, lost.no_high, gained.no_high)
        coming = make.dues((IN, OWN), since, self.now)
        going = make.dues((DRAW,), since, self.now)
        expected_low = stock_low + coming.low - going.high
        expected_high = stock_high + coming.high - going.low
        if self.gift is not None:
            gone = np.where(months >= self.gift.month, self.gift.quantity, 0).astype(self.kind)
            expected_low, expected_high = expected_low - gone, expected_high - gone
        no_low, no_high = _or(lost.no_high, going.no_high), _or(gained.no_high, coming.no_high)
        self._put(self.expected, here, expected_low, expected_high, no_low, no_high)
        self._put(self.overdrawn, here, -expected_high, -expected_low, no_high, no_low)
        self._fitness(here, lost.no_high, gained.no_high)

    def _column(self, name: str) -> Any:
        column = self.make.np.zeros((self.make.pairs, 1), self.kind)
        column[self._places, 0] = self._rows[:, Opening._fields.index(name)]
        return column

    def _put(
        self, into: Quantity, here: Any, low: Any, high: Any, no_low: Any, no_high: Any
    ) -> None:
        """Store what lies ``here``, never below nothing."""
        np = self.make.np
        np.copyto(into.low, np.maximum(low, 0).astype(self.kind, copy=False), where=here)
        np.copyto(into.high, np.maximum(high, 0).astype(self.kind, copy=False), where=here)
        np.copyto(into.no_low, False if no_low is None else no_low, where=here)
        np.copyto(into.no_high, False if no_high is None else no_high, where=here)

    def _fitness(self, here: Any, no_low: Any, no_high: Any) -> None:
        """What is in repair, never more than there is; of the rest, or of all, what is fit."""
        np = self.make.np
        low, high = self._column("repair_low"), self._column("repair_high")
        said = low != UNKNOWN
        low, high = np.maximum(low, 0), np.maximum(high, 0)
        stock = self.stock
        most = high if no_high is None else np.where(no_high, high, np.minimum(high, stock.high))
        most = np.minimum(high, stock.high) if no_high is None else most
        self._put(self.repair, here & said, np.minimum(low, stock.low), most, None, None)
        top, bottom = np.maximum(stock.high - low, 0), np.maximum(stock.low - high, 0)
        percent, of = self._column("percent_low"), self._column("percent_of")
        known = percent != UNKNOWN
        if self._shares:
            share = np.where(known, percent, of).astype(self.wide)
            of = np.maximum(of, 1).astype(self.wide)
            top = -(-top.astype(self.wide) * share // of)
            bottom = bottom.astype(self.wide) * share // of
        silent = ~said & ~known
        no_low = _or(no_low, np.broadcast_to(silent, here.shape) if silent.any() else None)
        self._put(self.fit, here, bottom, top, no_low, no_high)


def _rounds(openings: Sequence[Opening]) -> list[dict[int, Opening]]:
    """Each pair's first opening, each pair's second, and so on."""
    rounds: list[dict[int, Opening]] = []
    seen: dict[int, int] = {}
    for each in openings:
        number = seen.get(each.pair, 0)
        seen[each.pair] = number + 1
        if number == len(rounds):
            rounds.append({})
        rounds[number][each.pair] = each
    return rounds


def _or(one: Any, other: Any) -> Any:
    if one is None or other is None:
        return one if other is None else other
    return one | other
