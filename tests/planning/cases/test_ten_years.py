"""Ten years: what is counted as made at home, what a milestone costs, what changes do."""

from __future__ import annotations

import msgspec
import pytest
from tests.planning.hand import DECISIONS, PLAN, SCENARIO

from intendance.planning import Levels, Plan, ProductionRow, check_scenario, solve
from intendance.planning import _rows as rows
from intendance.planning.cases.ten_years import (
    Milestone,
    SufficiencyRow,
    ten_years,
    ten_years_scenario,
)
from intendance.planning.cases.ten_years._inputs import milestones, setting
from intendance.planning.cases.ten_years._result import built_for, first_for_good, without
from intendance.planning.cases.ten_years._sufficiency import sufficiency
from intendance.terms import IntendanceError


def test_the_scenario_is_sound_and_uses_what_the_story_tells():
    scenario = ten_years_scenario()
    assert check_scenario(scenario) == []
    assert scenario.settings.months == 120
    home = setting().home
    owners = {line.owner for line in scenario.lines if line.nation == home}
    assert any("joint venture" in owner for owner in owners)
    assert any("licence" in owner for owner in owners)
    assert {ramp.paid_by for ramp in scenario.ramps} > {home, "ALAND", "BOREA", "CELIA"} - {home}
    assert {pair.gives for pair in scenario.backfills} == {"old-tank", "old-howitzer"}
    assert [each.where for each in scenario.warnings if each.rule == "P12"] == [
        "ORLANIA to RETIRED, old-howitzer"
    ]
    classes = {item.category for item in scenario.items}
    assert {each.category for each in milestones()} <= classes


def test_shares_are_what_lines_at_home_deliver_of_all_that_arrives():
    lines = (rows.Line("plant", "shell", 9.0, nation="ALAND"), rows.Line("works", "shell", 9.0))
    items = (rows.Item("shell", 5.0, category="x"), rows.Item("tank", 100.0, category="x"))
    scenario = msgspec.structs.replace(
        SCENARIO, lines=lines, items=items, owed=(rows.Owed("BOREA", "tank", "2025-02", 1.0),)
    )
    made = (
        ProductionRow("plant", "shell", "2025-01", 30.0, arrives="2025-02"),
        ProductionRow("works", "shell", "2025-01", 20.0, arrives="2025-02"),
        ProductionRow("plant", "shell", "2025-04", 99.0),
    )
    decisions = msgspec.structs.replace(DECISIONS, production=made)
    # 30 shells of 5 at home; 20 shells and a tank of 100 come from elsewhere.
    assert list(sufficiency(scenario, decisions, "ALAND")) == [
        SufficiencyRow("x", 2025, 150.0, 350.0, 150 / 350)
    ]
    none = msgspec.structs.replace(decisions, production=())
    bare = msgspec.structs.replace(scenario, owed=())
    assert [row.share for row in sufficiency(bare, none, "ALAND")] == [None]


@pytest.mark.parametrize(
    ("shares", "year"),
    [
        ([0.1, 0.5, 0.6], 2028),
        ([0.6, 0.4, 0.5], 2029),
        ([0.5, None, 0.5], 2027),
        ([0.5, 0.6, 0.1], None),
        ([None, None, None], None),
    ],
)
def test_a_milestone_is_reached_when_the_share_stays(shares, year):
    found = tuple(
        SufficiencyRow("x", 2027 + index, 0.0, 0.0, each) for index, each in enumerate(shares)
    )
    assert first_for_good(found, Milestone("m", "x", 0.5, 2028)) == year


def test_a_class_is_built_for_at_home_with_the_parts_that_it_alone_needs():
    scenario = ten_years_scenario()
    steps = built_for(scenario, "ammunition", "ORLANIA")
    assert steps == {
        "shells-halls-of-aland",
        "shells-halls-of-orlania",
        "bombs-halls",
        "powder-plant-of-celia",
        "powder-plant-of-orlania",
    }
    left = {ramp.ramp for ramp in without(scenario, steps).ramps}
    assert left == {ramp.ramp for ramp in scenario.ramps} - steps


def test_a_milestone_costs_what_the_plan_without_it_saves():
    def solver(scenario, gap) -> Plan:
        built = len(scenario.ramps)
        levels = Levels(unmet=100.0 - built, shortfall=50.0 - 2 * built, cost=10.0 * built)
        return msgspec.structs.replace(PLAN, objective=levels)

    found = ten_years(solver)
    ammunition = next(row for row in found.milestones if row.category == "ammunition")
    assert (ammunition.cost, ammunition.unmet, ammunition.shortfall) == (50.0, -5.0, -10.0)
    assert (ammunition.reached, ammunition.at_due, ammunition.built) == (None, None, {})


@pytest.mark.parametrize("name", ["leads.missile-works", "lead.missile-work", "missile-works"])
def test_an_unknown_change_is_refused(name: str):
    with pytest.raises(IntendanceError) as caught:
        ten_years_scenario({name: 3})
    assert caught.value.code == "plan.case"
    assert f"got {name!r} - at ten-years" in caught.value.message


def test_a_change_that_no_ramp_can_have_is_refused():
    with pytest.raises(IntendanceError, match="Expected a number from 0 to 1200, got -1"):
        ten_years_scenario({"lead.missile-works": -1})
    with pytest.raises(IntendanceError, match=r"Expected a whole number, got 1\.5"):
        ten_years_scenario({"count.missile-works": 1.5})


@pytest.mark.long
def test_a_works_that_takes_a_year_longer_reaches_its_milestone_a_year_later():
    def solver(scenario, gap):
        return solve(scenario, gap=gap, time=200)

    reached = {}
    for lead in (48, 60):
        found = ten_years(solver, {"lead.missile-works": lead})
        assert max(msgspec.structs.astuple(found.gap)) <= 0.011
        reached[lead] = next(r.reached for r in found.milestones if r.category == "air-defence")
        assert found.retired["old-tank"] > 0
    assert reached[48] is not None
    assert reached[60] == reached[48] + 1
