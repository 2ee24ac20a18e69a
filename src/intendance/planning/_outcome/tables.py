"""The tables of a plan by name: what it decides, and what follows from that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from intendance.planning._outcome import rows
from intendance.planning._outcome.contracts import (
    call_off_rows,
    contract_rows,
    money_rows,
    share_rows,
)
from intendance.planning._outcome.holdings import (
    common_rows,
    shortfall_rows,
    stock_rows,
    swap_rows,
)
from intendance.planning._plan import (
    CertificateRow,
    Decisions,
    ExpiredRow,
    FrameworkRow,
    MetRow,
    OrderRow,
    PaymentRow,
    Plan,
    ProductionRow,
    RampRow,
    TransferRow,
)
from intendance.planning._scenario import Assumption, Scenario
from intendance.planning.checker import recount

DECIDED: Final[dict[str, type[msgspec.Struct]]] = {
    "orders": OrderRow,
    "production": ProductionRow,
    "ramps": RampRow,
    "transfers": TransferRow,
    "met": MetRow,
    "expired": ExpiredRow,
    "frameworks": FrameworkRow,
    "payments": PaymentRow,
}
"""Tables that hold the decisions themselves, by their field of ``Decisions``."""

Tables = dict[str, tuple[type[msgspec.Struct], Sequence[msgspec.Struct]]]


def plan_tables(scenario: Scenario, plan: Plan) -> Tables:
    """Every table of a plan, by the name of its file, with the type of its rows."""
    found = recount(scenario, plan.decisions)
    tables: Tables = {name: (kind, getattr(plan.decisions, name)) for name, kind in DECIDED.items()}
    tables |= {
        "stocks": (rows.StockRow, stock_rows(scenario, found)),
        "common": (rows.CommonRow, common_rows(found)),
        "shortfalls": (rows.ShortfallRow, shortfall_rows(found)),
        "swaps": (rows.SwapRow, swap_rows(scenario, plan.decisions, found)),
        "money": (rows.MoneyRow, money_rows(scenario, plan.decisions)),
        "contracts": (rows.ContractRow, contract_rows(scenario, plan.decisions)),
        "call-offs": (rows.CallOffRow, call_off_rows(scenario, plan.decisions)),
        "shares": (rows.ShareRow, share_rows(plan.decisions)),
        "assumptions": (Assumption, plan.assumptions),
        "warnings": (Assumption, plan.warnings),
        "certificate": (CertificateRow, plan.certificate),
    }
    return tables


def decisions_of(found: Mapping[str, Sequence[msgspec.Struct]]) -> Decisions:
    """The decisions that tables read back hold."""
    return Decisions(**{name: tuple(found[name]) for name in DECIDED})  # type: ignore[arg-type]
