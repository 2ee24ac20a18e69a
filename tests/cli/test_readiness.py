"""``intendance readiness`` and ``intendance under-repair``."""

from __future__ import annotations

import csv
import io
from itertools import pairwise
from pathlib import Path

import pytest

from .conftest import Call


@pytest.fixture
def force(call: Call, home: Path) -> Path:
    assert call("template", "fleet", "--out", "force").status == 0
    return home / "force"


def test_fleets_as_table_json_and_csv(call: Call, force: Path):
    said = call("readiness", force)
    assert said.status == 0
    assert "fit, swapping parts" in said.out
    rows = call("readiness", force, "--json").rows()
    assert [each["fleet"] for each in rows] == ["borea", "caldera"]
    assert all(0 < each["availability"] <= each["availability_swapping"] < 1 for each in rows)
    sheet = list(csv.DictReader(io.StringIO(call("readiness", force, "--csv").out)))
    assert [float(each["fit"]) for each in sheet] == [each["fit"] for each in rows]
    poorer = call("readiness", force, "--json", "--without-batches").rows()
    assert all(less["fit"] < more["fit"] for less, more in zip(poorer, rows, strict=True))


def test_parts_name_their_method(call: Call, force: Path):
    rows = call("readiness", force, "--parts", "--json").rows()
    methods = {each["part"]: each["method"] for each in rows}
    assert methods["engine"] == "vari-metric"
    assert methods["barrel"] == "exact"
    shown = call("readiness", force, "--parts", "--method", "metric", "--language", "fr").out
    assert "arriérés" in shown
    assert "exact" not in shown


def test_what_is_wrong_is_told_with_its_place(call: Call, force: Path):
    path = force / "spares.csv"
    path.write_text("part,place,stock\nengine,depot,-1\n", encoding="utf-8")
    done = call("readiness", force, "--json")
    assert done.status == 2
    assert done.error()["code"] == "sustainment.value"
    assert done.error()["where"].endswith("spares.csv, row 2, field 'stock'")


def test_a_template_is_not_written_over(call: Call, force: Path):
    done = call("template", "fleet", "--out", force, "--json")
    assert done.error()["code"] == "output.unwritable"


def test_a_share_under_repair(call: Call):
    (row,) = call("under-repair", "1/3", "--operating", "30", "--json").rows()
    assert row["ratio_low"] == pytest.approx(0.5)
    assert row["times"][0]["repair_high"] == pytest.approx(15)
    (row,) = call("under-repair", "30%", "--to", "0.4", "--json").rows()
    assert (row["share_low"], row["share_high"]) == pytest.approx((0.3, 0.4))
    assert len(row["times"]) == 5
    assert "∞" in call("under-repair", "0.5", "--to", "100%").out
    assert "de réparation" in call("under-repair", "1/3", "--language", "fr").out
    done = call("under-repair", "a third", "--json")
    assert done.error()["message"] == (
        "Expected a share such as 1/3, 0.33 or 33%, got 'a third' - at SHARE"
    )


def test_a_simulation_stands_beside_the_formulas(call: Call, force: Path):
    rows = call("readiness", force, "--simulate", "5", "--seed", "2", "--json").rows()
    assert [each["fleet"] for each in rows] == ["borea", "caldera", "*"]
    assert all(each["fit"]["low"] <= each["fit"]["high"] for each in rows)
    assert "formula" in call("readiness", force, "--simulate", "1").out
    assert call("readiness", force, "--simulate", "1", "--csv").out.startswith("fleet,method,")


def test_the_whole_curve_and_lists_of_its_points(call: Call, force: Path):
    rows = call("spares", force, "--json").rows()
    assert rows[0]["cost"] == 0
    assert all(a["availability"] < b["availability"] for a, b in pairwise(rows))
    shown = call("spares", force).out
    assert f"30 of {len(rows)} steps" in shown
    assert len(call("spares", force, "--all").out.splitlines()) == len(rows) + 1
    (found,) = call("spares", force, "--budget", "2000000", "--json").rows()
    assert 0 < found["cost"] <= 2_000_000
    assert found["cost"] == sum(each["cost"] for each in found["spares"])
    sheet = call("spares", force, "--budget", "2000000", "--csv").out.splitlines()
    assert len(sheet) == 1 + len(found["spares"])
    said = call("spares", force, "--availability", "90%", "--language", "fr").out
    assert "de tous les systèmes disponibles" in said
    assert "Nothing to buy." in call("spares", force, "--budget", "0").out
    both = call("spares", force, "--budget", "1", "--availability", "1%", "--json")
    assert both.error()["code"] == "setting.invalid"
