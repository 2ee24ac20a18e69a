"""The checker against plans made by hand: it passes what is right, and finds what is broken."""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest
from tests.planning.hand import DECISIONS, SCENARIO

from intendance.planning import (
    ExpiredRow,
    MetRow,
    OrderRow,
    PaymentRow,
    TransferRow,
    checker,
)
from intendance.planning import _rows as rows
from intendance.planning.checker import check_plan


def test_a_right_plan_passes_and_its_levels_are_those_worked_out_by_hand():
    verdict = check_plan(SCENARIO, DECISIONS)
    assert verdict.violations == ()
    assert verdict.sound
    # Five shells of priority 2 wait in March and April, at 10 (weight) times 5 (price) a month.
    assert verdict.levels.unmet == pytest.approx(2 * 5 * 10 * 5)
    # Aland holds 2 shells in February, 12 in March, 11 in April, of 12 wanted, at 5 each.
    assert verdict.levels.shortfall == pytest.approx((10 + 0 + 1) * 5)
    # Payments, half a unit for 2, 2, 12, 11 shells, a quarter for 85, 5, 5, 5 powder.
    assert verdict.levels.cost == pytest.approx(44 + 132 + 150 + 50 + 6.2 + 3 + 7 + 13.5 + 25)


@dataclass
class Break:
    """One change to the plan, the rule that it breaks and a word of the finding."""

    rule: str
    change: dict[str, tuple[msgspec.Struct, ...]]
    text: str
    scenario: dict[str, object] = field(default_factory=dict)


def _with(table: str, number: int, **fields: object) -> dict[str, tuple[msgspec.Struct, ...]]:
    changed = list(getattr(DECISIONS, table))
    changed[number] = msgspec.structs.replace(changed[number], **fields)
    return {table: tuple(changed)}


def _without(table: str, number: int) -> dict[str, tuple[msgspec.Struct, ...]]:
    kept = list(getattr(DECISIONS, table))
    del kept[number]
    return {table: tuple(kept)}


def _plus(table: str, row: msgspec.Struct) -> dict[str, tuple[msgspec.Struct, ...]]:
    return {table: (*getattr(DECISIONS, table), row)}


BREAKS = {
    "stock below nothing": Break("P1", _with("transfers", 0, month="2025-02"), "stock is -28"),
    "negative order": Break("P1", _with("orders", 1, quantity=-1.0), "a quantity is -1"),
    "met more than asked": Break("P2", _with("met", 0, quantity=36.0), "unmet demand is -1"),
    "met before asked": Break("P2", _with("met", 0, month="2025-02"), "unmet demand is -30"),
    "never asked": Break("P2", _with("met", 0, priority=3), "never asked for"),
    "floor": Break(
        "P4",
        {},
        "below 12",
        {"targets": (rows.Target("ALAND", "shell", "2025-03", target=12.0, floor=12.0),)},
    ),
    "untaken output": Break("P5", _without("orders", 1), "what nations order is 0, not 1"),
    "no such line": Break("P5", _with("production", 1, line="yard"), "no such line"),
    "arrival": Break("P5", _with("production", 0, arrives="2025-04"), "arrives 2025-04"),
    "qualification": Break(
        "P5",
        {},
        "before month 2",
        {"lines": (msgspec.structs.replace(SCENARIO.lines[0], qualification=2), SCENARIO.lines[1])},
    ),
    "capacity": Break("P6", _without("ramps", 0), "capacity used is 45, above 20"),
    "ramp too often": Break("P6", _with("ramps", 0, count=2), "times decided is 2"),
    "ramp unknown": Break("P6", _with("ramps", 0, ramp="third-shift"), "no such ramp"),
    "ramp works at once": Break("P6", _with("ramps", 0, works="2025-01"), "month of effect"),
    "ramp too early": Break(
        "P6",
        {},
        "decided before",
        {"ramps": (msgspec.structs.replace(SCENARIO.ramps[0], earliest="2025-02"),)},
    ),
    "no set-up": Break("P7", _with("production", 0, setup=False), "output without a set-up"),
    "batch": Break(
        "P7",
        {},
        "below 45",
        {"lines": (msgspec.structs.replace(SCENARIO.lines[0], batch=45.0), SCENARIO.lines[1])},
    ),
    "powder": Break(
        "P8",
        {},
        "the common stock is -15",
        {"components": (rows.Component("shell", "powder", 2.5),)},
    ),
    "component held": Break(
        "P8", _plus("met", MetRow("BOREA", "powder", "2025-03", 2, "request", 1.0)), "in common"
    ),
    "contract month": Break("P9", _with("orders", 0, contract="2025-01"), "contracted in 2025-01"),
    "price": Break("P9", _with("orders", 0, price=4.0), "the price is 4, not 4.4"),
    "unpaid": Break("P10", _without("payments", 1), "what is paid is 0, not 132"),
    "paid twice": Break("P10", _with("payments", 7, amount=7.0), "what is paid is 12, not 7"),
    "budget": Break("P10", {}, "above 250", {"budgets": (rows.Budget("ALAND", 2025, 250.0),)}),
    "year without a row": Break(
        "P10", {}, "above 0", {"budgets": (rows.Budget("ALAND", 2025, 300.0),)}
    ),
    "strange payer": Break("P10", _with("payments", 6, nation="CELIA"), "paid by no nation"),
    "backfill": Break("P4", _with("transfers", 1, quantity=3.0), "stock is 1, below 2"),
    "forbidden": Break(
        "P12",
        _plus("transfers", TransferRow("BOREA", "ALAND", "mine", "2025-01", 1.0, "2025-01")),
        "no rule allows it",
    ),
    "to itself": Break(
        "P12",
        _plus("transfers", TransferRow("BOREA", "BOREA", "mine", "2025-01", 1.0, "2025-01")),
        "sent to itself",
    ),
    "consent": Break("P12", _with("transfers", 0, consent=""), "consent ''"),
    "time on the way": Break("P12", _with("transfers", 0, arrives="2025-04"), "arrives 2025-04"),
    "absorption": Break(
        "P13", {}, "above 29", {"absorption": (rows.Absorption("BOREA", 29.0, item="shell"),)}
    ),
    "category": Break(
        "P13",
        {},
        "above 0.5",
        {"absorption": (rows.Absorption("ALAND", 0.5, category="armour"),)},
    ),
    "shelf life": Break("P13", _without("expired", 0), "what has left is 0, below 6"),
    "no shelf life": Break(
        "P13", _plus("expired", ExpiredRow("ALAND", "shell", "2025-04", 1.0)), "without a shelf"
    ),
    "outside a framework": Break("P14", _with("orders", 0, framework=""), "no framework"),
    "minimum": Break(
        "P14",
        {},
        "below 50",
        {"frameworks": (rows.Framework("shells-for-all", minimum=50.0, fixed_cost=7.0),)},
    ),
    "ceiling": Break(
        "P14",
        {},
        "above 39",
        {"frameworks": (rows.Framework("shells-for-all", ceiling=39.0, fixed_cost=7.0),)},
    ),
    "ceiling of money": Break(
        "P14",
        {},
        "the money ordered is 176",
        {"frameworks": (rows.Framework("shells-for-all", ceiling_money=175.0, fixed_cost=7.0),)},
    ),
    "unused": Break("P14", _with("frameworks", 0, used=False), "unused framework"),
    "outcome missing": Break("P14", _without("frameworks", 0), "not stated for each item"),
    "band too high": Break(
        "P14",
        _with("orders", 0, band=2, price=3.3) | _with("frameworks", 0, band=2),
        "the pooled quantity is 40, below 100",
    ),
    "band too low": Break(
        "P14",
        _with("orders", 0, band=0, price=5.5) | _with("frameworks", 0, band=0),
        "the pooled quantity in its band is 40, above 30",
    ),
    "no such band": Break("P14", _with("orders", 0, band=3), "price band 3"),
    "month outside": Break("P19", _with("met", 0, month="2025-05"), "outside the horizon"),
    "unknown item": Break("P19", _with("orders", 1, item="plane"), "not in the scenario"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_each_broken_rule_is_found(name: str):
    case = BREAKS[name]
    verdict = check_plan(
        msgspec.structs.replace(SCENARIO, **case.scenario),
        msgspec.structs.replace(DECISIONS, **case.change),
    )
    assert not verdict.sound
    found = [(found.rule, found.text) for found in verdict.violations]
    assert any(rule == case.rule and case.text in text for rule, text in found), found


def test_incremental_bands_fill_from_below():
    scenario = msgspec.structs.replace(
        SCENARIO,
        frameworks=(rows.Framework("shells-for-all", fixed_cost=7.0, kind="incremental"),),
        framework_items=SCENARIO.framework_items[:1],
    )
    orders = (
        OrderRow("ALAND", "shell", "2025-03", 30.0, "2025-02", 5.5, "shells-for-all", 0),
        OrderRow("ALAND", "shell", "2025-03", 10.0, "2025-02", 4.4, "shells-for-all", 1),
        DECISIONS.orders[1],
    )
    payments = (
        PaymentRow("ALAND", 2025, "order", "shell", 52.25),
        PaymentRow("ALAND", 2026, "order", "shell", 156.75),
        *DECISIONS.payments[2:],
    )
    right = msgspec.structs.replace(
        DECISIONS, orders=orders, payments=payments, frameworks=DECISIONS.frameworks[:1]
    )
    assert check_plan(scenario, right).violations == ()
    wrong = msgspec.structs.replace(
        right,
        orders=(
            msgspec.structs.replace(orders[0], quantity=20.0),
            msgspec.structs.replace(orders[1], quantity=20.0),
            orders[2],
        ),
    )
    texts = [found.text for found in check_plan(scenario, wrong).violations]
    assert "what is in band 0 is 20, not 30" in texts


def test_lost_demand_counts_once():
    settings = msgspec.structs.replace(SCENARIO.settings, late="lost")
    verdict = check_plan(msgspec.structs.replace(SCENARIO, settings=settings), DECISIONS)
    assert verdict.levels.unmet == pytest.approx(5 * 10 * 5)


def test_a_number_that_is_none_is_found():
    broken = _with("orders", 1, quantity=float("nan"))
    assert not check_plan(SCENARIO, msgspec.structs.replace(DECISIONS, **broken)).sound


def test_the_checker_shares_no_code_with_what_it_checks():
    shared = {f"intendance.planning.{name}" for name in ("_plan", "_rows", "_scenario")}
    shared.add("msgspec")
    for file in Path(checker.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or "."]
            for name in names:
                own = name.startswith("intendance.planning.checker")
                assert own or name in shared or name.split(".")[0] in sys.stdlib_module_names, (
                    f"{file.name} imports {name}"
                )
