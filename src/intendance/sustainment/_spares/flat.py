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


class Allocation:
    """The best places of any number of spares of one item; its splits are worked out once."""

    def __init__(self, items: Items, item: int, reach: float) -> None:
        self.one = items.some(np.array([item]))
        least, level = np.full(1, np.inf), np.zeros(1)
        for begin, total in splits(self.one, reach):
            length = begin + total.shape[1] + total.shape[2] - 1
            if length > least.size:
                least = np.append(least, np.full(length - least.size, np.inf))
                level = np.append(level, np.zeros(length - level.size))
            for at in range(total.shape[1]):
                part = slice(begin + at, begin + at + total.shape[2])
                less = total[0, at] < least[part]
                least[part][less] = total[0, at][less]
                level[part][less] = begin + at
        self.least, self.level = least, level

    def at(self, bought: int) -> tuple[float, Floats]:
        """The depot's and each unit's stock in the best split of at most so many spares."""
        count = int(np.argmin(self.least[: bought + 1]))
        level = float(self.level[count])
        rest = count - int(level)
        _, mean, wide = settings(self.one, np.array([level]))
        _, gains = savings(mean, wide, self.one.held, rest + 1)
        chosen = np.argsort(-gains[0, 0].ravel(), kind="stable")[:rest]
        units = np.bincount(chosen % mean.shape[2], minlength=mean.shape[2]).astype(np.float64)
        return float(self.one.depot_held[0] + level), self.one.held[0] + units
