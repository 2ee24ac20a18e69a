"""How good a plan is, level by level."""

from __future__ import annotations

from intendance.cli._plan.columns import columns_of
from intendance.cli._plan.numbers import figure, share
from intendance.planning import Plan, Scenario
from intendance.render import Language, Row, Table, text


def quality_table(scenario: Scenario, plan: Plan, language: Language) -> Table:
    """Each level's value, bound, gap and what no plan can avoid."""
    heads = ("level", "value", "bound", "gap", "unavoidable")
    columns = columns_of(heads, language, figures=heads[1:])
    rows = [
        Row(
            (
                text(f"plan.level-{level}", language),
                figure(getattr(plan.objective, level), language),
                figure(getattr(plan.bound, level), language),
                share(getattr(plan.gap, level), language),
                figure(getattr(plan.unavoidable, level), language),
            )
        )
        for level in scenario.settings.levels
    ]
    return Table(columns, rows)
