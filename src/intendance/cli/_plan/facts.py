"""What a report of a plan tells, gathered once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from intendance.planning import (
    CallOffRow,
    CauseRow,
    ContractRow,
    Horizon,
    MoneyRow,
    Plan,
    Scenario,
    ShareRow,
    ShortfallRow,
    StockRow,
    SwapRow,
    plan_tables,
)


class Facts(msgspec.Struct, frozen=True):
    """A plan with the rows that follow from it; ``made`` has the months of output by line, item."""

    scenario: Scenario
    plan: Plan
    horizon: Horizon
    causes: Sequence[CauseRow]
    stocks: Sequence[StockRow]
    shortfalls: Sequence[ShortfallRow]
    swaps: Sequence[SwapRow]
    money: Sequence[MoneyRow]
    contracts: Sequence[ContractRow]
    call_offs: Sequence[CallOffRow]
    shares: Sequence[ShareRow]
    made: dict[tuple[str, str], set[int]]


def facts_of(scenario: Scenario, plan: Plan, causes: Sequence[CauseRow] = ()) -> Facts:
    """Gathers what the report of a plan needs."""
    tables = plan_tables(scenario, plan)
    horizon = Horizon(scenario.settings.start, scenario.settings.months)
    made: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for row in plan.decisions.production:
        if row.quantity > 0:
            made[row.line, row.item].add(horizon.number(row.month))
    named = {
        field: tables[field.replace("_", "-")][1]
        for field in ("stocks", "shortfalls", "swaps", "money", "contracts", "call_offs", "shares")
    }
    return Facts(  # the tables are typed by name
        scenario=scenario,
        plan=plan,
        horizon=horizon,
        causes=causes,
        made=dict(made),
        **named,  # type: ignore[arg-type]
    )
