"""What one scenario of a sweep came to."""

from __future__ import annotations

from collections import defaultdict
from typing import Literal

import msgspec

from intendance.planning._plan import Levels, Plan
from intendance.planning._scenario import Scenario
from intendance.planning.checker import Horizon, recount


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """One scenario, planned and checked, or what went wrong with it.

    ``decisions`` are those of the firm months: each ramp and framework, decided or not;
    ``orders`` what is ordered in them, by nation and item. ``stock`` and ``waiting`` are monthly
    values by nation and item, of those with a target or a request.
    """

    number: int
    inputs: str
    state: Literal["planned", "failed"]
    fault: str = ""
    objective: Levels | None = None
    gap: Levels | None = None
    seconds: float = 0.0
    decisions: dict[str, bool] = {}
    orders: dict[str, float] = {}
    stock: dict[str, list[float]] = {}
    waiting: dict[str, list[float]] = {}


def outcome_of(number: int, inputs: str, scenario: Scenario, plan: Plan) -> Outcome:
    """The outcome of a plan."""
    horizon = Horizon(scenario.settings.start, scenario.settings.months)
    firm = scenario.settings.firm_months
    decided = {f"ramp {row.ramp}": False for row in scenario.ramps}
    for row in plan.decisions.ramps:
        if row.count and horizon.number(row.month) < firm:
            decided[f"ramp {row.ramp}"] = True
    for framework in scenario.frameworks:
        decided[f"framework {framework.framework}"] = any(
            row.used for row in plan.decisions.frameworks if row.framework == framework.framework
        )
    orders: defaultdict[str, float] = defaultdict(float)
    for order in plan.decisions.orders:
        if horizon.number(order.contract) < firm:
            orders[f"{order.nation} {order.item}"] += order.quantity
    found = recount(scenario, plan.decisions)
    waiting: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * horizon.months)
    for (nation, item, _, _), values in found.waiting.items():
        held = waiting[f"{nation} {item}"]
        waiting[f"{nation} {item}"] = [one + other for one, other in zip(held, values, strict=True)]
    return Outcome(
        number=number,
        inputs=inputs,
        state="planned",
        objective=plan.objective,
        gap=plan.gap,
        seconds=plan.seconds,
        decisions=decided,
        orders=dict(orders),
        stock={" ".join(place): found.stock[place] for place in sorted(found.target)},
        waiting=dict(waiting),
    )
