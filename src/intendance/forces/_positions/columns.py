"""Commitments as columns of whole numbers: what is owed, ordered and given, when, to and by whom.

A quantity is scaled to a whole number; ``UNKNOWN`` is an end that nobody stated. No quantity is
ever below nothing, so an unknown one raises no lower end and leaves no upper one (rule 5).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from intendance.catalogue import Catalogue
from intendance.forces._bounds import counts
from intendance.forces._extra import extra
from intendance.forces._months import EVER, NEVER, month_of
from intendance.terms import Commitment, Interval, Number, StageState

UNKNOWN: Final = -1
APPROX, LOW_OPEN, HIGH_OPEN, HIDDEN = 1, 2, 4, 8
"""Flags of a quantity: about, more than, less than, said to be secret."""

IN, OUT, DRAW, OWN = 0, 1, 2, 3
"""A nation's part in a commitment: it gets it, owes it, it leaves its stock, it buys for itself."""

_OWED: Final = ("promised", "allocated", "contracted")
_FLOWS: Final = frozenset({*_OWED, "produced", "delivered"})
_MADE: Final = ("contracted", "produced")


class Stage(NamedTuple):
    """One stage of many commitments: ends of quantity and of time (months), and flags."""

    low: Any
    high: Any
    start: Any
    end: Any
    flags: Any


class Columns(NamedTuple):
    """Many commitments as NumPy arrays.

    ``first`` is the month from which each is known. The parts: ``part_of`` the commitment (its
    place), ``pair`` the nation and item, ``role`` IN, OUT, DRAW or OWN, ``whole`` whether all of
    the quantity is that nation's, else up to all.
    """

    ids: Sequence[str]
    first: Any
    owed: Stage
    ordered: Stage
    given: Stage
    part_of: Any
    pair: Any
    role: Any
    whole: Any


class Pairs:
    """Nations and items, numbered as they come."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[str, str], int] = {}

    def number(self, nation: str, item: str) -> int:
        """The number of a nation's item."""
        return self.numbers.setdefault((nation, item), len(self.numbers))


class _Row(NamedTuple):
    first: int
    owed: tuple[Number, Number, int, int, int]
    ordered: tuple[Number, Number, int, int, int]
    given: tuple[Number, Number, int, int, int]


_NOTHING: Final = (0, 0, NEVER, NEVER, 0)


def columns_of(
    spoken: Iterable[tuple[Commitment, str | None]],
    catalogue: Catalogue,
    pairs: Pairs,
    now: int,
    scale: int,
    only: str | None = None,
) -> Columns:
    """The columns of live, specific commitments; general ones and candidates are never summed.

    ``only`` leaves every nation but one out.

    ``now`` is the month in which everything that is reported delivered has happened.
    """
    np = extra("numpy")
    ids: list[str] = []
    rows: list[_Row] = []
    parts: list[tuple[int, int, int, bool]] = []
    for each, first in spoken:
        if not each.live or each.general or not _FLOWS & each.stages.keys():
            continue
        if not counts(each.item, catalogue):
            continue
        mine = list(_parts(each, len(ids), catalogue, pairs, only))
        if mine:
            parts += mine
            ids.append(each.id)
            rows.append(_row(each, first, now))
    number = len(rows)
    parted = np.array(parts, dtype=np.int64).reshape(-1, 4)
    return Columns(
        ids,
        np.fromiter((row.first for row in rows), np.int64, number),
        _stage([row.owed for row in rows], scale),
        _stage([row.ordered for row in rows], scale),
        _stage([row.given for row in rows], scale),
        parted[:, 0],
        parted[:, 1],
        parted[:, 2],
        parted[:, 3].astype(bool),
    )


def scale_of(numbers: Iterable[Number]) -> int:
    """The least power of ten that makes whole numbers of all."""
    places = 0
    for each in numbers:
        if isinstance(each, Decimal):
            exponent = each.normalize().as_tuple().exponent
            places = max(places, -exponent if isinstance(exponent, int) else 0)
    return int(10**places)


def quantities(spoken: Iterable[tuple[Commitment, str | None]]) -> Iterable[Number]:
    """Every stated end of every stage's quantity."""
    for each, _ in spoken:
        for state in each.stages.values():
            yield from (e for e in (state.quantity.low, state.quantity.high) if e is not None)


def scaled(value: Number, scale: int) -> int:
    """A quantity as a whole number."""
    return int(value * scale)


def _stage(rows: Sequence[tuple[Number, Number, int, int, int]], scale: int) -> Stage:
    np = extra("numpy")
    low = [row[0] if row[0] == UNKNOWN else scaled(row[0], scale) for row in rows]
    high = [row[1] if row[1] == UNKNOWN else scaled(row[1], scale) for row in rows]
    large = any(value > 2**62 for value in (*low, *high))
    kind = object if large else np.int64
    months = np.array([row[2:] for row in rows], dtype=np.int64).reshape(-1, 3)
    return Stage(
        np.array(low, dtype=kind), np.array(high, dtype=kind), months[:, 0], months[:, 1],
        months[:, 2],
    )  # fmt: skip


def _row(each: Commitment, first: str | None, now: int) -> _Row:
    stages = each.stages
    states = [stages[name] for name in _OWED if name in stages]
    owed = next((one for one in states if one.quantity.known), states[0] if states else None)
    if "withdrawn" in stages:
        owed = None
    ordered = None if "withdrawn" in stages else stages.get("contracted")
    promised = stages.get("promised")
    due = (EVER, NEVER) if promised is None else _span(promised, EVER, NEVER)
    given = stages.get("delivered")
    return _Row(
        month_of(first, EVER),
        _figure(owed, due),
        _figure(ordered, _span(ordered, EVER, EVER) if ordered else (EVER, EVER)),
        _figure(given, _span(given, EVER, now) if given else (NEVER, NEVER)),
    )


def _figure(
    state: StageState | None, months: tuple[int, int]
) -> tuple[Number, Number, int, int, int]:
    if state is None:
        return _NOTHING
    low, high = state.quantity.low, state.quantity.high
    return (
        UNKNOWN if low is None else low,
        UNKNOWN if high is None else high,
        months[0],
        months[1],
        _flags(state.quantity),
    )


def _flags(quantity: Interval) -> int:
    return (
        APPROX * quantity.approx
        + LOW_OPEN * quantity.low_open
        + HIGH_OPEN * quantity.high_open
        + HIDDEN * (quantity.state == "undisclosed")
    )


def _span(state: StageState, start: int, end: int) -> tuple[int, int]:
    first = month_of(state.time.start, start)
    last = month_of(state.time.end, end)
    return (first, last) if first <= last else (last, last)


def _parts(
    each: Commitment, place: int, catalogue: Catalogue, pairs: Pairs, only: str | None
) -> Iterable[tuple[int, int, int, bool]]:
    item = each.item or ""
    known = catalogue.nations if only is None else {only}
    getting = [] if each.recipient is None else each.recipient.split("+")
    for nation in getting:
        if nation in known:
            yield place, pairs.number(nation, item), IN, len(getting) == 1
    own = each.recipient is None and _own(each)
    for nation in each.donors:
        if nation in known:
            yield place, pairs.number(nation, item), OWN if own else OUT, len(each.donors) == 1
    drawn = () if own else _drawn(each, catalogue)
    for nation in drawn:
        if nation in known:
            yield place, pairs.number(nation, item), DRAW, len(drawn) == 1


def _own(each: Commitment) -> bool:
    """An order without a recipient and without a promise is a nation's own."""
    return "contracted" in each.stages and not {"promised", "allocated"} & each.stages.keys()


def _drawn(each: Commitment, catalogue: Catalogue) -> tuple[str, ...]:
    """Whose stock it leaves: the nations that supply it, else the donors, unless it is made new."""
    nations = tuple(one for one in each.supplied_by if one in catalogue.nations)
    if nations:
        return nations
    made = each.made_by or each.supplied_by or any(stage in each.stages for stage in _MADE)
    if made or set(each.donors) & set(each.financed_by):
        return ()
    return each.donors
