"""Back-orders of one stock: known values, what must always hold, extreme numbers."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intendance.sustainment import (
    negative_binomial_backorder_variance,
    negative_binomial_backorders,
    poisson_backorder_variance,
    poisson_backorders,
    poisson_fill_rate,
    poisson_probability,
)
from intendance.terms import IntendanceError

KNOWN = {
    1: [1, 0.36788, 0.10364, 0.02334, 0.00435],
    4: [4, 3.01832, 2.10989, 1.34800, 0.78147, 0.41030],
    6: [6, 5.00248, 4.01983, 3.08180, 2.23300],
}
NUMBER = "a number from 0 to 1e+15"
WHOLE = "a whole number from 0 to 1e+15"
MEANS = st.floats(0, 2000, allow_subnormal=False)
EXCESS = st.floats(0, 50, allow_subnormal=False)
STOCKS = st.integers(0, 3000)


@pytest.mark.parametrize("pipeline", KNOWN)
def test_the_known_values_come_out_to_their_digits(pipeline: int):
    found = np.asarray(poisson_backorders(pipeline, np.arange(len(KNOWN[pipeline]))))
    assert [round(each, 5) for each in found] == KNOWN[pipeline]


def by_hand(mean: str, excess: str, stock: int) -> tuple[Decimal, Decimal]:
    """Mean and variance of the back-orders, term by term in fifty digits."""
    with localcontext(prec=50):
        m, b = Decimal(mean), Decimal(excess)
        chance = (-m).exp() if b == 0 else (-(m / b) * (1 + b).ln()).exp()
        first = second = Decimal(0)
        x = 0
        while x <= stock or x <= m or (x - stock) ** 2 * chance > second * Decimal("1e-30"):
            if x > stock:
                first += (x - stock) * chance
                second += (x - stock) ** 2 * chance
            x += 1
            chance = chance * ((x - 1) * b + m) / ((1 + b) * x)
        return first, second - first * first


@pytest.mark.parametrize(
    ("mean", "excess", "stock"),
    [
        ("1", "0", 3),
        ("1", "0", 100),
        ("0.01", "0", 5),
        ("50", "0", 60),
        ("50", "0", 76),
        ("1000", "0", 0),
        ("1000", "0", 900),
        ("1000", "0", 1200),
        ("0.000000001", "0", 2),
        ("1", "0.5", 3),
        ("1", "0.5", 100),
        ("10", "30", 400),
        ("50", "0.000001", 49),
        ("50", "0.000001", 60),
        ("1000", "0.01", 1100),
        ("0.001", "50", 3),
        ("3", "1000", 3),
        ("1", "99", 0),
        ("1", "3", 4),
    ],
)
def test_sums_in_fifty_digits_agree(mean: str, excess: str, stock: int):
    first, second = by_hand(mean, excess, stock)
    spread = float(mean) * (1 + float(excess))
    found = negative_binomial_backorders(float(mean), spread, stock)
    assert found == pytest.approx(float(first), rel=2e-10, abs=0)
    varies = negative_binomial_backorder_variance(float(mean), spread, stock)
    assert varies == pytest.approx(float(second), rel=2e-9, abs=0)


@given(mean=MEANS, excess=EXCESS, stock=STOCKS)
def test_back_orders_fall_ever_slower_from_the_pipeline_to_nothing(
    mean: float, excess: float, stock: int
):
    variance = mean * (1 + excess)
    near = 1e-9 * (1 + mean)
    before, here, after = (
        float(negative_binomial_backorders(mean, variance, max(stock + step, 0)))
        for step in (-1, 0, 1)
    )
    assert 0 <= after <= here + near
    assert max(0, mean - stock) - near <= here <= mean + near
    if stock:
        assert before - here >= here - after - near
    assert (
        float(negative_binomial_backorder_variance(mean, variance, stock))
        <= variance * (1 + 1e-9) + 1e-12
    )


@given(mean=MEANS, excess=EXCESS, stock=STOCKS)
def test_more_variance_never_means_fewer_back_orders(mean: float, excess: float, stock: int):
    poisson = float(poisson_backorders(mean, stock))
    wider = float(negative_binomial_backorders(mean, mean * (1 + excess), stock))
    assert wider >= poisson - 1e-9 * (1 + mean)


@given(mean=st.floats(0.001, 500), stock=st.integers(0, 600))
def test_one_spare_more_saves_the_chance_that_none_is_left(mean: float, stock: int):
    saved = float(poisson_backorders(mean, stock)) - float(poisson_backorders(mean, stock + 1))
    short = 1 - float(poisson_fill_rate(mean, stock + 1))
    assert saved == pytest.approx(short, abs=1e-10 * (1 + mean))


@pytest.mark.parametrize(
    ("pipeline", "stock", "expected"),
    [
        (0, 0, 0.0),
        (0, 7, 0.0),
        (1e12, 0, 1e12),
        (1e12, 10**9, 999e9),
        (5, 10**15, 0.0),
        (1e-300, 0, 1e-300),
    ],
)
def test_extreme_numbers_come_out_at_their_limits(pipeline: float, stock: int, expected: float):
    assert poisson_backorders(pipeline, stock) == pytest.approx(expected, rel=1e-12)


def test_a_huge_pipeline_is_as_its_normal_limit():
    mean = 1e12
    found = float(poisson_backorders(mean, 10**12))
    assert found == pytest.approx(math.sqrt(mean / (2 * math.pi)), rel=1e-6)
    assert poisson_backorder_variance(mean, 10**12) == pytest.approx(
        mean * (0.5 - 0.5 / math.pi), rel=1e-5
    )


def test_probabilities_of_counts_are_those_of_the_series():
    found = [float(poisson_probability(2, count)) for count in range(6)]
    exact = [float(Fraction(2**count, math.factorial(count))) * math.exp(-2) for count in range(6)]
    assert found == pytest.approx(exact, rel=1e-14)
    assert sum(found[:3]) == pytest.approx(float(poisson_fill_rate(2, 3)), rel=1e-14)
    assert [poisson_probability(0, count) for count in (0, 1)] == [1.0, 0.0]
    assert [poisson_fill_rate(0, 0), poisson_fill_rate(0, 1)] == [0.0, 1.0]


def test_arrays_broadcast():
    found = np.asarray(poisson_backorders(np.array([[1.0], [4.0]]), np.arange(3)))
    assert found.shape == (2, 3)
    assert found[1, 2] == poisson_backorders(4, 2)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: poisson_backorders(-1, 0), f"{NUMBER}, got -1 - at pipeline"),
        (lambda: poisson_backorders(1, -2), f"{WHOLE}, got -2 - at stock"),
        (lambda: poisson_backorders(1, [0, 1.5]), f"{WHOLE}, got 1.5 - at stock[1]"),
        (lambda: poisson_backorders(math.nan, 0), f"{NUMBER}, got nan - at pipeline"),
        (lambda: poisson_backorders(math.inf, 0), f"{NUMBER}, got inf - at pipeline"),
        (lambda: poisson_backorders("much", 0), f"{NUMBER}, got 'much' - at pipeline"),
        (
            lambda: negative_binomial_backorders(4, 3, 1),
            "a variance of at least the mean, got 3 for a mean of 4 - at variance",
        ),
    ],
)
def test_numbers_that_cannot_be_are_told(call, said: str):
    with pytest.raises(IntendanceError) as fault:
        call()
    assert fault.value.code == "sustainment.value"
    assert fault.value.message.endswith(said)
