"""One row of columns or prices in a first-order step: move, reflect, draw back to the anchor.

Arrays (N, T) are taken whole with the row's number: a slice would count references, which costs
more than the row does.
"""

from __future__ import annotations

import numpy as np

from intendance.planning._large._instance import Floats
from intendance.planning._large._jit import inlined


@inlined
def free(z: Floats, anchor: Floats, n: int, r: Floats, tau: float, a: float, bar: Floats) -> float:
    """Columns of at least 0, moved against their reduced costs. Gives the squared step."""
    total = 0.0
    for t in range(len(r)):
        old = z[n, t]
        new = max(0.0, old - tau * r[t])
        bar[n, t] = 2.0 * new - old
        z[n, t] = a * (2.0 * new - old) + (1.0 - a) * anchor[n, t]
        total += (new - old) * (new - old)
    return total / tau


@inlined
def ranged(
    z: Floats,
    anchor: Floats,
    n: int,
    r: Floats,
    tau: float,
    a: float,
    bar: Floats,
    low: Floats,
    high: Floats,
) -> float:
    """The same with lower and upper limits, which are rows of their own."""
    total = 0.0
    for t in range(len(r)):
        old = z[n, t]
        new = min(high[t], max(low[t], old - tau * r[t]))
        bar[n, t] = 2.0 * new - old
        z[n, t] = a * (2.0 * new - old) + (1.0 - a) * anchor[n, t]
        total += (new - old) * (new - old)
    return total / tau


@inlined
def priced(y: Floats, anchor: Floats, n: int, g: Floats, sigma: float, a: float) -> float:
    """Prices of equations, moved along what is missing."""
    total = 0.0
    for t in range(len(g)):
        move = sigma * g[t]
        y[n, t] = a * (y[n, t] + 2.0 * move) + (1.0 - a) * anchor[n, t]
        total += move * move
    return total / sigma


@inlined
def chained(
    y: Floats,
    anchor: Floats,
    n: int,
    g: Floats,
    off: float,
    inverse: Floats,
    weight: float,
    a: float,
) -> float:
    """Prices of a chain of months: solves its system; ``g`` is overwritten."""
    months, total = len(g), 0.0
    w = np.empty(months)
    w[0] = g[0]
    for t in range(1, months):
        w[t] = g[t] + off * inverse[n, t - 1] * w[t - 1]
    move = 0.0
    for t in range(months - 1, -1, -1):
        move = inverse[n, t] * (w[t] + off * move)
        w[t] = move
    for t in range(months):
        step = weight * w[t]
        y[n, t] = a * (y[n, t] + 2.0 * step) + (1.0 - a) * anchor[n, t]
        total += step * g[t]
    return total


@inlined
def limited(y: Floats, anchor: Floats, n: int, g: Floats, sigma: float, a: float) -> float:
    """Prices of limits: at least 0."""
    total = 0.0
    for t in range(len(g)):
        old = y[n, t]
        new = max(0.0, old + sigma * g[t])
        y[n, t] = a * (2.0 * new - old) + (1.0 - a) * anchor[n, t]
        total += (new - old) * (new - old)
    return total / sigma
