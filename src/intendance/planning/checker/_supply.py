"""The most of each item that there can be by each month: ends for what has no end of its own."""

from __future__ import annotations

from collections import defaultdict

from intendance.planning._scenario import Scenario
from intendance.planning.checker._books import opening
from intendance.planning.checker._horizon import Horizon

ENDLESS = 1e15
"""Stands for output without a limit: a line whose items use no capacity."""


def capacities(scenario: Scenario, horizon: Horizon) -> dict[str, list[float]]:
    """Each line's capacity by month without ramps (P6)."""
    steps: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for row in scenario.capacities:
        steps[row.line].append((row.month, row.capacity))
    stated = {row.line: row.capacity for row in scenario.lines}
    return {line: horizon.steps(steps[line], value) for line, value in stated.items()}


def widest(scenario: Scenario, horizon: Horizon) -> dict[str, list[float]]:
    """Each line's capacity by month with every ramp decided as early and as often as it may be."""
    found = {line: list(values) for line, values in capacities(scenario, horizon).items()}
    for ramp in scenario.ramps:
        first = max(0, horizon.number(ramp.earliest)) if ramp.earliest else 0
        for month in range(first + ramp.lead, horizon.months):
            found[ramp.line][month] += ramp.capacity * ramp.count
    return found


def arrivals(scenario: Scenario, horizon: Horizon) -> dict[str, list[float]]:
    """The most of each item that lines can deliver in each month, one item at a time."""
    room = widest(scenario, horizon)
    found: dict[str, list[float]] = {row.item: [0.0] * horizon.months for row in scenario.items}
    for row in scenario.lines:
        for month in range(row.qualification, horizon.months - row.lead):
            most = room[row.line][month] / row.use if row.use else ENDLESS
            found[row.item][month + row.lead] += most
    return found


def supply(scenario: Scenario, horizon: Horizon) -> dict[str, list[float]]:
    """The most of each item that there can have been by each month, everybody's together."""
    found = arrivals(scenario, horizon)
    for owed in scenario.owed:
        found[owed.item][horizon.number(owed.month)] += owed.quantity
    for row in scenario.stocks:
        found[row.item][0] += opening(scenario, row.low, row.high)
    for values in found.values():
        for month in range(1, horizon.months):
            values[month] += values[month - 1]
    return found
