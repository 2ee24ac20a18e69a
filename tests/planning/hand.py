"""A small scenario with every kind of row, and a plan for it that was made by hand."""

from __future__ import annotations

from intendance.planning import (
    Decisions,
    ExpiredRow,
    FrameworkRow,
    Levels,
    MetRow,
    OrderRow,
    PaymentRow,
    Plan,
    ProductionRow,
    RampRow,
    Scenario,
    Settings,
    TransferRow,
)
from intendance.planning import _rows as rows

# Two nations, Aland and Borea; shells are made from powder by one line, under one framework.
# Aland orders 40 shells (arriving in March), keeps 10, sends 30 on to Borea, which asked for 35.
# Borea holds 6 mines with a life of two months: they are written off in March.
SCENARIO = Scenario(
    settings=Settings(name="hand", start="2025-01", months=4, firm_months=6),
    nations=(rows.Nation("ALAND"), rows.Nation("BOREA", weight=2.0)),
    items=(
        rows.Item("shell", price=5.0, holding=0.5),
        rows.Item("powder", price=1.0, kind="component", holding=0.25),
        rows.Item("mine", price=2.0, shelf_life=2),
        rows.Item("tank", price=100.0, category="armour"),
        rows.Item("old-tank", price=10.0, category="armour"),
    ),
    requests=(rows.Request("BOREA", "shell", "2025-03", 35.0, priority=2),),
    lines=(
        rows.Line("plant", "shell", 20.0, lead=1, batch=10.0, setup_cost=3.0, setup_time=5.0),
        rows.Line("works", "tank", 2.0, lead=0),
    ),
    stocks=(
        rows.Stock("ALAND", "powder", 60.0),
        rows.Stock("BOREA", "powder", 25.0, high=90.0),
        rows.Stock("BOREA", "mine", 6.0),
        rows.Stock("ALAND", "old-tank", 4.0),
    ),
    targets=(rows.Target("ALAND", "shell", "2025-02", target=12.0),),
    expenditure=(rows.Expenditure("ALAND", "shell", "2025-04", 1.0),),
    owed=(rows.Owed("ALAND", "shell", "2025-01", 2.0),),
    ramps=(rows.Ramp("second-shift", "plant", 1, 50.0, 30.0, paid_by="ALAND"),),
    components=(rows.Component("shell", "powder", 2.0),),
    price_index=(rows.PriceIndex("*", "2025-02", 1.1), rows.PriceIndex("tank", "2024-06", 1.5)),
    payments=(rows.Payment("shell", -2, 0.25), rows.Payment("shell", 12, 0.75)),
    budgets=(rows.Budget("ALAND", 2025, 300.0), rows.Budget("ALAND", 2026, 200.0)),
    transfers=(
        rows.TransferRule("*", "BOREA", "*", consent="", lead=0, cost=0.1),
        rows.TransferRule("ALAND", "BOREA", "shell", consent="letter 7", lead=0, cost=0.2),
        rows.TransferRule("BOREA", "ALAND", "*", allowed=False),
    ),
    backfills=(rows.Backfill("ALAND", "old-tank", "tank", ratio=2.0),),
    absorption=(rows.Absorption("BOREA", 30.0), rows.Absorption("ALAND", 5.0, category="armour")),
    frameworks=(
        rows.Framework("shells-for-all", minimum=30.0, ceiling=60.0, fixed_cost=7.0),
        rows.Framework("unused", until="2025-02", members=("BOREA",), minimum=5.0),
    ),
    framework_items=(
        rows.FrameworkItem("shells-for-all", "shell"),
        rows.FrameworkItem("unused", "tank"),
    ),
    price_bands=(
        rows.PriceBand("shells-for-all", "shell", 30.0, 4.0),
        rows.PriceBand("shells-for-all", "shell", 100.0, 3.0),
    ),
)

DECISIONS = Decisions(
    orders=(
        OrderRow("ALAND", "shell", "2025-03", 40.0, "2025-02", 4.4, "shells-for-all", 1),
        OrderRow("ALAND", "tank", "2025-01", 1.0, "2025-01", 150.0),
    ),
    production=(
        ProductionRow("plant", "shell", "2025-02", 40.0, setup=True, arrives="2025-03"),
        ProductionRow("works", "tank", "2025-01", 1.0, arrives="2025-01"),
    ),
    ramps=(RampRow("second-shift", "plant", "2025-01", 1, "2025-02"),),
    transfers=(
        TransferRow("ALAND", "BOREA", "shell", "2025-03", 30.0, "2025-03", "letter 7"),
        TransferRow("ALAND", "BOREA", "old-tank", "2025-02", 2.0, "2025-02", ""),
    ),
    met=(
        MetRow("BOREA", "shell", "2025-03", 2, "request", 30.0),
        MetRow("ALAND", "shell", "2025-04", 1, "expenditure", 1.0),
    ),
    expired=(ExpiredRow("BOREA", "mine", "2025-03", 6.0),),
    frameworks=(
        FrameworkRow("shells-for-all", "shell", used=True, band=1, quantity=40.0),
        FrameworkRow("unused", "tank", used=False, band=0, quantity=0.0),
    ),
    payments=(
        PaymentRow("ALAND", 2025, "order", "shell", 44.0),
        PaymentRow("ALAND", 2026, "order", "shell", 132.0),
        PaymentRow("ALAND", 2025, "order", "tank", 150.0),
        PaymentRow("ALAND", 2025, "ramp", "second-shift", 50.0),
        PaymentRow("ALAND", 2025, "transfer", "shell", 6.0),
        PaymentRow("ALAND", 2025, "transfer", "old-tank", 0.2),
        PaymentRow("BOREA", 2025, "setup", "plant", 3.0),
        PaymentRow("ALAND", 2025, "framework", "shells-for-all", 2.0),
        PaymentRow("BOREA", 2025, "framework", "shells-for-all", 5.0),
    ),
)

LEVELS = Levels(unmet=500.0, shortfall=55.0, cost=430.7)
"""What the decisions come to, worked out by hand (test_checker says how)."""

PLAN = Plan(
    status="gap",
    objective=LEVELS,
    bound=Levels(unmet=0.0, shortfall=0.0, cost=0.0),
    gap=Levels(unmet=1.0, shortfall=1.0, cost=1.0),
    unavoidable=Levels(unmet=0.0, shortfall=0.0, cost=0.0),
    integer=True,
    checked=True,
    columns=1,
    rows=1,
    seconds=0.0,
    peak_bytes=0,
    limit="",
    inputs="none",
    method="by hand",
    decisions=DECISIONS,
)
