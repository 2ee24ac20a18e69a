"""What follows from a plan: tables, and the folder that keeps them."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from msgspec.structs import astuple
from tests.planning.hand import DECISIONS, PLAN, SCENARIO

from intendance.planning import read_plan, write_plan
from intendance.planning._outcome.rows import (
    ContractRow,
    ShortfallRow,
    StockRow,
    SwapRow,
)
from intendance.planning._outcome.tables import plan_tables
from intendance.tables import read_table
from intendance.terms import IntendanceError


@pytest.fixture
def tables():
    return {name: list(found) for name, (_, found) in plan_tables(SCENARIO, PLAN).items()}


def test_stocks_stand_beside_target_floor_and_the_band_of_the_opening_interval(tables):
    march = {(r.nation, r.item): r for r in tables["stocks"] if r.month == "2025-03"}
    assert march["ALAND", "shell"] == StockRow(
        "ALAND", "shell", "2025-03", stock=12.0, low=12.0, high=12.0, target=12.0, floor=0.0
    )
    # The floor of what is given against a backfill is the opening stock.
    assert march["ALAND", "old-tank"].floor == 4.0
    assert march["ALAND", "old-tank"].stock == 2.0
    assert ("ALAND", "powder") not in march


def test_the_band_follows_the_end_that_the_setting_names():
    stocks = (msgspec.structs.replace(SCENARIO.stocks[3], low=4.0, high=7.0),)
    bands = {}
    for opening in ("low", "middle", "high"):
        settings = msgspec.structs.replace(SCENARIO.settings, opening=opening)
        changed = msgspec.structs.replace(SCENARIO, stocks=stocks, settings=settings)
        found = plan_tables(changed, PLAN)["stocks"][1]
        row = next(r for r in found if isinstance(r, StockRow) and r.item == "old-tank")
        bands[opening] = (row.low, row.stock, row.high)
    assert bands == {"low": (4, 4, 7), "middle": (4, 5.5, 7), "high": (4, 7, 7)}


def test_shortfalls_are_what_waits_and_what_is_under_target(tables):
    assert tables["shortfalls"] == [
        ShortfallRow("BOREA", "shell", "2025-03", "unmet", 2, 5.0),
        ShortfallRow("BOREA", "shell", "2025-04", "unmet", 2, 5.0),
        ShortfallRow("ALAND", "shell", "2025-02", "target", 0, 10.0),
        ShortfallRow("ALAND", "shell", "2025-04", "target", 0, 1.0),
    ]


def test_swaps_say_what_arrived_what_it_frees_and_what_was_given(tables):
    assert tables["swaps"][:2] == [
        SwapRow("ALAND", "old-tank", "tank", "2025-01", arrived=1.0, released=2.0, given=0.0),
        SwapRow("ALAND", "old-tank", "tank", "2025-02", arrived=1.0, released=2.0, given=2.0),
    ]


def test_money_stands_by_nation_and_year_beside_the_budget(tables):
    first = tables["money"][0]
    assert astuple(first) == pytest.approx(
        ("ALAND", 2025, 194.0, 6.2, 50.0, 0.0, 2.0, 252.2, 300.0)
    )
    assert [(r.nation, r.year, r.budget) for r in tables["money"]] == [
        ("ALAND", 2025, 300.0),
        ("ALAND", 2026, 200.0),
        ("BOREA", 2025, None),
    ]


def test_a_framework_has_a_firm_part_and_options(tables):
    used = tables["contracts"][0]
    assert astuple(used) == pytest.approx(
        ("shells-for-all", True, 60.0, None, 40.0, 176.0, 0.0, 0.0, 7.0)
    )
    assert tables["contracts"][1].fixed_cost == 0.0
    assert [astuple(row) for row in tables["call-offs"]] == [
        pytest.approx(("shells-for-all", "shell", "ALAND", "2025-02", True, 40.0, 176.0))
    ]
    assert [astuple(row) for row in tables["shares"]] == [
        pytest.approx(("shells-for-all", "shell", "ALAND", 40.0, 176.0, 1.0))
    ]


def test_orders_contracted_after_the_firm_months_are_options():
    settings = msgspec.structs.replace(SCENARIO.settings, firm_months=1)
    found = plan_tables(msgspec.structs.replace(SCENARIO, settings=settings), PLAN)
    contract = found["contracts"][1][0]
    assert isinstance(contract, ContractRow)
    assert (contract.firm, contract.options) == (0.0, 40.0)


def test_a_folder_gives_back_the_plan_that_was_written(tmp_path: Path):
    folder = tmp_path / "plan"
    written = write_plan(SCENARIO, PLAN, folder)
    assert {path.name for path in written} >= {"plan.json", "scenario.json", "orders.csv"}
    assert all(path.is_file() for path in written)
    assert read_plan(folder) == (SCENARIO, PLAN)
    summary = msgspec.json.decode((folder / "plan.json").read_bytes())
    assert list(summary["objective"]) == ["unmet", "shortfall", "cost"]
    assert summary["checked"] is True
    stocks = read_table(folder / "stocks.csv", StockRow)
    assert stocks == plan_tables(SCENARIO, PLAN)["stocks"][1]


def test_a_plan_is_replaced_and_nothing_else_is(tmp_path: Path):
    folder = tmp_path / "plan"
    write_plan(SCENARIO, PLAN, folder)
    write_plan(SCENARIO, msgspec.structs.replace(PLAN, method="again"), folder)
    assert read_plan(folder)[1].method == "again"
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    with pytest.raises(IntendanceError, match="one that holds a plan, got other files") as caught:
        write_plan(SCENARIO, PLAN, tmp_path / "mine")
    assert caught.value.code == "plan.folder"
    assert (tmp_path / "mine" / "notes.txt").read_text() == "mine"
    with pytest.raises(IntendanceError, match="one that holds a plan, got a file"):
        write_plan(SCENARIO, PLAN, tmp_path / "mine" / "notes.txt")


def test_what_a_crash_left_is_not_lost(tmp_path: Path):
    folder = tmp_path / "plan"
    write_plan(SCENARIO, PLAN, folder)
    folder.rename(tmp_path / ".plan.old")  # killed between the two renames
    write_plan(SCENARIO, PLAN, folder)
    assert read_plan(folder)[1] == PLAN
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]


def test_a_changed_row_is_found_when_a_plan_is_read(tmp_path: Path):
    folder = tmp_path / "plan"
    write_plan(SCENARIO, PLAN, folder)
    met = (folder / "met.csv").read_text()
    (folder / "met.csv").write_text(met.replace("30.0", "31.0"))
    with pytest.raises(IntendanceError, match="rows that the plan was written with") as caught:
        read_plan(folder)
    assert caught.value.code == "plan.changed"
    assert "unmet 400 instead of 500" in caught.value.got


@pytest.mark.parametrize("content", [None, b"{", b"[]"])
def test_a_folder_without_a_plan_is_an_error(tmp_path: Path, content: bytes | None):
    if content is not None:
        (tmp_path / "plan.json").write_bytes(content)
    with pytest.raises(IntendanceError, match="a folder that 'intendance plan' wrote") as caught:
        read_plan(tmp_path)
    assert caught.value.code == "plan.folder"


def test_every_decision_has_a_table():
    assert set(plan_tables(SCENARIO, PLAN)) >= set(DECISIONS.__struct_fields__)
