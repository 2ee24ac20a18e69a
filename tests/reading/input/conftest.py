"""Where the shared reports are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture
def seeds() -> list[Path]:
    """The five articles that are not part of the repository."""
    root = Path(__file__).parents[3]
    folder = Path(os.environ.get("INTENDANCE_SHARED", root.parent / "shared")) / "seeds"
    if not folder.is_dir():
        pytest.skip("the shared seeds are not here (set INTENDANCE_SHARED)")
    return sorted(folder.glob("*.txt"))
