"""Money: one currency at a time; two that agree at the year's rate are one figure (rule 8)."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

import msgspec

from intendance.ledger._fold.rounding import half_unit
from intendance.ledger._fold.vocabulary import data_text
from intendance.ledger._fold.wording import money_text, number_text
from intendance.terms import Interval, Money, hull, money

EURO: Final = "EUR"
_DATA: Final = tomllib.loads(data_text("rates.toml"))
SOURCE: Final[str] = _DATA.pop("source")
RATES: Final[dict[str, dict[str, Decimal]]] = {
    year: {EURO: Decimal(1)} | {code: Decimal(rate) for code, rate in rates.items()}
    for year, rates in _DATA.items()
}
"""Year -> currency -> units for one euro."""


def rounding(amount: Money) -> tuple[Decimal, Decimal]:
    """From where to below where an amount rounded as it is written can lie.

    Raises ValueError for an amount with an open end: it has no rounding.
    """
    if amount.low is None or amount.high is None:
        raise ValueError("an amount with an open end")
    return amount.low - half_unit(amount.low), amount.high + half_unit(amount.high)


def rate(one: str, other: str, year: str) -> Decimal | None:
    """Units of ``other`` for one unit of ``one`` in that year's average; None where not known."""
    rates = RATES.get(year, {})
    if one not in rates or other not in rates:
        return None
    return rates[other] / rates[one]


def agree(one: Money, other: Money, at: Decimal) -> bool:
    """Whether the two amounts are one figure within their rounding.

    ``at`` is the rate: units of the other's currency for one unit of the first's.
    """
    if None in (one.low, one.high, other.low, other.high):
        return False
    low, high = rounding(one)
    least, most = rounding(other)
    return low * at < most and least < high * at


def one_figure(amounts: Sequence[tuple[Money, str]]) -> tuple[Money, ...]:
    """The amounts of a stage, one a currency, each with the year it was said in, told apart.

    An amount that agrees with an earlier one is the same figure: the earlier stays, and its
    ``text`` names the other amount, the rate, its source and the year. All others stay as said.
    """
    kept: list[tuple[Money, str]] = []
    for amount, year in amounts:
        for place, (known, known_year) in enumerate(kept):
            at = rate(known.currency, amount.currency, year) if year == known_year else None
            if at is not None and agree(known, amount, at):
                kept[place] = (_noted(known, amount, at, year), year)
                break
        else:
            kept.append((amount, year))
    return tuple(amount for amount, _ in kept)


def _noted(known: Money, amount: Money, at: Decimal, year: str) -> Money:
    shown = number_text(at.quantize(Decimal("0.0001")))
    said = known.text or money_text(known)
    note = (
        f"{said} = {money_text(amount)} at {shown} {amount.currency} for 1 {known.currency} "
        f"({SOURCE} {year})"
    )
    return msgspec.structs.replace(known, text=note)


def money_hull(amounts: Sequence[Money]) -> Money:
    """The amount that counts: the one, or both ends of several in one currency (rule 7)."""
    if len(amounts) == 1:
        return amounts[0]
    ends: list[Interval] = [each.interval() for each in amounts]
    return money(hull(ends), amounts[0].currency)
