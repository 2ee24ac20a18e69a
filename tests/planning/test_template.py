"""The template folder is a scenario that can be planned, and every column is explained."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from intendance.planning import (
    EXAMPLES,
    Settings,
    check_folder,
    check_plan,
    load_scenario,
    solve,
    table_texts,
    write_example,
    write_template,
)
from intendance.planning._inputs.tables import ROWS


def test_the_template_is_a_whole_scenario_with_every_table_in_use(tmp_path: Path):
    write_template(tmp_path / "s")
    assert check_folder(tmp_path / "s").problems == ()
    scenario = load_scenario(tmp_path / "s")
    assert all(getattr(scenario, table) for table in ROWS)


def test_nothing_is_overwritten(tmp_path: Path):
    (tmp_path / "items.csv").write_text("mine")
    with pytest.raises(FileExistsError):
        write_template(tmp_path)
    assert (tmp_path / "items.csv").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["items.csv"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_a_whole_scenario(tmp_path: Path, name: str):
    paths = write_example(name, tmp_path / "s")
    assert sorted(paths) == sorted((tmp_path / "s").iterdir())
    found = check_folder(tmp_path / "s")
    assert found.problems == ()
    assert [each.rule for each in found.warnings if each.rule not in ("P12", "P13")] == []
    with pytest.raises(FileExistsError):
        write_example(name, tmp_path / "s")


def test_the_coalition_uses_every_table_and_can_be_planned(tmp_path: Path):
    write_example("coalition", tmp_path)
    scenario = load_scenario(tmp_path)
    assert all(getattr(scenario, table) for table in ROWS)
    plan = solve(scenario, gap=0.01)
    assert check_plan(scenario, plan.decisions).sound
    assert any(row.used for row in plan.decisions.frameworks)
    assert plan.decisions.ramps
    # Borea hands on older tanks only as new ones arrive, two for one.
    given = sum(
        row.quantity
        for row in plan.decisions.transfers
        if (row.sender, row.item) == ("BOREA", "older-tank")
    )
    got = sum(
        row.quantity
        for row in plan.decisions.orders
        if (row.nation, row.item) == ("BOREA", "main-battle-tank")
    )
    assert 0 < given <= 2 * got + 1e-6


@pytest.mark.parametrize("table", [*ROWS, "settings"])
def test_every_column_is_explained_in_both_languages(table: str):
    kind = Settings if table == "settings" else ROWS[table]
    fields = [field.name for field in msgspec.structs.fields(kind)]
    columns = table_texts()[table].columns
    assert list(columns) == fields
    assert all(column.en and column.fr for column in columns.values())
