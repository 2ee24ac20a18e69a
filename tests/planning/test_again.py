"""Limits eased and the plan solved again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
import pytest
from tests.planning.hand import SCENARIO

from intendance.planning import (
    CauseRow,
    Scenario,
    Settings,
    eased,
    load_scenario,
    solve,
    why_largest,
    write_example,
)
from intendance.planning import _rows as rows
from intendance.planning._why.relax import relax

# Ten shells a month for four months; 50 are asked for in the first.
SHORT = Scenario(
    settings=Settings(name="short", start="2025-01", months=4, priority_weights=(1.0,)),
    nations=(rows.Nation("ALAND"),),
    items=(rows.Item("shell", price=1.0), rows.Item("mine", price=1.0)),
    requests=(
        rows.Request("ALAND", "shell", "2025-01", 50.0),
        rows.Request("ALAND", "mine", "2025-01", 1.0),
    ),
    lines=(rows.Line("plant", "shell", 10.0),),
)


def test_a_full_line_eased_by_a_tenth_is_worth_what_it_makes() -> None:
    plan = solve(SHORT, gap=0.0)
    found = eased(SHORT, plan, why_largest(SHORT, plan), gap=0.0)
    # One more each month: it waits no longer from then on, 4 + 3 + 2 + 1 unit-months.
    (row,) = found
    assert (row.limit, row.where, row.change, row.shortfalls) == (
        "line",
        "plant",
        "plant +10 %",
        1,
    )
    assert (row.unmet, row.cost, row.units) == pytest.approx((10.0, -4.0, 4.0))
    assert (row.least, row.most) == pytest.approx((10.0, 10.0))


def test_a_limit_behind_several_shortfalls_is_planned_once() -> None:
    nations = (*SHORT.nations, rows.Nation("BOREA"))
    asked = (*SHORT.requests, rows.Request("BOREA", "shell", "2025-01", 30.0))
    case = msgspec.structs.replace(SHORT, nations=nations, requests=asked)
    plan = solve(case, gap=0.0)
    found = eased(case, plan, why_largest(case, plan), gap=0.0)
    assert [(row.where, row.shortfalls) for row in found] == [("plant", 2)]


def test_several_at_once_give_the_same() -> None:
    case = msgspec.structs.replace(
        SHORT,
        budgets=(rows.Budget("ALAND", 2025, 35.0),),
        lines=(rows.Line("plant", "shell", 9.0),),
    )
    plan = solve(case, gap=0.0)
    causes = why_largest(case, plan)
    with ThreadPoolExecutor(1) as pool:
        assert eased(case, plan, causes, gap=0.0, executor=pool) == eased(
            case, plan, causes, gap=0.0
        )


def test_a_plan_that_fails_says_why() -> None:
    plan = solve(SHORT, gap=0.0)
    (row,) = eased(SHORT, plan, why_largest(SHORT, plan), gap=0.0, time=1e-9)
    assert row.fault.startswith("plan.limit: ")
    assert (row.unmet, row.most) == (0.0, None)


@pytest.mark.parametrize(
    ("limit", "where", "table", "words"),
    [
        ("budget", "ALAND 2025", "budgets", "ALAND 2025 +10 %"),
        ("line", "works", "lines", "works +10 %"),
        ("component", "powder", "stocks", "powder +10 %"),
        ("absorption", "BOREA *", "absorption", "BOREA * +10 %"),
        ("absorption", "ALAND armour", "absorption", "ALAND armour +10 %"),
        ("lead", "plant", "lines", "plant: lead a month less"),
        ("batch", "plant", "lines", "plant: batch and set-up less by a tenth"),
        (
            "ramp",
            "second-shift",
            "ramps",
            "second-shift: a month earlier, a tenth cheaper, at once",
        ),
        ("backfill", "ALAND", "backfills", "ratio of ALAND +10 %"),
        ("transfer", "BOREA", "transfers", "BOREA may send old-tank to ALAND"),
    ],
)
def test_one_table_changes(limit: str, where: str, table: str, words: str) -> None:
    item = "old-tank" if limit in ("backfill", "transfer") else "shell"
    cause = CauseRow("ALAND", item, "2025-03", "unmet", 1, limit, where, None)
    found = relax(SCENARIO, cause)
    assert found is not None
    wider, said = found
    assert said == words
    changed = [
        name
        for name in SCENARIO.__struct_fields__
        if getattr(wider, name) != getattr(SCENARIO, name)
    ]
    assert changed == [table]


@pytest.mark.parametrize(
    ("limit", "where"),
    [("no-source", "shell"), ("lead", "works"), ("qualification", "plant"), ("floor", "BOREA")],
)
def test_what_can_not_be_eased_is_left_out(limit: str, where: str) -> None:
    cause = CauseRow("ALAND", "shell", "2025-03", "unmet", 1, limit, where, None)
    assert relax(SCENARIO, cause) is None


def test_easing_never_takes_from_the_first_level(tmp_path: Any) -> None:
    write_example("coalition", tmp_path)
    scenario = load_scenario(tmp_path)
    plan = solve(scenario, gap=0.02, time=10)
    causes = [row for row in why_largest(scenario, plan, 2) if row.limit not in ("line", "budget")]
    found = eased(scenario, plan, causes, gap=0.02, time=10)
    assert found
    for row in found:
        assert not row.fault
        assert row.most is not None
        assert row.least <= row.most + 1e-6 * plan.objective.unmet
