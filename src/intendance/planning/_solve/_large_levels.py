"""Levels of a large plan (P15, P16): one weighted sum after the other, each with its own bound.

The method minimises one sum. A stage that stands after others is solved with those weighed so that
they come first: the bound of the sum, less the earlier levels at the plan's own values, is a bound
of the stage with those held, whatever the weights are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from intendance.planning._large._instance import Floats, Instance
from intendance.planning._large._prices import Prices
from intendance.planning._plan import Levels
from intendance.planning._scenario import LEVELS, Level, Scenario
from intendance.planning._solve._levels import gap_of

FIRM = 4.0
"""How much more a unit of an earlier level counts than the later one could gain by it."""


@dataclass(frozen=True)
class Sum:
    """One stage: ``weights`` of unmet, shortfall, cost; the last of ``levels`` is the stage's."""

    levels: tuple[Level, ...]
    weights: tuple[float, float, float]


@dataclass(frozen=True)
class Solved:
    """What is proved of a stage: the bound of its sum, and the prices that prove it."""

    sum: Sum
    bound: float
    prices: Prices | None

    def bound_with(self, values: Levels) -> float:
        """The bound of the stage's last level with the earlier ones at these values."""
        *earlier, last = self.sum.levels
        weights = dict(zip(LEVELS, self.sum.weights, strict=True))
        held = sum(weights[level] * getattr(values, level) for level in earlier)
        return float(max(0.0, self.bound - held) / weights[last])


def sums_of(scenario: Scenario, instance: Instance) -> list[Sum]:
    """The stages of a scenario: its own weighted sum, or one for each level."""
    settings = scenario.settings
    if settings.weights is not None:
        first, second, third = (settings.weights.get(level, 0.0) for level in LEVELS)
        return [Sum(LEVELS, (first, second, third))]
    found = []
    for count in range(1, len(settings.levels) + 1):
        levels = settings.levels[:count]
        weights = {levels[-1]: 1.0}
        for earlier, later in reversed(list(pairwise(levels))):
            weights[earlier] = weights[later] * _firmness(instance, earlier, later)
        first, second, third = (weights.get(level, 0.0) for level in LEVELS)
        found.append(Sum(levels, (first, second, third)))
    return found


def _firmness(instance: Instance, earlier: Level, later: Level) -> float:
    """The weight at which a unit of the earlier level outweighs what the later one gains by it."""
    least, most = _worth(instance, earlier)[0], _worth(instance, later)[1]
    known = (least > 0) & np.isfinite(least) & (most > 0)
    if not known.any():
        return FIRM
    ratio = float(np.quantile(most[known] / least[known], 0.95))
    # What lapses counts once, what is short or waits counts each month.
    if later == "shortfall" and instance.demand.lost.size and not instance.demand.asked.size:
        ratio *= instance.shape[2]
    return FIRM * float(np.clip(ratio, 1e-6, 1e6))


def _worth(instance: Instance, level: Level) -> tuple[Floats, Floats]:
    """The least and the most that a unit of each item counts in a level (infinite: nothing)."""
    demand = instance.demand
    if level == "cost":
        price = instance.money.payment.sum(axis=1).mean(axis=1)
        return price, price
    if level == "shortfall":
        wanted = np.where(demand.target.max(axis=2, initial=0.0) > 0, demand.target_weight, np.nan)
        weights = wanted
    else:
        seen = [
            np.where(amount.sum(axis=3) > 0, weight, np.nan).reshape(len(amount), -1)
            for amount, weight in (
                (demand.asked, demand.asked_weight),
                (demand.lost, demand.lost_weight),
            )
        ]
        weights = np.concatenate(seen, axis=1)
    low = np.where(np.isnan(weights), np.inf, weights).min(axis=1, initial=np.inf)
    high = np.where(np.isnan(weights), 0.0, weights).max(axis=1, initial=0.0)
    return low, high


def weighted(values: Levels, weights: Sequence[float]) -> float:
    """The one sum."""
    parts = (values.unmet, values.shortfall, values.cost)
    return sum(weight * part for weight, part in zip(weights, parts, strict=True))


def gaps_of(solved: Sequence[Solved], values: Levels, least: Levels) -> list[float]:
    """The gap of each stage that is solved, for a plan of these values."""
    if len(solved) == 1 and solved[0].sum.levels == LEVELS:
        weights = solved[0].sum.weights
        return [gap_of(weighted(values, weights), solved[0].bound, weighted(least, weights))]
    return [
        gap_of(
            getattr(values, each.sum.levels[-1]),
            each.bound_with(values),
            getattr(least, each.sum.levels[-1]),
        )
        for each in solved
    ]
