"""Scenarios through the method for large plans: rows that the checker passes, bounds that hold."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from intendance.planning import Plan, Scenario, Settings, check_plan, solve
from intendance.planning import _rows as rows
from intendance.planning._model import frame_of
from intendance.planning._solve import _large_run, _run
from intendance.planning._solve._large_run import columns_of, run_large, why_not
from intendance.planning.checker import certified_bound

WEIGHTS = {"unmet": 1.0, "shortfall": 0.1, "cost": 1.0}


def month(number: int) -> str:
    year, rest = divmod(number, 12)
    return f"{2025 + year:04d}-{rest + 1:02d}"


def coalition(seed: int, **settings: object) -> Scenario:
    """Three nations, three items of one component, ramps, budgets, transfers, two kinds of need."""
    draw = np.random.default_rng(seed)
    names, items, months = ("A", "B", "C"), ("shell", "mine", "truck"), 14
    price = dict(zip(items, (4.0, 1.5, 40.0), strict=True))
    use = {(n, i): float(draw.uniform(2, 9)) for n in names for i in items}
    asked = [
        rows.Request(n, i, month(t), round(use[n, i] * float(draw.gamma(4, 0.25)), 2), 1 + t % 3)
        for (n, i) in use
        for t in range(0, months, 2)
    ]
    yearly = {n: 12 * sum(use[n, i] * price[i] for i in items) for n in names}
    given = {"name": "small", "start": month(0), "months": months} | settings
    return Scenario(
        settings=msgspec.convert(given, Settings),
        nations=(rows.Nation("A"), rows.Nation("B", weight=2.0), rows.Nation("C")),
        items=(
            *(rows.Item(i, price[i], holding=0.001 * price[i]) for i in items),
            rows.Item("powder", 0.2, kind="component", holding=0.0002),
        ),
        requests=tuple(asked),
        expenditure=(rows.Expenditure("A", "shell", month(3), 1.5, priority=2),),
        lines=(
            rows.Line("press", "shell", 18.0, lead=2),
            rows.Line("hall", "mine", 16.0, lead=1),
            rows.Line("hall", "shell", 16.0, lead=1, use=2.0),
            rows.Line("works", "truck", 15.0, lead=3, qualification=2),
            rows.Line("mill", "powder", 60.0, lead=1),
        ),
        stocks=(
            *(rows.Stock(n, i, round(2 * u, 1)) for (n, i), u in use.items()),
            rows.Stock("A", "powder", 90.0),
        ),
        targets=tuple(
            rows.Target(n, i, month(0), round(3 * u, 1), round(0.2 * u, 2))
            for (n, i), u in use.items()
        ),
        owed=(rows.Owed("C", "mine", month(5), 12.0),),
        ramps=(
            rows.Ramp("press wider", "press", 4, 60.0, 6.0, count=2),
            rows.Ramp("mill wider", "mill", 3, 9.0, 20.0, paid_by="B"),
        ),
        components=(rows.Component("shell", "powder", 2.0), rows.Component("mine", "powder", 1.0)),
        price_index=(rows.PriceIndex("*", month(12), 1.05),),
        payments=(rows.Payment("*", -4, 0.3), rows.Payment("*", 0, 0.7)),
        budgets=tuple(
            rows.Budget(n, 2025 + y, round(0.8 * yearly[n], 1)) for n in names for y in (0, 1)
        ),
        transfers=(
            rows.TransferRule("*", "*", "*", lead=1, cost=0.05),
            rows.TransferRule("A", "C", "mine", allowed=False),
        ),
    )


def large(scenario: Scenario, gap: float = 0.005, time: float = 4.0):
    plan = run_large(frame_of(scenario), gap=gap, time=time, jobs=1)
    assert isinstance(plan, Plan)
    assert check_plan(scenario, plan.decisions).sound
    return plan


@pytest.mark.parametrize("seed", [1, 2])
def test_a_weighted_sum_agrees_with_one_piece_within_the_gap(seed: int):
    scenario = coalition(seed, weights=WEIGHTS)
    plan, exact = large(scenario, gap=0.03), solve(scenario, gap=1e-6)

    def total(levels):
        return levels.unmet + 0.1 * levels.shortfall + levels.cost

    best, found = total(exact.objective), total(plan.objective)
    assert best * (1 - 1e-6) <= found
    assert plan.gap.cost <= 0.03
    assert found - best <= plan.gap.cost * (found - total(plan.unavoidable)) * (1 + 1e-6)
    ((bound, value),) = certified_bound(scenario, plan)
    assert value == pytest.approx(found)
    assert bound <= best * (1 + 1e-6)
    assert found - bound <= plan.gap.cost * (found - total(plan.unavoidable)) * 1.01 + 1e-6


def test_levels_one_after_the_other_have_bounds_that_hold():
    scenario = coalition(3)
    plan, exact = large(scenario), solve(scenario, gap=1e-6)
    assert plan.bound.unmet <= exact.objective.unmet * (1 + 1e-6) <= plan.objective.unmet * 1.00001
    assert plan.gap.unmet <= 0.02
    # Later levels are bounded with the earlier ones at the values reported, which leave more room.
    assert plan.bound.shortfall <= exact.objective.shortfall * (1 + 1e-6)
    assert plan.gap.shortfall <= 0.2
    certified = certified_bound(scenario, plan)
    assert len(certified) == 3
    for (bound, value), level in zip(certified, ("unmet", "shortfall", "cost"), strict=True):
        assert value == getattr(plan.objective, level)
        assert bound >= getattr(plan.bound, level) * (1 - 1e-3) - 1e-6 * value


def test_demand_that_lapses_is_split_between_requests_and_expenditure():
    plan = large(coalition(4, weights=WEIGHTS, late="lost"), gap=0.05)
    assert {row.kind for row in plan.decisions.met} == {"request", "expenditure"}


def test_above_the_limit_solve_takes_the_method_and_says_so(monkeypatch):
    monkeypatch.setattr(_run, "LARGE_COLUMNS", 10)
    scenario = coalition(1, weights=WEIGHTS)
    plan = solve(scenario, gap=0.03, time=4.0, jobs=1)
    assert plan.method == "first-order steps with exact bounds of items"
    assert plan.status in ("gap", "limit")
    assert plan.limit == ("" if plan.status == "gap" else "time")
    assert plan.inputs
    assert plan.certified


def test_what_the_method_cannot_hold_goes_in_one_piece_and_the_plan_says_why(monkeypatch):
    monkeypatch.setattr(_run, "LARGE_COLUMNS", 10)
    scenario = coalition(1)
    limited = msgspec.structs.replace(scenario, absorption=(rows.Absorption("A", 30.0),))
    assert why_not(scenario) == ""
    assert why_not(limited) == "not for the method of large plans: absorption"
    plan = solve(limited, gap=0.01)
    assert plan.method.endswith("(not for the method of large plans: absorption)")
    assert plan.method.startswith("one piece")


def test_without_the_memory_for_it_a_plan_is_made_in_one_piece(monkeypatch):
    monkeypatch.setattr(_run, "LARGE_COLUMNS", 10)
    monkeypatch.setattr(_large_run, "free_bytes", lambda: 1000.0)
    plan = solve(coalition(1, weights=WEIGHTS), gap=0.01)
    assert plan.method.startswith("one piece")
    assert "(no memory for 1876 columns at 90 bytes)" in plan.method


def test_columns_are_counted_before_a_model_is_made():
    frame = frame_of(coalition(1))
    model_columns = solve(coalition(1), gap=0.1).columns
    assert model_columns <= columns_of(frame) <= 2 * model_columns
