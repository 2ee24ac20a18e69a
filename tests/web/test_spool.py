"""The folder of uploaded files: nobody else's, gone with its server."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest

from intendance.terms import IntendanceError
from intendance.web._imports.spool import Spool, safe_name


def test_a_file_is_kept_where_its_system_user_alone_reads_it(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    one, other = spool.keep("a.csv", b"1"), spool.keep("a.csv", b"2")
    assert one.parent != other.parent
    assert one.name == "a.csv"
    assert stat.S_IMODE(one.stat().st_mode) == 0o600
    for folder in (one.parent, one.parent.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    spool.drop(one)
    assert not one.parent.exists()
    assert other.read_bytes() == b"2"
    spool.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"), ("C:\\docs\\a.xlsx", "a.xlsx"), (".hidden", "hidden"),
        ("", "upload"), ("..", "upload"), ("a\n\u202eb.csv", "ab.csv"), ("é" * 200, "é" * 50),
        ("x" * 300 + ".csv", "x" * 100 + ".csv"), (".csv", "csv"),
    ],
)  # fmt: skip
def test_a_name_is_kept_as_far_as_it_is_safe(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_what_a_killed_server_left_goes_and_what_another_holds_stays(tmp_path: Path) -> None:
    living, left = Spool(tmp_path), tmp_path / "intendance-spool-left"
    held = living.keep("a.csv", b"1")
    left.mkdir()
    (left / "lock").touch()
    (left / "secret.csv").write_text("1")
    old = time.time() - 600
    for folder in (left, held.parent.parent):
        os.utime(folder, (old, old))
    Spool(tmp_path).keep("b.csv", b"2")
    assert not left.exists()
    assert held.exists()


def test_no_room_is_told_and_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spool = Spool(tmp_path)
    first = spool.keep("a.csv", b"1")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(IntendanceError, match="Expected room to keep an upload, got No space left"):
        spool.keep("b.csv", b"2")
    monkeypatch.undo()
    assert [each.name for each in first.parent.parent.iterdir() if each.is_dir()] == [
        first.parent.name
    ]
