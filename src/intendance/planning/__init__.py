"""Plans: stocks, demand, industry and budgets to orders, output and transfers, with a bound."""

from intendance.planning._demand.close import close_round, read_book
from intendance.planning._demand.folder import open_round, read_round
from intendance.planning._demand.rows import (
    AllottedRow,
    AskedRow,
    Book,
    Demand,
    Output,
    PooledRow,
    Receipt,
    Round,
    SetupRow,
)
from intendance.planning._demand.submit import read_submission, submit_demand
from intendance.planning._folder import read_plan, summary_of, write_plan
from intendance.planning._inputs.load import (
    Checkup,
    check_folder,
    check_scenario,
    load_scenario,
    with_assumptions,
)
from intendance.planning._inputs.problems import Problem
from intendance.planning._inputs.save import scenario_hash, write_scenario
from intendance.planning._inputs.template import (
    ColumnText,
    TableText,
    is_required,
    required_columns,
    table_texts,
    write_template,
)
from intendance.planning._outcome.rows import (
    CallOffRow,
    CauseRow,
    CommonRow,
    ContractRow,
    MoneyRow,
    ShareRow,
    ShortfallRow,
    StockRow,
    SwapRow,
)
from intendance.planning._outcome.tables import plan_tables
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
from intendance.planning._solve import solve
from intendance.planning._sweep.bands import BandRow, SteadyRow
from intendance.planning._sweep.run import Sweep, sweep
from intendance.planning.checker import Horizon, check_plan

__all__ = [
    "LEVELS",
    "AllottedRow",
    "AskedRow",
    "Assumption",
    "BandRow",
    "Book",
    "CallOffRow",
    "CauseRow",
    "Checkup",
    "ColumnText",
    "CommonRow",
    "ContractRow",
    "Decisions",
    "Demand",
    "ExpiredRow",
    "FrameworkRow",
    "Horizon",
    "Level",
    "Levels",
    "MetRow",
    "MoneyRow",
    "OrderRow",
    "Output",
    "PaymentRow",
    "Plan",
    "PlanSummary",
    "PooledRow",
    "Problem",
    "ProductionRow",
    "RampRow",
    "Receipt",
    "Round",
    "Scenario",
    "Settings",
    "SetupRow",
    "ShareRow",
    "ShortfallRow",
    "SteadyRow",
    "StockRow",
    "SwapRow",
    "Sweep",
    "TableText",
    "TransferRow",
    "Verdict",
    "Violation",
    "check_folder",
    "check_plan",
    "check_scenario",
    "close_round",
    "is_required",
    "load_scenario",
    "open_round",
    "plan_tables",
    "read_book",
    "read_plan",
    "read_round",
    "read_submission",
    "required_columns",
    "scenario_hash",
    "solve",
    "submit_demand",
    "summary_of",
    "sweep",
    "table_texts",
    "with_assumptions",
    "write_plan",
    "write_scenario",
    "write_template",
]
