"""Asking for positions: the ledger, what was supplied, and what is wanted of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import chain
from typing import Final

import msgspec

from intendance.catalogue import Catalogue
from intendance.forces._inputs.load import Supplied
from intendance.forces._inputs.rows import Held
from intendance.forces._months import EVER, month_of
from intendance.forces._positions.columns import UNKNOWN, Pairs, columns_of, quantities, scale_of
from intendance.forces._positions.columns import scaled as scale_up
from intendance.forces._positions.count import Gift, Opening, count
from intendance.forces._positions.positions import Records, Roll, cover
from intendance.forces._positions.steps import Span
from intendance.forces._types import Outlook, Position
from intendance.ledger import Ledger
from intendance.terms import Commitment, IntendanceError, span_of

Spoken = Sequence[tuple[Commitment, str | None]]

_NO_TABLES: Final = Supplied()
_HUNDRED: Final = 100


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Which positions: a nation's, of an item with all that specialises it or of a class, and the
    months from ``start`` to ``end`` as numbers (None: the month of ``as_of``)."""

    nation: str | None = None
    item: str | None = None
    start: int | None = None
    end: int | None = None


EVERYTHING: Final = Asked()


def positions(
    ledger: Ledger,
    asked: Asked = EVERYTHING,
    supplied: Supplied = _NO_TABLES,
    as_of: str | date | None = None,
) -> Iterator[Position]:
    """The positions of nations' items, by nation, item and month (docs/forces.md).

    From live, specific commitments as of ``as_of`` (a day; None: now) and what is ``supplied``.
    Every nation and item that the ledger or a table speaks of is there; one without inventory has
    its flows and unknown stocks. Raises IntendanceError ``filter.invalid``, ``date.invalid`` or
    ``forces.extra-missing``.
    """
    return positions_of(ledger.spoken(as_of=as_of), ledger.catalogue, asked, supplied, as_of)


def positions_of(
    spoken: Spoken,
    catalogue: Catalogue,
    asked: Asked = EVERYTHING,
    supplied: Supplied = _NO_TABLES,
    as_of: str | date | None = None,
) -> Iterator[Position]:
    """As ``positions``, from commitments, each with the first day on which it was spoken of."""
    roll = roll_of(spoken, catalogue, asked, supplied, as_of)
    records = Records(roll)
    order = sorted(range(len(roll.pairs)), key=lambda pair: roll.pairs[pair])
    return chain.from_iterable(records.of(pair) for pair in order)


def outlooks(
    ledger: Ledger,
    give: Decimal,
    asked: Asked = EVERYTHING,
    supplied: Supplied = _NO_TABLES,
    as_of: str | date | None = None,
) -> list[Outlook]:
    """What giving ``give`` more of each stock away in the first month asked for would do.

    One outlook for each nation's item with an inventory, over the months asked for.
    """
    spoken = ledger.spoken(as_of=as_of)
    before = roll_of(spoken, ledger.catalogue, asked, supplied, as_of, finest=give)
    gift = Gift(before.span.start, scale_up(give, before.scale))
    counted = count(
        before.columns, len(before.pairs), _openings(before, before.supplied), before.span,
        before.now, gift,
    )  # fmt: skip
    after = msgspec.structs.replace(before, counted=counted)
    one, other = Records(before), Records(after)
    held = {(each.nation, each.item) for each in before.supplied.inventory}
    order = sorted(range(len(before.pairs)), key=lambda pair: before.pairs[pair])
    return [_outlook(one, other, pair, give) for pair in order if before.pairs[pair] in held]


def _outlook(one: Records, other: Records, pair: int, give: Decimal) -> Outlook:
    before, after = list(one.of(pair)), list(other.of(pair))
    required = one.required(pair, one.roll.span.start)
    first, then = before[0], after[0]
    worst = max(after, key=lambda each: (each.overdrawn.low or 0, each.overdrawn.high or 0))
    under_from, surely, refilled = _fall(before)
    under_after, surely_after, refilled_after = _fall(after)
    return Outlook(
        nation=first.nation,
        item=first.item,
        month=first.month,
        give=give,
        expected=first.expected,
        expected_after=then.expected,
        cover_days=cover(first.expected, required),
        cover_days_after=cover(then.expected, required),
        requirement=first.requirement,
        floor=first.floor,
        under_from=under_from,
        under_surely_from=surely,
        refilled=refilled,
        under_from_after=under_after,
        under_surely_from_after=surely_after,
        refilled_after=refilled_after,
        overdrawn_after=worst.overdrawn,
        overdrawn_by=worst.overdrawn_by,
    )


def _fall(found: list[Position]) -> tuple[str | None, str | None, str | None]:
    """The first month that may be under the floor, that surely is, and that no longer is."""
    months = [(each.month, each.under_floor) for each in found]
    may = next((month for month, state in months if state in ("maybe", "yes")), None)
    surely = next((month for month, state in months if state == "yes"), None)
    if may is None:
        return None, None, None
    last = max(month for month, state in months if state != "no")
    return may, surely, next((month for month, _ in months if month > last), None)


def roll_of(
    spoken: Spoken,
    catalogue: Catalogue,
    asked: Asked,
    supplied: Supplied,
    as_of: str | date | None,
    finest: Decimal | None = None,
) -> Roll:
    """The counted positions that records are made from."""
    now = _now(as_of)
    start = now if asked.start is None else asked.start
    span = Span(start, start if asked.end is None else asked.end)
    nation, items = _nation(asked.nation, catalogue), _items(asked.item, catalogue)
    chosen = [
        (each, first)
        for each, first in spoken
        if items is None or each.item in items
    ]  # fmt: skip
    tables = _within(supplied, nation, items)
    numbers = chain(
        quantities(chosen), _numbers(tables.inventory), () if finest is None else [finest]
    )
    scale = scale_of(numbers)
    pairs = Pairs()
    for held in tables.inventory:
        pairs.number(held.nation, held.item)
    columns = columns_of(chosen, catalogue, pairs, now, scale, nation)
    roll = Roll(columns, None, list(pairs.numbers), span, scale, tables, now)
    openings = _openings(roll, tables)
    counted = count(columns, len(roll.pairs), openings, span, now)
    return msgspec.structs.replace(roll, counted=counted)


def _openings(roll: Roll, supplied: Supplied) -> list[Opening]:
    place = {pair: number for number, pair in enumerate(roll.pairs)}
    found = []
    for held in supplied.inventory:
        repair = held.repair
        share = held.fit_percent
        finest = 1 if share is None else scale_of([share])
        found.append(
            Opening(
                place[(held.nation, held.item)],
                held.month,
                scale_up(held.low, roll.scale),
                scale_up(held.high, roll.scale),
                UNKNOWN if repair is None else scale_up(repair[0], roll.scale),
                UNKNOWN if repair is None else scale_up(repair[1], roll.scale),
                UNKNOWN if share is None else scale_up(share, finest),
                _HUNDRED * finest,
            )
        )
    return found


def _numbers(inventory: Sequence[Held]) -> Iterator[Decimal]:
    for held in inventory:
        yield held.low
        yield held.high
        yield from held.repair or ()


def _within(supplied: Supplied, nation: str | None, items: frozenset[str] | None) -> Supplied:
    def wanted(of: str, item: str) -> bool:
        return (nation is None or of == nation) and (items is None or item in items)

    return Supplied(
        tuple(each for each in supplied.inventory if wanted(each.nation, each.item)),
        tuple(each for each in supplied.requirements if wanted(each.nation, each.item)),
    )


def _now(as_of: str | date | None) -> int:
    if as_of is None:
        return month_of(datetime.now(UTC).date().isoformat(), EVER)
    day = as_of.isoformat() if isinstance(as_of, date) else as_of
    return month_of(span_of(day, "as_of").end, EVER)


def _nation(name: str | None, catalogue: Catalogue) -> str | None:
    if name is None:
        return None
    known = catalogue.known(name)
    if known is None or known not in catalogue.nations:
        raise IntendanceError(
            "filter.invalid", expected="a nation of the catalogue", got=repr(name[:80]),
            where="the nation asked for",
        )  # fmt: skip
    return known


def _items(name: str | None, catalogue: Catalogue) -> frozenset[str] | None:
    if name is None:
        return None
    known = catalogue.known(name)
    if known is None or not (catalogue.is_kind(known) or catalogue.is_class(known)):
        raise IntendanceError(
            "filter.invalid", expected="a kind or class of the catalogue", got=repr(name[:80]),
            where="the item asked for",
        )  # fmt: skip
    return frozenset(
        kind
        for kind in catalogue.kinds
        if catalogue.specialises(kind, known) or catalogue.includes(known, kind)
    )
