"""What every test starts from."""

from __future__ import annotations

import pytest
from hypothesis import settings

# A first call may load much, and the machine may have other work.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def no_width(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines are as wide as what they say, whatever the terminal that the tests were started in."""
    monkeypatch.delenv("COLUMNS", raising=False)
