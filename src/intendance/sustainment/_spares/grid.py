"""Every stock of a part at the depot, each with the best stocks at its units, in arrays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from intendance.sustainment._arrays import Floats
from intendance.sustainment._moments import moments
from intendance.sustainment._tails import above
from intendance.sustainment._two_echelon import excess, split_variance

Indices: TypeAlias = NDArray[np.int64]

_CELLS: Final = 6_000_000
_BLOCK: Final = 4
_LARGE: Final = 600.0
"""From here on a chance at 0 leaves the range of floats, and tails are worked out one by one."""


class Items(msgspec.Struct, frozen=True):
    """Parts (or one part in several settings), each at a depot and J units, as arrays.

    ``depot_mean``, ``depot_variance`` [I]: what the depot has outstanding; ``share`` [I, J]: whose
    the depot's back-orders are; ``own``, ``own_variance`` [I, J]: what a unit has outstanding
    besides; ``depot_weight`` [I]: what a back-order at the depot counts beside one at a unit;
    ``depot_held`` [I], ``held`` [I, J]: spares there are. ``poisson``: METRIC.
    """

    depot_mean: Floats
    depot_variance: Floats
    share: Floats
    own: Floats
    own_variance: Floats
    depot_weight: Floats
    depot_held: Floats
    held: Floats
    poisson: bool = False

    def some(self, which: Indices) -> Items:
        """Some of the items."""
        fields = {
            name: getattr(self, name)[which] for name in self.__struct_fields__ if name != "poisson"
        }
        return Items(**fields, poisson=self.poisson)


def best_stocks(items: Items, reach: float) -> Iterator[tuple[Indices, Floats]]:
    """The best split of every number n of spares, for parts of the items with their indices.

    An array [items, n] of the least weighted back-orders; numbers past the last useful are inf.
    For each depot stock the units' back-orders are convex in their stocks, so taking the largest
    savings first is best (Fox, *Operations Research* 14, 1966); the best depot stock is found by
    trying all (Sherbrooke 1968). Stocks go up to ``reach`` standard deviations above the mean.
    """
    depots, units = _ends(items, reach)
    order = np.lexsort((units, depots))
    begin, depot, unit = 0, 0, 0
    for end, at in enumerate(order):
        depot, unit = max(depot, int(depots[at])), max(unit, int(units[at]))
        if end > begin and (end + 1 - begin) * _cells(items, depot, unit) > _CELLS:
            yield order[begin:end], _best(items.some(order[begin:end]), reach)
            begin, depot, unit = end, int(depots[at]), int(units[at])
    if begin < order.size:
        yield order[begin:], _best(items.some(order[begin:]), reach)


def _ends(items: Items, reach: float) -> tuple[Floats, Floats]:
    """How many spares may be bought of each item for the depot, and for one unit."""
    top = np.ceil(items.depot_mean + reach * np.sqrt(items.depot_variance) + 2)
    owed = items.share * items.depot_mean[:, None]
    spread = items.own_variance + split_variance(
        items.share, items.depot_mean[:, None], items.depot_variance[:, None]
    )
    mean = items.own + owed
    most = np.ceil(mean + reach * np.sqrt(np.maximum(spread, mean)) + 2)
    # Where nothing is ever asked for, nothing is bought.
    top, most = np.where(items.depot_mean > 0, top, 0.0), np.where(mean > 0, most, 0.0)
    depot = np.maximum(top - items.depot_held, 0.0)
    return depot, np.maximum(most - items.held, 0.0).max(axis=1)


def _cells(items: Items, depot: int, unit: int) -> int:
    return (depot + 1) * (unit + 1) * int(items.share.shape[1])


def _best(items: Items, reach: float) -> Floats:
    parts = list(splits(items, reach))
    length = max(begin + total.shape[1] + total.shape[2] - 1 for begin, total in parts)
    best = np.full((parts[0][1].shape[0], length), np.inf)
    for begin, total in parts:
        for level in range(total.shape[1]):
            view = best[:, begin + level : begin + level + total.shape[2]]
            np.minimum(view, total[:, level], out=view)
    return best


def splits(items: Items, reach: float) -> Iterator[tuple[int, Floats]]:
    """Back-orders [I, S, k] with S spares bought for the depot and k for the units, best placed.

    In blocks of depot stocks, each with the first of them: the more the depot has, the fewer the
    units can use.
    """
    depots, _ = _ends(items, reach)
    depot, begin = int(depots.max()), 0
    while begin <= depot:
        size = max(_BLOCK, begin // 4)
        bought = np.arange(begin, min(begin + size, depot + 1), dtype=np.float64)
        owed, mean, wide = settings(items, bought)
        most = np.ceil(mean[:, 0] + reach * np.sqrt(mean[:, 0] * (1 + wide[:, 0])) + 2)
        # Where nothing is ever asked for, nothing is bought.
        unit = int(np.maximum(np.where(mean[:, 0] > 0, most, 0.0) - items.held, 0.0).max())
        yield begin, _placed(items, owed, savings(mean, wide, items.held, unit))
        begin += size


def _placed(items: Items, owed: Floats, saved: tuple[Floats, Floats]) -> Floats:
    """The largest savings of all units first: convex, so no other order is better."""
    first, gains = saved
    flat = gains.reshape(*owed.shape, -1)
    total = np.empty((*owed.shape, flat.shape[2] + 1))
    total[:, :, 0] = first.sum(axis=2) + items.depot_weight[:, None] * owed
    flat.sort(axis=2)
    np.cumsum(flat[:, :, ::-1], axis=2, out=total[:, :, 1:])
    np.subtract(total[:, :, :1], total[:, :, 1:], out=total[:, :, 1:])
    return total


def settings(items: Items, bought: Floats) -> tuple[Floats, Floats, Floats]:
    """Depot back-orders [I, S], the units' mean and excess [I, S, J]; ``bought`` for the depot."""
    stock = items.depot_held[:, None] + bought
    mean, spread = items.depot_mean[:, None], items.depot_variance[:, None]
    wide = excess(mean, mean if items.poisson else spread)
    owed, varied = moments(mean, wide, stock)
    share = items.share[:, None, :]
    unit_mean = items.own[:, None, :] + share * owed[:, :, None]
    if items.poisson:
        return owed, unit_mean, np.zeros(unit_mean.shape)
    variance = items.own_variance[:, None, :] + split_variance(
        share, owed[:, :, None], varied[:, :, None]
    )
    return owed, unit_mean, excess(unit_mean, variance)


def savings(mean: Floats, wide: Floats, held: Floats, count: int) -> tuple[Floats, Floats]:
    """Back-orders with the spares held, and what each of ``count`` spares more saves.

    The saving of one more than s is P(X > s). Shapes [I, S, J] and [I, S, count, J].
    """
    start = np.broadcast_to(held[:, None, :], mean.shape)
    if mean.size and (mean.max() > _LARGE or held.max() > _LARGE):
        stock = start[:, :, None, :] + np.arange(count)[:, None]
        shape = stock.shape
        full = (np.broadcast_to(each[:, :, None, :], shape).ravel() for each in (mean, wide))
        gains = above(stock.ravel(), *full).reshape(shape)
        return moments(mean, wide, start)[0], gains
    lowest, most = int(held.min(initial=0)), int(held.max(initial=0)) + count
    chance = _none(mean, wide)
    left = 1 - chance
    gains = np.empty((*mean.shape[:2], count, mean.shape[2]))
    first = mean.copy()
    factor, slope = wide / (1 + wide), mean / (1 + wide)
    same = lowest == int(held.max(initial=0))
    for level in range(most):
        # Here ``left`` is P(X > stock).
        gain = np.maximum(left, 0.0)
        if same:
            if level < lowest:
                first -= gain
            else:
                gains[:, :, level - lowest] = gain
        else:
            first -= np.where(level < start, gain, 0.0)
            at = level - start
            item, depot, unit = np.nonzero((at >= 0) & (at < count))
            to = at[item, depot, unit].astype(np.int64)
            gains[item, depot, to, unit] = gain[item, depot, unit]
        chance = chance * (factor * level + slope) / (level + 1)
        left = left - chance
    return np.maximum(first, 0.0), gains


def _none(mean: Floats, wide: Floats) -> Floats:
    """P(X = 0)."""
    b = np.maximum(wide, 1e-13)
    return np.asarray(np.exp(-mean * np.where(wide < 1e-13, 1.0, np.log1p(b) / b)))
