"""Plans from plans nearby: the same rules, bounds that hold, and from nothing where that fails."""

from __future__ import annotations

import contextlib
import dataclasses
from typing import Any

import msgspec
import numpy as np
import pytest
from tests.planning.large.test_large_plans import coalition
from tests.planning.random_scenarios import scenario as random_scenario

from intendance.planning import Scenario, check_plan, solve, solve_near
from intendance.planning._model import build_model
from intendance.planning._solve import _again, _combine
from intendance.planning._sweep.draws import draw
from intendance.planning.checker import certified_bound
from intendance.terms import IntendanceError


@pytest.fixture(autouse=True)
def _forgotten(monkeypatch):
    monkeypatch.setattr(_again, "_memories", {})
    monkeypatch.setattr(_again, "_failed", {})


def uncertain(seed: int = 5):
    scenario = coalition(seed)
    return msgspec.structs.replace(
        scenario,
        stocks=tuple(
            msgspec.structs.replace(row, high=round(1.2 * row.low, 2)) for row in scenario.stocks
        ),
    )


def test_scenarios_nearby_are_within_the_gap_of_their_optimum():
    base, near = uncertain(), 0
    for number in range(8):
        scenario = draw(base, 1, number)
        plan, exact = solve_near(scenario, gap=0.02, jobs=1), solve(scenario, gap=1e-7, jobs=1)
        near += plan.method.endswith("from a plan nearby")
        assert check_plan(scenario, plan.decisions).sound
        assert plan.bound.unmet <= exact.objective.unmet * (1 + 1e-6)
        least, best = exact.unavoidable.unmet, exact.objective.unmet
        assert plan.objective.unmet - best <= 0.021 * (plan.objective.unmet - least) + 1e-6
        assert max(plan.gap.unmet, plan.gap.shortfall, plan.gap.cost) <= 0.02
        for (bound, value), level in zip(
            certified_bound(scenario, plan), ("unmet", "shortfall", "cost"), strict=True
        ):
            assert value == getattr(plan.objective, level)
            assert bound <= value * (1 + 1e-6)
    assert near >= 3


def test_what_is_remembered_of_another_scenario_is_no_harm():
    first = coalition(6)
    solve_near(first, gap=0.01, jobs=1)
    # All lines stop: the old ramps and prices are of no use.
    lines = tuple(msgspec.structs.replace(row, capacity=0.0) for row in first.lines)
    other = msgspec.structs.replace(first, lines=lines, ramps=())
    plan, exact = solve_near(other, gap=1e-6, jobs=1), solve(other, gap=1e-6, jobs=1)
    assert plan.objective.unmet == pytest.approx(exact.objective.unmet)
    assert plan.objective.shortfall == pytest.approx(exact.objective.shortfall, rel=1e-5)


def test_only_the_last_plans_are_remembered(monkeypatch):
    monkeypatch.setattr(_again, "_LAST", 2)
    base = uncertain(7)
    for number in range(4):
        solve_near(draw(base, 3, number), gap=1e-9, jobs=1)
    (memories,) = _again._memories.values()
    assert len(memories) <= 2


def test_where_nothing_near_will_do_none_is_tried_after_a_while(monkeypatch):
    tried = []

    class Never:
        def __init__(self, scenario, *_):
            tried.append(scenario)

        def plan(self):
            return None

    monkeypatch.setattr(_again, "_Near", Never)
    base = uncertain(9)
    for number in range(6):
        solve_near(draw(base, 1, number), gap=0.02, jobs=1)
    assert len(tried) == 3


def test_an_infeasible_scenario_is_told_as_ever():
    scenario = coalition(8)
    solve_near(scenario, gap=0.01, jobs=1)
    floors = tuple(msgspec.structs.replace(row, floor=1e6) for row in scenario.targets)
    with pytest.raises(Exception, match="contradict each other"):
        solve_near(msgspec.structs.replace(scenario, targets=floors), gap=0.01, jobs=1)


def with_set_ups(scenario: Scenario) -> Scenario:
    lines = (
        msgspec.structs.replace(row, batch=5.0, setup_cost=9.0, setup_time=1.0)
        for row in scenario.lines
    )
    return msgspec.structs.replace(scenario, lines=tuple(lines))


def test_whole_numbers_nearby_agree_with_the_best_plan() -> None:
    base, near = with_set_ups(uncertain(11)), 0
    for number in range(3):
        scenario = draw(base, 1, number)
        plan = solve_near(scenario, gap=0.02, jobs=1)
        exact = solve(scenario, gap=2e-3, time=2, jobs=1)
        near += plan.method.endswith("from a plan nearby")
        assert check_plan(scenario, plan.decisions).sound
        assert max(plan.gap.unmet, plan.gap.shortfall, plan.gap.cost) <= 0.02
        # A bound holds for what is at least as good in the levels before.
        values, best = plan.objective, exact.objective
        assert plan.bound.unmet <= best.unmet * (1 + 1e-6)
        if best.unmet > values.unmet * (1 + 1e-9):
            continue
        assert plan.bound.shortfall <= best.shortfall * (1 + 1e-6)
        if best.shortfall <= values.shortfall * (1 + 1e-9):
            assert plan.bound.cost <= best.cost * (1 + 1e-6)
    assert near


def test_levels_in_another_order_or_as_one_sum_go_together_as_well() -> None:
    for settings in ({"levels": ("shortfall", "cost")}, {"weights": {"unmet": 9.0, "cost": 1.0}}):
        base = msgspec.structs.replace(uncertain(13), settings=coalition(13, **settings).settings)
        solve_near(draw(base, 1, 0), gap=0.02, jobs=1)
        scenario = draw(base, 1, 1)
        plan, exact = solve_near(scenario, gap=0.02, jobs=1), solve(scenario, gap=1e-6, jobs=1)
        assert plan.method.endswith("from a plan nearby")
        weights = base.settings.weights or {"shortfall": 1.0}
        value, bound, best = (
            sum(weight * getattr(levels, level) for level, weight in weights.items())
            for levels in (plan.objective, plan.bound, exact.objective)
        )
        assert value == pytest.approx(best, rel=0.021)
        if "weights" not in settings:
            assert bound <= best * (1 + 1e-6)


def test_a_bound_is_searched_no_further_than_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[float] = []
    value = _combine._value

    def counting(*given: Any) -> float:
        counted.append(value(*given))
        return counted[-1]

    monkeypatch.setattr(_combine, "_value", counting)
    problem = build_model(uncertain(14)).problem
    problem = dataclasses.replace(problem, lower=np.zeros(len(problem.lower)))
    costs, y = problem.costs["cost"], np.zeros(len(problem.row_lower))
    parts = [_combine.part_of(problem, costs, y, 0.0) for _ in range(2)]
    bound, strength = _combine.best_bound(problem, parts, [1.0], enough=-1.0)
    assert (bound, len(strength), len(counted)) == (0.0, 2, 2)
    _combine.best_bound(problem, parts, [1.0])
    assert len(counted) > 10


@pytest.mark.parametrize("seed", [*range(12), 139])  # the last has nothing to decide
def test_random_scenarios_nearby_have_bounds_under_their_best_plans(seed: int) -> None:
    base = random_scenario(seed)
    with contextlib.suppress(IntendanceError):  # of rules that contradict each other
        solve_near(base, gap=0.02, jobs=1)
    less = tuple(msgspec.structs.replace(row, low=0.8 * row.low) for row in base.stocks)
    scenario = msgspec.structs.replace(base, stocks=less)
    try:
        exact = solve(scenario, gap=1e-6, jobs=1)
    except IntendanceError:
        with pytest.raises(IntendanceError, match="contradict each other"):
            solve_near(scenario, gap=0.02, jobs=1)
        return
    plan = solve_near(scenario, gap=0.02, jobs=1)
    assert check_plan(scenario, plan.decisions).sound
    assert plan.bound.unmet <= exact.objective.unmet + 1e-6 * max(1.0, exact.objective.unmet)


def test_a_scenario_with_nothing_to_decide_is_no_harm() -> None:
    base = uncertain(15)
    empty = msgspec.structs.replace(
        base,
        lines=(),
        ramps=(),
        requests=(),
        expenditure=(),
        stocks=(),
        targets=(),
        components=(),
        transfers=(),
        owed=(),
        items=base.items[:3],
    )
    for _ in range(2):
        assert solve_near(empty, gap=0.02, jobs=1).columns == 0
