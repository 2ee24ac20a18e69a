"""A depot and its units: known values, what exact, METRIC and VARI-METRIC must agree on."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intendance.sustainment import (
    METHODS,
    _exact,
    poisson_backorders,
    poisson_probability,
    two_echelon,
)
from intendance.terms import IntendanceError

KNOWN = {
    (5, 0.2, 10, 5, 8, 2): (1.52484, 1.38730, 1.52318),
    (5, 0.2, 10, 5, 10, 1): (2.75039, 2.68331, 2.75578),
    (3, 1, 5, 2, 12, 3): (2.52454, 2.27732, 2.51782),
}


@pytest.mark.parametrize("case", KNOWN)
def test_the_known_values_come_out_to_their_digits(case):
    names = ("bases", "demand", "depot_repair", "shipping", "depot_stock", "base_stock")
    given = dict(zip(names, case, strict=True))
    found = [round(two_echelon(**given, method=each).backorders, 5) for each in METHODS]
    assert found == list(KNOWN[case])


def by_enumeration(rates, repair, shipping, depot_stock, stocks) -> float:
    """Back-orders by going through every state of the depot and every split."""
    total = sum(rates)
    found = 0.0
    for rate, stock in zip(rates, stocks, strict=True):
        share, own = rate / total, rate * shipping
        for owed in range(60):
            if owed:
                chance = float(poisson_probability(total * repair, depot_stock + owed))
            else:
                chance = sum(
                    float(poisson_probability(total * repair, each))
                    for each in range(depot_stock + 1)
                )
            ways = 1.0
            for here in range(owed + 1):
                split = ways * share**here * (1 - share) ** (owed - here)
                for new in range(40):
                    here_too = float(poisson_probability(own, new))
                    found += chance * split * here_too * max(0, here + new - stock)
                ways = ways * (owed - here) / (here + 1)
    return found


def test_the_exact_method_is_the_sum_over_all_states():
    rates, stocks = (0.3, 0.1), (1, 0)
    found = two_echelon(2, rates, 6, 3, 2, stocks, method="exact")
    assert found.backorders == pytest.approx(by_enumeration(rates, 6, 3, 2, stocks), rel=1e-10)
    assert len(found.by_unit) == 2
    assert float(found) == pytest.approx(sum(found.by_unit))


@given(
    bases=st.integers(1, 8),
    demand=st.floats(0, 3),
    repair=st.floats(0, 15),
    shipping=st.floats(0, 8),
    depot=st.integers(0, 60),
    base=st.integers(0, 30),
)
@settings(max_examples=60, deadline=None)
def test_the_methods_keep_their_bounds(
    bases: int, demand: float, repair: float, shipping: float, depot: int, base: int
):
    found = {
        each: two_echelon(bases, demand, repair, shipping, depot, base, method=each)
        for each in METHODS
    }
    pipeline = sum(found["exact"].pipelines)
    for each in found.values():
        assert max(0.0, pipeline - bases * base) - 1e-9 <= each.backorders <= pipeline + 1e-9
        assert each.pipelines == found["exact"].pipelines
    # METRIC leaves out variance, so it never says more.
    assert found["metric"].backorders <= found["exact"].backorders + 1e-9
    more = two_echelon(bases, demand, repair, shipping, depot, base + 1, method="exact")
    assert more.backorders <= found["exact"].backorders + 1e-9
    more = two_echelon(bases, demand, repair, shipping, depot + 1, base, method="exact")
    assert more.backorders <= found["exact"].backorders + 1e-9


@pytest.mark.parametrize("method", METHODS)
def test_a_depot_without_spares_makes_all_methods_exact(method):
    # With no depot stock a unit's outstanding orders are Poisson: the split of a Poisson count.
    found = two_echelon(4, 0.5, 6, 2, 0, 3, method=method)
    assert found.backorders == pytest.approx(4 * float(poisson_backorders(0.5 * 8, 3)), rel=1e-9)


@pytest.mark.parametrize("method", METHODS)
def test_a_full_depot_leaves_only_shipping(method):
    found = two_echelon(4, 0.5, 6, 2, 500, 1, method=method)
    assert found.backorders == pytest.approx(4 * float(poisson_backorders(1.0, 1)), rel=1e-12)
    assert (found.depot_backorders, found.depot_variance) == pytest.approx((0, 0), abs=1e-300)
    assert found.depot_pipeline == pytest.approx(12)


def test_nothing_fails_nothing_is_owed():
    for method, stock in product(METHODS, (0, 4)):
        assert two_echelon(3, 0, 5, 2, stock, stock, method=method).backorders == 0


def test_units_that_differ_are_told_one_by_one():
    found = two_echelon(demand=[0.1, 0.4], depot_repair=5, shipping=[2, 3], depot_stock=1)
    assert found.by_unit == pytest.approx(found.pipelines)
    alike = two_echelon(demand=[0.2] * 5, depot_repair=10, shipping=5, depot_stock=8, base_stock=2)
    assert alike.backorders == pytest.approx(two_echelon(5, 0.2, 10, 5, 8, 2).backorders)


def test_a_pipeline_of_fifty_thousand_is_still_split_exactly():
    found = two_echelon(50, 1, 1000, 5, 50_000, 1000, method="exact")
    assert found.backorders == pytest.approx(0, abs=1e-12)
    found = two_echelon(50, 1, 1000, 5, 0, 900, method="exact")
    assert found.backorders == pytest.approx(50 * float(poisson_backorders(1005, 900)), rel=1e-9)


@pytest.mark.parametrize("shares", [(0.5, 0.5), (0.95, 0.05), (1.0, 0.0)])
def test_points_by_themselves_and_step_by_step_are_the_same(shares, monkeypatch):
    rates = [20 * each for each in shares]
    stepped = two_echelon(2, rates, 100, 2, 1200, [300, 100], method="exact")
    monkeypatch.setattr(_exact, "_FEW", 10**9)
    direct = two_echelon(2, rates, 100, 2, 1200, [300, 100], method="exact")
    assert stepped.by_unit == pytest.approx(direct.by_unit, rel=1e-11)
    assert stepped.by_unit[0] > 10


def test_a_case_too_large_to_be_exact_says_so():
    with pytest.raises(IntendanceError) as fault:
        two_echelon(2, 1e9, 100, 1, 10**11, 10, method="exact")
    assert fault.value.code == "sustainment.too-large"
    assert "at most 2,000,000,000 points of probability" in fault.value.message
    assert "for a pipeline of 2e+11 - at the exact method" in fault.value.message
    assert np.isfinite(two_echelon(2, 1e9, 100, 1, 10**11, 10).backorders)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"bases": 0}, "a whole number from 1 to 1000000, got 0 - at bases"),
        ({"demand": -0.1}, "a number from 0 to 1e+15, got -0.1 - at demand"),
        ({"demand": [1, 2]}, "one number, or 5, got an array of shape (2,) - at demand"),
        ({"depot_stock": 1.5}, "a whole number from 0 to 1e+15, got 1.5 - at depot_stock"),
        ({"depot_repair": [1, 2]}, "one number, got an array of shape (2,) - at depot_repair"),
        ({"base_stock": -1}, "a whole number from 0 to 1e+15, got -1 - at base_stock"),
        ({"method": "guess"}, "one of exact, metric, vari-metric, got 'guess' - at method"),
    ],
)
def test_numbers_that_cannot_be_are_told(given, said: str):
    fine = {
        "bases": 5,
        "demand": 0.2,
        "depot_repair": 10,
        "shipping": 5,
        "depot_stock": 8,
        "base_stock": 2,
    }
    with pytest.raises(IntendanceError) as fault:
        two_echelon(**(fine | given))
    assert fault.value.code == "sustainment.value"
    assert fault.value.message == f"Expected {said}"
