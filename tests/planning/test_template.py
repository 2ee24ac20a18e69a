"""The template folder is a scenario that can be planned, and every column is explained."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from intendance.planning import Settings, check_folder, load_scenario, table_texts, write_template
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


@pytest.mark.parametrize("table", [*ROWS, "settings"])
def test_every_column_is_explained_in_both_languages(table: str):
    kind = Settings if table == "settings" else ROWS[table]
    fields = [field.name for field in msgspec.structs.fields(kind)]
    columns = table_texts()[table].columns
    assert list(columns) == fields
    assert all(column.en and column.fr for column in columns.values())
