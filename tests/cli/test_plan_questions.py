"""Questions about a plan: why, what ramps are worth, what pooling is worth, what changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from intendance.cli import run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    scenario = tmp_path_factory.mktemp("plan") / "sc"
    assert run(["template", "plan", "--out", str(scenario)]) == 0
    assert run(["plan", str(scenario), "--language", "en"]) == 0
    return scenario.with_name("sc-plan")


def rows(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_why_names_the_limits_nearest_first(folder: Path, capsys: pytest.CaptureFixture[str]):
    place = ["--nation", "BOREA", "--item", "shell", "--month", "2025-06"]
    assert run(["plan", "why", str(folder), *place, "--json"]) == 0
    found = rows(capsys)
    assert [row["step"] for row in found] == list(range(1, len(found) + 1))
    assert found[0]["limit"] == "line"
    assert {"ramp"} <= {row["limit"] for row in found}
    assert run(["plan", "why", str(folder), "--language", "fr"]) == 0
    assert "ligne saturée" in capsys.readouterr().out
    report = (folder / "report.en.md").read_text()
    assert "plant is full" in report
    assert (folder / "causes.csv").read_text().count("\n") > 1


def test_why_needs_all_three_or_none(folder: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["plan", "why", str(folder), "--nation", "BOREA"]) == 2
    assert "expected --nation, --item and --month together" in capsys.readouterr().err


def test_each_ramp_is_planned_with_and_without(folder: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["plan", "ramps", str(folder), "--json"]) == 0
    (ramp,) = rows(capsys)
    assert ramp["ramp"] == "second-shift"
    assert ramp["firm_order"] == 25_000_000 / 4000
    assert run(["plan", "ramps", str(folder), "--language", "en"]) == 0
    assert "second-shift" in capsys.readouterr().out


def test_pooling_is_a_number_for_each_nation(folder: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["plan", "pooling", str(folder), "--json"]) == 0
    (found,) = rows(capsys)
    assert found["alone"]["unmet"] >= found["pooled"]["unmet"]  # type: ignore[index]
    assert run(["plan", "pooling", str(folder), "--language", "en"]) == 0
    said = capsys.readouterr().out
    assert "worth of pooling" in said
    assert "BOREA" in said


def test_two_plans_are_compared(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    other = tmp_path / "sc"
    assert run(["template", "plan", "--out", str(other)]) == 0
    (other / "ramps.csv").unlink()
    assert run(["plan", str(other)]) == 0
    capsys.readouterr()
    assert run(["plan", "compare", str(folder), str(tmp_path / "sc-plan"), "--json"]) == 0
    found = rows(capsys)
    assert [row["where"] for row in found[:3]] == ["unmet", "shortfall", "cost"]
    assert run(["plan", "compare", str(folder), str(folder), "--language", "en"]) == 0
    assert "cost" in capsys.readouterr().out


def test_limits_eased_are_listed_with_what_they_are_worth(
    folder: Path, capsys: pytest.CaptureFixture[str]
):
    assert run(["plan", "why", str(folder), "--again", "--time", "5", "--json"]) == 0
    found = rows(capsys)
    assert {row["limit"] for row in found} >= {"line", "ramp"}
    assert [row["least"] for row in found] == sorted((r["least"] for r in found), reverse=True)  # type: ignore[type-var]
    assert run(["plan", "why", str(folder), "--again", "--time", "5", "--language", "fr"]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    assert head.startswith("limite ")
    assert len(lines) == len(found)
