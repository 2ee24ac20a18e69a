"""The report of a plan, in both languages, with its charts."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from tests.planning.hand import PLAN, SCENARIO

from intendance.cli._plan import write_report
from intendance.cli._plan.charts import charts
from intendance.cli._plan.facts import facts_of
from intendance.planning import Assumption, CauseRow
from intendance.render import chart_library
from intendance.terms import IntendanceError

CAUSES = [CauseRow("BOREA", "shell", "2025-03", "unmet", 1, "line", "plant", 3.0, "plant is full")]


def test_a_report_says_how_good_the_plan_is_what_to_decide_and_what_stays_short(tmp_path: Path):
    warned = Assumption("P12", "ALAND to BOREA", "no retransfer consent is recorded")
    plan = msgspec.structs.replace(PLAN, warnings=(warned,))
    paths = write_report(SCENARIO, plan, CAUSES, tmp_path, "en")
    page = (tmp_path / "report.en.md").read_text(encoding="utf-8")
    assert "| unmet demand | 500 | 0 | 100% | 0 |" in page
    assert "| second-shift | plant | 2025-01 | 2025-02 | 1 | 30 | 50 | ALAND |" in page
    assert "| shells-for-all | 60 | 40 | 176 | 0 | 0 | ALAND shell 100% |" in page
    assert "| BOREA | shell | 2025-03 | demand unmet | 5 | plant is full |" in page
    assert "no retransfer consent is recorded" in page
    assert "![" in page
    for path in paths:
        assert path.stat().st_size > 0
    for picture in ("stocks", "lines", "unmet"):
        assert f"charts/{picture}.en.svg" in page
        drawn = (tmp_path / "charts" / f"{picture}.en.svg").read_text(encoding="utf-8")
        assert drawn.startswith("<svg")
        specification = json.loads((tmp_path / "charts" / f"{picture}.en.vl.json").read_text())
        assert specification["title"]["subtitle"]  # the caveat stands in the chart


def test_the_page_fetches_nothing_and_runs_nothing(tmp_path: Path):
    hostile = msgspec.structs.replace(
        SCENARIO,
        settings=msgspec.structs.replace(SCENARIO.settings, name="<script>alert(1)</script>"),
    )
    write_report(hostile, PLAN, CAUSES, tmp_path, "fr")
    page = (tmp_path / "report.fr.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert 'src="data:image/svg+xml;base64,' in page
    assert "http" not in page.replace("http-equiv", "")
    assert "Montées en cadence à décider" in page


def test_rows_beyond_the_limit_are_counted(tmp_path: Path):
    write_report(SCENARIO, PLAN, CAUSES, tmp_path, "en", rows=1)
    assert "3 more rows in the CSV files" in (tmp_path / "report.en.md").read_text()


def test_a_chart_with_nothing_to_show_is_left_out():
    nothing = msgspec.structs.replace(
        PLAN, decisions=msgspec.structs.replace(PLAN.decisions, production=(), ramps=())
    )
    scenario = msgspec.structs.replace(SCENARIO, targets=(), requests=(), expenditure=())
    empty = msgspec.structs.replace(
        nothing, decisions=msgspec.structs.replace(nothing.decisions, met=())
    )
    assert charts(facts_of(scenario, empty), "en") == {}


def test_an_unknown_limit_keeps_its_own_word():
    causes = [msgspec.structs.replace(CAUSES[0], limit="customs")]
    found = charts(facts_of(SCENARIO, PLAN, causes), "fr")["unmet"]
    assert {row["cause"] for row in found["data"]["values"]} == {"customs", "inexpliqué"}


def test_a_missing_library_is_an_error_that_says_what_to_install():
    with pytest.raises(IntendanceError, match="the library no_such_library, to draw") as caught:
        chart_library("no_such_library")
    assert caught.value.code == "render.extra-missing"
    assert "intendance[plan]" in caught.value.remedy
