"""``intendance air-defence``."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Call


@pytest.fixture
def air(call: Call, home: Path) -> Path:
    assert call("template", "air-defence", "--out", "air").status == 0
    return home / "air"


def test_cover_as_table_json_and_csv(call: Call, air: Path):
    said = call("air-defence", air)
    assert said.status == 0
    assert "ballistic missile" in said.out
    assert "all hold" in said.out
    rows = call("air-defence", air, "--json").rows()
    assert [each["gap"] for each in rows] == [0, 2, 0, 0, 2]
    sheet = call("air-defence", air, "--csv").out.splitlines()
    assert sheet[0].startswith("nation,threat,range,needed,covered,gap,by,")
    assert len(sheet) == 1 + len(rows)
    assert "missile de croisière" in call("air-defence", air, "--language", "fr").out


def test_the_best_mix_donations_and_what_runs_out(call: Call, air: Path):
    (found,) = call("air-defence", air, "--budget", "400", "--json").rows()
    assert found["spent"] == 332
    assert found["findings"] == []
    assert [each["bound"] for each in found["levels"]] == [0, 0, 332]
    assert "Bought for 332 of 400" in call("air-defence", air, "--budget", "400").out
    rows = call("air-defence", air, "--donations", "--json").rows()
    assert [each["donation"] for each in rows if not each["threat"]] == [
        "two-falcons",
        "bare-lance",
    ]
    assert "nothing changes" in call("air-defence", air, "--donations").out
    rows = call("air-defence", air, "--run-out", "--from", "2026-01", "--json").rows()
    assert [each["month"] for each in rows] == ["2026-01", "2026-05", "2026-11", ""]
    assert "épuise pas" in call("air-defence", air, "--run-out", "--language", "fr").out
    done = call("air-defence", air, "--run-out", "--donations", "--json")
    assert done.error()["code"] == "setting.invalid"
