"""Catalogue files of a test's own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from intendance.catalogue import Catalogue, load_catalogue

Write = Callable[..., Path]


@pytest.fixture(scope="session")
def cat() -> Catalogue:
    """The packaged catalogue."""
    return load_catalogue()


@pytest.fixture(autouse=True)
def _no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INTENDANCE_CATALOGUE", raising=False)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a catalogue file."""

    def write_file(content: str | bytes, name: str = "own.toml") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file
