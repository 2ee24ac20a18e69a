"""A scenario as a folder that ``load_scenario`` reads back, and as a hash."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import msgspec

from intendance.planning._inputs.tables import REQUIRED, ROWS, SETTINGS
from intendance.planning._scenario import Scenario
from intendance.tables import write_csv


def write_scenario(scenario: Scenario, folder: Path) -> list[Path]:
    """Writes the settings and each table that has rows as CSV; gives the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {SETTINGS: toml_text(scenario.settings)}
    for name, kind in ROWS.items():
        found = getattr(scenario, name)
        if found or name in REQUIRED:
            files[f"{name}.csv"] = write_csv(found, kind)
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    return [folder / name for name in files]


def toml_text(settings: msgspec.Struct) -> str:
    """Settings as TOML; what has its default is left out."""
    lines = []
    for field in msgspec.structs.fields(settings):
        value = getattr(settings, field.name)
        if value == field.default and not field.required:
            continue
        if isinstance(value, dict):
            pairs = ", ".join(f"{key} = {_toml(each)}" for key, each in value.items())
            lines.append(f"{field.name} = {{ {pairs} }}")
        else:
            lines.append(f"{field.name} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def scenario_hash(scenario: Scenario) -> str:
    """A hash of settings and rows; the order of rows and of files doesn't matter to it."""
    parts = [msgspec.json.encode(scenario.settings)]
    for name in ROWS:
        parts.append(name.encode())
        parts += sorted(msgspec.json.encode(row) for row in getattr(scenario, name))
    return hashlib.sha256(b"\n".join(parts)).hexdigest()[:20]


def _toml(value: object) -> str:
    if isinstance(value, tuple | list):
        return "[" + ", ".join(_toml(each) for each in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
