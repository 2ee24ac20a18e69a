"""``intendance demand``: a round from opening to its book, in words and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from intendance.cli import run

HEAD = "item,year,firm,likely,optional,funding,priority,variants,caveats\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    said = ["--nation", "ALAND", "--nation", "BOREA", "--first-year", "2026"]
    assert run(["demand", "open", str(tmp_path / "autumn"), *said]) == 0
    (tmp_path / "a.csv").write_text(HEAD + "shell,2026,100,,,funded,1,,\n")
    (tmp_path / "b.csv").write_text(HEAD + "shell,2026,2900,,,,1,,\n")
    (tmp_path / "o.csv").write_text("item,year,quantity,setup_cost\nshell,2026,1500,90\n")
    return tmp_path / "autumn"


def _call(folder: Path, command: str, *rest: str) -> int:
    return run(["demand", command, str(folder), *rest])


def test_a_round_from_opening_to_its_book(folder: Path, capsys):
    a, b, o = (str(folder.parent / name) for name in ("a.csv", "b.csv", "o.csv"))
    assert _call(folder, "submit", "ALAND", b) == 0
    assert _call(folder, "submit", "ALAND", a) == 0
    assert "What it had submitted before is kept as" in capsys.readouterr().out
    assert _call(folder, "show") == 0
    shown = capsys.readouterr().out
    assert "autumn is open; rounds are shared out pro rata." in shown
    assert "no demand yet" in shown
    assert _call(folder, "submit", "BOREA", b) == 0
    assert _call(folder, "close", "--output", o) == 0
    closed = capsys.readouterr().out.splitlines()
    assert "BOREA   shell      shell  2026  2,900     1,450  96.7%" in closed
    assert "BOREA   shell  96.7%   87.00" in closed
    assert "BOREA shell 2026: firm, but funding not stated" in closed
    assert _call(folder, "show", "--language", "fr") == 0
    assert "96,7 %" in capsys.readouterr().out


def test_after_closing_nothing_is_taken(folder: Path, capsys):
    a = str(folder.parent / "a.csv")
    assert _call(folder, "submit", "ALAND", a, "--json") == 0
    receipt = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (receipt["nation"], receipt["rows"]) == ("ALAND", 1)
    assert _call(folder, "close", "--json") == 0
    book = json.loads(capsys.readouterr().out)
    assert book["submissions"] == {"ALAND": receipt["hash"]}
    assert book["silent"] == ["BOREA"]
    assert _call(folder, "submit", "BOREA", a) == 2
    assert "demand.closed" in capsys.readouterr().err
    assert _call(folder, "show", "--json") == 0
    assert json.loads(capsys.readouterr().out) == book


def test_misuse_is_told_in_one_line(folder: Path, capsys):
    assert _call(folder, "submit", "CELIA", str(folder.parent / "a.csv")) == 2
    assert capsys.readouterr().err.startswith("error demand.nation: Expected one of ALAND, BOREA")
    assert _call(folder, "open", "--nation", "A", "--first-year", "2026") == 2
    assert "demand.folder" in capsys.readouterr().err
    assert _call(folder, "submit", "ALAND", str(folder.parent / "none.csv")) == 2
    assert capsys.readouterr().err.startswith("error input.missing")
