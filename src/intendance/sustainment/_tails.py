"""Probabilities of counts, Poisson and negative binomial, without loss far out or for huge means.

A count has a mean m and an excess b, its variance being m (1 + b): b = 0 is Poisson, b > 0 the
negative binomial with r = m / b. Points of probability by the saddle-point form (Loader, "Fast and
accurate computation of binomial probabilities", 2000): no difference of large numbers is formed.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy import special

from intendance.sustainment._arrays import Floats

_TWO_PI: Final = 2 * np.pi
_LEAST_EXCESS: Final = 1e-13
"""A smaller excess changes no digit that a float holds."""
_LEAST_MEAN: Final = 1e-290
"""Chances of a count above 0 at a smaller mean are beyond the range of floats."""


def point(count: Floats, mean: Floats, excess: Floats) -> Floats:
    """P(X = count); ``mean`` above 0."""
    some = np.maximum(count, 1.0)
    b = np.maximum(excess, _LEAST_EXCESS)
    size = mean / b
    lead = np.where(excess < _LEAST_EXCESS, 1.0, np.sqrt(size / (size + some)))
    gap = (some - mean) / (1 + b)
    both = (
        stirling(size + some)
        - stirling(size)
        - deviance(size, size + gap, -gap)
        - deviance(some, some - gap, gap)
    )
    alone = -deviance(some, mean, some - mean)
    power = np.where(excess < _LEAST_EXCESS, alone, both) - stirling(some)
    above = lead * np.exp(power) / np.sqrt(_TWO_PI * some)
    none = np.exp(-mean * np.where(excess < _LEAST_EXCESS, 1.0, np.log1p(b) / b))
    return np.asarray(np.where(count < 1, none, above))


def above(count: Floats, mean: Floats, excess: Floats) -> Floats:
    """P(X > count)."""
    poisson = excess < _LEAST_EXCESS
    found = np.zeros(np.shape(mean))
    found[poisson] = special.gammainc(count[poisson] + 1, mean[poisson])
    b, rest = excess[~poisson], ~poisson
    found[rest] = special.betainc(count[rest] + 1, mean[rest] / b, b / (1 + b))
    return found


def up_to(count: Floats, mean: Floats, excess: Floats) -> Floats:
    """P(X <= count)."""
    poisson = excess < _LEAST_EXCESS
    found = np.zeros(np.shape(mean))
    found[poisson] = special.gammaincc(count[poisson] + 1, mean[poisson])
    b, rest = excess[~poisson], ~poisson
    found[rest] = special.betaincc(count[rest] + 1, mean[rest] / b, b / (1 + b))
    return found


def stirling(x: Floats) -> Floats:
    """log(x!) less Stirling's formula for it."""
    small = np.minimum(x, 16.0)
    direct = (
        special.gammaln(small + 1)
        - special.xlogy(small + 0.5, small)
        + small
        - 0.5 * np.log(_TWO_PI)
    )
    y = 1 / np.maximum(x, 16.0)
    z = y * y
    series = y * (1 / 12 - z * (1 / 360 - z * (1 / 1260 - z * (1 / 1680 - z / 1188))))
    return np.asarray(np.where(x < 16, direct, series))


def deviance(x: Floats, mean: Floats, gap: Floats) -> Floats:
    """x log(x / mean) - x + mean, where ``gap`` is x - mean told exactly."""
    v = gap / (x + mean)
    z = v * v
    series = np.zeros(np.shape(v))
    for k in range(10, 0, -1):
        series = z * (series + 1 / (2 * k + 1))
    near = gap * v + 2 * x * v * series
    far = special.xlogy(x, x / np.maximum(mean, _LEAST_MEAN)) - gap
    return np.asarray(np.where(np.abs(v) < 0.1, near, far))
