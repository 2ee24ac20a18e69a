"""A process killed at any moment leaves a ledger that opens, verifies and goes on (rule 3)."""

from __future__ import annotations

import os
import random
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from intendance.ledger import Ledger

WRITER = Path(__file__).parent / "writer.py"


def start(address: str, seed: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, str(WRITER), address, str(seed)], stdout=subprocess.PIPE
    )


def wait_for(process: subprocess.Popen[bytes], lines: int) -> None:
    """Until the process has said so many lines (it was ready, or that many batches are in)."""
    assert process.stdout is not None
    seen = b""
    while seen.count(b"\n") < lines and process.poll() is None:
        if select.select([process.stdout], [], [], 60)[0]:
            seen += os.read(process.stdout.fileno(), 4096)


def kill(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait(60)
    assert process.stdout is not None
    process.stdout.close()


def goes_on(address: str, build, catalogue, digest: str) -> None:
    """The ledger verifies, holds whole batches only, and reaches the digest of a quiet run."""
    readings = build.some_readings(build.KILLED)
    with Ledger.open(address, catalogue=catalogue) as ledger:
        assert ledger.verify().ok
        assert ledger.counts()["reports"] % 5 == 0
        ledger.add(readings)
        assert ledger.counts()["reports"] == build.KILLED
        assert ledger.digest() == digest
        assert ledger.verify().ok


@pytest.fixture(scope="module")
def quiet_digest(tmp_path_factory, build, catalogue) -> str:
    with Ledger.open(tmp_path_factory.mktemp("quiet") / "l.db", catalogue=catalogue) as ledger:
        ledger.add(build.some_readings(build.KILLED))
        return ledger.digest()


def killed_at(address: str, seed: int, again: int = 0) -> None:
    """Start a writer and kill it after some batches and some more milliseconds.

    The seed says in what order the writer adds: with one seed its batches are always the same.
    """
    chance = random.Random(seed * 10 + again)
    process = start(address, seed)
    wait_for(process, chance.choice([1, 1, 3, 9, 13]))
    time.sleep(chance.uniform(0, 0.08))
    kill(process)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_killed_writer_leaves_a_ledger_that_goes_on(
    new_address, build, catalogue, quiet_digest, seed
):
    address = new_address()
    killed_at(address, seed)
    goes_on(address, build, catalogue, quiet_digest)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10, 60))
def test_a_writer_killed_again_and_again(new_address, build, catalogue, quiet_digest, seed):
    address = new_address()
    for again in range(3):
        killed_at(address, seed, again)
    goes_on(address, build, catalogue, quiet_digest)


DIE_IN_COMMIT = """
import os, signal, sys
sys.path.insert(0, sys.argv[2])
import build
from sqlalchemy import event
from intendance.ledger import Ledger
from intendance.catalogue import load_catalogue
when = sys.argv[3]
with Ledger.open(sys.argv[1], catalogue=load_catalogue()) as ledger:
    readings = build.some_readings(build.KILLED)
    ledger.add(readings[:20])
    def die(connection):
        if connection.get_execution_options().get("intendance_write"):
            os.kill(os.getpid(), signal.SIGKILL)
    if when == "before":
        event.listen(ledger._store._engine, "commit", die)
    else:
        dialect = ledger._store._engine.dialect
        commit = dialect.do_commit
        def late(connection):
            commit(connection)
            os.kill(os.getpid(), signal.SIGKILL)
        dialect.do_commit = late
    with ledger._writing() as batch:
        from intendance.ledger._intake import Intake
        from intendance.ledger._state import refold_all_dirty
        Intake(batch, None).run(readings[20:])
        refold_all_dirty(batch)
"""


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_writer_killed_at_its_commit(new_address, build, catalogue, quiet_digest, when):
    address = new_address()
    done = subprocess.run(
        [sys.executable, "-c", DIE_IN_COMMIT, address, str(WRITER.parent), when],
        capture_output=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr
    with Ledger.open(address, catalogue=catalogue) as ledger:
        assert ledger.counts()["reports"] in ({20} if when == "before" else {20, build.KILLED})
    goes_on(address, build, catalogue, quiet_digest)
