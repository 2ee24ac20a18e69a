"""Positions as records, for the nations, items and months asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any, Final

import msgspec

from intendance.forces._inputs.load import Supplied
from intendance.forces._inputs.rows import Held, Required
from intendance.forces._months import month_text
from intendance.forces._positions.columns import (
    APPROX,
    DRAW,
    HIDDEN,
    HIGH_OPEN,
    IN,
    LOW_OPEN,
    OUT,
    OWN,
    Columns,
    Stage,
)
from intendance.forces._positions.count import Counted
from intendance.forces._positions.steps import Quantity, Span
from intendance.forces._types import Position, Under
from intendance.terms import UNSPECIFIED, Interval, Number, State, exactly

_TENTH: Final = Decimal("0.1")


class Roll(msgspec.Struct):
    """Everything that records of positions are made from."""

    columns: Columns
    counted: Counted | None
    pairs: Sequence[tuple[str, str]]
    span: Span
    scale: int
    supplied: Supplied
    now: int


class Records:
    """Makes the records of a roll, one pair and month at a time."""

    def __init__(self, roll: Roll) -> None:
        self.roll = roll
        self._held: dict[tuple[str, str], list[Held]] = defaultdict(list)
        for held in roll.supplied.inventory:
            self._held[(held.nation, held.item)].append(held)
        self._required: dict[tuple[str, str], list[Required]] = defaultdict(list)
        for required in roll.supplied.requirements:
            self._required[(required.nation, required.item)].append(required)
        self._mine: dict[int, list[tuple[int, int]]] = defaultdict(list)
        columns = roll.columns
        for place, pair, role in zip(
            columns.part_of.tolist(), columns.pair.tolist(), columns.role.tolist(), strict=True
        ):
            self._mine[pair].append((place, role))

    def required(self, pair: int, month: int) -> Required | None:
        """What is required of a pair in a month."""
        found: Required | None = latest(self._required.get(self.roll.pairs[pair], ()), month)
        return found

    def of(self, pair: int) -> Iterator[Position]:
        """The positions of one pair, month by month."""
        for column in range(self.roll.span.months):
            yield self.one(pair, column)

    def one(self, pair: int, column: int) -> Position:
        """The position of one pair in one month, by its place in the span."""
        roll = self.roll
        nation, item = roll.pairs[pair]
        month = roll.span.start + column
        required = self.required(pair, month)
        held = latest(self._held.get((nation, item), ()), month)
        owed_in, owed_out = self._flags(pair, month, (IN,)), self._flags(pair, month, (OUT,))
        given_in = self._given_flags(pair, month, (IN, OWN))
        given_out = self._given_flags(pair, month, (OUT, DRAW))
        flow = given_in | _crossed(given_out)
        ahead = flow | owed_in | _crossed(owed_out)
        figure = self._figures(pair, column)
        stock, fit, expected = figure("stock", flow), figure("fit", flow), figure("expected", ahead)
        overdrawn = figure("overdrawn", _crossed(ahead))
        over = overdrawn.high is None or overdrawn.high > 0
        takers = self._commitments(pair, month, (DRAW,)) if held is not None and over else ()
        return Position(
            nation=nation,
            item=item,
            month=month_text(month),
            stock=stock,
            on_order=figure("on_order", self._flags(pair, month, (IN, OWN), ordered=True)),
            promised_in=figure("promised_in", owed_in),
            promised_out=figure("promised_out", owed_out),
            in_repair=figure("in_repair", 0),
            fit=fit,
            requirement=_exact(required.need if required else None),
            floor=_exact(required.floor if required else None),
            cover_days=cover(fit if fit.low is not None else stock, required),
            from_=self._sources(pair, month, held, required),
            expected=expected,
            received=figure("received", given_in),
            given=figure("given", given_out),
            under_floor=under(expected, required),
            overdrawn=overdrawn,
            overdrawn_by=takers,
        )

    def _figures(self, pair: int, column: int) -> Any:
        def figure(name: str, flags: int) -> Interval:
            quantity: Quantity = getattr(self.roll.counted, name)
            return interval(quantity, pair, column, self.roll.scale, flags)

        return figure

    def _flags(
        self, pair: int, month: int, roles: tuple[int, ...], *, ordered: bool = False
    ) -> int:
        columns = self.roll.columns
        stage = columns.ordered if ordered else columns.owed
        found = 0
        for place, role in self._mine[pair]:
            if role in roles and columns.first[place] <= month:
                found |= int(stage.flags[place])
        return found

    def _given_flags(self, pair: int, month: int, roles: tuple[int, ...]) -> int:
        given: Stage = self.roll.columns.given
        found = 0
        for place, role in self._mine[pair]:
            if role in roles and given.start[place] <= month:
                found |= int(given.flags[place])
        return found

    def _commitments(self, pair: int, month: int, roles: tuple[int, ...]) -> tuple[str, ...]:
        columns = self.roll.columns
        places = {
            place
            for place, role in self._mine[pair]
            if role in roles and min(columns.first[place], columns.given.start[place]) <= month
        }
        return tuple(sorted(columns.ids[place] for place in places))

    def _sources(
        self, pair: int, month: int, held: Held | None, required: Required | None
    ) -> tuple[str, ...]:
        rows = [each.where for each in (held, required) if each is not None]
        return (*rows, *self._commitments(pair, month, (IN, OUT, DRAW, OWN)))


def latest(rows: Sequence[Any], month: int) -> Any:
    """The last of the rows (in order) that begins by ``month``, or None."""
    return next((each for each in reversed(rows) if each.month <= month), None)


def interval(quantity: Quantity, pair: int, column: int, scale: int, flags: int = 0) -> Interval:
    """One cell of a quantity as an interval."""
    no_low = quantity.no_low is not None and bool(quantity.no_low[pair, column])
    no_high = quantity.no_high is not None and bool(quantity.no_high[pair, column])
    low = None if no_low else number(quantity.low[pair, column], scale)
    high = None if no_high else number(quantity.high[pair, column], scale)
    if low is None and high is None:
        return Interval(state="undisclosed" if flags & HIDDEN else "unspecified")
    stated: State = "stated"
    return Interval(
        low=low,
        high=high,
        low_open=bool(flags & LOW_OPEN) and low is not None and low > 0,
        high_open=bool(flags & HIGH_OPEN) and high is not None and high > 0 and low != high,
        approx=bool(flags & APPROX) and not low == high == 0,
        state=stated,
    )


def number(value: Any, scale: int) -> Number:
    """A scaled whole number as it was."""
    whole = int(value)
    if whole % scale == 0:
        return whole // scale
    return (Decimal(whole) / Decimal(scale)).normalize()


def _exact(value: Decimal | None) -> Interval:
    return UNSPECIFIED if value is None else exactly(_plain(value))


def _plain(value: Decimal) -> Number:
    return int(value) if value == value.to_integral_value() else value.normalize()


def cover(stock: Interval, required: Required | None) -> Interval:
    """How many days a stock lasts at the rate required, to a tenth, the ends rounded outwards."""
    if required is None or not required.rate:
        return UNSPECIFIED
    low = None if stock.low is None else Decimal(stock.low) / required.rate
    high = None if stock.high is None else Decimal(stock.high) / required.rate
    if low is None and high is None:
        return UNSPECIFIED
    return Interval(
        low=None if low is None else _plain(low.quantize(_TENTH, ROUND_FLOOR)),
        high=None if high is None else _plain(high.quantize(_TENTH, ROUND_CEILING)),
        low_open=stock.low_open,
        high_open=stock.high_open,
        approx=stock.approx,
        state="stated",
    )


def under(stock: Interval, required: Required | None) -> Under:
    """Whether a stock lies under its floor."""
    if required is None or required.floor is None or not stock.known:
        return "unknown"
    if stock.high is not None and stock.high < required.floor:
        return "yes"
    if stock.low is not None and stock.low >= required.floor:
        return "no"
    return "maybe"


def _crossed(flags: int) -> int:
    """The flags of what is taken away: its lower end bounds the upper end of what is left."""
    low, high = bool(flags & LOW_OPEN), bool(flags & HIGH_OPEN)
    return (flags & APPROX) | LOW_OPEN * high | HIGH_OPEN * low
