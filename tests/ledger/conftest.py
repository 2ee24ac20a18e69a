"""Databases for the tests of the store: a file, and a throw-away PostgreSQL cluster."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from intendance.catalogue import Catalogue, load_catalogue
from intendance.ledger import Ledger

HERE = Path(__file__).parent
SETTING = "INTENDANCE_TEST_POSTGRES"


def load_build() -> ModuleType:
    name = "intendance_tests_build"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, HERE / "build.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


@pytest.fixture(scope="session")
def build() -> ModuleType:
    """The functions of build.py, which make readings."""
    return load_build()


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


class Clock:
    """A clock that stands where it is put and goes on a second with every look."""

    def __init__(self) -> None:
        self.now = datetime(2024, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def put(self, day: str) -> None:
        self.now = datetime.fromisoformat(day).replace(tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock()


class Cluster:
    """A PostgreSQL cluster of our own, reached through a socket in its folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.server = f"postgresql://postgres@/postgres?host={folder}"

    def start(self) -> None:
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres" if _user("postgres") else "nobody")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self._run("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N")
        options = (
            f"-c listen_addresses='' -k {self.folder} -c fsync=off -c full_page_writes=off"
            " -c synchronous_commit=off -c max_connections=40 -c shared_buffers=64MB"
        )
        self._run(
            "pg_ctl", "-D", self.data, "-w", "-t", "60", "-l", self.folder / "log",
            "-o", options, "start",
        )  # fmt: skip

    def stop(self) -> None:
        self._run("pg_ctl", "-D", self.data, "-m", "immediate", "stop")

    def _run(self, program: str, *arguments: str | Path) -> None:
        command: list[str | Path] = [_binary(program) or program, *arguments]
        if os.geteuid() == 0:
            user = "postgres" if _user("postgres") else "nobody"
            command = ["runuser", "-u", user, "--", *command]
        done = subprocess.run(
            command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout


def _user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def _binary(name: str) -> str | None:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server: INTENDANCE_TEST_POSTGRES, or a throw-away cluster."""
    pytest.importorskip("psycopg", reason="needs the driver psycopg")
    if os.environ.get(SETTING):
        yield os.environ[SETTING]
        return
    missing = [name for name in ("initdb", "pg_ctl") if _binary(name) is None]
    if missing:
        pytest.skip(f"needs PostgreSQL's {' and '.join(missing)}, or {SETTING} set to a server")
    if os.geteuid() == 0 and not shutil.which("runuser"):
        pytest.skip("needs runuser: PostgreSQL's server can't be run by root")
    folder = Path(tempfile.mkdtemp(prefix="intendance-pg-"))
    cluster = Cluster(folder)
    try:
        cluster.start()
        yield cluster.server
        cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_addresses(postgres_server: str) -> Iterator[Callable[[], str]]:
    """A function that gives the address of a new, empty schema each time."""
    import psycopg

    made: list[str] = []

    def new() -> str:
        name = "t" + uuid.uuid4().hex[:12]
        with psycopg.connect(postgres_server, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}".encode())
        made.append(name)
        joint = "&" if "?" in postgres_server else "?"
        return f"{postgres_server}{joint}options=-csearch_path%3D{name}"

    yield new
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        for name in made:
            connection.execute(f"DROP SCHEMA {name} CASCADE".encode())


@pytest.fixture(params=["sqlite", "postgresql"])
def new_address(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """A function that gives the address of a database that does not exist yet, on either kind."""
    if request.param == "postgresql":
        addresses: Callable[[], str] = request.getfixturevalue("postgres_addresses")
        return addresses
    return lambda: str(tmp_path / f"{uuid.uuid4().hex[:8]}.db")


@pytest.fixture
def open_ledger(
    new_address: Callable[[], str], catalogue: Catalogue, clock: Clock
) -> Iterator[Callable[..., Ledger]]:
    """A function that opens a ledger: a new one, or the one at the address given."""
    opened: list[Ledger] = []

    def new(address: str | None = None, **fields: Any) -> Ledger:
        known: dict[str, Any] = {"catalogue": catalogue, "clock": clock} | fields
        opened.append(Ledger.open(address or new_address(), **known))
        return opened[-1]

    yield new
    for each in opened:
        each.close()


@pytest.fixture
def ledger(open_ledger: Callable[..., Ledger]) -> Ledger:
    """An empty ledger, once on each kind of database."""
    return open_ledger()


@pytest.fixture
def file_ledger(tmp_path: Path, catalogue: Catalogue, clock: Clock) -> Iterator[Ledger]:
    """An empty ledger in a file."""
    with Ledger.open(tmp_path / "ledger.db", catalogue=catalogue, clock=clock) as opened:
        yield opened
