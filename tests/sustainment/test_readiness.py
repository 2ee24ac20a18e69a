"""Fleets: the indented structure, batches, cannibalisation, shares under repair."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intendance.sustainment import (
    METHODS,
    BatchRow,
    FleetRow,
    FleetTables,
    PartRow,
    RateRow,
    ShopRow,
    SpareRow,
    batch_yield,
    negative_binomial_backorders,
    poisson_backorder_variance,
    poisson_backorders,
    poisson_fill_rate,
    readiness,
    two_echelon,
    under_repair,
)
from intendance.terms import IntendanceError

from .fleets import SMALL, with_rows

PLAIN = FleetTables(
    fleets=tuple(FleetRow(f"unit-{k}", "system", 10, 5) for k in range(5)),
    parts=(PartRow("part", "system"),),
    rates=(RateRow("part", 0.02 * 365, at_unit=0, at_depot=1),),
    shops=(ShopRow("depot", 10),),
    spares=(SpareRow("part", "depot", 8), *(SpareRow("part", f"unit-{k}", 2) for k in range(5))),
)


@pytest.mark.parametrize("method", METHODS)
def test_one_part_without_parts_is_the_formula_of_two_echelons(method):
    found = readiness(PLAIN, method)
    expected = two_echelon(5, 0.2, 10, 5, 8, 2, method=method)
    assert sum(each.backorders for each in found.fleets) == pytest.approx(expected.backorders)
    assert {each.method for each in found.fleets} == {method}
    missing = expected.by_unit[0] / 10
    assert found.fleets[0].availability == pytest.approx(1 - missing)
    assert found.fit == pytest.approx(50 * (1 - missing))


def test_a_part_of_a_part_makes_its_repair_wait():
    # One unit that repairs all itself: the engine waits for its pump, the pump for its repair.
    tables = FleetTables(
        fleets=(FleetRow("unit", "gun", 10),),
        parts=(PartRow("engine", "gun"), PartRow("pump", "engine", share=0.5)),
        rates=(RateRow("engine", 36.5, 1, 0), RateRow("pump", None, 1, 0)),
        shops=(ShopRow("unit", 2, "engine"), ShopRow("unit", 6, "pump")),
        spares=(SpareRow("engine", "unit", 2), SpareRow("pump", "unit", 3)),
    )
    pump = float(poisson_backorders(0.5 * 6, 3))
    spread = float(poisson_backorder_variance(0.5 * 6, 3))
    by_place = {(row.part, row.place): row for row in readiness(tables, "vari-metric").parts}
    assert by_place["pump", "unit"].backorders == pytest.approx(pump)
    assert by_place["pump", "unit"].demand == pytest.approx(0.5 * 365)
    engine = by_place["engine", "unit"]
    assert engine.outstanding == pytest.approx(2 + pump)
    assert engine.variance == pytest.approx(2 + spread)
    assert engine.backorders == pytest.approx(
        float(negative_binomial_backorders(2 + pump, 2 + spread, 2))
    )
    found = {row.part: row.method for row in readiness(tables, "exact").parts}
    assert found == {"engine": "vari-metric", "pump": "exact"}
    metric = {row.part: row for row in readiness(tables, "metric").parts if row.place == "unit"}
    assert metric["engine"].backorders == pytest.approx(float(poisson_backorders(2 + pump, 2)))


def test_depot_repair_waits_for_parts_that_units_ask_for_too():
    by_place = {(row.part, row.place): row for row in readiness(SMALL, "vari-metric").parts}
    engine = {"north": 20 * 1.0, "south": 10 * 1.5}
    inner = 0.7 * sum(engine.values()) * 0.6
    at_units = {name: 0.2 * rate * 0.6 for name, rate in engine.items()}
    pump = by_place["pump", "depot"]
    assert pump.demand == pytest.approx(inner + 0.9 * sum(at_units.values()))
    assert by_place["pump", "north"].demand == pytest.approx(at_units["north"])
    share = inner / pump.demand
    away = sum(engine.values()) / 365
    own = away * (0.7 * 30 + 0.1 * 120)
    assert by_place["engine", "depot"].outstanding == pytest.approx(own + share * pump.backorders)
    assert ("gearbox", "north") not in by_place
    # pumps: nine tenths of what isn't repaired at the unit the depot does; the rest doesn't occur
    assert pump.outstanding == pytest.approx(pump.demand / 365 * 30)


def test_a_batch_in_bad_condition_becomes_spares_part_by_part():
    batch = BatchRow("gun", 10, "depot", 0.3)
    assert batch_yield(batch, SMALL.parts) == {"engine": 3, "barrel": 6, "pump": 2}
    before = readiness(SMALL).fit
    given = with_rows(SMALL, batches=(batch,))
    after = readiness(given)
    stocks = {(row.part, row.place): row.stock for row in after.parts}
    assert stocks["engine", "depot"] == 2 + 3
    assert stocks["barrel", "depot"] == 3 + 6
    assert after.fit > before
    assert batch_yield(BatchRow("gun", 10, "depot", 0.0), SMALL.parts)["pump"] == 0


def test_swapping_parts_gathers_the_holes_on_few_systems():
    for row in readiness(SMALL).fleets:
        assert row.availability is not None
        assert row.availability_swapping is not None
        assert row.availability <= row.availability_swapping <= 1
        assert row.fit_swapping == pytest.approx(row.number * row.availability_swapping)
    fixed = with_rows(
        SMALL, parts=tuple(PartRow(p.part, p.parent, p.quantity, p.price, p.share, swap=False)
                           for p in SMALL.parts)
    )  # fmt: skip
    for row in readiness(fixed, "vari-metric").fleets:
        assert row.availability_swapping == pytest.approx(row.availability)


def test_the_exact_availability_is_the_mean_over_all_numbers_of_holes():
    # Three systems of two parts each; b holes drawn alike leave a system whole with the chance
    # (6 - b)(5 - b) / 30.
    tables = FleetTables(
        fleets=(FleetRow("unit", "gun", 3),),
        parts=(PartRow("a", "gun", 2),),
        rates=(RateRow("a", 365 / 6, 1, 0),),
        shops=(ShopRow("unit", 1.5),),
        spares=(SpareRow("a", "unit", 1),),
    )
    (row,) = readiness(tables, "exact").fleets
    mean = 0.0
    for holes in range(5):
        chance = float(poisson_fill_rate(1.5, holes + 2)) - float(
            poisson_fill_rate(1.5, holes + 1) if holes else 0.0
        )
        mean += chance * (6 - holes) * (5 - holes) / 30
    assert row.availability == pytest.approx(mean, rel=1e-12)
    (plain,) = readiness(tables, "vari-metric").fleets
    assert plain.availability == pytest.approx((1 - row.backorders / 6) ** 2)
    assert plain.fit < row.fit
    many = with_rows(tables, fleets=(FleetRow("unit", "gun", 2001),))
    (row,), (plain,) = readiness(many, "exact").fleets, readiness(many, "vari-metric").fleets
    assert row.availability == pytest.approx(plain.availability)


def test_with_one_part_swapping_changes_nothing_but_with_two_it_counts_the_larger_hole():
    tables = FleetTables(
        fleets=(FleetRow("unit", "gun", 2),),
        parts=(PartRow("a", "gun"), PartRow("b", "gun")),
        rates=(RateRow("a", 36.5, 1, 0), RateRow("b", 73, 1, 0)),
        shops=(ShopRow("unit", 1),),
    )
    (row,) = readiness(tables, "exact").fleets
    chance = [
        float(poisson_fill_rate(0.2, most + 1)) * float(poisson_fill_rate(0.4, most + 1))
        for most in (0, 1)
    ]
    assert row.availability_swapping == pytest.approx(sum(chance) / 2)


def test_an_empty_fleet_has_no_availability():
    tables = with_rows(SMALL, fleets=(FleetRow("north", "gun", 0), *SMALL.fleets[1:]))
    row = readiness(tables).fleets[0]
    assert (row.availability, row.availability_swapping, row.fit, row.backorders) == (
        None, None, 0.0, 0.0
    )  # fmt: skip


def test_more_spares_never_mean_fewer_systems():
    more = with_rows(SMALL, spares=(*SMALL.spares, SpareRow("barrel", "south", 4)))
    for method in METHODS:
        before, after = readiness(SMALL, method), readiness(more, method)
        assert after.fit > before.fit
        assert after.fleets[0].fit == pytest.approx(before.fleets[0].fit)


def test_an_unknown_method_is_told():
    with pytest.raises(IntendanceError, match="one of exact, metric, vari-metric, got 'best'"):
        readiness(SMALL, "best")  # type: ignore[arg-type]


def test_a_third_under_repair_is_half_the_operating_time():
    found = under_repair(1 / 3, operating=(30, 90))
    assert (found.ratio_low, found.ratio_high) == pytest.approx((0.5, 0.5))
    assert [each.repair_low for each in found.times] == pytest.approx([15, 45])
    wide = under_repair(0.25, 0.5, (60,))
    assert (wide.share_low, wide.share_high, wide.ratio_high) == (0.25, 0.5, 1)
    assert (wide.times[0].repair_low, wide.times[0].repair_high) == pytest.approx((20, 60))
    assert wide.allows(60, 30)
    assert not wide.allows(60, 61)
    assert under_repair(0.5, 1).ratio_high is None
    assert under_repair(0.5, 1).allows(1, 1e6)


@given(operating=st.floats(0.1, 1e4), repair=st.floats(0, 1e4))
def test_times_lie_in_the_set_of_their_own_share(operating: float, repair: float):
    share = repair / (repair + operating)
    found = under_repair(max(share - 1e-9, 0), min(share + 1e-9, 1))
    assert found.allows(operating, repair)
    assert math.isclose(found.ratio_low, repair / operating, rel_tol=1e-3, abs_tol=1e-6)


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (1.2, None, "a number from 0 to 1, got 1.2 - at low"),
        (0.4, 0.3, "a share of at least 0.4, got 0.3 - at high"),
        (1.0, None, "a share under 1: some time must be left to operate, got 1 - at low"),
    ],
)
def test_shares_that_cannot_be_are_told(low: float, high: float | None, said: str):
    with pytest.raises(IntendanceError) as fault:
        under_repair(low, high)
    assert fault.value.message == f"Expected {said}"
