"""Mean and variance of back-orders: what is on order above the stock."""

from __future__ import annotations

from typing import Final

import numpy as np

from intendance.sustainment._arrays import Floats
from intendance.sustainment._tails import above, point, up_to

_STEEP: Final = 2 / 3
"""Where each probability is at most this part of the one before, their sum is short and exact."""
_TERMS: Final = 140


def moments(mean: Floats, excess: Floats, stock: Floats) -> tuple[Floats, Floats]:
    """Expected back-orders and their variance for a pipeline of that mean and excess.

    With X the number in the pipeline, B = max(X - s, 0). By x p(x) = q (x - 1 + r) p(x - 1) the
    sums over x > s close: with T = P(X > s), c = b s + m and V = m (1 + b),
    E B = (m - s) T + c p(s) and E B² = ((m - s)² + V) T + c (m - s + 1 + b) p(s). Where these would
    cancel the other side's sums (s > m) or the series itself (far out) is used instead.
    """
    m, b, s = (np.ascontiguousarray(each).ravel() for each in np.broadcast_arrays(
        mean, excess, stock))  # fmt: skip
    shape = np.broadcast_shapes(np.shape(mean), np.shape(excess), np.shape(stock))
    first, second = np.zeros(m.shape), np.zeros(m.shape)
    flat = np.flatnonzero(m > 0)
    m, b, s = m[flat], b[flat], s[flat]
    steep = np.maximum(s * b + m, b * (s + 1)) < _STEEP * (1 + b) * (s + 1)
    low = ~steep & (s < m)
    for part, sums in ((steep, _series), (low, _below), (~steep & ~low, _closed)):
        at = np.flatnonzero(part)
        if at.size:
            first[flat[at]], second[flat[at]] = sums(m[at], b[at], s[at])
    return first.reshape(shape), second.reshape(shape)


def _series(m: Floats, b: Floats, s: Floats) -> tuple[Floats, Floats]:
    """Term by term: k p(s + k) and k² p(s + k)."""
    term = np.ones(m.shape)
    once, twice = np.zeros(m.shape), np.zeros(m.shape)
    for k in range(1, _TERMS):
        x = s + k
        term = term * ((x - 1) * b + m) / ((1 + b) * x)
        once += k * term
        twice += k * (k * term)
        if (k * k * term <= 1e-17 * twice).all():
            break
    p = point(s, m, b)
    mean = once * p
    return mean, np.maximum(twice * p - mean * mean, 0.0)


def _closed(m: Floats, b: Floats, s: Floats) -> tuple[Floats, Floats]:
    """The stock at or above the mean, not far: the upper sums."""
    tail, c, away = above(s, m, b), b * s + m, m - s
    p = point(s, m, b)
    mean = np.maximum(away * tail + c * p, 0.0)
    square = (away * away + m * (1 + b)) * tail + c * p * (away + 1 + b)
    return mean, np.maximum(square - mean * mean, 0.0)


def _below(m: Floats, b: Floats, s: Floats) -> tuple[Floats, Floats]:
    """The stock under the mean: by what lies on the shelf, N = max(s - X, 0)."""
    rest, c, away = up_to(s, m, b), b * s + m, m - s
    p = point(s, m, b)
    variance = m * (1 + b)
    held = np.maximum(c * p - away * rest, 0.0)
    square = np.maximum((away * away + variance) * rest - c * p * (away + 1 + b), 0.0)
    spread = variance - square - held * (2 * away + held)
    return away + held, np.maximum(spread, 0.0)
