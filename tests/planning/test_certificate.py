"""The bound of a plan recomputed from multipliers by code that shares nothing with the solver."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.planning.hand import SCENARIO
from tests.planning.random_scenarios import scenario as random_scenario

from intendance.planning import Plan, Scenario, certified_bound, solve
from intendance.planning._solve import _certificate
from intendance.planning.checker._exact import sum_of_products
from intendance.terms import IntendanceError


def solved(seed: int, *, integers: bool) -> tuple[Scenario, Plan] | None:
    scenario = random_scenario(seed, integers=integers, floors=False)
    try:
        return scenario, solve(scenario, gap=1e-9, time=20)
    except IntendanceError as fault:
        assert fault.code == "plan.infeasible"  # noqa: PT017
        return None


@given(seed=st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_the_certificate_of_a_linear_plan_is_never_above_it(seed: int):
    found = solved(seed, integers=False)
    if found is None or found[1].integer:
        return
    scenario, plan = found
    bounds = certified_bound(scenario, plan)
    assert plan.certified == tuple(bound for bound, _ in bounds)
    for bound, value in bounds:
        assert bound <= value + 1e-6 * max(1.0, abs(value))


def test_nearly_all_levels_of_linear_plans_are_proved_to_the_last_digits():
    proved = total = 0
    for seed in range(40):
        found = solved(seed, integers=False)
        if found is not None and not found[1].integer:
            for bound, value in certified_bound(*found):
                total += 1
                proved += bound == pytest.approx(value, rel=1e-5, abs=1e-4)
    assert total > 90
    assert proved / total > 0.95


@given(seed=st.integers(0, 10_000), change=st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_no_multipliers_at_all_prove_more_than_is_true(seed: int, change: Random):
    found = solved(seed, integers=True)
    if found is None:
        return
    scenario, plan = found
    spoilt = tuple(
        msgspec.structs.replace(
            row, multiplier=row.multiplier * change.choice([0.0, 1.0, 1.5, -1.0, 40.0])
        )
        for row in plan.certificate
    )
    for certificate in (plan.certificate, spoilt, ()):
        other = msgspec.structs.replace(plan, certificate=certificate)
        first, value = certified_bound(scenario, other)[0]
        assert first <= value + 1e-6 * max(1.0, abs(value))


def test_a_weighted_sum_has_one_bound():
    settings_ = msgspec.structs.replace(
        SCENARIO.settings, weights={"unmet": 1.0, "shortfall": 0.5, "cost": 0.1}
    )
    scenario = msgspec.structs.replace(
        SCENARIO, settings=settings_, frameworks=(), framework_items=(), price_bands=(), ramps=()
    )
    plan = solve(scenario, gap=1e-9)
    ((bound, value),) = certified_bound(scenario, plan)
    wanted = plan.objective.unmet + plan.objective.shortfall / 2 + plan.objective.cost / 10
    assert value == pytest.approx(wanted)
    assert bound <= value + 1e-6


def test_a_bound_above_its_plan_is_a_fault_of_the_solver(monkeypatch: pytest.MonkeyPatch):
    plan = solve(SCENARIO)
    monkeypatch.setattr(_certificate, "certified_bound", lambda *_: [(2.0, 1.0)])
    with pytest.raises(IntendanceError, match="a bound that is not above 1, got 2") as caught:
        _certificate.certified(SCENARIO, plan)
    assert caught.value.code == "plan.solver"


@given(
    st.lists(
        st.tuples(
            st.floats(-1e12, 1e12, allow_subnormal=False),
            st.floats(-1e6, 1e6, allow_subnormal=False),
        ),
        max_size=8,
    )
)
def test_sums_of_products_are_rounded_once(pairs: list[tuple[float, float]]):
    pairs = [(a, b) for a, b in pairs if a * b == 0.0 or abs(a * b) > 1e-200]
    exact = sum((Fraction(a) * Fraction(b) for a, b in pairs), Fraction(0))
    assert sum_of_products(pairs) == pytest.approx(float(exact), rel=1e-15, abs=1e-300)
