"""The bench's modules: they lie beside its scripts, not in the package."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).parents[2] / "bench"


@pytest.fixture(autouse=True)
def _beside_the_bench(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(BENCH)


@pytest.fixture
def generate() -> ModuleType:
    return importlib.import_module("_generate")


@pytest.fixture
def scores() -> ModuleType:
    return importlib.import_module("_scores")


@pytest.fixture
def store() -> ModuleType:
    return importlib.import_module("_store")


@pytest.fixture
def results() -> ModuleType:
    return importlib.import_module("_results")


@pytest.fixture
def run_bench():
    """Runs the bench as one would, and gives what it prints."""
    import subprocess

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, BENCH / "ledger.py", *arguments],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run
