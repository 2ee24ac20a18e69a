"""The same demand planned nation by nation, beside the pooled plan."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from intendance.planning._plan import Levels, Plan
from intendance.planning._rows import Capacity, FrameworkItem, Line, PriceBand, Ramp, Stock
from intendance.planning._scenario import Scenario
from intendance.planning._solve import solve
from intendance.planning.checker import recount
from intendance.terms import IntendanceError


class NationGain(msgspec.Struct, frozen=True):
    """One nation alone and pooled: units met, months that units wait, money.

    ``share`` is the part of every line's capacity, ramp and common component that it had alone:
    its part of the worth of all that is asked, used up and wanted.
    """

    nation: str
    share: float
    units_alone: float
    units_pooled: float
    unit_months_alone: float
    unit_months_pooled: float
    paid_alone: float
    paid_pooled: float


class Pooling(msgspec.Struct, frozen=True):
    """The sums of the plans of single nations beside the pooled plan's levels."""

    alone: Levels
    pooled: Levels
    nations: tuple[NationGain, ...]
    failed: tuple[str, ...] = ()


def pooling(scenario: Scenario, plan: Plan, *, gap: float = 0.01, time: float = 60.0) -> Pooling:
    """Each nation planned alone, ``time`` seconds each, and what pooling is worth to it.

    Alone a nation has its own stocks, budgets, deliveries owed and its share of all capacity and
    common components; frameworks keep their minimums and bands but serve it alone; nobody gives
    to it. A nation whose rules can't be kept alone is named in ``failed``.
    """
    shares = _shares(scenario)
    totals = [0.0, 0.0, 0.0]
    gains: list[NationGain] = []
    failed: list[str] = []
    for name, share in shares.items():
        try:
            own = solve(alone(scenario, name, share), gap=gap, time=time)
        except IntendanceError as error:
            if error.code != "plan.infeasible":
                raise
            failed.append(name)
            continue
        levels = own.objective.unmet, own.objective.shortfall, own.objective.cost
        totals = [total + value for total, value in zip(totals, levels, strict=True)]
        gains.append(_gain(scenario, name, share, own, plan))
    return Pooling(Levels(*totals), plan.objective, tuple(gains), tuple(failed))


def alone(scenario: Scenario, nation: str, share: float) -> Scenario:
    """The scenario of one nation with its share of industry."""
    components = {row.item for row in scenario.items if row.kind == "component"}
    replace = msgspec.structs.replace

    def line(row: Line) -> Line:
        return replace(row, capacity=row.capacity * share)

    def capacity(row: Capacity) -> Capacity:
        return replace(row, capacity=row.capacity * share)

    def ramp(row: Ramp) -> Ramp:
        payer = row.paid_by if row.paid_by == nation else ""
        return replace(row, capacity=row.capacity * share, cost=row.cost * share, paid_by=payer)

    def stock(row: Stock) -> Stock:
        high = None if row.high is None else row.high * share
        return replace(row, nation=nation, low=row.low * share, high=high)

    return replace(
        scenario,
        nations=tuple(row for row in scenario.nations if row.nation == nation),
        requests=tuple(row for row in scenario.requests if row.nation == nation),
        expenditure=tuple(row for row in scenario.expenditure if row.nation == nation),
        targets=tuple(row for row in scenario.targets if row.nation == nation),
        stocks=tuple(
            stock(row) if row.item in components else row
            for row in scenario.stocks
            if row.nation == nation or row.item in components
        ),
        owed=tuple(
            replace(row, nation=nation, quantity=row.quantity * share)
            if row.item in components
            else row
            for row in scenario.owed
            if row.nation == nation or row.item in components
        ),
        lines=tuple(line(row) for row in scenario.lines),
        capacities=tuple(capacity(row) for row in scenario.capacities),
        ramps=tuple(ramp(row) for row in scenario.ramps),
        budgets=tuple(row for row in scenario.budgets if row.nation == nation),
        transfers=(),
        backfills=tuple(row for row in scenario.backfills if row.nation == nation),
        absorption=tuple(row for row in scenario.absorption if row.nation == nation),
        frameworks=tuple(
            replace(row, members=())
            for row in scenario.frameworks
            if not row.members or nation in row.members
        ),
        framework_items=_of(scenario, nation, scenario.framework_items),
        price_bands=_of(scenario, nation, scenario.price_bands),
    )


Row = TypeVar("Row", FrameworkItem, PriceBand)


def _of(scenario: Scenario, nation: str, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    open_to = {
        row.framework for row in scenario.frameworks if not row.members or nation in row.members
    }
    return tuple(row for row in rows if row.framework in open_to)


def _shares(scenario: Scenario) -> dict[str, float]:
    """Each nation's part of the worth of what is asked, used up in a month, and wanted at most."""
    worth = {row.item: row.price if row.weight is None else row.weight for row in scenario.items}
    asked = {row.nation: 0.0 for row in scenario.nations}
    for row in scenario.requests:
        asked[row.nation] += row.quantity * worth[row.item]
    for used in scenario.expenditure:
        asked[used.nation] += used.quantity * worth[used.item]
    most: dict[tuple[str, str], float] = {}
    for target in scenario.targets:
        key = target.nation, target.item
        most[key] = max(most.get(key, 0.0), target.target)
    for (nation, item), quantity in most.items():
        asked[nation] += quantity * worth[item]
    total = sum(asked.values())
    even = 1.0 / len(asked)
    return {name: value / total if total else even for name, value in asked.items()}


def _gain(scenario: Scenario, nation: str, share: float, own: Plan, pooled: Plan) -> NationGain:
    def units(plan: Plan) -> float:
        return sum(row.quantity for row in plan.decisions.met if row.nation == nation)

    def months(of: Scenario, plan: Plan) -> float:
        waiting = recount(of, plan.decisions).waiting
        return sum(sum(values) for queue, values in waiting.items() if queue[0] == nation)

    def paid(plan: Plan) -> float:
        return sum(row.amount for row in plan.decisions.payments if row.nation == nation)

    return NationGain(
        nation=nation,
        share=share,
        units_alone=units(own),
        units_pooled=units(pooled),
        unit_months_alone=months(alone(scenario, nation, share), own),
        unit_months_pooled=months(scenario, pooled),
        paid_alone=paid(own),
        paid_pooled=paid(pooled),
    )
