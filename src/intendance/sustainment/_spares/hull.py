"""Lower convex hulls of many curves at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from intendance.sustainment._arrays import Floats


def hulls(curve: NDArray[np.int64], x: Floats, y: Floats) -> NDArray[np.int64]:
    """Which points lie on the lower hull of their curve, as indices in order.

    ``curve`` numbers the curve of each point; points stand curve by curve, x rising strictly
    within one. A point on or above the line between two others of its curve is left out; the ends
    stay.
    """
    keep = np.arange(curve.size)
    while keep.size > 2:
        c, px, py = curve[keep], x[keep], y[keep]
        inner = (c[1:-1] == c[:-2]) & (c[1:-1] == c[2:])
        before = (py[1:-1] - py[:-2]) * (px[2:] - px[1:-1])
        after = (py[2:] - py[1:-1]) * (px[1:-1] - px[:-2])
        out = inner & (before >= after)
        if not out.any():
            break
        keep = np.delete(keep, np.flatnonzero(out) + 1)
    return keep


def falling(x: Floats, y: Floats) -> NDArray[np.int64]:
    """Of points of one curve those that no other beats: x rising, y falling strictly."""
    order = np.lexsort((y, x))
    lowest = np.minimum.accumulate(y[order])
    first = np.ones(order.size, dtype=bool)
    first[1:] = y[order][1:] < lowest[:-1]
    return np.asarray(order[first])
