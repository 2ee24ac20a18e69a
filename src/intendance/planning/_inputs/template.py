"""The scenario folder that ``intendance template plan`` writes, and what its columns mean."""

from __future__ import annotations

import errno
import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

import msgspec

from intendance.planning._inputs.tables import REQUIRED, ROWS, SETTINGS
from intendance.planning._scenario import Settings

SETTINGS_TABLE: Final = "settings"
EXAMPLES: Final = {"coalition": "examples/coalition", "ten-years": "cases/ten_years/scenario"}
"""Worked scenarios in the package, by name; all their figures are invented."""


class ColumnText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a column holds, in English and French, and its unit."""

    en: str
    fr: str
    unit: str = ""


class TableText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a table holds, rows for an example, and its columns."""

    en: str
    fr: str
    examples: tuple[str, ...]
    columns: dict[str, ColumnText]


@cache
def table_texts() -> dict[str, TableText]:
    """What each table and column means, the settings first, then those that a start needs."""
    folder = resources.files("intendance.planning").joinpath("data/tables")
    return {
        name: msgspec.convert(
            tomllib.loads(folder.joinpath(f"{name}.toml").read_text(encoding="utf-8")), TableText
        )
        for name in (SETTINGS_TABLE, *ROWS)
    }


def write_template(folder: Path) -> list[Path]:
    """Writes every table with example rows that make a small whole scenario; gives the paths.

    Nothing is overwritten: where any of the files is there FileExistsError is raised and nothing
    is written.
    """
    files = {}
    for name, table in table_texts().items():
        lines = list(table.examples)
        if name != SETTINGS_TABLE:
            lines.insert(0, ",".join(field.name for field in msgspec.structs.fields(ROWS[name])))
        file = SETTINGS if name == SETTINGS_TABLE else f"{name}.csv"
        files[file] = "\n".join(lines) + "\n"
    return _write_new(files, folder)


def write_example(name: str, folder: Path) -> list[Path]:
    """Writes one of the worked examples, ``EXAMPLES``, as ``write_template`` does."""
    source = resources.files("intendance.planning").joinpath(EXAMPLES[name])
    files = {each.name: each.read_text(encoding="utf-8") for each in source.iterdir()}
    return _write_new(files, folder)


def _write_new(files: dict[str, str], folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    order = sorted(files, key=lambda name: (name != SETTINGS, name))
    paths = {folder / name: files[name] for name in order}
    for path in paths:
        if path.exists():
            raise FileExistsError(errno.EEXIST, "a file is there already", str(path))
    for path, content in paths.items():
        with path.open("x", encoding="utf-8") as file:
            file.write(content)
    return list(paths)


def required_columns(table: str) -> set[str]:
    """The columns of a table that can't be left out."""
    kind = Settings if table == SETTINGS_TABLE else ROWS[table]
    return {field.name for field in msgspec.structs.fields(kind) if field.required}


def is_required(table: str) -> bool:
    """Whether a start needs the table."""
    return table in (SETTINGS_TABLE, *REQUIRED)
