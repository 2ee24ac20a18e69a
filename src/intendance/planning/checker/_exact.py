"""Sums of products without rounding between the terms, so that a bound is none by luck."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import fsum, isfinite
from typing import Final

_SPLIT: Final = 2.0**27 + 1.0
"""Splits a float into halves whose products are exact (Dekker, Numerische Mathematik 18, 1971)."""


def sum_of_products(pairs: Iterable[tuple[float, float]]) -> float:
    """The sum of a times b over all pairs, rounded once at the end."""
    return fsum(_parts(pairs))


def _parts(pairs: Iterable[tuple[float, float]]) -> Iterator[float]:
    for a, b in pairs:
        product = a * b
        yield product
        if b not in (1.0, -1.0) and product and isfinite(product):
            yield _error(a, b, product)


def _error(a: float, b: float, product: float) -> float:
    """What rounding took from a product."""
    big, other = _SPLIT * a, _SPLIT * b
    a_high, b_high = big - (big - a), other - (other - b)
    a_low, b_low = a - a_high, b - b_high
    return ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low
