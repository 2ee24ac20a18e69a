"""The listings: the fixed names, the filters, the quotes."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from .conftest import Call

LISTINGS = (
    "commitments", "conflicts", "statements", "reports", "packages", "programmes", "overdue",
    "decisions", "proposals",
)  # fmt: skip


def test_commitments_have_the_fixed_names(call: Call, ledger: Path) -> None:
    rows = call("commitments", "--json").rows()
    held = {(tuple(row["donors"]), row["item"]): row for row in rows}
    german = held[("DEU",), "iris-t-slm"]
    assert list(german)[:8] == [
        "id", "former_ids", "anchor", "donors", "recipient", "item", "stages", "furthest_stage",
    ]  # fmt: skip
    delivered = german["stages"]["delivered"]["quantity"]
    assert (delivered["low"], delivered["high"], delivered["state"]) == (1, 4, "stated")
    assert german["outstanding"]["high"] == 3
    assert held[("FRA",), "caesar"]["stages"]["delivered"]["quantity"]["low"] == 18


def test_a_table_shows_the_interval_and_the_conflict(call: Call, ledger: Path) -> None:
    done = call("commitments", "--item", "iris-t-slm")
    heading, row = done.out.splitlines()
    assert heading.split()[:4] == ["id", "donors", "to", "item"]
    assert "[1, 4]" in row
    assert "conflict k" in row
    assert "\x1b" not in done.out


def test_french_headings_on_request(
    call: Call, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call("commitments", "--language", "fr").out.startswith("id          donateurs")
    monkeypatch.setenv("INTENDANCE_LANGUAGE", "fr")
    assert "[1 ; 4]" in call("commitments").out


def test_conflicts_show_both_sides_with_quote_report_and_date(call: Call, ledger: Path) -> None:
    done = call("conflicts")
    assert "1 ↔ 4" in done.out
    assert "a livré un système IRIS-T SLM" in done.out
    assert "a livré quatre systèmes IRIS-T SLM" in done.out
    assert "Quatre systèmes livrés, Le Courrier d'essai, undated" in done.out
    assert done.out.count("(1 independent source)") == 2


def test_conflicts_of_one_side_only_where_the_filter_lets_them_through(
    call: Call, ledger: Path
) -> None:
    assert len(call("conflicts", "--donor", "Allemagne", "--json").rows()) == 1
    assert call("conflicts", "--donor", "France").out == "No conflicts match.\n"


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (("--donor", "DEU"), 1),
        (("--donor", "Germany"), 1),
        (("--recipient", "Ukraine"), 2),
        (("--item", "iris-t"), 1),
        (("--class", "air-defence"), 1),
        (("--stage", "promised"), 1),
        (("--text", "canons Caesar"), 1),
        (("--donor", "Poland"), 0),
        (("--since", "2023"), 2),
        (("--since", "2024"), 0),
        (("--live",), 2),
    ],
)
def test_filters_of_commitments(
    call: Call, ledger: Path, options: tuple[str, ...], count: int
) -> None:
    done = call("commitments", *options, "--json")
    assert (done.status, len(done.rows())) == (0, count)


def test_as_of_leaves_out_what_was_published_later(call: Call, ledger: Path) -> None:
    donors = [row["donors"] for row in call("commitments", "--as-of", "2022", "--json").rows()]
    assert donors == [["DEU"]]


def test_recorded_before_anything_was_read_is_empty(call: Call, ledger: Path) -> None:
    assert call("statements", "--recorded", "2000-01-01", "--json").out == ""


def test_quotes_stand_under_the_lines(call: Call, ledger: Path) -> None:
    done = call("commitments", "--item", "caesar", "--quotes")
    assert "    delivered: “" in done.out
    assert "18 canons Caesar" in done.out
    assert ", 10 January 2023, s" in done.out


def test_statements_are_filtered_by_act_and_liveness(call: Call, ledger: Path) -> None:
    every = call("statements", "--json").rows()
    acts = [row["act"] for row in call("statements", "--act", "promise", "--json").rows()]
    candidates = call("statements", "--candidates", "--json").rows()
    assert acts == ["promise"]
    assert [row["id"] for row in candidates] == [row["id"] for row in every if not row["live"]]
    assert all(row["quote"] for row in every)


@pytest.mark.parametrize("name", LISTINGS)
def test_csv_and_json_hold_the_same_rows(call: Call, ledger: Path, name: str) -> None:
    as_csv = call(name, "--csv")
    as_json = call(name, "--json")
    rows = list(csv.DictReader(io.StringIO(as_csv.out, newline="")))
    assert (as_csv.status, as_json.status) == (0, 0)
    assert len(rows) == len(as_json.rows())
    if rows and "id" in rows[0]:
        assert [row["id"] for row in rows] == [row["id"] for row in as_json.rows()]


@pytest.mark.parametrize("name", LISTINGS)
def test_an_empty_ledger_lists_nothing_and_says_so(call: Call, home: Path, name: str) -> None:
    (home / "x.txt").write_text("Rien à signaler aujourd'hui dans la région.\n", encoding="utf-8")
    call("read", "x.txt")
    done = call(name)
    assert done.status == 0
    assert name == "reports" or done.out.startswith(("No ", "Nothing "))


def test_reports_name_where_they_came_from(call: Call, ledger: Path) -> None:
    done = call("reports")
    assert len(done.out.splitlines()) == 4
    assert "Quatre systèmes livrés" in done.out


def test_overdue_is_what_was_due_and_did_not_come(call: Call, home: Path) -> None:
    (home / "x.txt").write_text(
        "date 2023-01-10\nLe Canada livrera deux systèmes NASAMS à l'Ukraine en mars 2023.\n",
        encoding="utf-8",
    )
    call("read", "x.txt")
    (late,) = call("overdue", "--as-of", "2023-06-01", "--json").rows()
    assert late["commitment"]["donors"] == ["CAN"]
    assert late["due"]["to"] == "2023-03-31"
    assert call("overdue", "--as-of", "2023-02-01").out == "Nothing is overdue.\n"
    assert "2023-03" in call("overdue", "--quotes").out


def test_what_a_report_hides_is_written_out(call: Call, home: Path) -> None:
    name = "x\x1b[31m.txt"
    (home / name).write_text(
        "La France a livré 18 canons Caesar\u202e à l'Ukraine.\n", encoding="utf-8"
    )
    call("read", name)
    for arguments in (("reports",), ("statements", "--quotes"), ("reports", "--json")):
        done = call(*arguments)
        assert "\x1b" not in done.out
        assert "\u202e" not in done.out
    assert call("reports", "--json").rows()[0]["address"] == name
