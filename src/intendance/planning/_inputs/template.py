"""The scenario folder that ``intendance template plan`` writes, and what its columns mean."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

import msgspec

from intendance.planning._inputs.tables import REQUIRED, ROWS, SETTINGS
from intendance.planning._scenario import Settings
from intendance.tables import TableText, template_text, write_new
from intendance.tables import table_texts as texts_in

SETTINGS_TABLE: Final = "settings"
EXAMPLES: Final = {"coalition": "examples/coalition", "ten-years": "cases/ten_years/scenario"}
"""Worked scenarios in the package, by name; all their figures are invented."""


@cache
def table_texts() -> dict[str, TableText]:
    """What each table and column means, the settings first, then those that a start needs."""
    folder = resources.files("intendance.planning").joinpath("data/tables")
    return texts_in(folder, (SETTINGS_TABLE, *ROWS))


def write_template(folder: Path) -> list[Path]:
    """Writes every table with example rows that make a small whole scenario; gives the paths.

    Nothing is overwritten: where any of the files is there FileExistsError is raised and nothing
    is written.
    """
    files = {}
    for name, table in table_texts().items():
        if name == SETTINGS_TABLE:
            files[SETTINGS] = "\n".join(table.examples) + "\n"
        else:
            files[f"{name}.csv"] = template_text(ROWS[name], table.examples)
    return _write(files, folder)


def write_example(name: str, folder: Path) -> list[Path]:
    """Writes one of the worked examples, ``EXAMPLES``, as ``write_template`` does."""
    source = resources.files("intendance.planning").joinpath(EXAMPLES[name])
    files = {each.name: each.read_text(encoding="utf-8") for each in source.iterdir()}
    return _write(files, folder)


def _write(files: dict[str, str], folder: Path) -> list[Path]:
    order = sorted(files, key=lambda name: (name != SETTINGS, name))
    return write_new({folder / name: files[name] for name in order})


def required_columns(table: str) -> set[str]:
    """The columns of a table that can't be left out."""
    kind = Settings if table == SETTINGS_TABLE else ROWS[table]
    return {field.name for field in msgspec.structs.fields(kind) if field.required}


def is_required(table: str) -> bool:
    """Whether a start needs the table."""
    return table in (SETTINGS_TABLE, *REQUIRED)
