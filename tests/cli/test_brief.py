"""``intendance brief`` and ``demo``: pages whose every line has its words behind it."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Call


def test_the_brief_holds_totals_conflicts_and_quotes(call: Call, ledger: Path) -> None:
    done = call("brief", "--out", "pages")
    assert done.status == 0
    assert done.out.splitlines() == ["Wrote pages/brief.en.md", "Wrote pages/brief.en.html"]
    page = Path("pages/brief.en.md").read_text(encoding="utf-8")
    assert "# Military support: the account" in page
    assert "3 reports, 0 copies, 2 commitments, 4 statements behind them, 1 open conflict" in page
    assert "| Germany | Ukraine |" in page
    assert "\\[1, 4\\]" in page
    assert "  - 1 (1 independent source)" in page
    assert page.count("a livré quatre systèmes IRIS-T SLM") >= 1
    assert "Quatre systèmes livrés, Le Courrier d'essai, undated, s" in page


def test_every_finding_of_the_brief_has_a_quote(call: Call, ledger: Path) -> None:
    call("brief")
    lines = Path("brief.en.md").read_text(encoding="utf-8").splitlines()
    findings = [at for at, line in enumerate(lines) if line.startswith(("- ", "  - "))]
    assert findings
    for at in findings:
        after = lines[at + 1].strip()
        assert after.startswith(("> “", "- ")), lines[at]


def test_the_brief_in_french(call: Call, ledger: Path) -> None:
    done = call("brief", "--language", "fr")
    assert done.out.splitlines()[0] == "Écrit : brief.fr.md"
    page = Path("brief.fr.md").read_text(encoding="utf-8")
    assert "# Soutien militaire : les comptes" in page
    assert "Allemagne → Ukraine" in page
    assert "livré \\[1 ; 4\\]" in page
    assert "> « " in page


def test_the_html_fetches_nothing_and_runs_nothing(call: Call, ledger: Path) -> None:
    call("brief")
    page = Path("brief.en.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert "src=" not in page
    assert "<blockquote" in page


def test_the_brief_keeps_to_its_rows_and_counts_the_rest(call: Call, ledger: Path) -> None:
    call("brief", "--rows", "1")
    page = Path("brief.en.md").read_text(encoding="utf-8")
    assert "- … and 1 more." in page


def test_a_day_bounds_the_brief(call: Call, ledger: Path) -> None:
    call("brief", "--as-of", "2023-01-10", "--donor", "France")
    page = Path("brief.en.md").read_text(encoding="utf-8")
    assert "What was published by 10 January 2023." in page
    assert "Germany" not in page


def test_a_place_that_cannot_be_written_is_one_line(call: Call, ledger: Path) -> None:
    Path("taken").write_text("a file", encoding="utf-8")
    done = call("brief", "--out", "taken/pages")
    assert done.status == 1
    assert done.err.startswith("error output.unwritable: Expected a place that can be written to")


def test_the_demo_shows_the_main_job(call: Call, home: Path) -> None:
    done = call("demo")
    assert (done.status, done.err) == (0, "")
    steps = [line for line in done.out.splitlines() if line.startswith("$ ")]
    assert [step.split()[2] for step in steps] == [
        "read", "commitments", "conflicts", "why", "brief",
    ]  # fmt: skip
    assert "↔" in done.out
    assert "“" in done.out
    assert "demo-output/brief.en.html" in done.out
    assert (home / "demo-output" / "brief.en.html").exists()


def test_the_demo_starts_afresh_each_time(call: Call, home: Path) -> None:
    first = call("demo")
    assert call("demo").out == first.out


def test_the_demo_speaks_french(call: Call, home: Path) -> None:
    assert "Écrit : demo-output/brief.fr.html" in call("demo", "--language", "fr").out


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_demo_as_json_is_its_counts(call: Call, home: Path, language: str) -> None:
    (counts,) = call("demo", "--json", "--language", language).rows()
    assert counts["read"] >= 12
    assert counts["conflicts"] >= 1
