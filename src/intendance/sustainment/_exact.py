"""The exact distribution of a depot's back-orders as they fall on its units.

Graves ("A multi-echelon inventory model for a repairable item with one-for-one replenishment",
*Management Science* 31, 1985): what unit j has outstanding is its own orders of the last shipping
time, a Poisson count, and independently of them its part of the depot's back-orders, each of
which is unit j's with the chance f_j = (its share of the depot's demand): a binomial split.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy import special

from intendance.sustainment._arrays import Floats
from intendance.sustainment._moments import moments
from intendance.sustainment._tails import deviance, point, stirling
from intendance.terms import IntendanceError

MOST_WORK: Final = 200_000_000
"""Points of probability that one item may need; beyond it the exact method gives up."""

_DEVIATIONS: Final = 12.0
_PART: Final = 1 << 20


def unit_backorders(
    pipeline: float, depot_stock: float, share: float, own: float, stock: float
) -> tuple[float, float]:
    """Exact mean and variance of one unit's back-orders.

    ``pipeline``: mean number in the depot's repair; ``share``: f_j; ``own``: the mean of what the
    unit has on its way or in its own repair; ``stock``: its spares.

    Raises IntendanceError ``sustainment.too-large`` where more than ``MOST_WORK`` points of
    probability would be needed.
    """
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
    reach = _DEVIATIONS * np.sqrt(pipeline) + 90
    low = max(depot_stock + 1, np.floor(pipeline - reach))
    owed = np.arange(low, max(np.ceil(pipeline + reach), depot_stock + 90) + 1) - depot_stock
    first, last = _window(owed[0] * share, owed[-1] * share, owed[-1])
    counts = np.arange(first, last + 1)
    if owed.size * counts.size > MOST_WORK:
        raise IntendanceError(
            "sustainment.too-large",
            expected=f"at most {MOST_WORK:,} points of probability",
            got=f"{owed.size * counts.size:,}, for a pipeline of {pipeline:g}",
            where="the exact method",
        )
    weights = point(owed + depot_stock, np.full(owed.shape, pipeline), np.zeros(owed.shape))
    chances = np.zeros(counts.shape)
    step = max(1, _PART // counts.size)
    for begin in range(0, owed.size, step):
        part = slice(begin, begin + step)
        chances += weights[part] @ _binomial(owed[part, None], counts[None, :], share)
    none = float(special.gammaincc(depot_stock + 1, pipeline))
    if first > 0:
        return np.append(0.0, counts), np.append(none, chances)
    chances[0] += none
    return counts, chances


def _window(least: float, most: float, count: float) -> tuple[float, float]:
    """The counts that matter, the mean of the split lying between ``least`` and ``most``."""
    low = max(0.0, np.floor(least - _DEVIATIONS * np.sqrt(least)))
    return low, min(count, np.ceil(most + _DEVIATIONS * np.sqrt(most) + 90))


def _binomial(trials: Floats, count: Floats, share: float) -> Floats:
    """P(count of ``trials``), each with chance ``share``; 0 where count is above trials."""
    if share >= 1:
        return np.asarray(np.where(trials == count, 1.0, 0.0))
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
