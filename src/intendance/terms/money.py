"""Money: an interval of exact decimals in one currency (rule 8)."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from intendance.terms.errors import IntendanceError
from intendance.terms.interval import Interval, State, add


class Money(msgspec.Struct, frozen=True):
    """Between ``low`` and ``high`` in ``currency`` (ISO 4217); decimals in JSON are strings."""

    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False
    approx: bool = False
    text: str = ""
    state: State = "unspecified"
    currency: str = ""

    def interval(self) -> Interval:
        """The amount without its currency."""
        return Interval(
            self.low, self.high, self.low_open, self.high_open, self.approx, self.text, self.state
        )


def money(amount: Interval, currency: str) -> Money:
    """An amount in a currency; ends become exact decimals.

    Raises IntendanceError ``money.currency`` where the code is not three capital letters.
    """
    if len(currency) != 3 or not (currency.isascii() and currency.isalpha() and currency.isupper()):
        raise IntendanceError(
            "money.currency",
            expected="an ISO 4217 code of three capital letters",
            got=repr(currency),
            where=amount.text or "an amount of money",
        )
    return Money(
        None if amount.low is None else Decimal(amount.low),
        None if amount.high is None else Decimal(amount.high),
        amount.low_open,
        amount.high_open,
        amount.approx,
        amount.text,
        amount.state,
        currency,
    )


def add_money(one: Money, other: Money) -> Money:
    """The interval sum of two amounts; other currencies raise ``money.currency``."""
    if one.currency != other.currency:
        raise IntendanceError(
            "money.currency",
            expected=f"another amount in {one.currency}",
            got=f"one in {other.currency}",
            where="a sum of money",
        )
    return money(add(one.interval(), other.interval()), one.currency)
