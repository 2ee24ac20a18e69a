"""The tables that a user fills in, with example rows, and the worked example."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from intendance.tables import write_new

_EXAMPLE: Final = "examples/coalition"


def write_forces_example(folder: Path) -> list[Path]:
    """Writes the worked example, an invented coalition: every table, a catalogue, reports.

    Gives the paths. Nothing is overwritten: where any of the files is there FileExistsError is
    raised and nothing is written.
    """
    source = resources.files("intendance.forces").joinpath(_EXAMPLE)
    return write_new({folder / name: text for name, text in _files(source, "")})


def write_inventory_template(folder: Path) -> list[Path]:
    """Writes ``inventory.csv`` with example rows, as ``write_forces_example`` does."""
    return _one("inventory.csv", folder)


def write_requirements_template(folder: Path) -> list[Path]:
    """Writes ``requirements.csv`` with example rows, as ``write_forces_example`` does."""
    return _one("requirements.csv", folder)


def write_priorities_template(folder: Path) -> list[Path]:
    """Writes ``priorities.csv`` with example rows, as ``write_forces_example`` does."""
    return _one("priorities.csv", folder)


def _one(name: str, folder: Path) -> list[Path]:
    source = resources.files("intendance.forces").joinpath("data/tables").joinpath(name)
    return write_new({folder / name: source.read_text(encoding="utf-8")})


def _files(source: Traversable, under: str) -> Iterator[tuple[str, str]]:
    for each in sorted(source.iterdir(), key=lambda one: one.name):
        if each.is_dir():
            yield from _files(each, f"{under}{each.name}/")
        else:
            yield f"{under}{each.name}", each.read_text(encoding="utf-8")
