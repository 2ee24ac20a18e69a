"""The demo ledger: read once, kept for this very program, and served as a copy."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from intendance.api import open_ledger
from intendance.web import _demo as demo
from intendance.web import demo_ledger


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    monkeypatch.delenv("INTENDANCE_CATALOGUE", raising=False)
    return folder / "intendance"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was read from the reports since."""
    real, found = demo._make, []

    def make(path: Path) -> None:
        found.append(path)
        real(path)

    monkeypatch.setattr(demo, "_make", make)
    return found


def _digest(address: str) -> str:
    with open_ledger(address, create=False) as ledger:
        return ledger.digest()


def test_what_was_read_once_is_served_again_to_the_byte(
    cache: Path, made: list[Path], tmp_path: Path
) -> None:
    first, second = (demo_ledger(tmp_path / name) for name in ("one", "two"))
    assert len(made) == 1
    assert len(list(cache.iterdir())) == 1
    assert Path(first).read_bytes() == Path(second).read_bytes()
    with open_ledger(second) as ledger:
        assert ledger.verify().ok
        commitment = ledger.commitments()[0]
        ledger.decide("retract", [commitment.id], by="A", why="a test")
    # What is written to the copy stays in the copy.
    third = demo_ledger(tmp_path / "three")
    assert _digest(third) == _digest(first) != _digest(second)
    assert len(made) == 1


def test_what_is_kept_but_not_whole_is_read_anew(
    cache: Path, made: list[Path], tmp_path: Path
) -> None:
    first = _digest(demo_ledger(tmp_path / "one"))
    kept = next(cache.iterdir())
    whole = kept.read_bytes()
    for broken in (b"", whole[:-1], whole[:5000] + b"x" + whole[5001:], b"x" * 100):
        kept.write_bytes(broken)
        assert _digest(demo_ledger(tmp_path / f"n{len(made)}")) == first
        assert demo._read(kept) is not None
    assert len(made) == 5


def test_another_version_of_the_program_reads_anew_and_leaves_one(
    cache: Path, made: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    demo_ledger(tmp_path / "one")
    before = demo._fingerprint()
    source = Path(demo.__file__).parents[1] / "reading" / "__init__.py"
    real = os.stat

    def later(path: Any, **given: Any) -> Any:
        about = real(path, **given)
        if str(path) == str(source):
            return os.stat_result((*about[:6], about.st_size + 1, *about[7:]))
        return about

    monkeypatch.setattr(os, "stat", later)
    assert demo._fingerprint() != before
    demo_ledger(tmp_path / "two")
    assert len(made) == 2
    assert [each.name for each in cache.iterdir()] == [f"demo-{demo._fingerprint()}"]


def test_nothing_is_kept_where_others_may_write_or_with_another_catalogue(
    cache: Path, made: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.mkdir(parents=True)
    cache.chmod(0o777)
    for name in ("one", "two"):
        demo_ledger(tmp_path / name)
    assert len(made) == 2
    assert list(cache.iterdir()) == []
    cache.chmod(0o700)
    monkeypatch.setenv("INTENDANCE_CATALOGUE", str(tmp_path / "own.toml"))
    assert demo._place() is None
    monkeypatch.delenv("INTENDANCE_CATALOGUE")
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/x")
    assert demo._place() is None
