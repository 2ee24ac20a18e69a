"""The commands of planning, as a user calls them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from intendance.cli import run


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    assert run(["template", "plan", "--out", str(tmp_path / "sc")]) == 0
    return tmp_path / "sc"


def test_a_plan_is_made_written_and_said(scenario: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["plan", str(scenario), "--gap", "2%", "--language", "en"]) == 0
    said = capsys.readouterr().out
    assert "unmet demand" in said
    assert "checker that shares no code" in said
    folder = scenario.with_name("sc-plan")
    assert (folder / "report.en.html").stat().st_size > 10_000
    summary = json.loads((folder / "plan.json").read_text())
    assert summary["checked"] is True
    assert 0 <= summary["gap"]["cost"] <= 0.02
    assert run(["plan", str(scenario), "--json"]) == 0
    again = json.loads(capsys.readouterr().out)
    assert again["objective"]["unmet"] == pytest.approx(summary["objective"]["unmet"], rel=0.03)


def test_a_plan_is_verified_again_without_the_solver(
    scenario: Path, capsys: pytest.CaptureFixture[str]
):
    assert run(["plan", str(scenario)]) == 0
    folder = scenario.with_name("sc-plan")
    capsys.readouterr()
    assert run(["plan", "verify", str(folder)]) == 0
    assert "Every balance and limit holds" in capsys.readouterr().out
    assert run(["plan", "verify", str(folder), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["sound"] is True
    for value, bound in zip(found["values"], found["certified"], strict=True):
        assert 0.9 * value <= bound <= value * (1 + 1e-9)
    orders = folder / "orders.csv"
    lines = orders.read_text().splitlines(keepends=True)
    orders.write_text("".join(lines[:-1]))
    assert run(["plan", "verify", str(folder)]) == 1
    assert "plan.changed" in capsys.readouterr().err


def test_a_check_says_what_is_assumed_and_what_is_wrong(
    scenario: Path, capsys: pytest.CaptureFixture[str]
):
    assert run(["plan", "check", str(scenario)]) == 0
    said = capsys.readouterr().out
    assert "nothing is wrong" in said
    assert "P10 budgets BOREA: no row: no limit" in said
    assert "P12 ALAND to BOREA, *: no retransfer consent is recorded" in said
    (scenario / "requests.csv").write_text("nation,item,month,quantity\nBORE,shell,2025-06,-1\n")
    assert run(["plan", "check", str(scenario), "--json"]) == 2
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["code"] for row in rows] == ["plan.unknown-name", "plan.value"]
    assert run(["plan", "check", str(scenario)]) == 2
    assert "Write 'BOREA' if that is meant." in capsys.readouterr().out


def test_a_template_is_not_written_over_files(scenario: Path, capsys: pytest.CaptureFixture[str]):
    capsys.readouterr()
    assert run(["template", "plan", "--out", str(scenario)]) == 1
    assert "scenario.toml, which is there already" in capsys.readouterr().err


def test_a_case_is_worked_out(capsys: pytest.CaptureFixture[str]):
    assert run(["plan", "case", "million-shells", "--as-of", "2023-11", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["produced"][0] < found["produced"][1] < found["promise"]
    assert (
        run(["plan", "case", "million-shells", "--set", "export_share=0.3", "--language", "fr"])
        == 0
    )
    said = capsys.readouterr().out
    assert "Production nouvelle pour l’Ukraine" in said
    assert "set to 0.3 by the user" in said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["plan", "x", "--gap", "2"], "expected a share such as 1% or 0.01, got '2'"),
        (["plan", "case", "million-shells", "--set", "a"], "expected NAME=NUMBER, got 'a'"),
        (["plan", "no-such-folder"], "Expected a scenario folder, got nothing there"),
    ],
)
def test_a_wrong_call_says_what_was_expected(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
):
    assert run(arguments) == 2
    assert words in capsys.readouterr().err


def test_the_folder_is_named_without_a_command(capsys: pytest.CaptureFixture[str]):
    assert run(["plan", "--help"]) == 0
    assert "FOLDER|COMMAND" in capsys.readouterr().out
