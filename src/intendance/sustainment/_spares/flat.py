"""Parts without parts: every part's own curve, thousands at a time."""

from __future__ import annotations

from typing import Final

import numpy as np

from intendance.sustainment._arrays import Floats
from intendance.sustainment._spares.grid import (
    Indices,
    Items,
    best_stocks,
    savings,
    settings,
    splits,
)
from intendance.sustainment._spares.hull import hulls
from intendance.sustainment._spares.merge import loss

FINEST: Final = 1e-6
"""A curve ends where no more than this stays back-ordered of a part."""


def item_points(
    items: Items, fitted: Floats | None, reach: float
) -> tuple[Indices, Indices, Floats]:
    """The hull points of each item: its number, how many spares are bought, what stays owed.

    Convex in ``loss`` where ``fitted`` says how many places there are, else in back-orders.
    """
    found: list[tuple[Indices, Indices, Floats]] = []
    for which, best in best_stocks(items, reach):
        owed = np.minimum.accumulate(best, axis=1)
        value = owed if fitted is None else loss(owed, fitted[which][:, None])
        # A plateau's first point stands for it.
        new = np.ones(owed.shape, dtype=bool)
        new[:, 1:] = (owed[:, 1:] < owed[:, :-1]) & (owed[:, :-1] > FINEST)
        curve, bought = np.nonzero(new)
        keep = hulls(curve, bought.astype(np.float64), value[new])
        found.append((which[curve[keep]], bought[keep], owed[new][keep]))
    family, bought, owed = (np.concatenate(each) for each in zip(*found, strict=True))
    order = np.argsort(family, kind="stable")
    return family[order], bought[order], owed[order]


def allocated(items: Items, item: int, bought: int, reach: float) -> tuple[float, Floats]:
    """The depot's and each unit's stock in the best split of ``bought`` spares of one item."""
    one = items.some(np.array([item]))
    least, level, rest = np.inf, 0, 0
    for begin, total in splits(one, reach):
        count = begin + np.arange(total.shape[1])[:, None] + np.arange(total.shape[2])
        allowed = np.where(count <= bought, total[0], np.inf)
        if allowed.min() < least:
            least = float(allowed.min())
            at, more = np.unravel_index(np.argmin(allowed), allowed.shape)
            level, rest = begin + int(at), int(more)
    _, mean, wide = settings(one, np.array([float(level)]))
    _, gains = savings(mean, wide, one.held, rest + 1)
    chosen = np.argsort(-gains[0, 0].ravel(), kind="stable")[:rest]
    units = np.bincount(chosen % mean.shape[2], minlength=mean.shape[2]).astype(np.float64)
    return float(one.depot_held[0] + level), one.held[0] + units
