"""``intendance read``: what it counts, what it skips, and that it continues."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from intendance.cli._main import run

from .conftest import REPORTS, Call


def test_it_says_what_it_read(call: Call, reports: Path) -> None:
    done = call("read", reports)
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("read 3, unchanged 0, copies 0, statements 4, ")
    assert done.out.endswith("conflicts 1, skipped 0\n")


def test_a_second_run_finds_nothing_new(call: Call, reports: Path) -> None:
    call("read", reports)
    digest = call("verify", "--json").rows()[0]["digest"]
    done = call("read", reports, "--json")
    (counts,) = done.rows()
    assert (counts["read"], counts["unchanged"], counts["statements"]) == (0, 3, 0)
    assert call("verify", "--json").rows()[0]["digest"] == digest


def test_one_bad_file_harms_no_other(call: Call, reports: Path) -> None:
    (reports / "empty.txt").write_bytes(b"")
    (reports / "binary.txt").write_bytes(b"\x7fELF\x02\x01\x01\x00" + bytes(64))
    done = call("read", reports)
    assert done.status == 3
    assert "read 3," in done.out
    assert "skipped 2 (input.binary 1, input.empty 1)" in done.out
    first, second = sorted(done.err.splitlines())
    assert first.startswith("error input.binary: Expected ")
    assert second.startswith("error input.empty: Expected some text, got nothing - at ")
    assert second.endswith("empty.txt. Leave it out, or fetch the report again.")


def test_errors_of_a_run_are_json_lines_on_request(call: Call, reports: Path) -> None:
    (reports / "empty.txt").write_bytes(b"")
    done = call("read", reports, "--json")
    assert done.error()["code"] == "input.empty"
    assert done.error()["where"].endswith("empty.txt")
    (counts,) = done.rows()
    assert [each["code"] for each in counts["skipped"]] == ["input.empty"]


def test_a_path_that_is_not_there_is_a_wrong_call(call: Call) -> None:
    done = call("read", "nowhere")
    assert done.status == 2
    assert done.err.startswith("error input.missing: Expected an existing file or folder")


def test_a_file_above_the_limit_is_skipped(call: Call, reports: Path) -> None:
    done = call("read", reports, "--max-bytes", "60", "--json")
    assert done.status == 3
    codes = {json.loads(line)["code"] for line in done.err.splitlines()}
    assert codes == {"input.too-large"}


def test_the_same_bytes_twice_are_a_copy(call: Call, reports: Path) -> None:
    (reports / "again.txt").write_text(REPORTS["b.txt"], encoding="utf-8")
    (counts,) = call("read", reports, "--json").rows()
    assert (counts["read"], counts["copies"]) == (3, 1)
    assert len(call("reports", "--json").rows()) == 3


def test_published_dates_what_states_no_date(call: Call, reports: Path) -> None:
    call("read", reports)
    assert call("read", reports, "--published", "2023-03").status == 0
    dates = {Path(row["address"]).name: row for row in call("reports", "--json").rows()}
    assert dates["a.txt"]["published"]["from"] == "2023-01-10"
    assert dates["b.txt"]["published"]["to"] == "2023-03-31"
    assert dates["b.txt"]["date_from"] == "option"


def test_published_must_be_a_date(call: Call, reports: Path) -> None:
    done = call("read", reports, "--published", "soon")
    assert done.status == 2
    assert done.err == (
        "error date.invalid: Expected YYYY, YYYY-MM or YYYY-MM-DD, got 'soon' - at --published. "
        "Write YYYY, YYYY-MM or YYYY-MM-DD.\n"
    )


def test_several_jobs_give_the_same_ledger(call: Call, reports: Path) -> None:
    call("read", reports, "--db", "one.db")
    done = call("read", reports, "--db", "two.db", "--jobs", "2")
    assert (done.status, done.err) == (0, "")
    one = call("verify", "--db", "one.db", "--json").rows()[0]
    two = call("verify", "--db", "two.db", "--json").rows()[0]
    assert one["statements"] > 0
    assert one["digest"] == two["digest"]


def test_standard_input_is_a_report(
    home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    read_end, write_end = os.pipe()
    with os.fdopen(write_end, "w", encoding="utf-8") as pipe:
        pipe.write(REPORTS["a.txt"])
    with os.fdopen(read_end, encoding="utf-8") as pipe:
        monkeypatch.setattr("sys.stdin", pipe)
        assert run(["read", "-"]) == 0
    assert capfd.readouterr().out.startswith("read 1,")


def test_trust_stat_opens_no_file_that_looks_unchanged(call: Call, reports: Path) -> None:
    old = 1_600_000_000
    for path in reports.iterdir():
        os.utime(path, (old, old))
    assert call("read", reports, "--trust-stat").status == 0
    changed = reports / "b.txt"
    words = changed.read_text(encoding="utf-8").replace("livré un ", "livré 444")
    changed.write_text(words, encoding="utf-8")
    os.utime(changed, (old, old))
    (trusting,) = call("read", reports, "--trust-stat", "--json").rows()
    assert trusting["unchanged"] == 3
    (hashing,) = call("read", reports, "--json").rows()
    assert (hashing["unchanged"], hashing["read"]) == (2, 1)


def test_trust_stat_reads_a_file_that_another_ledger_knows(call: Call, reports: Path) -> None:
    for path in reports.iterdir():
        os.utime(path, (1_600_000_000, 1_600_000_000))
    call("read", reports, "--trust-stat", "--db", "one.db")
    (counts,) = call("read", reports, "--trust-stat", "--db", "two.db", "--json").rows()
    assert (counts["read"], counts["unchanged"]) == (3, 0)


def test_what_was_passed_over_is_said_on_request(call: Call, home: Path) -> None:
    (home / "x.txt").write_text(
        "Киев получил помощь от союзников вчера вечером.\n", encoding="utf-8"
    )
    assert call("read", "x.txt", "--db", "one.db").err == ""
    done = call("read", "x.txt", "--db", "two.db", "--notes")
    assert done.err.startswith("x.txt: language ")


def test_a_catalogue_of_ones_own_is_used(call: Call, home: Path) -> None:
    (home / "own.toml").write_text("[[kind]]\nid = 'x'\n", encoding="utf-8")
    done = call("read", "-", "--catalogue", "own.toml", "--json")
    assert done.status == 2
    assert done.error()["code"] == "catalogue.entry"
