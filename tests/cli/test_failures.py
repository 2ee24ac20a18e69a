"""Failing well: one clear line, a status, nothing lost."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from intendance.cli import _main
from intendance.terms import error_kinds

from .conftest import REPORTS, Call, start

UNTIL_SECONDS = 60


def test_an_unknown_command_is_one_line(call: Call) -> None:
    done = call("commit")
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("error setting.invalid: Expected a call as 'intendance --help'")
    assert "No such command 'commit'" in done.err
    assert done.err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "got"),
    [
        (("commitments", "--stage", "lost"), "'lost' is not one of"),
        (("read",), "Missing argument"),
        (("commitments", "--json", "--csv"), "--json and --csv exclude each other"),
        (("commitments", "--item", "x", "--class", "y"), "--item and --class exclude each other"),
        (("read", "x", "--jobs", "0"), "0 is not in the range"),
    ],
)
def test_wrong_calls_say_what_is_wrong(
    call: Call, ledger: Path, arguments: tuple[str, ...], got: str
) -> None:
    done = call(*arguments)
    assert (done.status, done.out) == (2, "")
    assert got in done.err
    assert done.err.count("\n") == 1


def test_a_wrong_call_is_json_on_request(call: Call) -> None:
    done = call("commitments", "--json", "--nothing")
    error = done.error()
    assert list(error) == ["code", "message", "expected", "got", "where", "remedy"]
    assert error["code"] == "setting.invalid"


def test_help_and_version_are_no_errors(call: Call) -> None:
    assert call("--help").status == 0
    assert call("read", "--help").out.startswith("Usage: intendance read ")
    assert call("--version").out == "intendance, version 0.1.0\n"


def test_a_listing_makes_no_ledger(call: Call, home: Path) -> None:
    done = call("commitments")
    assert done.status == 2
    assert done.err == (
        "error ledger.missing: Expected a ledger, got nothing there yet - at intendance.db. "
        "Run 'intendance read PATH' first.\n"
    )
    assert list(home.iterdir()) == []


def test_another_file_is_left_as_it_was(call: Call, home: Path) -> None:
    (home / "notes.db").write_text("my notes", encoding="utf-8")
    done = call("read", "-", "--db", "notes.db")
    assert done.status == 2
    assert done.err.startswith("error ledger.not-a-database: ")
    assert (home / "notes.db").read_text(encoding="utf-8") == "my notes"


def test_the_environment_names_the_ledger(
    call: Call, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTENDANCE_DB", "other.db")
    call("read", reports)
    assert Path("other.db").exists()
    assert not Path("intendance.db").exists()


def test_a_password_is_never_shown(call: Call) -> None:
    done = call("commitments", "--db", "postgresql://ada:s3cret@127.0.0.1:1/books")
    assert done.status == 1
    assert "s3cret" not in done.err
    assert done.err.startswith("error ledger.unreachable: ")


@pytest.mark.long
def test_a_locked_ledger_is_said_to_be_locked(call: Call, ledger: Path, home: Path) -> None:
    (home / "more.txt").write_text("La Pologne a livré 14 chars Leopard 2 à l'Ukraine.\n", "utf-8")
    other = sqlite3.connect(ledger)
    other.execute("BEGIN IMMEDIATE")
    done = call("read", "more.txt")
    other.rollback()
    other.close()
    assert done.status == 1
    assert done.err.startswith("error ledger.locked: ")


def test_a_full_disk_under_standard_output_is_one_line(ledger: Path) -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full here")
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "intendance.cli", "errors"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 1
    assert done.stderr.startswith("error output.unwritable: Expected a place that can be written")
    assert "Traceback" not in done.stderr


def test_a_reader_that_stops_listening_is_no_failure(home: Path) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    with os.fdopen(write_end, "wb") as gone:
        done = subprocess.run(
            [sys.executable, "-m", "intendance.cli", "errors"], stdout=gone, stderr=subprocess.PIPE
        )
    assert (done.returncode, done.stderr) == (141, b"")


def test_output_is_utf_8_whatever_the_locale(ledger: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "intendance.cli", "conflicts"],
        env=os.environ | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONCOERCECLOCALE": "0"},
        capture_output=True,
    )
    assert done.returncode == 0
    assert "livré quatre systèmes" in done.stdout.decode("utf-8")


def test_a_fault_of_the_program_is_one_line_and_a_traceback_only_on_request(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(_main.intendance, "main", broken)
    done = call("errors")
    assert done.status == error_kinds()["internal"].status == 70
    assert done.err.startswith("error internal: Expected the command to finish, got RuntimeError")
    assert done.err.count("\n") == 1
    monkeypatch.setenv("INTENDANCE_DEBUG", "1")
    assert "Traceback" in call("errors").err


def _many(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        words = REPORTS["a.txt"].replace("18 canons", f"{number + 2} canons")
        # No two alike, or they would be copies of each other.
        filler = " ".join(f"mot{number * 7919 % 1_000_003 + at * number}" for at in range(400))
        (folder / f"{number:05}.txt").write_text(f"{words}\n{filler}\n", encoding="utf-8")
    return folder


def _wait_for_batch(database: Path, process: subprocess.Popen[str]) -> None:
    """Returns once something was committed and the process still runs."""
    until = time.monotonic() + UNTIL_SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, process.communicate()
        if database.exists() and _reports_in(database):
            return
        time.sleep(0.01)
    raise AssertionError("nothing was committed")


def _reports_in(database: Path) -> int:
    try:
        connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        found = connection.execute("SELECT count(*) FROM report").fetchone()[0]
    except sqlite3.OperationalError:
        return 0
    else:
        return int(found)
    finally:
        connection.close()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_interrupting_keeps_what_was_read_and_running_again_continues(
    call: Call, home: Path, how: signal.Signals
) -> None:
    folder = _many(home / "many", 1000)
    process = start(["read", folder, "--json"], cwd=home)
    _wait_for_batch(home / "intendance.db", process)
    process.send_signal(how)
    out, err = process.communicate(timeout=UNTIL_SECONDS)
    assert process.returncode == 130, err
    assert json.loads(err)["code"] == "read.interrupted"
    (counts,) = [json.loads(line) for line in out.splitlines()]
    assert counts["interrupted"] is True
    assert 0 < counts["read"] < 1000
    (rest,) = call("read", folder, "--json").rows()
    assert rest["unchanged"] == counts["read"]
    assert rest["read"] + rest["unchanged"] == 1000
    assert call("verify").status == 0


def test_killing_it_loses_nothing_that_was_committed(call: Call, home: Path) -> None:
    folder = _many(home / "many", 1000)
    process = start(["read", folder], cwd=home)
    _wait_for_batch(home / "intendance.db", process)
    process.kill()
    process.communicate()
    assert call("verify").status == 0
    (rest,) = call("read", folder, "--json").rows()
    assert rest["unchanged"] > 0
    assert rest["read"] + rest["unchanged"] == 1000
    continued = call("verify", "--json").rows()[0]["digest"]
    assert call("read", folder, "--db", "whole.db").status == 0
    assert call("verify", "--db", "whole.db", "--json").rows()[0]["digest"] == continued
