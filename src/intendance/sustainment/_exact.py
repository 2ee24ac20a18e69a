"""The exact distribution of a depot's back-orders as they fall on its units.

Graves ("A multi-echelon inventory model for a repairable item with one-for-one replenishment",
*Management Science* 31, 1985): what unit j has outstanding is its own orders of the last shipping
time, a Poisson count, and independently of them its part of the depot's back-orders, each of
which is unit j's with the chance f_j = (its share of the depot's demand): a binomial split.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from scipy import special

from intendance.sustainment._arrays import Floats
from intendance.sustainment._moments import moments
from intendance.sustainment._tails import deviance, point, stirling
from intendance.terms import IntendanceError

MOST_WORK: Final = 2_000_000_000
"""Points of probability that one item may need; beyond it the exact method gives up."""

_DEVIATIONS: Final = 12.0
_PART: Final = 1 << 20
_FEW: Final = 512
"""Up to so many back-orders each point is worked out by itself; beyond, from the one before."""
_STEPS: Final = 64
_MOST_OWED: Final = 10_000_000
_MOST_SHARE: Final = 0.9


def unit_backorders(
    pipeline: float, depot_stock: float, share: float, own: float, stock: float
) -> tuple[float, float]:
    """Exact mean and variance of one unit's back-orders.

    ``pipeline``: mean number in the depot's repair; ``share``: f_j; ``own``: the mean of what the
    unit has on its way or in its own repair; ``stock``: its spares.

    Raises IntendanceError ``sustainment.too-large`` where more than ``MOST_WORK`` points of
    probability would be needed.
    """
    if depot_stock == 0:
        # A split Poisson count is Poisson.
        found = moments(np.asarray(own + share * pipeline), np.asarray(0.0), np.asarray(stock))
        return float(found[0]), float(found[1])
    counts, chances = split(pipeline, depot_stock, share)
    over = np.maximum(counts - stock, 0.0)
    left = np.maximum(stock - counts, 0.0)
    once, spread = moments(np.asarray(own), np.asarray(0.0), left)
    mean = once + np.where(counts > stock, over, 0.0)
    # Above the stock all that the unit has outstanding is back-ordered.
    variance = np.where(counts > stock, own, spread)
    first = float((chances * mean).sum())
    second = float((chances * (variance + (mean - first) ** 2)).sum())
    return first, second


def split(pipeline: float, depot_stock: float, share: float) -> tuple[Floats, Floats]:
    """What the depot owes one unit: counts from 0 on, and the chance of each.

    The depot's back-orders are max(N - s, 0), N Poisson; each is the unit's with chance ``share``.
    """
    if pipeline <= 0 or share <= 0:
        return np.zeros(1), np.ones(1)
    reach = _DEVIATIONS * math.sqrt(pipeline) + 90
    least = max(depot_stock + 1, math.floor(pipeline - reach)) - depot_stock
    most = max(math.ceil(pipeline + reach) - depot_stock, 90.0)
    first, last = _window(least * share, most * share, most)
    _bounded(pipeline, most - least + 1, 1 if share >= 1 else last - first + 1)
    owed = np.arange(least, most + 1)
    weights = point(owed + depot_stock, np.full(owed.shape, pipeline), np.zeros(owed.shape))
    none = float(special.gammaincc(depot_stock + 1, pipeline))
    if share >= 1:
        return np.append(0.0, owed), np.append(none, weights)
    counts = np.arange(first, last + 1)
    few = owed.size if share > _MOST_SHARE else int(np.searchsorted(owed, _FEW, "right"))
    chances = _summed(owed[:few], weights[:few], counts, share)
    chances += _stepped(owed[few:], weights[few:], counts, share)
    if first > 0:
        return np.append(0.0, counts), np.append(none, chances)
    chances[0] += none
    return counts, chances


def _bounded(pipeline: float, owed: float, counts: float) -> None:
    if owed * counts > MOST_WORK or owed > _MOST_OWED:
        raise IntendanceError(
            "sustainment.too-large",
            expected=f"at most {MOST_WORK:,} points of probability",
            got=f"{owed * counts:,.0f}, for a pipeline of {pipeline:g}",
            where="the exact method",
        )


def _summed(owed: Floats, weights: Floats, counts: Floats, share: float) -> Floats:
    """The chance of each count, every point by itself."""
    chances = np.zeros(counts.shape)
    step = max(1, _PART // counts.size)
    for begin in range(0, owed.size, step):
        part = slice(begin, begin + step)
        chances += weights[part] @ _binomial(owed[part, None], counts[None, :], share)
    return chances


def _stepped(owed: Floats, weights: Floats, counts: Floats, share: float) -> Floats:
    """The chance of each count, from one number of back-orders to the next.

    P(x of n + 1) = P(x of n) (1 - f) (n + 1) / (n + 1 - x), begun anew every few steps so that no
    error gathers and nothing stays below the range of floats.
    """
    chances = np.zeros(counts.shape)
    for begin in range(0, owed.size, _STEPS):
        row = _binomial(np.full(counts.shape, owed[begin]), counts, share)
        for at in range(begin, min(begin + _STEPS, owed.size)):
            chances += weights[at] * row
            after = owed[at] + 1
            row *= (1 - share) * after / np.maximum(after - counts, 1.0)
    return chances


def _window(least: float, most: float, count: float) -> tuple[float, float]:
    """The counts that matter, the mean of the split lying between ``least`` and ``most``."""
    low = max(0.0, math.floor(least - _DEVIATIONS * math.sqrt(least)))
    return low, min(count, math.ceil(most + _DEVIATIONS * math.sqrt(most) + 90))


def _binomial(trials: Floats, count: Floats, share: float) -> Floats:
    """P(count of ``trials``), each with chance ``share``; 0 where count is above trials."""
    rest = trials - count
    inner = (count > 0) & (rest > 0)
    n, x, y = np.where(inner, trials, 2.0), np.where(inner, count, 1.0), np.where(inner, rest, 1.0)
    gap = x - n * share
    power = (
        stirling(n) - stirling(x) - stirling(y)
        - deviance(x, n * share, gap) - deviance(y, n * (1 - share), -gap)
    )  # fmt: skip
    middle = np.exp(power) * np.sqrt(n / (2 * np.pi * x * y))
    zero = np.exp(trials * np.log1p(-share))
    full = np.exp(trials * np.log(share))
    ends = np.where(count == 0, zero, np.where(rest == 0, full, 0.0))
    return np.asarray(np.where(inner, middle, ends))
