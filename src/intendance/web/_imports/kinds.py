"""The kinds of files that can be imported over HTTP (imports.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

Audience = Literal["everybody", "owner", "named"]


class ImportKind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind: what becomes of its rows, whether it needs a mapping, who sees it by default."""

    becomes: Literal["statements", "table", "demand"] = msgspec.field(name="as")
    audience: Audience
    mapping: bool = False
    key: tuple[str, ...] = ()


@cache
def import_kinds() -> dict[str, ImportKind]:
    """All kinds by name."""
    source = resources.files("intendance.web").joinpath("imports.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(source), dict[str, ImportKind])
