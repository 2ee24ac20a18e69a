"""The bound of a plan, recomputed from multipliers of its rules (P21).

Any multipliers give a bound that is true; the better they are the higher it is. So nothing here
trusts the solver: what it leaves out or gets wrong lowers the bound, never raises it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import fsum
from operator import mul
from typing import Final

from intendance.planning._plan import Levels, Plan
from intendance.planning._scenario import LEVELS, Level, Scenario
from intendance.planning.checker._exact import sum_of_products
from intendance.planning.checker._terms import Column, Costs, Key, Terms

_STEPS: Final = 60
_GOLDEN: Final = (5**0.5 - 1) / 2
_WIDEST: Final = 12.0
_ROUNDS: Final = 2
_HELD: Final = 1e-9
_ROUNDING: Final = 2.0**-51


def certified_bound(scenario: Scenario, plan: Plan) -> list[tuple[float, float]]:
    """For each stage of the objective, in order, a proved lower bound and the plan's value (P21).

    Later stages are bounded with the earlier ones held at their values, or at their bounds where
    a plan is under those by the checker's tolerance; for the same reason no later bound is above
    the plan that there is. The bound is 0 where the certificate proves nothing.
    """
    terms = Terms(scenario)
    weights = _weights(scenario)
    values = [_value_of(plan.objective, each) for each in weights]
    parts = [
        _Part(terms, each, value, _multipliers(plan, number))
        for number, (each, value) in enumerate(zip(weights, values, strict=True))
    ]
    rows = [(key, side) for key, side, _ in terms.rows() if side]
    for part in parts:
        part.add_sides(terms, rows)
    kept = _kept(terms.columns(), parts)
    ramps = [
        (count, [tuple(part.reduced(column) for part in parts) for column in columns])
        for count, columns in terms.ramps()
    ]
    found, strength = [], [1.0]
    for count in range(1, len(parts) + 1):
        bound, strength = _best(parts[:count], kept, ramps, strength)
        bound = max(0.0, bound)  # no level is below nothing
        if count > 1:
            bound = min(bound, values[count - 1])
        found.append(bound)
        parts[count - 1].hold(bound)
        strength = [*strength, 1.0]
    return list(zip(found, values, strict=True))


def _weights(scenario: Scenario) -> list[Costs]:
    """The weights of each stage that a scenario's settings ask for (P15)."""
    weights = scenario.settings.weights
    if weights is not None:
        return [tuple(weights.get(level, 0.0) for level in LEVELS)]  # type: ignore[list-item]
    return [_only(level) for level in scenario.settings.levels]


def _value_of(levels: Levels, weights: Costs) -> float:
    first, second, third = weights
    return first * levels.unmet + second * levels.shortfall + third * levels.cost


def _multipliers(plan: Plan, stage: int) -> dict[Key, float]:
    return {row.row: row.multiplier for row in plan.certificate if row.stage == stage}


class _Part:
    """One stage's multipliers, made whole, and what they make of rows and columns."""

    def __init__(self, terms: Terms, weights: Costs, value: float, y: dict[Key, float]) -> None:
        self.weights = weights
        self.value = value
        self.y = y
        self.sides = 0.0
        self.over = 0.0
        self._found: list[tuple[float, float]] = []
        _complete(terms, weights, y)
        _share(terms, y)

    def add_sides(self, terms: Terms, rows: Sequence[tuple[Key, float]]) -> None:
        """The part of the bound that rows give."""
        found = [(self.y.get(key, 0.0), side) for key, side in rows]
        found += zip(self.weights, terms.constants(), strict=True)
        self._found = found
        self.sides = sum_of_products(found)

    def hold(self, bound: float) -> None:
        """Holds the stage at its value for those that follow."""
        held = max(self.value, bound)
        held += _HELD * max(1.0, abs(held))
        self.over = sum_of_products([*self._found, (-held, 1.0)])

    def reduced(self, column: Column) -> float:
        """A column's cost less what its rows' multipliers make of it."""
        found = [(-self.y.get(key, 0.0), value) for key, value in column[3]]
        found += zip(self.weights, column[2], strict=True)
        return sum_of_products(found)


_Kept = list[tuple[float, float, tuple[float, ...]]]
_Ramps = list[tuple[float, list[tuple[float, ...]]]]


def _kept(columns: Iterable[Column], parts: Sequence[_Part]) -> _Kept:
    """Columns that can add to the bound: a range away from 0, or a reduced cost below it."""
    kept: _Kept = []
    for column in columns:
        reduced = tuple(part.reduced(column) for part in parts)
        if column[0] or min(reduced) < 0.0:
            kept.append((column[0], column[1], reduced))
    return kept


def _best(
    parts: Sequence[_Part],
    kept: _Kept,
    ramps: _Ramps,
    strength: Sequence[float],
) -> tuple[float, list[float]]:
    """The best bound found over how strongly the earlier stages are held, and those strengths.

    They are scaled together from what was best for the stage before, then one by one.
    """
    held = list(strength[:-1])
    best = _value(parts, kept, ramps, [*[0.0] * len(held), 1.0])
    groups = [range(len(held)), *([k] for k in range(len(held)))] if held else []
    for group in groups * _ROUNDS:
        base = list(held)

        def scaled(
            power: float, group: Iterable[int] = group, base: list[float] = base
        ) -> list[float]:
            return [
                value * 10.0**power if k in set(group) else value for k, value in enumerate(base)
            ]

        def at(power: float) -> float:
            return _value(parts, kept, ramps, [*scaled(power), 1.0])

        power, found = _highest(at)
        if found > best:
            best, held = found, scaled(power)
    return best, [*held, 1.0]


def _value(parts: Sequence[_Part], kept: _Kept, ramps: _Ramps, strength: Sequence[float]) -> float:
    found = [weight * part.over for part, weight in zip(parts[:-1], strength, strict=False)]
    found.append(parts[-1].sides)
    for low, high, reduced in kept:
        cost = _together(strength, reduced)
        end = low if cost >= 0 else high
        if end:
            found.append(cost * end)
    for count, months in ramps:
        least = min((_together(strength, reduced) for reduced in months), default=0.0)
        found.append(count * min(0.0, least))
    # Less what rounding can still have added: two units in the last place of each term.
    return fsum(found) - _ROUNDING * fsum(map(abs, found))


def _together(strength: Sequence[float], reduced: Sequence[float]) -> float:
    return fsum(map(mul, strength, reduced))


def _highest(value: Callable[[float], float]) -> tuple[float, float]:
    """The power of ten at which a function with one peak is highest (golden section)."""
    low, high = -_WIDEST, _WIDEST
    left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    at_left, at_right = value(left), value(right)
    for _ in range(_STEPS):
        if at_left < at_right:
            low, left, at_left = left, right, at_right
            right = low + _GOLDEN * (high - low)
            at_right = value(right)
        else:
            high, right, at_right = right, left, at_left
            left = high - _GOLDEN * (high - low)
            at_left = value(left)
    return (left, at_left) if at_left > at_right else (right, at_right)


def _only(level: Level) -> Costs:
    first, second, third = (1.0 if each == level else 0.0 for each in LEVELS)
    return first, second, third


def _share(terms: Terms, y: dict[Key, float]) -> None:
    """What is shared freely is paid by the nation whose budget it strains least (P10)."""
    limited = {row.nation for row in terms.scenario.budgets}
    free = any(row.nation not in limited for row in terms.scenario.nations)
    for month in range(terms.horizon.months):
        year = str(terms.horizon.year(month))
        prices = [max(0.0, -y.get(("budget", nation, year), 0.0)) for nation in limited]
        y["shared", year] = 0.0 if free or not prices else min(prices)


def _complete(terms: Terms, weights: Costs, y: dict[Key, float]) -> None:
    """Multipliers of months in which nothing can be there yet, which a solver leaves out.

    Demand that must wait is worth its waiting, a stock that can't be filled its target.
    """
    worth: dict[Key, float] = {}
    for queue, asked in terms.asked.items():
        if not terms.waits(queue):
            continue
        later = 0.0
        for month in reversed(range(terms.horizon.months)):
            key = ("queue", *map(str, queue), terms.months[month])
            later = y.setdefault(key, weights[0] * terms.weight(queue) + later)
            balance = ("balance", *queue[:2], terms.months[month])
            if any(asked[: month + 1]):
                worth[balance] = max(worth.get(balance, 0.0), later)
    for place in terms.places:
        wanted = weights[1] * terms.target_weight(place) if place in terms.targets else 0.0
        later = 0.0
        for month in reversed(range(terms.horizon.months)):
            key = ("balance", *place, terms.months[month])
            target = wanted if wanted and terms.targets[place][month] else 0.0
            later = y.setdefault(key, min(later - target, -worth.get(key, 0.0)))
