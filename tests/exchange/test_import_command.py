"""``intendance import kiel`` and ``intendance rejected``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from intendance.cli._main import run

Writer = Callable[..., Path]
GOOD = {"Items": "helmet", "No. of Units": "9"}
BAD = {"Items": "helmet", "No. of Units": "-1"}


def call(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    status = run(arguments)
    out, err = capsys.readouterr()
    return status, out, err


def test_a_snapshot_goes_in_whole(
    kiel_file: Writer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db = str(tmp_path / "ledger.db")
    path = str(kiel_file([GOOD, {**GOOD, "ID": "LUM2"}]))
    status, out, _ = call("import", "kiel", path, "--db", db, "--json", capsys=capsys)
    told = json.loads(out)
    assert status == 0
    assert (told["rows"], told["packages"], told["statements"], told["rejected"]) == (2, 2, 2, 0)
    status, out, _ = call("import", "kiel", path, "--db", db, "--json", capsys=capsys)
    assert json.loads(out)["statements"] == 0
    _, out, _ = call("import", "kiel", path, "--db", db, capsys=capsys)
    assert "Nothing new: the ledger has these rows already" in out
    status, out, _ = call("verify", "--db", db, "--json", capsys=capsys)
    assert status == 0


def test_one_bad_row_keeps_everything_out_unless_told_to_go_on(
    kiel_file: Writer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db = str(tmp_path / "ledger.db")
    path = str(kiel_file([GOOD, BAD]))
    status, _, err = call("import", "kiel", path, "--db", db, capsys=capsys)
    assert status == 3
    assert "import.rows" in err
    assert "row 3, No. of Units: units-absurd '-1'" in err
    status, out, _ = call("statements", "--db", db, "--json", capsys=capsys)
    assert out == ""
    status, out, _ = call("import", "kiel", path, "--db", db, "--keep-going", capsys=capsys)
    assert status == 3
    status, out, _ = call("rejected", "--db", db, "--json", capsys=capsys)
    (row,) = [json.loads(line) for line in out.splitlines()]
    assert (row["row"], row["column"], row["reason"], row["got"]) == (
        3, "No. of Units", "units-absurd", "-1",
    )  # fmt: skip
    status, out, _ = call("rejected", "--db", db, capsys=capsys)
    assert "no number that can be true" in out


def test_an_undated_snapshot_says_so(
    kiel_file: Writer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db = str(tmp_path / "ledger.db")
    path = str(kiel_file([{**GOOD, "retrieved": "."}]))
    _, out, _ = call("import", "kiel", path, "--db", db, "--language", "fr", capsys=capsys)
    assert "L’instantané n’a pas de date" in out
    _, out, _ = call(
        "import", "kiel", path, "--db", db, "--published", "2024-06", capsys=capsys
    )  # fmt: skip
    assert "--published" not in out
