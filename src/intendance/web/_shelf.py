"""The ledgers that the server reads from: the one that is served, opened once."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Final

from intendance.api import Books, open_ledger
from intendance.web._projection import Keeper

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


class Shelf:
    """The books of one server. ``books`` are those that hold the rows without a marking."""

    def __init__(self, database: str, catalogue: Sequence[Path] = ()) -> None:
        self.books: Books = open_ledger(database, create=False, catalogue=catalogue)
        self.keeper = Keeper(self.books)

    def close(self) -> None:
        """Lets go of the database."""
        self.books.close()
