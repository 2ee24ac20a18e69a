"""Expected back-orders of one stock: Poisson and negative-binomial pipelines."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from intendance.sustainment._arrays import Floats, checked, plain, wrong
from intendance.sustainment._moments import moments
from intendance.sustainment._tails import point, up_to


def poisson_backorders(pipeline: ArrayLike, stock: ArrayLike) -> float | Floats:
    """Expected back-orders EBO(s) = sum over x > s of (x - s) P(X = x), X Poisson.

    ``pipeline`` is the mean number in repair or on order, ``stock`` the spares (whole numbers);
    either may be an array, they broadcast. A float where both are single numbers. By Palm's
    theorem X is Poisson whatever the distribution of repair times (Sherbrooke, *Optimal Inventory
    Modeling of Systems*, 2nd ed. 2004, ch. 2). Relative accuracy is about 1e-11 or better
    wherever the result is no smaller than 1e-290.

    Raises IntendanceError ``sustainment.value``.
    """
    mean, held = checked("pipeline", pipeline), checked("stock", stock, whole=True)
    return plain(moments(mean, np.zeros(()), held)[0])


def poisson_backorder_variance(pipeline: ArrayLike, stock: ArrayLike) -> float | Floats:
    """Variance of the back-orders of ``poisson_backorders``, arguments and errors as there."""
    mean, held = checked("pipeline", pipeline), checked("stock", stock, whole=True)
    return plain(moments(mean, np.zeros(()), held)[1])


def negative_binomial_backorders(
    mean: ArrayLike, variance: ArrayLike, stock: ArrayLike
) -> float | Floats:
    """Expected back-orders of a pipeline fitted by a negative binomial: VARI-METRIC's step.

    ``variance`` is at least ``mean``; where they are equal the result is the Poisson one
    (Graves, *Management Science* 31, 1985; Sherbrooke, *Operations Research* 34, 1986).

    Raises IntendanceError ``sustainment.value``.
    """
    first, excess = _fitted(mean, variance)
    return plain(moments(first, excess, checked("stock", stock, whole=True))[0])


def negative_binomial_backorder_variance(
    mean: ArrayLike, variance: ArrayLike, stock: ArrayLike
) -> float | Floats:
    """Variance of the back-orders of ``negative_binomial_backorders``."""
    first, excess = _fitted(mean, variance)
    return plain(moments(first, excess, checked("stock", stock, whole=True))[1])


def poisson_fill_rate(pipeline: ArrayLike, stock: ArrayLike) -> float | Floats:
    """The share of demands that a spare on the shelf meets at once: P(X <= s - 1).

    Raises IntendanceError ``sustainment.value``.
    """
    mean, held = np.broadcast_arrays(
        checked("pipeline", pipeline), checked("stock", stock, whole=True)
    )
    flat_mean, flat_held = mean.ravel(), held.ravel()
    none = np.zeros(flat_mean.shape)
    found = np.where(flat_held > 0, 1.0, 0.0)
    some = (flat_held > 0) & (flat_mean > 0)
    found[some] = up_to(flat_held[some] - 1, flat_mean[some], none[some])
    return plain(found.reshape(mean.shape))


def poisson_probability(pipeline: ArrayLike, count: ArrayLike) -> float | Floats:
    """P(X = count) of a Poisson pipeline.

    Raises IntendanceError ``sustainment.value``.
    """
    mean, number = np.broadcast_arrays(
        checked("pipeline", pipeline), checked("count", count, whole=True)
    )
    some = np.where(mean > 0, mean, 1.0)
    found = point(number, some, np.zeros(mean.shape))
    return plain(np.asarray(np.where(mean > 0, found, np.where(number == 0, 1.0, 0.0))))


def _fitted(mean: ArrayLike, variance: ArrayLike) -> tuple[Floats, Floats]:
    """Mean and excess of the negative binomial of that mean and variance."""
    first, second = np.broadcast_arrays(checked("mean", mean), checked("variance", variance))
    # A variance worked out from moments may miss the mean by its last digits.
    if (second < first * (1 - 1e-12)).any():
        at = np.argwhere(second < first * (1 - 1e-12))[0]
        got = f"{second[tuple(at)]:g} for a mean of {first[tuple(at)]:g}"
        raise wrong("a variance of at least the mean", got, "variance")
    ratio = np.divide(second, first, out=np.ones(first.shape), where=first > 0)
    return first, np.asarray(np.maximum(ratio - 1, 0.0))
