"""Reports of our own wording, and ways to run the program: in this process and as its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

import intendance
from intendance.cli import run

REPORTS = {
    "a.txt": (
        "date 2023-01-10\nL'Allemagne a promis quatre systèmes IRIS-T SLM à l'Ukraine. "
        "La France a livré 18 canons Caesar à l'Ukraine.\n"
    ),
    "b.txt": "L'Allemagne a livré un système IRIS-T SLM à l'Ukraine.\n",
    "c.md": (
        "---\ntitle: Quatre systèmes livrés\npublisher: Le Courrier d'essai\n---\n"
        "L'Allemagne a livré quatre systèmes IRIS-T SLM à l'Ukraine.\n"
    ),
}


class Ran(msgspec.Struct):
    """What one run of the program came to."""

    status: int
    out: str
    err: str

    def rows(self) -> list[dict[str, Any]]:
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    def error(self) -> dict[str, Any]:
        """Standard error as its one line of JSON."""
        (line,) = self.err.splitlines()
        found: dict[str, Any] = json.loads(line)
        return found


Call = Callable[..., Ran]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, and no setting of the machine's."""
    for name in [name for name in os.environ if name.startswith("INTENDANCE_")]:
        if name != "INTENDANCE_SHARED":
            monkeypatch.delenv(name)
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return work


@pytest.fixture
def call(home: Path, capfd: pytest.CaptureFixture[str]) -> Call:
    """Runs a command line in this process."""

    def called(*arguments: str | Path) -> Ran:
        capfd.readouterr()
        status = run([str(each) for each in arguments])
        out, err = capfd.readouterr()
        return Ran(status, out, err)

    return called


@pytest.fixture
def reports(home: Path) -> Path:
    """A folder with three reports."""
    return lay_out(home / "reports")


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger into which the three reports were read; tests get copies of it."""
    folder = tmp_path_factory.mktemp("finished")
    with intendance.open_ledger(folder / "made.db") as ledger:
        ledger.read(lay_out(folder / "reports"))
    return folder / "made.db"


@pytest.fixture
def ledger(reports: Path, finished: Path) -> Path:
    """The default ledger, with the three reports in it."""
    return Path(shutil.copyfile(finished, "intendance.db"))


def lay_out(folder: Path) -> Path:
    """Writes the three reports into a new folder."""
    folder.mkdir()
    for name, words in REPORTS.items():
        (folder / name).write_text(words, encoding="utf-8")
    return folder


def start(arguments: Sequence[str | Path], **options: Any) -> subprocess.Popen[str]:
    """The program as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "intendance.cli", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        **options,
    )
