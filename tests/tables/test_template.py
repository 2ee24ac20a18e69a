"""Tables for users to fill, and what is said of their rows."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from intendance.tables import FIRST_ROW, Problem, nearest, repeated, template_text, write_new


class Depot(msgspec.Struct):
    """A row of an invented table."""

    place: str
    shells: int


def test_a_template_is_a_heading_and_examples() -> None:
    assert template_text(Depot, ["Port,3", "Hill,4"]) == "place,shells\nPort,3\nHill,4\n"


def test_nothing_is_written_where_one_file_is_there(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("mine", encoding="utf-8")
    files = {tmp_path / "a.csv": "x", tmp_path / "b.csv": "y"}
    with pytest.raises(FileExistsError, match="a file is there already"):
        write_new(files)
    assert not (tmp_path / "a.csv").exists()
    assert (tmp_path / "b.csv").read_text(encoding="utf-8") == "mine"
    assert write_new({tmp_path / "new" / "c.csv": "z"}) == [tmp_path / "new" / "c.csv"]


def test_a_row_whose_key_stands_above_is_told_with_both_rows() -> None:
    rows = {"depots": [Depot("Port", 1), Depot("Hill", 2), Depot("Port", 3)]}
    found = list(repeated(rows, {"depots": ("place",)}, "sustainment.duplicate"))
    assert found == [
        Problem("sustainment.duplicate", "depots", 4, "place", "each once", "Port as in row 2")
    ]
    assert found[0].row == FIRST_ROW + 2
    error = found[0].error({"depots": "in/depots.csv"})
    assert error.where == "in/depots.csv, row 4, field 'place'"


def test_the_nearest_name_is_proposed_only_where_one_is_near() -> None:
    assert nearest("Prot", ["Port", "Hill"]) == "Write 'Port' if that is meant."
    assert nearest("Lake", ["Port", "Hill"]) is None
