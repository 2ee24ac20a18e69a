"""The air-defence folder that ``intendance template air-defence`` writes."""

from __future__ import annotations

import errno
import tomllib
from functools import cache
from importlib import resources
from pathlib import Path

import msgspec

from intendance.forces._air_defence.rows import ROWS


class AirColumn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a column holds, in English and French, and its unit."""

    en: str
    fr: str
    unit: str = ""


class AirTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a table holds, rows for an example, and its columns."""

    en: str
    fr: str
    examples: tuple[str, ...]
    columns: dict[str, AirColumn]


@cache
def air_table_texts() -> dict[str, AirTable]:
    """What each table and column of an air-defence folder means."""
    folder = resources.files("intendance.forces").joinpath("_air_defence/data/tables")
    return {
        name: msgspec.convert(
            tomllib.loads(folder.joinpath(f"{name}.toml").read_text(encoding="utf-8")), AirTable
        )
        for name in ROWS
    }


def write_air_template(folder: Path) -> list[Path]:
    """Writes every table with example rows of invented systems and nations; gives the paths.

    Nothing is overwritten: where any of the files is there FileExistsError is raised and nothing
    is written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = {}
    for name, table in air_table_texts().items():
        header = ",".join(field.name for field in msgspec.structs.fields(ROWS[name]))
        paths[folder / f"{name}.csv"] = "\n".join([header, *table.examples]) + "\n"
    for path in paths:
        if path.exists():
            raise FileExistsError(errno.EEXIST, "a file is there already", str(path))
    for path, content in paths.items():
        with path.open("x", encoding="utf-8") as file:
            file.write(content)
    return list(paths)
