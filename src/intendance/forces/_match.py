"""Requests against offers: what is covered, what is open, and who holds more than its floor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, Literal

import msgspec

from intendance.catalogue import Catalogue
from intendance.forces._bounds import counts
from intendance.forces._inputs.load import Supplied
from intendance.forces._inputs.priorities import Priority
from intendance.forces._positions.ask import EVERYTHING, Spoken, positions_of
from intendance.forces._types import Position
from intendance.ledger import Filter, Ledger
from intendance.terms import UNSPECIFIED, Commitment, Interval, Number, StageState

State = Literal["covered", "partly", "open"]

_OFFERED: Final = ("promised", "allocated", "contracted", "delivered")
_NO_TABLES: Final = Supplied()
_LAST: Final = 10**6
"""The priority of what no table ranks."""

Pool = dict[str, Decimal | None]
"""What is left of each offer; None: without limit."""


class Holder(msgspec.Struct, frozen=True):
    """A nation that holds something that would answer a request.

    ``above`` is what it expects to hold above its floor; unknown where it has no floor.
    """

    nation: str
    item: str
    expected: Interval
    floor: Interval
    above: Interval


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """One request and what answers it (docs/forces.md).

    ``request`` is the commitment that holds the request, ``since`` the day on which it was first
    spoken of. ``covered`` is what offers bring, each offer counted once, requests of higher
    priority first; ``left`` what stays open. ``priority`` is 1 for the highest, None where no table
    ranks it. ``offers`` are the commitments that answer, ``may_answer`` general ones (of a class or
    of money), which are never summed.
    """

    priority: int | None = None
    recipient: str
    item: str
    state: State
    requested: Interval = UNSPECIFIED
    covered: Interval = UNSPECIFIED
    left: Interval = UNSPECIFIED
    delivered: Interval = UNSPECIFIED
    request: str
    since: str | None = None
    offers: tuple[str, ...] = ()
    may_answer: tuple[str, ...] = ()
    holders: tuple[Holder, ...] = ()


class _Offer(msgspec.Struct, frozen=True):
    each: Commitment
    quantity: Interval
    delivered: Interval


def match(
    ledger: Ledger,
    supplied: Supplied = _NO_TABLES,
    priorities: Sequence[Priority] = (),
    recipient: str | None = None,
    item: str | None = None,
    as_of: str | date | None = None,
) -> list[Match]:
    """The requests of the ledger against its offers, the highest priority first, then the oldest.

    Only live statements count. An offer answers a request of the same recipient if it is of the
    kind asked for or one that specialises it, or lies in the class asked for; not if it had been
    delivered in full before the request. Raises IntendanceError ``filter.invalid``,
    ``date.invalid`` or ``forces.extra-missing``.
    """
    wanted = Filter(recipient=recipient, item=item, candidates=False)
    asked = [
        pair for pair in ledger.spoken(wanted, as_of=as_of) if _requests(pair[0], ledger.catalogue)
    ]
    spoken = ledger.spoken(as_of=as_of)
    return match_of(asked, spoken, ledger.catalogue, supplied, priorities, as_of)


def match_of(
    asked: Spoken,
    spoken: Spoken,
    catalogue: Catalogue,
    supplied: Supplied = _NO_TABLES,
    priorities: Sequence[Priority] = (),
    as_of: str | date | None = None,
) -> list[Match]:
    """As ``match``, for the requests ``asked`` among the commitments ``spoken``."""
    held = _holdings(spoken, catalogue, supplied, as_of)
    ranked = sorted(
        (
            (rank(each.item or "", priorities, catalogue), first or "", each)
            for each, first in asked
        ),
        key=lambda one: (one[0], one[1], one[2].id),
    )
    offers = [_offer(each) for each, _ in spoken if _offers(each, catalogue)]
    sure: Pool = {one.each.id: Decimal(one.quantity.low or 0) for one in offers}
    most: Pool = {
        one.each.id: None if one.quantity.high is None else Decimal(one.quantity.high)
        for one in offers
    }
    return [
        _matched(each, first or None, priority, _answering(each, first, offers, catalogue), spoken,
                 held, catalogue, (sure, most))
        for priority, first, each in ranked
    ]  # fmt: skip


def rank(item: str, priorities: Sequence[Priority], catalogue: Catalogue) -> int:
    """The priority of an item: the nearest row that names it, what it specialises, or its class."""
    named = {each.item: each.priority for each in priorities}
    line = (item, *catalogue.ancestors(item), *catalogue.classes(item))
    return next((named[one] for one in line if one in named), _LAST)


def _requests(each: Commitment, catalogue: Catalogue) -> bool:
    return each.live and "requested" in each.stages and counts(each.item, catalogue)


def _offers(each: Commitment, catalogue: Catalogue) -> bool:
    known = any(stage in each.stages for stage in _OFFERED) and "withdrawn" not in each.stages
    return known and each.live and not each.general and counts(each.item, catalogue)


def _offer(each: Commitment) -> _Offer:
    states: list[StageState] = [each.stages[s] for s in _OFFERED if s in each.stages]
    stated = next((one for one in states if one.quantity.known), states[0])
    delivered = each.stages.get("delivered")
    return _Offer(
        each, stated.quantity, delivered.quantity if delivered else Interval(0, 0, state="stated")
    )


def _fits(asked: str, offered: str | None, catalogue: Catalogue) -> bool:
    if offered is None:
        return False
    return catalogue.specialises(offered, asked) or catalogue.includes(asked, offered)


def _answering(
    request: Commitment, since: str, offers: Sequence[_Offer], catalogue: Catalogue
) -> list[_Offer]:
    """The offers that answer a request, the ones of exactly that kind first."""
    found = [
        one
        for one in offers
        if one.each.recipient == request.recipient
        and _fits(request.item or "", one.each.item, catalogue)
        and (one.each.id == request.id or not _over(one.each, since))
    ]
    return sorted(found, key=lambda one: (one.each.item != request.item, one.each.id))


def _over(each: Commitment, since: str) -> bool:
    """Whether all of an offer had come before a request."""
    delivered = each.stages.get("delivered")
    if delivered is None or delivered.time.end is None or not since:
        return False
    done = each.outstanding.high == 0 or "promised" not in each.stages
    return done and delivered.time.end < since


def _take(pool: Pool, offers: Iterable[_Offer], wanted: Decimal | None) -> Decimal | None:
    """Take up to ``wanted`` (None: all) from the offers; None: without limit."""
    taken = Decimal(0)
    for one in offers:
        left = pool[one.each.id]
        if left is None:
            if wanted is None:
                return None
            return wanted
        part = left if wanted is None else min(left, wanted - taken)
        pool[one.each.id] = left - part
        taken += part
    return taken


def _matched(
    request: Commitment, since: str | None, priority: int, answers: list[_Offer], spoken: Spoken,
    held: dict[str, list[Position]], catalogue: Catalogue, pools: tuple[Pool, Pool],
) -> Match:  # fmt: skip
    asked = request.stages["requested"].quantity
    need = None if asked.high is None else Decimal(asked.high)
    sure = _take(pools[0], answers, need) or Decimal(0)
    most = _take(pools[1], answers, need)
    return Match(
        priority=None if priority == _LAST else priority,
        recipient=request.recipient or "",
        item=request.item or "",
        state=_state(need, sure, most, answers),
        requested=asked,
        covered=Interval(plain(sure), None if most is None else plain(most), state="stated"),
        left=_left(asked, sure, most),
        delivered=_sum([one.delivered for one in answers]),
        request=request.id,
        since=since,
        offers=tuple(one.each.id for one in answers),
        may_answer=_general(request, spoken, catalogue),
        holders=_holders(request, held, catalogue),
    )


def _state(
    need: Decimal | None, sure: Decimal, most: Decimal | None, answers: list[_Offer]
) -> State:
    if need is not None and sure >= need > 0:
        return "covered"
    if most == 0 or not answers:
        return "open"
    return "partly"


def _left(asked: Interval, sure: Decimal, most: Decimal | None) -> Interval:
    if not asked.known:
        return asked
    low = high = None
    if asked.low is not None:
        low = 0 if most is None else plain(max(Decimal(asked.low) - most, Decimal(0)))
    if asked.high is not None:
        high = plain(max(Decimal(asked.high) - sure, Decimal(0)))
    return Interval(low, high, approx=asked.approx, state="stated")


def _sum(parts: Sequence[Interval]) -> Interval:
    """The sum of quantities, none of which is below nothing (docs/forces.md)."""
    low = sum((Decimal(e.low or 0) for e in parts), Decimal(0))
    highs = [e.high for e in parts]
    high = None if None in highs else sum((Decimal(e or 0) for e in highs), Decimal(0))
    silent = low == 0 and any(e.low is None for e in parts)
    return Interval(
        None if silent else plain(low), None if high is None else plain(high),
        state="unspecified" if silent and high is None else "stated",
    )  # fmt: skip


def plain(value: Decimal) -> Number:
    """A whole number as such."""
    return int(value) if value == value.to_integral_value() else value.normalize()


def _general(request: Commitment, spoken: Spoken, catalogue: Catalogue) -> tuple[str, ...]:
    """General commitments to the recipient whose class includes what is asked for."""
    return tuple(
        each.id
        for each, _ in spoken
        if each.general
        and each.live
        and each.id != request.id
        and each.recipient == request.recipient
        and any(stage in each.stages for stage in _OFFERED)
        and each.item is not None
        and catalogue.includes(each.item, request.item or "")
    )


def _holdings(
    spoken: Spoken, catalogue: Catalogue, supplied: Supplied, as_of: str | date | None
) -> dict[str, list[Position]]:
    if not supplied.inventory:
        return {}
    found: dict[str, list[Position]] = {}
    for each in positions_of(spoken, catalogue, EVERYTHING, supplied, as_of):
        if each.expected.high is None or each.expected.high > 0:
            if each.expected.known:
                found.setdefault(each.item, []).append(each)
    return found


def _holders(
    request: Commitment, held: dict[str, list[Position]], catalogue: Catalogue
) -> tuple[Holder, ...]:
    found = [
        Holder(each.nation, each.item, each.expected, each.floor, _above(each))
        for item, positions in held.items()
        if _fits(request.item or "", item, catalogue)
        for each in positions
        if each.nation != request.recipient and each.under_floor != "yes"
    ]
    able = [each for each in found if not each.above.known or each.above.high != 0]
    return tuple(sorted(able, key=lambda each: (-(each.above.low or 0), each.nation, each.item)))


def _above(each: Position) -> Interval:
    """What is expected above the floor; unknown where there is no floor."""
    floor, stock = each.floor.low, each.expected
    if floor is None:
        return UNSPECIFIED
    low = None if stock.low is None else max(stock.low - floor, 0)
    high = None if stock.high is None else max(stock.high - floor, 0)
    return Interval(low, high, approx=stock.approx, state="stated")
