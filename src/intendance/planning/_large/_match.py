"""Orders of what arrives: who was to have the first units has the first units that come."""

from __future__ import annotations

from intendance.planning._large._instance import Floats
from intendance.planning._large._jit import exact


@exact
def _fill(
    i: int, orders: Floats, arriving: Floats, scale: float, least: float, out: Floats
) -> None:
    """Gives arrivals to orders in their turn; all orders of a month alike."""
    nations, months = orders.shape[1:]
    month, left, total = -1, 0.0, 0.0
    for t in range(months):
        want = arriving[i, t]
        while want > least:
            while left <= least and month + 1 < months:
                month += 1
                total = 0.0
                for n in range(nations):
                    total += orders[i, n, month]
                left = total * scale
            if left <= least:
                return
            taken = min(want, left)
            for n in range(nations):
                out[i, n, t] += orders[i, n, month] / total * taken
            want -= taken
            left -= taken


@exact
def matched(orders: Floats, arriving: Floats, share: Floats, out: Floats) -> None:
    """Orders (I, N, T) put to the months in which there is something, as nearly as may be.

    They are scaled to all that arrives (I, T) of an item and served in their order. What nobody
    ordered goes by ``share`` (I, N).
    """
    items, nations, months = orders.shape
    for i in range(items):
        total, have = 0.0, 0.0
        for t in range(months):
            have += arriving[i, t]
            for n in range(nations):
                total += orders[i, n, t]
                out[i, n, t] = 0.0
        if total > 0.0 and have > 0.0:
            _fill(i, orders, arriving, have / total, 1e-15 * have, out)
        for t in range(months):
            given = 0.0
            for n in range(nations):
                given += out[i, n, t]
            for n in range(nations):
                if given > 0.0:
                    out[i, n, t] *= arriving[i, t] / given
                else:
                    out[i, n, t] = share[i, n] * arriving[i, t]
