"""Tables for a user to fill: what each column means, example rows, and writing them as files."""

from __future__ import annotations

import errno
import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec


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


def table_texts(folder: Traversable, names: Iterable[str]) -> dict[str, TableText]:
    """What the tables of these names mean, from the file NAME.toml of each in ``folder``."""
    return {
        name: msgspec.convert(
            tomllib.loads(folder.joinpath(f"{name}.toml").read_text(encoding="utf-8")), TableText
        )
        for name in names
    }


def template_text(kind: type[msgspec.Struct], examples: Iterable[str]) -> str:
    """A CSV table of rows of ``kind``: its heading, and lines for an example."""
    heading = ",".join(field.name for field in msgspec.structs.fields(kind))
    return "\n".join([heading, *examples]) + "\n"


def write_new(files: Mapping[Path, str]) -> list[Path]:
    """Write files that are not there yet, with their folders; gives their paths.

    Nothing is overwritten: where any of them is there FileExistsError is raised and nothing is
    written.
    """
    for path in files:
        if path.exists():
            raise FileExistsError(errno.EEXIST, "a file is there already", str(path))
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(content)
    return list(files)
