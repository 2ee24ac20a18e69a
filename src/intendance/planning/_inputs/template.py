"""The scenario folder that ``intendance template plan`` writes, and what its columns mean."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

import msgspec

from intendance.planning._inputs.tables import REQUIRED, ROWS, SETTINGS
from intendance.planning._scenario import Settings

SETTINGS_TABLE: Final = "settings"


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

    Nothing is overwritten: a file that is there raises FileExistsError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, table in table_texts().items():
        lines = list(table.examples)
        if name != SETTINGS_TABLE:
            lines.insert(0, ",".join(field.name for field in msgspec.structs.fields(ROWS[name])))
        path = folder / (SETTINGS if name == SETTINGS_TABLE else f"{name}.csv")
        with path.open("x", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        paths.append(path)
    return paths


def required_columns(table: str) -> set[str]:
    """The columns of a table that can't be left out."""
    kind = Settings if table == SETTINGS_TABLE else ROWS[table]
    return {field.name for field in msgspec.structs.fields(kind) if field.required}


def is_required(table: str) -> bool:
    """Whether a start needs the table."""
    return table in (SETTINGS_TABLE, *REQUIRED)
