"""The data files of this room."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from intendance.exchange._raw import Headings


@cache
def table(name: str) -> dict[str, Any]:
    """A data file by its path below ``data``, without ``.toml``."""
    file = resources.files(__package__).joinpath(f"data/{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def headings(name: str) -> Headings:
    """The names that a source's columns go by."""
    found = table(f"{name}/columns")
    return Headings(
        names={field: tuple(names) for field, names in found["names"].items()},
        required=tuple(found["required"]),
        several=tuple(found.get("several", ())),
        dropped=tuple(found.get("dropped", ())),
    )
