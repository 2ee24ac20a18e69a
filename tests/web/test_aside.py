"""What takes long and keeps nothing is done on a copy: the ledger takes writes meanwhile."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from intendance.ledger import _state as state
from intendance.terms import IntendanceError
from intendance.web import Settings, build_app
from intendance.web._shelf import Shelf

REPORT = {"text": "Spain delivered 6 Leopard 2A4 tanks to Ukraine on 2 May 2023.", "dry": True,
          "address": "x.txt", "published": "2023-05-03"}  # fmt: skip


@pytest.fixture
def tried(copied: Path, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether another could write to the ledger while a preview was folded."""
    found: list[bool] = []
    fold = state.refold_all_dirty

    def folding(*given: Any) -> Any:
        other = sqlite3.connect(copied, timeout=0, isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE")
            other.execute("ROLLBACK")
            found.append(True)
        except sqlite3.OperationalError:
            found.append(False)
        finally:
            other.close()
        return fold(*given)

    monkeypatch.setattr(state, "refold_all_dirty", folding)
    return found


@pytest.fixture
def client(copied: Path) -> Iterator[TestClient[Any]]:
    with TestClient(build_app(Settings(database=str(copied)))) as made:
        yield made


def test_a_preview_of_many_statements_lets_others_write(
    client: TestClient[Any], tried: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    held = client.post("/api/v1/reports", json=REPORT)
    assert (held.status_code, tried) == (200, [False])
    monkeypatch.setattr("intendance.web._desk._MANY", 0)
    aside = client.post("/api/v1/reports", json=REPORT)
    assert tried == [False, True]
    assert aside.json() == held.json()
    assert aside.json()["preview"]["added"]["statements"] == 1
    assert client.get("/api/v1/counts").json()["reports"] == 14


def test_the_copy_is_gone_afterwards_and_where_there_is_no_room_the_ledger_serves(
    copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf(str(copied))
    try:
        with shelf.aside(shelf.plain) as books:
            assert books is not shelf.books
            assert books.counts() == shelf.books.counts()
        assert shelf._folder is not None
        assert list(shelf._folder.iterdir()) == []

        def full(path: Path) -> None:
            path.write_bytes(b"half")
            raise IntendanceError("ledger.full", expected="room", got="none", where="a test")

        monkeypatch.setattr(shelf.books, "copy_to", full)
        with shelf.aside(shelf.plain) as books:
            assert books is shelf.books
        assert list(shelf._folder.iterdir()) == []
    finally:
        shelf.close()
