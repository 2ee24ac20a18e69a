"""A server of the demo ledger, asked without a socket."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from intendance.web import Settings, build_app, demo_ledger


@pytest.fixture(scope="session")
def demo_address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a ledger of the demo's reports; nobody writes to it."""
    return demo_ledger(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def client(demo_address: str) -> Iterator[TestClient[Litestar]]:
    """Asks a server of the demo ledger; only to look."""
    with TestClient(build_app(Settings(database=demo_address, demo=True))) as made:
        yield made


@pytest.fixture
def copied(demo_address: str, tmp_path: Path) -> Path:
    """A demo ledger of the test's own, to write to."""
    import sqlite3

    target = tmp_path / "own.db"
    with sqlite3.connect(demo_address) as source, sqlite3.connect(target) as sink:
        source.backup(sink)
    return target
