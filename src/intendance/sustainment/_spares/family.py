"""Parts with parts: the best spares of a whole family, from the innermost part outwards.

As MOD-METRIC does (Muckstadt, *Management Science* 20, 1973): spares of the inner parts are bought
in the order of how much less their parents wait for them; for each step of that order the outer
part's own stocks are found anew, and the best of all is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import msgspec
import numpy as np

from intendance.sustainment._arrays import Floats
from intendance.sustainment._fleet import Fleet
from intendance.sustainment._indenture import Flows
from intendance.sustainment._moments import moments
from intendance.sustainment._spares.flat import FINEST, Allocation
from intendance.sustainment._spares.grid import Items, best_stocks, settings
from intendance.sustainment._spares.hull import falling, hulls
from intendance.sustainment._spares.merge import loss
from intendance.sustainment._two_echelon import split_variance

Stocks = dict[int, tuple[float, Floats]]


class Setting(msgspec.Struct, frozen=True):
    """Spares of the inner parts, what they cost, and how their parent waits for them."""

    cost: float
    depot_mean: float
    depot_variance: float
    mean: Floats
    variance: Floats
    stocks: Callable[[], Stocks]
    spares: int


class Point(msgspec.Struct, frozen=True):
    """One choice of spares of a part and all inside it: its cost, and the back-orders that stay.

    ``spares`` are bought of all of them; ``stocks`` says where they are held. ``waits``: what its
    parent's setting takes from it; None for a part fitted to a system.
    """

    cost: float
    owed: float
    spares: int
    stocks: Callable[[], Stocks]
    waits: Setting | None


def family_points(
    fleet: Fleet, flow: Flows, part: int, *, poisson: bool, reach: float
) -> list[Point]:
    """The hull of cost and back-orders for a part with all that is inside it."""
    found = _settings(fleet, flow, part, poisson=poisson, reach=reach)
    items = items_of(fleet, flow, [part] * len(found), found, poisson=poisson)
    numbers, bought, owed, cost = [], [], [], []
    for which, best in best_stocks(items, reach):
        at, count = np.nonzero(np.isfinite(best))
        numbers.append(which[at])
        bought.append(count)
        owed.append(best[at, count])
        cost.append(np.array([found[each].cost for each in which])[at] + count * fleet.price[part])
    number, count, left, price = (np.concatenate(e) for e in (numbers, bought, owed, cost))
    inner = fleet.parent[part] >= 0
    places = float((fleet.fitted[part] * fleet.quantity[part] * fleet.number).sum())
    value = left if inner else loss(left, np.full(left.shape, places))
    keep = falling(price, np.maximum(value, FINEST))
    keep = keep[hulls(np.zeros(keep.size, dtype=np.int64), price[keep], value[keep])]
    places_of: dict[int, Allocation] = {}

    def own(setting: int, spares: int) -> tuple[float, Floats]:
        if setting not in places_of:
            places_of[setting] = Allocation(items, setting, reach)
        return places_of[setting].at(spares)

    def held(setting: int, spares: int) -> Stocks:
        return found[setting].stocks() | {part: own(setting, spares)}

    points = []
    for at in keep:
        one, spares = int(number[at]), int(count[at])
        waits = None
        if inner:
            waits = _waits(items, one, own(one, spares), flow.inner[part])
        where = partial(held, one, spares)
        bought_in_all = found[one].spares + spares
        points.append(Point(float(price[at]), float(left[at]), bought_in_all, where, waits))
    return points


def items_of(
    fleet: Fleet, flow: Flows, parts: list[int], found: list[Setting] | None, *, poisson: bool
) -> Items:
    """Parts in their settings as items; without settings, as if their repair waited for nothing."""
    depot, own = flow.pipeline[parts], flow.own[parts]
    extra = found or []
    return Items(
        depot_mean=depot + np.array([e.depot_mean for e in extra] or 0.0),
        depot_variance=depot + np.array([e.depot_variance for e in extra] or 0.0),
        share=flow.share[parts],
        own=own + np.array([e.mean for e in extra] or 0.0),
        own_variance=own + np.array([e.variance for e in extra] or 0.0),
        depot_weight=flow.inner[parts],
        depot_held=fleet.depot_stock[parts],
        held=fleet.stock[parts],
        poisson=poisson,
    )


def _settings(
    fleet: Fleet, flow: Flows, part: int, *, poisson: bool, reach: float
) -> list[Setting]:
    """The inner parts' spares in the order of what each step saves for its cost."""
    curves = [
        family_points(fleet, flow, child, poisson=poisson, reach=reach)
        for child in fleet.children(part)
    ]
    steps = []
    for number, curve in enumerate(curves):
        for at in range(1, len(curve)):
            price = curve[at].cost - curve[at - 1].cost
            saved = curve[at - 1].owed - curve[at].owed
            steps.append((-saved / price if price > 0 else -np.inf, number, at))
    chosen = [0] * len(curves)
    found = [_together(fleet, [curve[0] for curve in curves])]
    for _, number, at in sorted(steps):
        chosen[number] = at
        found.append(_together(fleet, [curve[k] for curve, k in zip(curves, chosen, strict=True)]))
    return found


def _together(fleet: Fleet, points: list[Point]) -> Setting:
    none = np.zeros(len(fleet.fleets))
    waits = [point.waits for point in points if point.waits is not None]
    return Setting(
        cost=sum(point.cost for point in points),
        depot_mean=sum(each.depot_mean for each in waits),
        depot_variance=sum(each.depot_variance for each in waits),
        mean=sum((each.mean for each in waits), none),
        variance=sum((each.variance for each in waits), none),
        stocks=partial(_all_stocks, points),
        spares=sum(point.spares for point in points),
    )


def _all_stocks(points: list[Point]) -> Stocks:
    stocks: Stocks = {}
    for point in points:
        stocks |= point.stocks()
    return stocks


def _waits(items: Items, item: int, stocks: tuple[float, Floats], inner: float) -> Setting:
    """What the parent waits for: its depot repairs for the depot, its units' repairs for theirs."""
    one = items.some(np.array([item]))
    bought = np.array([stocks[0] - one.depot_held[0]])
    owed, mean, wide = settings(one, bought)
    spread = np.zeros(()) if items.poisson else (one.depot_variance / one.depot_mean - 1 if
             one.depot_mean[0] > 0 else np.zeros(1))  # fmt: skip
    _, varied = moments(one.depot_mean, np.maximum(spread, 0.0), np.array([stocks[0]]))
    left, left_varied = moments(mean[0, 0], wide[0, 0], stocks[1])
    return Setting(
        cost=0.0,
        depot_mean=float(inner * owed[0, 0]),
        depot_variance=float(split_variance(np.asarray(inner), owed[0, 0], varied[0])),
        mean=left,
        variance=left_varied,
        stocks=dict,
        spares=0,
    )
