"""``intendance export`` and ``import package`` as they are called."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from intendance.api import Books
from intendance.cli import run


@pytest.fixture
def ledger(books: Books, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("INTENDANCE_DB", raising=False)
    return tmp_path / "books.db"


def test_an_export_says_what_it_wrote(
    ledger: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    status = run(["export", "csv", "--db", str(ledger), "--donor", "Suède", "--language", "fr"])
    assert status == 0
    assert capsys.readouterr().out == (
        "intendance-csv : commitments 2, stages 2, amounts 0, statements 2, conflicts 0, "
        "sources 1\n"
    )
    assert (tmp_path / "intendance-csv" / "sources.csv").exists()
    assert run(["export", "csv", "--db", str(ledger), "--json"]) == 1
    assert json.loads(capsys.readouterr().err)["code"] == "output.unwritable"


def test_a_package_goes_in_and_out(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "package", "--db", str(ledger), "--out", "all.zip", "--json"]) == 0
    counts = json.loads(capsys.readouterr().out)["counts"]
    assert counts["statements"] > counts["decisions"] == 4
    assert run(["import", "package", "all.zip", "--db", "new.db"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("reports 11, readings 12, statements 13, ")
    assert out[1] == "The ledger has the digest that the package names."
    assert run(["import", "package", "all.zip", "--db", "new.db", "--json"]) == 0
    done = json.loads(capsys.readouterr().out)
    assert (done["added"]["statements"], done["same"]) == (0, None)
