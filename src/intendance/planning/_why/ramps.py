"""What each ramp is worth: the plan with it and without it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial

import msgspec

from intendance.planning._plan import Plan
from intendance.planning._rows import Capacity, Ramp
from intendance.planning._scenario import Scenario
from intendance.planning._solve import solve
from intendance.planning.checker import Horizon, recount


class RampCase(msgspec.Struct, frozen=True):
    """One ramp, taken once more or not at all, all else decided anew.

    ``units`` and ``unit_months`` are what the ramp adds to the units met and takes from the months
    that units wait; ``cost`` is its price, ``saved`` what it changes of the level ``cost`` besides.
    ``use_after_peak`` is the share of the line's widened capacity that is used after the month in
    which most is made (None where nothing follows). ``firm_order`` is the smallest order at list
    price that comes to the ramp's price, of the line's dearest item, and ``years`` how long the
    added capacity takes to make it.
    """

    ramp: str
    line: str
    taken: bool
    units: float
    unit_months: float
    unmet: float
    shortfall: float
    cost: float
    saved: float
    use_after_peak: float | None
    firm_order: float
    years: float


def ramp_cases(
    scenario: Scenario,
    plan: Plan,
    *,
    gap: float = 0.01,
    time: float = 60.0,
    executor: Executor | None = None,
) -> tuple[RampCase, ...]:
    """Each ramp of a scenario with and without, by plans solved again, ``time`` seconds each.

    ``executor`` plans several at once.
    """
    if executor is None:
        again = partial(solve, gap=gap, time=time)
        return tuple(_case(scenario, plan, ramp, again) for ramp in scenario.ramps)
    again = partial(solve, gap=gap, time=time, jobs=1)
    cases = [executor.submit(_case, scenario, plan, ramp, again) for ramp in scenario.ramps]
    return tuple(case.result() for case in cases)


def _case(
    scenario: Scenario, plan: Plan, ramp: Ramp, solve: Callable[[Scenario], Plan]
) -> RampCase:
    taken = sum(row.count for row in plan.decisions.ramps if row.ramp == ramp.ramp)
    others = tuple(row for row in scenario.ramps if row.ramp != ramp.ramp)
    without = msgspec.structs.replace(scenario, ramps=others)
    if taken:
        with_, bare = plan, solve(without)
        paid = ramp.cost * taken
    else:
        with_, bare = solve(_widened(without, ramp)), plan
        paid = ramp.cost
    met = sum(r.quantity for r in with_.decisions.met) - sum(r.quantity for r in bare.decisions.met)
    own = [line for line in scenario.lines if line.line == ramp.line]
    price = {row.item: row.price for row in scenario.items}
    dearest = max(own, key=lambda line: (price[line.item], line.item))
    order = ramp.cost / price[dearest.item] if price[dearest.item] else 0.0
    added = ramp.capacity * 12 / dearest.use if dearest.use else 0.0
    change = bare.objective.cost - with_.objective.cost
    return RampCase(
        ramp=ramp.ramp,
        line=ramp.line,
        taken=bool(taken),
        units=met,
        unit_months=_waiting(scenario, bare) - _waiting(scenario, with_),
        unmet=bare.objective.unmet - with_.objective.unmet,
        shortfall=bare.objective.shortfall - with_.objective.shortfall,
        cost=paid,
        saved=change + (paid if taken else 0.0),
        use_after_peak=_use_after_peak(scenario, with_, ramp),
        firm_order=order,
        years=order / added if added else 0.0,
    )


def _widened(scenario: Scenario, ramp: Ramp) -> Scenario:
    """The scenario with a ramp's capacity there as early as can be, its price left out."""
    horizon = Horizon(scenario.settings.start, scenario.settings.months)
    first = max(0, horizon.number(ramp.earliest) if ramp.earliest else 0) + ramp.lead
    if first >= horizon.months:
        return scenario
    stated = next(line.capacity for line in scenario.lines if line.line == ramp.line)
    rows = [row for row in scenario.capacities if row.line == ramp.line]
    values = horizon.steps([(row.month, row.capacity) for row in rows], stated)
    wider = [
        Capacity(ramp.line, horizon.name(month), values[month] + (month >= first) * ramp.capacity)
        for month in range(horizon.months)
    ]
    kept = tuple(row for row in scenario.capacities if row.line != ramp.line)
    return msgspec.structs.replace(scenario, capacities=(*kept, *wider))


def _waiting(scenario: Scenario, plan: Plan) -> float:
    """Units times months that demand waits."""
    return sum(sum(values) for values in recount(scenario, plan.decisions).waiting.values())


def _use_after_peak(scenario: Scenario, plan: Plan, ramp: Ramp) -> float | None:
    horizon = Horizon(scenario.settings.start, scenario.settings.months)
    use = {(line.line, line.item): line.use for line in scenario.lines}
    used = [0.0] * horizon.months
    for row in plan.decisions.production:
        if row.line == ramp.line:
            used[horizon.number(row.month)] += row.quantity * use[row.line, row.item]
    peak = max(range(horizon.months), key=lambda month: (used[month], -month))
    after = used[peak + 1 :]
    return sum(after) / (used[peak] * len(after)) if after and used[peak] > 0 else None
