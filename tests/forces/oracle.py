"""Positions counted the slow way: every month that an event may fall in is tried by itself."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import NamedTuple

FOREVER = 10**6
"""A month that never comes; a promise may be kept then."""


class Owed(NamedTuple):
    """One commitment of one donor to one recipient; quantities None where not stated."""

    donor: str
    recipient: str
    item: str
    first: int
    promised: tuple[int | Decimal | None, int | Decimal | None] | None
    due: tuple[int, int] | None
    given: tuple[int | Decimal | None, int | Decimal | None] | None
    given_in: tuple[int, int] | None
    made: bool = False


class Ends(NamedTuple):
    """Lower and upper end; None where nothing states one."""

    low: int | Decimal | None
    high: int | Decimal | None


def total(parts: list[tuple[Ends, bool]]) -> Ends:
    """The sum of quantities; with each whether it states its lower end."""
    lows = [part.low or 0 for part, _ in parts]
    low: int | Decimal | None = sum(lows)
    if low == 0 and any(not stated for _, stated in parts):
        low = None
    highs = [part.high for part, _ in parts]
    high = None if any(each is None for each in highs) else sum(each or 0 for each in highs)
    return Ends(low, high)


def given_by(one: Owed, month: int, since: int) -> tuple[Ends, bool]:
    """What came from ``since`` to ``month``, over every month in which it may have come."""
    if one.given is None or one.given_in is None:
        return Ends(0, 0), True
    found: list[Ends] = []
    for when in range(one.given_in[0], one.given_in[1] + 1):
        counts = since <= when <= month
        found.append(Ends(one.given[0] or 0, one.given[1]) if counts else Ends(0, 0))
    return _either(found), one.given[0] is not None or all(e == Ends(0, 0) for e in found)


def _either(found: list[Ends]) -> Ends:
    low = min(each.low or 0 for each in found)
    high = None if any(each.high is None for each in found) else max(e.high or 0 for e in found)
    return Ends(low, high)


def outstanding(one: Owed, month: int) -> tuple[Ends, bool]:
    """What is owed in a month and was not given by then."""
    if one.promised is None or month < one.first:
        return Ends(0, 0), True
    gift, _ = given_by(one, month, -FOREVER)
    low, high = one.promised
    least = 0 if gift.high is None else max((low or 0) - gift.high, 0)
    most = None if high is None else max(high - (gift.low or 0), 0)
    return Ends(least, most), low is not None or most == 0


def to_come(one: Owed, month: int, since: int, now: int) -> Ends:
    """What an outstanding promise brings from now to ``month``, counted from ``since``."""
    if one.promised is None:
        return Ends(0, 0)
    left, _ = outstanding(one, FOREVER)
    if one.due is None or one.due[1] < now:
        months = [*range(now, max(month, now) + 1), FOREVER]
    else:
        months = list(range(max(one.due[0], now), one.due[1] + 1))
    found = [left if since <= when <= month else Ends(0, 0) for when in months]
    return _either(found)


def stock(
    nation: str, item: str, opening: tuple[int, int | Decimal, int | Decimal], month: int,
    book: list[Owed], now: int | None = None,
) -> Ends:  # fmt: skip
    """The stock, or with ``now`` the expected one, never below nothing; by (month, low, high)."""
    since, low, high = opening
    least: int | Decimal | None = low
    most: int | Decimal | None = high
    for one, sign in product(book, (1, -1)):
        party = one.recipient if sign == 1 else one.donor
        if party != nation or one.item != item or (sign == -1 and one.made):
            continue
        flows = [given_by(one, month, since)[0]]
        if now is not None:
            flows.append(to_come(one, month, since, now))
        for flow in flows:
            first, last = (flow.low, flow.high) if sign == 1 else (flow.high, flow.low)
            least = None if least is None or first is None else least + sign * first
            most = None if most is None or last is None else most + sign * last
    return Ends(least, most)
