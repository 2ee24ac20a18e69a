"""The data files of this package."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The content of ``data/<name>.toml``."""
    path = resources.files(__package__).joinpath(f"data/{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
