"""Deciding, undoing, rereading, verifying, redacting; and why."""

from __future__ import annotations

import io
import sqlite3
from pathlib import Path

import pytest

from .conftest import Call

WHO = ("--by", "Ada", "--why", "checked with the ministry")


def _conflict(call: Call) -> dict[str, object]:
    (row,) = call("conflicts", "--settled", "--json").rows()
    found: dict[str, object] = row
    return found


def _side(call: Call, value: str) -> str:
    (conflict,) = call("conflicts", "--settled", "--json").rows()
    (statement,) = [s["statements"][0] for s in conflict["sides"] if s["value"] == value]
    return str(statement)


def test_a_preference_settles_the_conflict_and_an_undo_opens_it_again(
    call: Call, ledger: Path
) -> None:
    decided = call("decide", "prefer", _side(call, "4"), *WHO, "--json")
    assert decided.status == 0
    (decision,) = decided.rows()
    assert (decision["kind"], decision["by"]) == ("prefer", "Ada")
    assert _conflict(call)["settled_by"] == decision["id"]
    assert call("conflicts").out == "No conflicts match.\n"
    undone = call("undo", decision["id"], *WHO)
    assert undone.status == 0
    assert _conflict(call)["settled_by"] is None
    listed = call("decisions", "--json").rows()
    assert listed[0]["undone_by"] == listed[1]["id"]
    assert "prefer" in call("decisions").out


def test_a_correction_takes_fields_by_name(call: Call, ledger: Path) -> None:
    done = call("decide", "correct", _side(call, "4"), "--set", "item=nasams", *WHO)
    assert done.status == 0
    assert '"item":"nasams"' in done.out
    items = {row["item"] for row in call("commitments", "--json").rows()}
    assert "nasams" in items


def test_a_field_needs_a_value(call: Call, ledger: Path) -> None:
    done = call("decide", "correct", "s1", "--set", "item", *WHO)
    assert (done.status, done.out) == (2, "")
    assert done.err == (
        "error setting.invalid: Expected FIELD=VALUE, got 'item' - at --set. "
        "See the command's --help.\n"
    )


def test_somebody_decides(call: Call, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nobody = call("decide", "retract", _side(call, "4"), "--why", "withdrawn")
    assert nobody.status == 2
    assert "Missing option '--by'" in nobody.err
    monkeypatch.setenv("INTENDANCE_BY", "Grace")
    done = call("decide", "retract", _side(call, "4"), "--why", "withdrawn")
    assert ", Grace, " in done.out


def test_an_unknown_identifier_is_one_clear_line(call: Call, ledger: Path) -> None:
    for arguments in (("why", "c0ffee"), ("undo", "d0", *WHO)):
        done = call(*arguments, "--json")
        assert done.status == 2
        assert done.error()["code"] in {"id.unknown", "decision.invalid"}


def test_why_names_rules_quotes_and_reports(call: Call, ledger: Path) -> None:
    (commitment,) = call("commitments", "--item", "iris-t-slm", "--json").rows()
    done = call("why", commitment["id"][:8])
    assert done.out.startswith(f"Commitment {commitment['id']}\n")
    assert "rule 5" in done.out
    assert "“" in done.out
    assert "a livré quatre systèmes IRIS-T SLM" in done.out
    (answer,) = call("why", commitment["id"], "--json").rows()
    assert answer["kind"] == "commitment"
    assert len(answer["statements"]) == 3


def test_verify_finds_what_was_changed_behind_its_back(call: Call, ledger: Path) -> None:
    assert call("verify").out.startswith("Folded anew: 4 statements, 2 commitments, 1 conflicts.\n")
    with sqlite3.connect(ledger) as database:
        database.execute("UPDATE commitment SET hash = 'x' || substr(hash, 2)")
    database.close()
    broken = call("verify")
    assert broken.status == 1
    assert broken.err.startswith("error ledger.damaged: Expected digest ")
    mended = call("verify", "--repair")
    assert (mended.status, mended.err) == (0, "")
    assert "Repaired " in mended.out
    assert call("verify").status == 0


def test_redacting_asks_first_and_leaves_a_tombstone(
    call: Call, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (report, *_) = call("reports", "--json").rows()
    ground = ("--by", "Ada", "--ground", "court order")
    with open("/dev/null", encoding="utf-8") as nobody:
        monkeypatch.setattr("sys.stdin", nobody)
        refused = call("redact", report["id"], *ground)
    assert refused.status == 2
    assert refused.err.endswith(
        "error setting.invalid: Expected --yes, or an answer on standard input, got neither - "
        "at redact. See the command's --help.\n"
    )
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    kept = call("redact", report["id"], *ground)
    assert (kept.status, kept.out) == (1, f"{report['id']} was left as it is.\n")
    assert len(call("reports", "--json").rows()) == 3
    done = call("redact", report["id"], *ground, "--yes", "--json")
    assert done.rows()[0]["ground"] == "court order"
    assert len(call("reports", "--json").rows()) == 2
    assert call("verify").status == 0


def test_reading_again_with_the_same_reader_changes_nothing(call: Call, ledger: Path) -> None:
    before = call("verify", "--json").rows()[0]["digest"]
    done = call("reread")
    assert (done.status, done.err) == (0, "")
    assert done.out == "Read again: 0 reports, 0 new statements.\n"
    assert call("verify", "--json").rows()[0]["digest"] == before


def test_a_wider_catalogue_rereads_and_goes_back(call: Call, ledger: Path, home: Path) -> None:
    (home / "own.toml").write_text(
        "[[kind]]\nid = 'caesar-nouveau'\nclass = 'howitzer'\nfr = ['canon(s) Caesar']\n",
        encoding="utf-8",
    )
    before = call("verify", "--json").rows()[0]["digest"]
    done = call("reread", "--catalogue", "own.toml", "--json")
    assert (done.status, done.err) == (0, "")
    assert done.rows()[0]["readings"] == 3
    back = call("reread", "--undo")
    assert (back.status, back.out.startswith("The ledger folds reader ")) == (0, True)
    assert call("verify", "--json").rows()[0]["digest"] == before


def test_what_was_redacted_can_be_listed(call: Call, ledger: Path) -> None:
    (first, *_) = call("reports", "--json").rows()
    call("redact", first["id"], "--by", "A. Dmin", "--ground", "court order", "--yes")
    (stone,) = call("tombstones", "--json").rows()
    assert (stone["by"], stone["ground"]) == ("A. Dmin", "court order")
    assert "court order" in call("tombstones").out


def test_a_correction_can_be_given_in_short(call: Call, ledger: Path) -> None:
    rows = call("statements", "--item", "caesar", "--json").rows()
    (said,) = [row for row in rows if row["item"] == "caesar"]
    ran = call(
        "decide", "correct", said["id"], "--set", "quantity=19", "--set", "recipients=POL",
        "--set", "money=2.5 EUR", "--by", "A. Nalyst", "--why", "the ministry's list",
    )  # fmt: skip
    assert ran.status == 0
    (owed,) = call("commitments", "--item", "caesar", "--json").rows()
    assert owed["recipient"] == "POL"
    assert owed["stages"]["delivered"]["quantity"]["low"] == 19
    assert owed["stages"]["delivered"]["money"][0]["low"] == "2.5"


def test_a_correction_names_only_what_the_catalogue_knows(call: Call, ledger: Path) -> None:
    rows = call("statements", "--item", "caesar", "--json").rows()
    refused = call(
        "decide", "correct", rows[0]["id"], "--set", "item=mig-31x", "--by", "A", "--why", "w",
        "--json",
    )  # fmt: skip
    assert refused.status == 2
    assert refused.error()["message"] == (
        "Expected identifiers of the catalogue, got 'mig-31x' - at a decision to correct"
    )
