"""The Python interface: names loaded when asked for, one object that reads and answers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import intendance

WORDS = "date 2023-01-10\nLa France a livré 18 canons Caesar à l'Ukraine.\n"


def test_importing_the_package_loads_no_room() -> None:
    code = "import sys, intendance; print([n for n in sys.modules if n.startswith('intendance.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_every_public_name_is_there_and_no_other() -> None:
    assert sorted(intendance.__all__) == dir(intendance)
    for name in intendance.__all__:
        assert getattr(intendance, name).__doc__, name
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = intendance.nothing


def test_a_ledger_reads_and_answers(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(WORDS, encoding="utf-8")
    (tmp_path / "two.txt").write_bytes(b"")
    seen: list[tuple[int, int]] = []
    with intendance.open_ledger(tmp_path / "books.db") as ledger:
        outcome = ledger.read(
            [tmp_path / "one.txt", tmp_path / "two.txt"],
            progress=lambda done, total: seen.append((done, total)),
        )
        assert (outcome.read, outcome.statements) == (1, 1)
        assert [each.code for each in outcome.skipped] == ["input.empty"]
        assert sorted(seen) == [(1, 2), (2, 2)]
        (held,) = ledger.commitments()
        assert (held.donors, held.recipient, held.item) == (("FRA",), "UKR", "caesar")
        assert ledger.why(held.id).statements[0].statement.quote in WORDS


def test_a_run_that_is_told_to_stop_keeps_what_it_has(tmp_path: Path) -> None:
    for number in range(40):
        words = WORDS.replace("18", str(number + 2))
        (tmp_path / f"{number:02}.txt").write_text(words, encoding="utf-8")
    answers = iter([False, False])
    with intendance.open_ledger(tmp_path / "books.db") as ledger:
        stopped = ledger.read(str(tmp_path / "*.txt"), stop=lambda: next(answers, True))
        assert stopped.interrupted
        assert 0 < stopped.read < 40
        rest = ledger.read(str(tmp_path / "*.txt"))
        assert (rest.interrupted, rest.unchanged, rest.read) == (
            False,
            stopped.read,
            40 - stopped.read,
        )


def test_a_wrong_date_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    with (
        intendance.open_ledger(tmp_path / "books.db") as ledger,
        pytest.raises(intendance.IntendanceError, match="got '2023-02-30' - at published"),
    ):
        ledger.read(tmp_path, published="2023-02-30")
