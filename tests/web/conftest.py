"""A server of the demo ledger, asked without a socket."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from intendance.planning import (
    CauseRow,
    load_scenario,
    solve,
    why_largest,
    write_example,
    write_plan,
)
from intendance.tables import write_csv
from intendance.web import Settings, build_app, demo_ledger


@pytest.fixture(scope="session")
def demo_address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a ledger of the demo's reports; nobody writes to it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
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


@pytest.fixture(scope="session")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two plans of the example, by the ends of its opening stocks."""
    folder = tmp_path_factory.mktemp("plans")
    for name, opening in (("low-stocks", "low"), ("high-stocks", "high")):
        inputs = folder / f".{name}"
        write_example("coalition", inputs)
        settings = inputs / "scenario.toml"
        words = settings.read_text(encoding="utf-8")
        words = words.replace('opening = "low"', f'opening = "{opening}"')
        settings.write_text(words, encoding="utf-8")
        scenario = load_scenario(inputs)
        plan = solve(scenario, gap=0.05)
        write_plan(scenario, plan, folder / name)
        causes = write_csv(why_largest(scenario, plan, 3), CauseRow)
        (folder / name / "causes.csv").write_text(causes, encoding="utf-8")
    return folder
