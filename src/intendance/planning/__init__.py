"""Plans: stocks, demand, industry and budgets to orders, output and transfers, with a bound."""

from intendance.planning._folder import read_plan, write_plan
from intendance.planning._plan import (
    Decisions,
    ExpiredRow,
    FrameworkRow,
    Levels,
    MetRow,
    OrderRow,
    PaymentRow,
    Plan,
    PlanSummary,
    ProductionRow,
    RampRow,
    TransferRow,
    Verdict,
    Violation,
)
from intendance.planning._scenario import LEVELS, Assumption, Level, Scenario, Settings

__all__ = [
    "LEVELS",
    "Assumption",
    "Decisions",
    "ExpiredRow",
    "FrameworkRow",
    "Level",
    "Levels",
    "MetRow",
    "OrderRow",
    "PaymentRow",
    "Plan",
    "PlanSummary",
    "ProductionRow",
    "RampRow",
    "Scenario",
    "Settings",
    "TransferRow",
    "Verdict",
    "Violation",
    "read_plan",
    "write_plan",
]
