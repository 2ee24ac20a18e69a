"""What enters positions and matches, and what never does (design, section 0)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from intendance.catalogue import Catalogue


@cache
def _excluded() -> tuple[str, ...]:
    source = resources.files("intendance.forces").joinpath("data/bounds.toml")
    found: list[str] = tomllib.loads(source.read_text(encoding="utf-8"))["excluded_classes"]
    return tuple(found)


def counts(item: str | None, catalogue: Catalogue) -> bool:
    """Whether an item is something that a nation can hold a number of."""
    if item is None or item in catalogue.programmes:
        return False
    return not any(one in _excluded() for one in catalogue.classes(item))
