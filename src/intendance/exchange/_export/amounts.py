"""Amounts and figures in standards whose values are single numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from intendance.exchange._data import table
from intendance.terms import Interval, Money

Object = dict[str, Any]


def value_of(money: Iterable[Money]) -> Object | None:
    """The one amount, where there is one; a value has no interval and one currency of ISO 4217."""
    found = [each for each in money if each.low is not None and each.low == each.high]
    if len(found) != 1 or found[0].low is None or found[0].currency not in _currencies():
        return None
    return {"amount": _number(found[0].low), "currency": found[0].currency}


@cache
def _currencies() -> frozenset[str]:
    return frozenset(table("currencies")["codes"].split())


def worth(money: Sequence[Money]) -> Object:
    """The value, and in words what a value can't say: an interval, two currencies, "about".

    The words are ``EUR 10–12; USD ~13``; an end that nobody stated is ``?``.
    """
    value = value_of(money)
    made: Object = {} if value is None else {"value": value}
    if money and (value is None or any(each.approx for each in money)):
        made["description"] = "; ".join(f"{each.currency} {ends_of(each)}" for each in money)
    return made


def ends_of(figure: Interval | Money) -> str:
    """Both ends in words: ``10–12``, ``~13``; an end that nobody stated is ``?``."""
    ends = ("?" if end is None else f"{end:f}" if isinstance(end, Decimal) else str(end)
            for end in (figure.low, figure.high))  # fmt: skip
    return ("~" if figure.approx else "") + "–".join(dict.fromkeys(ends))


def _number(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value
