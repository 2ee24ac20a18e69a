"""The spares curve: never beaten by any other stocks, convex, and as good as it says."""

from __future__ import annotations

import random
from itertools import pairwise, product

import numpy as np
import pytest

from intendance.sustainment import (
    FleetRow,
    FleetTables,
    PartRow,
    RateRow,
    ShopRow,
    SpareRow,
    item_backorders,
    readiness,
    spares_curve,
    two_echelon,
)
from intendance.sustainment._spares.hull import falling, hulls
from intendance.sustainment._spares.merge import loss
from intendance.terms import IntendanceError

from .fleets import SMALL, with_rows


def two_parts(seed: int) -> FleetTables:
    chance = random.Random(seed)
    return FleetTables(
        fleets=(FleetRow("a", "gun", 6, 4), FleetRow("b", "gun", 9, 10)),
        parts=(PartRow("x", "gun", 1, 30), PartRow("y", "gun", 2, 50)),
        rates=(
            RateRow("x", chance.uniform(0.5, 3), at_unit=0.1, at_depot=0.9),
            RateRow("y", chance.uniform(0.5, 2), at_unit=0.0, at_depot=1.0),
        ),
        shops=(ShopRow("unit", 5), ShopRow("depot", chance.uniform(10, 40))),
    )


def every_stock(tables: FleetTables, most: int) -> dict[str, list[tuple[int, float]]]:
    """For each part: spares and back-orders of every split over the depot and both units."""
    found: dict[str, list[tuple[int, float]]] = {"x": [], "y": []}
    for stock in product(range(most), repeat=3):
        spares = [
            SpareRow(part, place, count)
            for part in found
            for place, count in zip(("depot", "a", "b"), stock, strict=True)
        ]
        rows = readiness(with_rows(tables, spares=tuple(spares)), "vari-metric").parts
        for part in found:
            owed = sum(r.backorders for r in rows if r.part == part and r.place != "depot")
            found[part].append((sum(stock), owed))
    return found


@pytest.mark.parametrize("seed", range(3))
def test_no_other_stocks_give_more_for_the_same_money(seed: int):
    tables = two_parts(seed)
    points = [each for each in spares_curve(tables).points() if each.cost <= 300]
    stocks = every_stock(tables, 6)
    places = {"x": 15.0, "y": 30.0}
    values = {
        part: {
            count: min(
                float(loss(np.array(owed), np.array(places[part])))
                for spares, owed in rows
                if spares == count
            )
            for count in {spares for spares, _ in rows}
        }
        for part, rows in stocks.items()
    }
    assert len(points) > 4
    for point in points:
        best = min(
            values["x"][x] + values["y"][y]
            for x, y in product(values["x"], values["y"])
            if 30 * x + 50 * y <= point.cost
        )
        # the least loss is the most of number x log availability
        assert -15 * np.log(point.availability) == pytest.approx(best, rel=1e-9)


def test_the_curve_rises_ever_slower_and_its_list_costs_what_it_says():
    curve = spares_curve(two_parts(7))
    points = curve.points()
    rates = [
        (np.log(b.availability) - np.log(a.availability)) / (b.cost - a.cost)
        for a, b in pairwise(points)
    ]
    assert all(later <= rate * (1 + 1e-6) for rate, later in pairwise(rates))
    assert points[0].cost == 0
    assert points[-1].availability == pytest.approx(1, abs=1e-5)
    for budget in (0, 100, 777, 1e9):
        found = curve.within(budget, "vari-metric")
        assert found.cost <= budget
        assert sum(each.cost for each in found.spares) == pytest.approx(found.cost)
        assert found.readiness.fit / 15 == pytest.approx(found.availability, rel=0.05)
        owed = sum(each.backorders for each in found.readiness.fleets)
        assert owed == pytest.approx(found.backorders, rel=1e-9, abs=1e-12)


def test_a_wanted_availability_is_reached_by_the_cheapest_point():
    curve = spares_curve(SMALL)
    found = curve.reaching(0.9)
    assert found.availability >= 0.9
    cheaper = [each for each in curve.points() if each.cost < found.cost]
    assert max(each.availability for each in cheaper) < 0.9
    with pytest.raises(IntendanceError, match=r"which spares can reach, got 1 - at availability"):
        spares_curve(with_rows(SMALL, spares=())).reaching(1.0)


def test_parts_of_parts_are_bought_where_they_save_most():
    # The engine costs a hundred times its pump, and waits for it in most of its repairs.
    tables = FleetTables(
        fleets=(FleetRow("a", "gun", 10, 5), FleetRow("b", "gun", 10, 5)),
        parts=(PartRow("engine", "gun", 1, 1000), PartRow("pump", "engine", 1, 10, share=0.9)),
        rates=(RateRow("engine", 2.0, 0, 1), RateRow("pump", None, 0, 0)),
        shops=(ShopRow("depot", 10), ShopRow("maker", 150)),
    )
    found = spares_curve(tables).within(500, "vari-metric")
    assert {each.part for each in found.spares} == {"pump"}
    assert found.readiness.fit > readiness(tables, "vari-metric").fit + 5
    owed = sum(each.backorders for each in found.readiness.fleets)
    assert owed == pytest.approx(found.backorders, rel=1e-6)
    steps = spares_curve(tables).points()
    assert all(a.cost < b.cost and a.availability < b.availability for a, b in pairwise(steps))
    # all stocks of the pump at the depot and of the engine, tried one by one
    for budget in (200, 1000, 1500):
        most = spares_curve(tables).within(budget, "vari-metric")
        for pumps, engines in product(range(21), range(2)):
            if 10 * pumps + 1000 * engines <= most.cost:
                spares = (SpareRow("pump", "depot", pumps), SpareRow("engine", "depot", engines))
                other = readiness(with_rows(tables, spares=spares), "vari-metric")
                assert sum(r.backorders for r in other.fleets) >= most.backorders - 1e-9


def test_spares_that_are_held_stay_and_count():
    found = spares_curve(SMALL).within(400)
    held = {(row.part, row.place): row.stock for row in SMALL.spares}
    for line in found.spares:
        assert line.stock == line.held + line.buy
        assert line.held == held.get((line.part, line.place), 0)
        assert line.cost == line.buy * line.price
    start = spares_curve(SMALL, "metric").points()[0]
    owed = sum(each.backorders for each in readiness(SMALL, "metric").fleets)
    assert start.backorders == pytest.approx(owed, rel=1e-9)
    assert spares_curve(SMALL, "metric").points()[0].availability == pytest.approx(
        readiness(SMALL, "metric").fit / 70, rel=0.02
    )


def test_what_never_fails_is_never_bought_and_what_is_free_comes_first():
    tables = with_rows(
        two_parts(1),
        parts=(PartRow("x", "gun", 1, 0), PartRow("y", "gun", 2, 50)),
        rates=(RateRow("x", 1.0, 0, 1), RateRow("y", 0.0, 0, 1)),
    )
    points = spares_curve(tables).points()
    assert {each.cost for each in points} == {0}
    assert points[-1].availability == pytest.approx(1, abs=1e-5)


def test_large_pipelines_take_another_way_to_the_same_savings():
    tables = FleetTables(
        fleets=(FleetRow("a", "gun", 400, 200), FleetRow("b", "gun", 2, 5)),
        parts=(PartRow("x", "gun", 1, 1),),
        rates=(RateRow("x", 4.0, 0, 1),),
        shops=(ShopRow("depot", 1),),
        spares=(SpareRow("x", "a", 800),),
    )
    curve = spares_curve(tables)
    start = sum(each.backorders for each in readiness(tables, "vari-metric").fleets)
    assert curve.points()[0].backorders == pytest.approx(start, rel=1e-9)
    found = curve.within(50, "vari-metric")
    owed = sum(each.backorders for each in found.readiness.fleets)
    assert owed == pytest.approx(found.backorders, rel=1e-9)


def test_many_items_at_once_are_as_one_by_one():
    chance = np.random.default_rng(5)
    demand = chance.uniform(0, 0.4, (6, 3))
    repair, shipping = chance.uniform(5, 20, 6), chance.uniform(1, 9, 3)
    depot, base = chance.integers(0, 8, 6), chance.integers(0, 4, (6, 3))
    for method in ("metric", "vari-metric"):
        found = item_backorders(demand, repair, shipping, depot, base, method)
        for at in range(6):
            one = two_echelon(3, demand[at], repair[at], shipping, depot[at], base[at], method)
            assert found[at].tolist() == pytest.approx(list(one.by_unit), rel=1e-12)
    for given, said in (
        (([0.1], 1, 1, 1, 1), r"an array \[items, bases\], got an array of shape"),
        (([[0.1]], [1, 2], 1, 1, 1), r"an array that fits \(1,\), got shape \(2,\) - at depot_rep"),
        (([[0.1]], 1, 1, 1, 1, "exact"), "metric or vari-metric, got 'exact' - at method"),
    ):
        with pytest.raises(IntendanceError, match=said):
            item_backorders(*given)


def test_hulls_leave_out_what_a_line_between_others_beats():
    x = np.array([0, 1, 2, 3, 4, 0, 1, 2], dtype=float)
    y = np.array([9, 8, 3, 2.5, 2, 5, 4, 0], dtype=float)
    curve = np.array([0, 0, 0, 0, 0, 1, 1, 1])
    assert hulls(curve, x, y).tolist() == [0, 2, 4, 5, 7]
    assert falling(np.array([3.0, 1, 2, 2]), np.array([1.0, 5, 6, 4])).tolist() == [1, 3, 0]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: spares_curve(SMALL, "exact"), "metric or vari-metric, got 'exact' - at method"),  # type: ignore[arg-type]
        (lambda: spares_curve(SMALL).within(-1), "0 to 1e+15, got -1 - at budget"),
        (lambda: spares_curve(SMALL).reaching(1.5), "from 0 to 1, got 1.5 - at availability"),
    ],
)
def test_settings_that_cannot_be_are_told(call, said: str):
    with pytest.raises(IntendanceError) as fault:
        call()
    assert fault.value.message.endswith(said)
