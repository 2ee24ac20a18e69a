"""The demo ledger, for a server that was given no other."""

from __future__ import annotations

import shutil
import tempfile
from importlib import resources
from pathlib import Path
from typing import Final

from intendance.api import open_ledger

_DEMO: Final = "demo.db"


def demo_ledger(folder: Path) -> str:
    """Reads the demo reports into a new ledger in ``folder``; gives its address."""
    reports = folder / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    for each in resources.files("intendance.demo").joinpath("reports").iterdir():
        with resources.as_file(each) as source:
            shutil.copyfile(source, reports / each.name)
    address = str(folder / _DEMO)
    with open_ledger(address) as ledger:
        ledger.read(reports)
    return address


def demo_folder() -> Path:
    """A new folder for a demo ledger; whoever asks for it removes it."""
    return Path(tempfile.mkdtemp(prefix="intendance-demo-"))
