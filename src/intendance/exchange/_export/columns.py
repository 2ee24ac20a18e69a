"""The tables that are exported and their columns, from data/export.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Final, Literal

import msgspec

Kind = Literal["id", "text", "name", "names", "number", "count", "flag", "day", "json"]

FRICTIONLESS: Final[dict[Kind, str]] = {
    "id": "string",
    "text": "string",
    "name": "string",
    "names": "string",
    "number": "number",
    "count": "integer",
    "flag": "boolean",
    "day": "date",
    "json": "any",
}
"""The type of a column in a Table Schema; several names stand in one cell."""


class Column(msgspec.Struct, frozen=True):
    """One column: what kind of cells it has, what they mean, in which unit."""

    name: str
    kind: Kind
    en: str
    fr: str
    unit: str = ""
    refers: str = ""

    def said(self, language: str) -> str:
        """What the column means, in a language of the program."""
        return self.fr if language == "fr" else self.en


class Sheet(msgspec.Struct, frozen=True):
    """One table: its name, what a row of it is, its columns."""

    name: str
    en: str
    fr: str
    columns: tuple[Column, ...]

    def said(self, language: str) -> str:
        """What a row is, in a language of the program."""
        return self.fr if language == "fr" else self.en


@cache
def sheets() -> dict[str, Sheet]:
    """Every table by its name, in the order in which they are shown."""
    source = resources.files("intendance.exchange").joinpath("data", "export.toml")
    found = tomllib.loads(source.read_text(encoding="utf-8"))
    return {
        name: Sheet(
            name,
            table.pop("en"),
            table.pop("fr"),
            tuple(msgspec.convert({"name": key, **each}, Column) for key, each in table.items()),
        )
        for name, table in found.items()
    }
