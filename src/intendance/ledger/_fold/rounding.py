"""How far a number that was rounded as it is written can lie from what it stands for."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from intendance.terms import Number

MOST: Final = Decimal("0.05")
"""A rounding wider than this share of the number proves nothing ("2 billion" is not 2.4)."""


def rounded_by(value: Number) -> Decimal:
    """Half a unit of the last significant digit: 5 for 1,230 and 50 for 200."""
    exact = Decimal(value).normalize()
    last_digit = exact.adjusted() - len(exact.as_tuple().digits) + 1
    return Decimal(5).scaleb(last_digit - 1)


def half_unit(value: Number) -> Decimal:
    """``rounded_by``, at most MOST of the number."""
    return min(rounded_by(value), abs(Decimal(value)) * MOST)
