"""Sweeps: what is drawn, what is kept, what holds in nearly all scenarios."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.planning.hand import PLAN, SCENARIO

from intendance.planning import Plan, Scenario
from intendance.planning import _rows as rows
from intendance.planning._sweep.bands import band_rows, steady_rows
from intendance.planning._sweep.draws import draw, rates_of, sweep_assumptions
from intendance.planning._sweep.outcome import Outcome
from intendance.planning._sweep.run import sweep
from intendance.planning.checker import Horizon
from intendance.terms import IntendanceError


def with_owed(*records: rows.Record, count: int = 1, donor: str = "CELIA") -> Scenario:
    owed = tuple(rows.Owed("ALAND", "shell", "2025-01", 2.0, donor=donor) for _ in range(count))
    return msgspec.structs.replace(SCENARIO, owed=owed, records=records)


def by_hand(scenario: Scenario) -> Plan:  # a solver's signature
    return PLAN


@given(seed=st.integers(0, 10**6), number=st.integers(0, 10**6))
def test_a_draw_depends_on_seed_and_number_alone_and_stays_inside(seed: int, number: int):
    found = draw(SCENARIO, seed, number)
    assert found == draw(SCENARIO, seed, number)
    for before, after in zip(SCENARIO.stocks, found.stocks, strict=True):
        high = before.low if before.high is None else before.high
        assert before.low <= after.low <= high
    for was, now in zip(SCENARIO.ramps, found.ramps, strict=True):
        assert now.lead - was.lead in SCENARIO.settings.ramp_slips
    assert found.owed == SCENARIO.owed  # no donor, no record: on time


def test_draws_differ():
    drawn = {draw(SCENARIO, 1, number).stocks[1].low for number in range(20)}
    assert len(drawn) == 20
    assert {draw(SCENARIO, 1, n).ramps[0].lead for n in range(40)} == {1, 4, 7}


def test_promises_are_late_or_broken_at_the_donor_s_rates():
    record = rows.Record("CELIA", promises=20, late=6, broken=4, delay=2.0)
    horizon = Horizon("2025-01", 4)
    months = Counter(
        horizon.number(row.month)
        for number in range(200)
        for row in draw(with_owed(record, count=20), 5, number).owed
    )
    total = 200 * 20
    assert months[0] / total == pytest.approx(0.5, abs=0.03)
    # A mean delay of two months is one month with chance 1/2, two with 1/4, three with 1/8.
    assert months[1] / total == pytest.approx(0.3 / 2, abs=0.02)
    assert months[2] / total == pytest.approx(0.3 / 4, abs=0.02)
    assert months[3] / total == pytest.approx(0.3 / 8, abs=0.02)


def test_under_ten_promises_the_coalition_s_rate_is_used_and_said():
    few = rows.Record("CELIA", promises=9, late=9, delay=1.0)
    many = rows.Record("DORIA", promises=11, broken=1)
    scenario = with_owed(few, many)
    assert rates_of(scenario) == [rows.Record("CELIA", 20, late=9, broken=1, delay=1.0)]
    said = {each.where: each.text for each in sweep_assumptions(scenario)}
    assert said["records CELIA"] == (
        "9 promises on record: the coalition's rate is used, of 20 promises"
    )
    own = with_owed(few, many, donor="DORIA")
    assert rates_of(own) == [many]
    said = {each.where: each.text for each in sweep_assumptions(own)}
    assert said["records DORIA"] == "its own rate is used, of 11 promises"


def test_without_any_record_promises_are_kept_and_that_is_said():
    scenario = with_owed()
    assert draw(scenario, 1, 1).owed == scenario.owed
    said = {each.where: each.text for each in sweep_assumptions(scenario)}
    assert said["records CELIA"] == "no record: its promises are kept on time"


def test_a_sweep_is_taken_up_where_it_stopped(tmp_path: Path):
    calls = []

    def stops(scenario: Scenario) -> Plan:
        calls.append(scenario)
        if len(calls) > 3:
            raise KeyboardInterrupt
        return PLAN

    with pytest.raises(KeyboardInterrupt):
        sweep(SCENARIO, tmp_path, count=5, seed=1, solver=stops)
    calls.clear()
    seen: list[tuple[int, int]] = []

    def goes_on(scenario: Scenario) -> Plan:
        calls.append(scenario)
        return PLAN

    found = sweep(
        SCENARIO,
        tmp_path,
        count=5,
        seed=1,
        solver=goes_on,
        progress=lambda done, total: seen.append((done, total)),
    )
    assert len(calls) == 2
    assert seen == [(4, 5), (5, 5)]
    assert [each.number for each in found.outcomes] == [0, 1, 2, 3, 4]
    calls.clear()
    sweep(SCENARIO, tmp_path, count=5, seed=2, solver=goes_on)
    assert len(calls) == 5  # another seed is another sweep


def test_a_half_written_scenario_is_planned_again(tmp_path: Path):
    sweep(SCENARIO, tmp_path, count=2, seed=1, solver=by_hand)
    path = tmp_path / "scenarios" / "00001.json"
    path.write_bytes(path.read_bytes()[:20])
    found = sweep(SCENARIO, tmp_path, count=2, seed=1, solver=by_hand)
    assert found.failed == []


def test_a_scenario_that_fails_is_reported_not_lost(tmp_path: Path):
    def fails(scenario: Scenario) -> Plan:
        if scenario.ramps[0].lead == 1:
            return PLAN
        raise IntendanceError("plan.folder", expected="luck", got="none", where="here")

    found = sweep(SCENARIO, tmp_path, count=12, seed=3, solver=fails)
    assert 0 < len(found.failed) < 12
    assert len(found.outcomes) == 12
    assert found.failed[0].fault == "plan.folder: Expected luck, got none - at here"
    assert (tmp_path / "failed.csv").read_text().count("plan.folder") == len(found.failed)
    assert sweep(SCENARIO, tmp_path, count=12, seed=3, solver=by_hand).failed == []


def test_an_executor_gives_the_same_as_none(tmp_path: Path):
    alone = sweep(SCENARIO, tmp_path / "a", count=6, seed=1, solver=by_hand)
    with ThreadPoolExecutor(3) as executor:
        spread = sweep(SCENARIO, tmp_path / "b", count=6, seed=1, solver=by_hand, executor=executor)
    assert spread == alone


def test_a_worker_that_dies_is_a_failed_scenario(tmp_path: Path):
    def breaks(scenario: Scenario) -> Plan:
        raise OSError("killed")

    with ThreadPoolExecutor(1) as executor:
        found = sweep(SCENARIO, tmp_path, count=1, seed=1, solver=breaks, executor=executor)
    assert found.failed[0].fault == "OSError: killed"


def test_bands_are_the_usual_percentiles():
    outcomes = [
        Outcome(
            number=number,
            inputs="",
            state="planned",
            objective=msgspec.structs.replace(PLAN.objective, cost=float(number)),
            stock={"ALAND shell": [float(number), 7.0]},
        )
        for number in range(101)
    ]
    found = {(row.what, row.where, row.month): row for row in band_rows(outcomes, str)}
    cost = found["level", "cost", ""]
    assert (cost.low, cost.p5, cost.p50, cost.p95, cost.high) == (0, 5, 50, 95, 100)
    assert found["stock", "ALAND shell", "1"].p5 == 7.0
    failed = Outcome(number=0, inputs="", state="failed")
    assert band_rows([failed], str) == []


def test_decisions_that_hold_in_nearly_all_scenarios_are_told_apart():
    outcomes = [
        Outcome(
            number=number,
            inputs="",
            state="planned",
            decisions={"ramp a": number < 19, "ramp b": number < 2, "ramp c": number < 10},
        )
        for number in range(20)
    ]
    outcomes.append(Outcome(number=20, inputs="", state="failed"))
    assert [(row.decision, row.share, row.right) for row in steady_rows(outcomes)] == [
        ("ramp a", 0.95, "do"),
        ("ramp b", 0.1, "don't"),
        ("ramp c", 0.5, "depends"),
    ]
