"""The simulation of the same fleet agrees with the formulas, and is the same for the same seed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from intendance.sustainment import (
    FleetRow,
    FleetTables,
    PartRow,
    RateRow,
    ShopRow,
    poisson_backorders,
    readiness,
    simulate,
)
from intendance.terms import IntendanceError

from .fleets import SMALL, drawn


@pytest.mark.parametrize("seed", range(4))
def test_random_fleets_lie_in_the_interval(seed: int):
    rows = simulate(drawn(seed, structured=seed % 2 == 1), years=40, seed=seed)
    assert rows[-1].fleet == "*"
    assert rows[-1].agrees
    assert rows[-1].backorders.formula == pytest.approx(
        sum(each.backorders.formula for each in rows[:-1])
    )


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20))
def test_twenty_random_fleets_lie_in_the_interval(seed: int):
    # Half of them have parts of parts, where the formulas are VARI-METRIC's.
    found = simulate(drawn(seed, structured=seed % 2 == 1), years=150, seed=1)[-1]
    assert found.agrees
    wide = found.backorders.high - found.backorders.low
    assert wide < 0.25 * found.backorders.mean + 0.2


def test_formulas_that_are_wrong_lie_outside():
    tables = drawn(0, structured=False)
    wrong = readiness(FleetTables(tables.fleets, tables.parts, tables.rates, tables.shops))
    assert not any(each.agrees for each in simulate(tables, 40, 0, wrong)[:1])


def test_the_same_seed_gives_the_same_and_another_another():
    first, again, other = (simulate(SMALL, 2, seed) for seed in (3, 3, 4))
    assert first == again
    assert first != other


def test_one_unit_that_repairs_itself_is_the_poisson_formula():
    tables = FleetTables(
        fleets=(FleetRow("unit", "gun", 5),),
        parts=(PartRow("a", "gun", swap=False),),
        rates=(RateRow("a", 20, 1, 0),),
        shops=(ShopRow("unit", 4),),
    )
    (row,) = simulate(tables, 60)
    assert row.fleet == "unit"
    assert row.backorders.formula == pytest.approx(float(poisson_backorders(400 / 365, 0)))
    assert row.backorders.low < row.backorders.mean < row.backorders.high
    assert row.agrees
    assert row.fit.mean == pytest.approx(row.fit_swapping.mean, rel=1e-9)


def test_more_holes_than_places_are_borne():
    tables = FleetTables(
        fleets=(FleetRow("unit", "gun", 1),),
        parts=(PartRow("a", "gun"),),
        rates=(RateRow("a", 400, 1, 0),),
        shops=(ShopRow("unit", 20),),
    )
    (row,) = simulate(tables, 2)
    assert row.backorders.mean == pytest.approx(21.9, rel=0.2)
    assert row.fit.mean < 0.01


def test_settings_that_cannot_be_are_told():
    with pytest.raises(IntendanceError, match="more than no years, got 0 - at years"):
        simulate(SMALL, 0)
    with pytest.raises(IntendanceError, match=r"at most 50,000,000 failures, got .* - at years"):
        simulate(SMALL, 1e6)


BLOCKED = """
import sys
sys.modules["simpy"] = None
from intendance.sustainment import FleetRow, FleetTables, simulate
from intendance.sustainment import PartRow, RateRow, ShopRow
from intendance.terms import IntendanceError
tables = FleetTables(
    (FleetRow("a", "gun", 1),), (PartRow("p", "gun"),), (RateRow("p", 1.0),), (ShopRow("depot", 1),)
)
try:
    simulate(tables)
except IntendanceError as fault:
    print(fault.code, fault.message)
"""


def test_a_missing_library_is_told():
    done = subprocess.run([sys.executable, "-c", BLOCKED], capture_output=True, text=True)
    assert (done.stderr, done.stdout) == (
        "",
        (
            "sustainment.extra-missing Expected SimPy, to simulate a fleet, got none "
            "- at the installed packages\n"
        ),
    )
