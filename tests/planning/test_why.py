"""The limits behind shortfalls, ramps with and without, nations alone and pooled, two plans."""

from __future__ import annotations

import msgspec
import pytest

from intendance.planning import (
    Scenario,
    Settings,
    compare,
    pooling,
    ramp_cases,
    solve,
    why,
    why_largest,
)
from intendance.planning import _rows as rows
from intendance.terms import IntendanceError

# Aland asks for 40 shells in June; its plant makes 5 a month, a second shift 10 more from May on.
BASE = Scenario(
    settings=Settings(name="chain", start="2025-01", months=8),
    nations=(rows.Nation("ALAND"), rows.Nation("BOREA")),
    items=(rows.Item("shell", price=10.0), rows.Item("powder", price=1.0, kind="component")),
    requests=(rows.Request("ALAND", "shell", "2025-06", 60.0),),
    lines=(rows.Line("plant", "shell", 5.0, lead=1),),
    stocks=(rows.Stock("BOREA", "shell", 9.0),),
    ramps=(rows.Ramp("second-shift", "plant", 4, 50.0, 10.0),),
)


def changed(**fields: object) -> Scenario:
    return msgspec.structs.replace(BASE, **fields)


def limits(scenario: Scenario, month: str = "2025-06") -> list[tuple[str, str]]:
    plan = solve(scenario, gap=0.0)
    return [(row.limit, row.where) for row in why(scenario, plan, "ALAND", "shell", month)]


def test_a_full_line_its_ramp_and_a_forbidden_transfer():
    plan = solve(BASE, gap=0.0)
    causes = why(BASE, plan, "ALAND", "shell", "2025-06")
    assert [(row.limit, row.where) for row in causes] == [
        ("line", "plant"),
        ("transfer", "BOREA"),
    ]
    # A unit more of the plant's capacity in January spares a unit's waiting in three months, at
    # 100 (priority) times 10 (price).
    assert causes[0].worth == pytest.approx(2000.0)
    assert causes[0].text == "plant is full in 5 of 5 months"


def test_a_ramp_that_works_too_late():
    late = (rows.Ramp("second-shift", "plant", 6, 50.0, 10.0),)
    assert limits(changed(ramps=late)) == [
        ("line", "plant"), ("ramp", "second-shift"), ("transfer", "BOREA"),
    ]  # fmt: skip


def test_a_budget_that_is_spent():
    poor = changed(budgets=(rows.Budget("ALAND", 2025, 200.0),), ramps=())
    assert limits(poor)[0] == ("budget", "ALAND 2025")


def test_powder_that_is_short_and_nobody_who_makes_it():
    short = changed(
        components=(rows.Component("shell", "powder", 1.0),),
        stocks=(rows.Stock("ALAND", "powder", 12.0),),
        ramps=(),
    )
    assert limits(short) == [("component", "powder"), ("no-source", "powder")]


@pytest.mark.parametrize(
    ("fields", "limit"),
    [
        ({"lines": (rows.Line("plant", "shell", 90.0, lead=6),)}, "lead"),
        ({"lines": (rows.Line("plant", "shell", 90.0, qualification=6),)}, "qualification"),
        ({"lines": (rows.Line("plant", "shell", 90.0, batch=80.0),),
          "budgets": (rows.Budget("ALAND", 2025, 700.0), rows.Budget("BOREA", 2025, 0.0)),
          "ramps": ()}, "batch"),
        ({"lines": (rows.Line("plant", "shell", 90.0),),
          "absorption": (rows.Absorption("ALAND", 4.0),), "ramps": ()}, "absorption"),
        ({"lines": (rows.Line("plant", "shell", 90.0),), "ramps": (),
          "frameworks": (rows.Framework("pact", ceiling=20.0),),
          "framework_items": (rows.FrameworkItem("pact", "shell"),)}, "framework"),
        ({"lines": (), "ramps": (), "stocks": ()}, "no-source"),
        ({"transfers": (rows.TransferRule("*", "*", "*"),),
          "targets": (rows.Target("BOREA", "shell", "2025-01", floor=9.0),)}, "floor"),
        ({"transfers": (rows.TransferRule("*", "*", "*"),), "lines": BASE.lines,
          "backfills": (rows.Backfill("BOREA", "shell", "shell-2"),),
          "items": (*BASE.items, rows.Item("shell-2", price=10.0))}, "backfill"),
    ],
)  # fmt: skip
def test_each_limit_is_named(fields: dict[str, object], limit: str):
    assert limit in [found for found, _ in limits(changed(**fields))]


def test_nothing_missing_has_no_cause_and_strange_names_are_errors():
    plan = solve(BASE, gap=0.0)
    assert why(BASE, plan, "BOREA", "shell", "2025-06") == ()
    with pytest.raises(IntendanceError) as raised:
        why(BASE, plan, "ALAND", "shel", "2025-06")
    assert raised.value.code == "plan.unknown-name"
    assert raised.value.message == (
        "Expected an item of the scenario, got shel - at scenario chain"
    )
    with pytest.raises(IntendanceError) as raised:
        why(BASE, plan, "ALAND", "shell", "2026-06")
    assert raised.value.message == "Expected a month of the plan, got 2026-06 - at scenario chain"


def test_the_largest_shortfalls_have_their_chains():
    plan = solve(BASE, gap=0.0)
    assert {(row.nation, row.month) for row in why_largest(BASE, plan)} == {("ALAND", "2025-06")}


def test_a_ramp_with_and_without():
    plan = solve(BASE, gap=0.0)
    (case,) = ramp_cases(BASE, plan, gap=0.0)
    assert case.taken
    # From May on ten more a month start, so 10, 20 and at last 25 more of the 60 are met in time.
    assert case.units == pytest.approx(25.0)
    assert case.unit_months == pytest.approx(10.0 + 20.0 + 25.0)
    assert case.cost == 50.0
    # The 25 more cost 250; after the peak of 15 in May the plant makes 15, 10 and nothing.
    assert case.saved == pytest.approx(-250.0)
    assert case.use_after_peak == pytest.approx(25.0 / 45.0)
    assert case.firm_order == pytest.approx(5.0)
    assert case.years == pytest.approx(5.0 / 120.0)
    dear = changed(settings=msgspec.structs.replace(
        BASE.settings, weights={"unmet": 1e-6, "shortfall": 0.0, "cost": 1.0}))  # fmt: skip
    left = solve(dear, gap=0.0)
    (case,) = ramp_cases(dear, left, gap=0.0)
    assert not case.taken


def test_pooling_shares_a_line_and_its_set_up():
    both = changed(
        requests=(
            rows.Request("ALAND", "shell", "2025-06", 10.0),
            rows.Request("BOREA", "shell", "2025-03", 10.0),
        ),
        lines=(rows.Line("plant", "shell", 5.0, lead=1, setup_cost=20.0),),
        stocks=(), ramps=(),
    )  # fmt: skip
    plan = solve(both, gap=0.0)
    found = pooling(both, plan, gap=0.0)
    assert [(row.nation, row.share) for row in found.nations] == [("ALAND", 0.5), ("BOREA", 0.5)]
    # Alone Borea has half the line: 5 by March and the rest two months later.
    borea = found.nations[1]
    assert borea.unit_months_alone == pytest.approx(5.0 + 2.5)
    assert borea.unit_months_pooled == pytest.approx(0.0)
    assert borea.units_alone == borea.units_pooled == pytest.approx(10.0)
    assert borea.paid_alone == pytest.approx(100.0 + 4 * 20.0)
    assert sum(row.paid_pooled for row in found.nations) == pytest.approx(200.0 + 4 * 20.0)
    assert found.alone.cost == pytest.approx(2 * (100.0 + 4 * 20.0))
    assert found.pooled.cost == pytest.approx(200.0 + 4 * 20.0)


def test_two_plans_differ_in_what_is_named():
    first, second = solve(BASE, gap=0.0), solve(changed(ramps=()), gap=0.0)
    found = compare(first, second)
    assert found.levels.unmet > 0
    rows_ = {(row.what, row.where): row.change for row in found.rows}
    assert rows_["ramp", "second-shift"] == -1
    assert rows_["made", "plant shell"] == pytest.approx(-25.0)
    assert compare(first, first).rows == ()
