"""Scenario folders: what is read, what is refused and how, what is assumed."""

from __future__ import annotations

import math
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.planning.hand import SCENARIO

from intendance.planning import (
    Scenario,
    Settings,
    check_folder,
    check_scenario,
    load_scenario,
    scenario_hash,
    with_assumptions,
    write_scenario,
)
from intendance.planning import _rows as rows
from intendance.planning._inputs.tables import REQUIRED, ROWS
from intendance.terms import IntendanceError

SMALL = {
    "scenario.toml": 'name = "small"\nstart = "2025-01"\nmonths = 12\n',
    "nations.csv": "nation\nALAND\nBOREA\n",
    "items.csv": "item,price\nshell,5\n",
    "requests.csv": "nation,item,month,quantity\nBOREA,shell,2025-06,100\n",
    "lines.csv": "line,item,capacity,lead\nplant,shell,20,2\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in SMALL.items():
        (tmp_path / name).write_text(content)
    return tmp_path


def test_five_files_are_a_start(folder: Path):
    scenario = load_scenario(folder)
    assert scenario.requests == (rows.Request("BOREA", "shell", "2025-06", 100.0),)
    assert len(SMALL) == 5
    assumed = {(each.rule, each.where) for each in scenario.assumptions}
    assert {("P1", "stocks"), ("P10", "budgets"), ("P12", "transfers")} <= assumed


@pytest.mark.parametrize("name", ["scenario.toml", *(f"{table}.csv" for table in REQUIRED)])
def test_each_of_the_five_is_needed(folder: Path, name: str):
    (folder / name).unlink()
    with pytest.raises(IntendanceError) as caught:
        load_scenario(folder)
    assert caught.value.code == "plan.missing"
    assert name.removesuffix(".csv") in caught.value.message
    assert "intendance template plan" in caught.value.remedy


WRONG: dict[str, tuple[dict[str, str], str, str]] = {
    "no TOML": ({"scenario.toml": "name ="}, "plan.settings", "Invalid value"),
    "unknown setting": (
        {"scenario.toml": SMALL["scenario.toml"] + "month = 3\n"},
        "plan.settings",
        "unknown field `month`",
    ),
    "no months": (
        {"scenario.toml": 'name = "a"\nstart = "2025-01"\nmonths = 0\n'},
        "plan.settings",
        "Expected 1 to 600 months, got 0 - at scenario.toml field months",
    ),
    "no start": (
        {"scenario.toml": 'name = "a"\nstart = "2025-13"\nmonths = 9\n'},
        "plan.settings",
        "Expected a month as YYYY-MM, got 2025-13",
    ),
    "level twice": (
        {"scenario.toml": SMALL["scenario.toml"] + 'levels = ["cost", "cost"]\n'},
        "plan.settings",
        "Expected each level once, got cost, cost",
    ),
    "weight of nothing": (
        {"scenario.toml": SMALL["scenario.toml"] + "priority_weights = [1, 0]\n"},
        "plan.settings",
        "Expected weights above 0",
    ),
    "negative weight": (
        {"scenario.toml": SMALL["scenario.toml"] + "weights = { cost = -1 }\n"},
        "plan.settings",
        "Expected weights from 0 to 1e+12",
    ),
    "strange file": (
        {"stock.csv": "a\n"},
        "plan.unknown-file",
        "got 'stock.csv'",
    ),
    "unknown nation": (
        {"requests.csv": "nation,item,month,quantity\nBORE,shell,2025-06,1\n"},
        "plan.unknown-name",
        "Expected a name that stands in nations, got 'BORE' - at requests row 2 field nation",
    ),
    "empty name": ({"nations.csv": "nation,name\nALAND,\n*,b\n"}, "plan.unknown-name", "got '*'"),
    "duplicate": (
        {"items.csv": "item,price\nshell,5\nshell,6\n"},
        "plan.duplicate",
        "Expected each key once, got shell as in row 2 - at items row 3 field item",
    ),
    "negative": (
        {"lines.csv": "line,item,capacity\nplant,shell,-1\n"},
        "plan.value",
        "Expected a number from 0 to 1e+12, got -1 - at lines row 2 field capacity",
    ),
    "absurd": (
        {"lines.csv": "line,item,capacity\nplant,shell,2000000000000\n"},
        "plan.value",
        "got 2e+12",
    ),
    "a ramp of no times": (
        {"ramps.csv": "ramp,line,lead,cost,capacity,count\nr,plant,1,1,1,0\n"},
        "plan.value",
        "Expected a number above 0",
    ),
    "month": (
        {"requests.csv": "nation,item,month,quantity\nBOREA,shell,2025-6,1\n"},
        "plan.month",
        "Expected a month as YYYY-MM, got 2025-6",
    ),
    "month before": (
        {"requests.csv": "nation,item,month,quantity\nBOREA,shell,2024-12,1\n"},
        "plan.month",
        "Expected a month from 2025-01 on, got 2024-12",
    ),
    "month after": (
        {"requests.csv": "nation,item,month,quantity\nBOREA,shell,2026-01,1\n"},
        "plan.month",
        "Expected one of the 12 months from 2025-01, got 2026-01",
    ),
    "component asked for": (
        {"items.csv": "item,price,kind\nshell,5,component\n"},
        "plan.component",
        "Expected an item of kind 'end', got 'shell', a component",
    ),
    "end item as component": (
        {
            "items.csv": "item,price\nshell,5\nfuze,1\n",
            "components.csv": "item,component,quantity\nshell,fuze,1\n",
        },
        "plan.component",
        "Expected an item of kind 'component', got 'fuze', of kind 'end'",
    ),
    "components of themselves": (
        {
            "items.csv": "item,price,kind\nshell,5,end\na,1,component\nb,1,component\n",
            "components.csv": "item,component,quantity\na,b,1\nb,a,1\n",
        },
        "plan.cycle",
        "Expected components that are not made of themselves",
    ),
    "backfill that waits for itself": (
        {
            "items.csv": "item,price\nshell,5\nold,1\n",
            "backfills.csv": "nation,gives,gets\nALAND,old,shell\nALAND,shell,old\n",
        },
        "plan.cycle",
        "Expected backfills that do not wait for themselves",
    ),
    "low above high": (
        {"stocks.csv": "nation,item,low,high\nALAND,shell,5,4\n"},
        "plan.value",
        "Expected a low end that is not above the high end, got 5 above 4",
    ),
    "floor above target": (
        {"targets.csv": "nation,item,month,target,floor\nALAND,shell,2025-01,5,6\n"},
        "plan.value",
        "Expected a floor that is not above the target, got 6 above 5",
    ),
    "two capacities": (
        {
            "items.csv": "item,price\nshell,5\nmine,1\n",
            "lines.csv": "line,item,capacity\nplant,shell,20\nplant,mine,30\n",
        },
        "plan.conflict",
        "Expected 20, the capacity that row 2 states for plant, got 30",
    ),
    "payments": (
        {"payments.csv": "item,months,share\nshell,0,0.5\nshell,3,0.4\n"},
        "plan.conflict",
        "Expected shares of shell that add up to 1, got 0.9",
    ),
    "minimum above ceiling": (
        {"frameworks.csv": "framework,minimum,ceiling\nf,10,5\n"},
        "plan.conflict",
        "Expected a ceiling of at least the minimum, 10, got 5",
    ),
    "framework backwards": (
        {"frameworks.csv": "framework,start,until\nf,2025-05,2025-04\n"},
        "plan.month",
        "Expected a month from 2025-05 on, got 2025-04",
    ),
    "two frameworks": (
        {
            "frameworks.csv": "framework,members\nf,ALAND|BOREA\ng,BOREA\n",
            "framework_items.csv": "framework,item\nf,shell\ng,shell\n",
        },
        "plan.conflict",
        "Expected one framework at a time for shell and each nation, got g beside f",
    ),
    "band of nothing": (
        {
            "frameworks.csv": "framework\nf\n",
            "price_bands.csv": "framework,item,quantity,price\nf,shell,5,4\n",
        },
        "plan.conflict",
        "Expected an item that f covers, got shell",
    ),
    "backfills that wait for each other": (
        {
            "items.csv": "item,price\nshell,5\nold,1\nolder,1\n",
            "backfills.csv": "nation,gives,gets\nALAND,old,older\nBOREA,older,old\n",
            "stocks.csv": "nation,item,low\nALAND,old,5\nBOREA,older,5\n",
            "transfers.csv": "sender,recipient,item\n*,*,*\n",
        },
        "plan.cycle",
        "got ALAND old after ALAND older after BOREA older after BOREA old after ALAND old",
    ),
    "budget before": (
        {"budgets.csv": "nation,year,amount\nALAND,2024,5\n"},
        "plan.month",
        "Expected a year from 2025 on, got 2024 - at budgets row 2 field year",
    ),
    "framework that is over": (
        {"frameworks.csv": "framework,until\nf,2024-12\n"},
        "plan.month",
        "Expected a month from 2025-01 on, got 2024-12 - at frameworks row 2 field until",
    ),
    "transfer to itself": (
        {"transfers.csv": "sender,recipient,item\nALAND,ALAND,shell\n"},
        "plan.conflict",
        "Expected another nation than ALAND, got ALAND - at transfers row 2 field recipient",
    ),
    "absorption twice said": (
        {"absorption.csv": "nation,quantity,item,category\nALAND,5,shell,armour\n"},
        "plan.conflict",
        "Expected an item or a category, got shell and armour",
    ),
    "unknown category": (
        {
            "items.csv": "item,price,category\nshell,5,ammunition\n",
            "absorption.csv": "nation,quantity,category\nALAND,5,amunition\n",
        },
        "plan.unknown-name",
        "Expected a category that stands in items, got 'amunition'",
    ),
    "price of a component": (
        {
            "items.csv": "item,price,kind\nshell,5,end\na,1,component\n",
            "payments.csv": "item,months,share\na,0,1\n",
        },
        "plan.component",
        "Expected an item of kind 'end', got 'a', a component - at payments row 2 field item",
    ),
    "start in another age": (
        {"scenario.toml": 'name = "a"\nstart = "0025-01"\nmonths = 9\n'},
        "plan.settings",
        "Expected a year from 1900 to 2300, got 0025-01",
    ),
    "not a number": ({"items.csv": "item,price\nshell,five\n"}, "table.value", "five"),
    "unknown column": ({"items.csv": "item,price,colour\nshell,5,red\n"}, "table.column", "colour"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_named(folder: Path, name: str):
    files, code, words = WRONG[name]
    for file, content in files.items():
        (folder / file).write_text(content)
    with pytest.raises(IntendanceError) as caught:
        load_scenario(folder)
    assert caught.value.code == code
    assert words in caught.value.message


def test_every_problem_of_a_folder_is_told_at_once(folder: Path):
    (folder / "requests.csv").write_text(
        "nation,item,month,quantity\nBORE,shell,2025-06,-1\nBOREA,shel,2026-06,1\n"
    )
    found = check_folder(folder)
    assert [(each.code, each.row, each.field) for each in found.problems] == [
        ("plan.unknown-name", 2, "nation"),
        ("plan.unknown-name", 3, "item"),
        ("plan.value", 2, "quantity"),
        ("plan.month", 3, "month"),
    ]
    assert found.problems[0].remedy == "Write 'BOREA' if that is meant."


def test_a_table_that_cannot_be_read_hides_no_wrong_cell_of_another(folder: Path):
    (folder / "items.csv").write_text("item,price\nshell,five\n")
    (folder / "nations.csv").unlink()
    (folder / "requests.csv").write_text("nation,item,month,quantity\nBOREA,shell,2025-06,-1\n")
    found = check_folder(folder)
    assert [each.code for each in found.problems] == ["plan.missing", "table.value", "plan.value"]


def test_two_files_of_one_table_are_an_error(folder: Path):
    (folder / "items.tsv").write_text("item\tprice\nshell\t5\n")
    with pytest.raises(IntendanceError, match=r"got items.csv and items.tsv"):
        load_scenario(folder)


def test_notes_beside_the_tables_are_left_alone(folder: Path):
    (folder / "README.md").write_text("why these figures")
    (folder / ".swap").write_text("x")
    (folder / "sources").mkdir()
    assert check_folder(folder).problems == ()


@pytest.mark.parametrize("where", ["nowhere", "nations.csv"])
def test_what_is_no_folder_is_missing(folder: Path, where: str):
    with pytest.raises(IntendanceError, match="Expected a scenario folder") as caught:
        load_scenario(folder / where)
    assert caught.value.code == "plan.missing"


def test_a_number_that_is_none_is_refused():
    scenario = msgspec.structs.replace(
        SCENARIO,
        stocks=(rows.Stock("ALAND", "shell", math.nan), rows.Stock("ALAND", "shell", math.inf)),
    )
    assert [each.got for each in check_scenario(scenario)] == ["nan", "inf"]


def test_what_is_assumed_and_what_has_to_be_known_is_listed():
    found = with_assumptions(SCENARIO)
    assumed = {(each.rule, each.where) for each in found.assumptions}
    assert ("P1", "stocks ALAND shell") in assumed  # a target, no stock row
    assert ("P1", "stocks BOREA powder") in assumed  # an interval
    assert ("P10", "budgets BOREA") in assumed
    assert ("P11", "backfills ALAND old-tank") in assumed
    assert ("P14", "price_bands shells-for-all shell") in assumed
    warned = {(each.rule, each.where) for each in found.warnings}
    assert ("P12", "* to BOREA, *") in warned
    assert ("P13", "mine") in warned


def test_what_nobody_makes_or_holds_is_a_warning_not_an_error(folder: Path):
    (folder / "items.csv").write_text("item,price\nshell,5\nplane,9\n")
    (folder / "requests.csv").write_text("nation,item,month,quantity\nBOREA,plane,2025-06,1\n")
    warned = load_scenario(folder).warnings
    assert [(each.rule, each.where) for each in warned] == [("P2", "plane")]


BACKFILL = {
    "items.csv": "item,price\nshell,5\nold,1\nolder,1\n",
    "backfills.csv": "nation,gives,gets\nALAND,old,older\n",
    "stocks.csv": "nation,item,low\nALAND,old,5\nBOREA,older,5\n",
}


@pytest.mark.parametrize(
    ("file", "content", "dead"),
    [
        ("notes.md", "", True),  # nobody may give
        ("transfers.csv", "sender,recipient,item\nBOREA,ALAND,older\n", False),
        (
            "transfers.csv",
            "sender,recipient,item,allowed\nBOREA,ALAND,older,false\n*,*,*,true\n",
            True,
        ),
        ("lines.csv", "line,item,capacity\nplant,older,1\n", False),
        ("owed.csv", "nation,item,month,quantity\nALAND,older,2025-02,5\n", True),
    ],
)
def test_a_backfill_for_which_nothing_can_arrive_is_a_warning(
    folder: Path, file: str, content: str, dead: bool
):
    for name, rows_ in (*BACKFILL.items(), (file, content)):
        (folder / name).write_text(rows_)
    warned = [each.text for each in load_scenario(folder).warnings if each.rule == "P11"]
    assert warned == (["none of older can ever arrive, so none of old is released"] * dead)


def test_a_batch_that_no_month_can_make_is_a_warning():
    line = msgspec.structs.replace(SCENARIO.lines[0], batch=60.0)
    scenario = msgspec.structs.replace(SCENARIO, lines=(line, SCENARIO.lines[1]))
    texts = [each.text for each in with_assumptions(scenario).warnings if each.rule == "P7"]
    assert texts == ["its smallest batch needs more than 50, the most it can ever make"]


def test_a_scenario_is_read_back_as_it_was_written(tmp_path: Path):
    write_scenario(SCENARIO, tmp_path / "s")
    assert load_scenario(tmp_path / "s") == with_assumptions(SCENARIO)


names = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp", "Cf")),
    min_size=1,
    max_size=8,
).filter(lambda name: name.strip() == name and name != "*")
numbers = st.floats(0, 1e12, allow_nan=False)


@given(name=names, item=names, price=numbers, low=numbers, firm=st.integers(0, 600))
def test_any_name_and_number_survives_the_folder(tmp_path_factory, name, item, price, low, firm):
    folder = tmp_path_factory.mktemp("s")
    scenario = Scenario(
        settings=Settings(name=name, start="2025-01", months=3, firm_months=firm),
        nations=(rows.Nation(name),),
        items=(rows.Item(item, price=price),),
        requests=(),
        lines=(rows.Line("=plant", item, low),),
        stocks=(rows.Stock(name, item, low),),
    )
    write_scenario(scenario, folder)
    assert load_scenario(folder) == with_assumptions(scenario)


@given(st.randoms(use_true_random=False))
def test_the_hash_doesn_t_see_the_order_of_rows(chance):
    tables = {}
    for table in ROWS:
        found = list(getattr(SCENARIO, table))
        chance.shuffle(found)
        tables[table] = tuple(found)
    assert scenario_hash(msgspec.structs.replace(SCENARIO, **tables)) == scenario_hash(SCENARIO)


def test_the_hash_sees_every_figure():
    changed = msgspec.structs.replace(SCENARIO, owed=(rows.Owed("ALAND", "shell", "2025-01", 3.0),))
    assert scenario_hash(changed) != scenario_hash(SCENARIO)
    later = msgspec.structs.replace(SCENARIO.settings, months=5)
    assert scenario_hash(msgspec.structs.replace(SCENARIO, settings=later)) != scenario_hash(
        SCENARIO
    )
