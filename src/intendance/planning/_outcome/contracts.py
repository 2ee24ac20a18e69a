"""Money by nation, and framework contracts with their firm part, options and shares."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from intendance.planning._outcome.rows import CallOffRow, ContractRow, MoneyRow, ShareRow
from intendance.planning._plan import Decisions, OrderRow
from intendance.planning._scenario import Scenario
from intendance.planning.checker import Horizon

_COLUMN: Final = {
    "order": "orders",
    "transfer": "transfers",
    "ramp": "ramps",
    "setup": "setups",
    "framework": "frameworks",
}


def money_rows(scenario: Scenario, decisions: Decisions) -> list[MoneyRow]:
    """What each nation pays in each year, and the budget it pays from (P10)."""
    budgets = {(row.nation, row.year): row.amount for row in scenario.budgets}
    limited = {nation for nation, _ in budgets}
    paid: defaultdict[tuple[str, int], defaultdict[str, float]] = defaultdict(
        lambda: defaultdict(float)
    )
    for key in budgets:
        paid[key]["orders"] += 0.0
    for row in decisions.payments:
        paid[row.nation, row.year][_COLUMN[row.kind]] += row.amount
    return [
        MoneyRow(
            nation=nation,
            year=year,
            **{column: amounts[column] for column in _COLUMN.values()},
            total=sum(amounts.values()),
            budget=budgets.get((nation, year), 0.0) if nation in limited else None,
        )
        for (nation, year), amounts in sorted(paid.items())
    ]


def contract_rows(scenario: Scenario, decisions: Decisions) -> list[ContractRow]:
    """Each framework's ceiling, and how much of it is firm and how much optional."""
    horizon = Horizon(scenario.settings.start, scenario.settings.months)
    used = {row.framework for row in decisions.frameworks if row.used}
    rows = []
    for framework in scenario.frameworks:
        orders = [row for row in decisions.orders if row.framework == framework.framework]
        firm = [row for row in orders if is_firm(scenario, horizon, row)]
        options = [row for row in orders if not is_firm(scenario, horizon, row)]
        rows.append(
            ContractRow(
                framework=framework.framework,
                used=framework.framework in used,
                ceiling=framework.ceiling,
                ceiling_money=framework.ceiling_money,
                firm=sum(row.quantity for row in firm),
                firm_money=sum(row.quantity * row.price for row in firm),
                options=sum(row.quantity for row in options),
                options_money=sum(row.quantity * row.price for row in options),
                fixed_cost=framework.fixed_cost if framework.framework in used else 0.0,
            )
        )
    return rows


def call_off_rows(scenario: Scenario, decisions: Decisions) -> list[CallOffRow]:
    """Orders under frameworks by month of contract, firm ones and options called off then."""
    horizon = Horizon(scenario.settings.start, scenario.settings.months)
    sums: defaultdict[tuple[str, str, str, str, bool], list[float]] = defaultdict(
        lambda: [0.0, 0.0]
    )
    for row in decisions.orders:
        if row.framework:
            firm = is_firm(scenario, horizon, row)
            total = sums[row.framework, row.item, row.nation, row.contract, firm]
            total[0] += row.quantity
            total[1] += row.quantity * row.price
    return [CallOffRow(*key, *total) for key, total in sorted(sums.items())]


def share_rows(decisions: Decisions) -> list[ShareRow]:
    """What part of each framework's items goes to which nation."""
    sums: defaultdict[tuple[str, str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    pooled: defaultdict[tuple[str, str], float] = defaultdict(float)
    for row in decisions.orders:
        if row.framework:
            total = sums[row.framework, row.item, row.nation]
            total[0] += row.quantity
            total[1] += row.quantity * row.price
            pooled[row.framework, row.item] += row.quantity
    return [
        ShareRow(*key, quantity, money, quantity / pooled[key[:2]])
        for key, (quantity, money) in sorted(sums.items())
        if pooled[key[:2]]
    ]


def is_firm(scenario: Scenario, horizon: Horizon, row: OrderRow) -> bool:
    """Whether an order's contract falls into the firm months (P14)."""
    return horizon.number(row.contract) < scenario.settings.firm_months
