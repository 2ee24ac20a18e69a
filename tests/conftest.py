"""What every test starts from."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def no_width(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines are as wide as what they say, whatever the terminal that the tests were started in."""
    monkeypatch.delenv("COLUMNS", raising=False)
