"""The folders that the server shows plans of: found by name, read when they changed."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec

from intendance.planning import (
    CauseRow,
    Plan,
    Scenario,
    plan_tables,
    read_plan,
)
from intendance.tables import read_table
from intendance.terms import IntendanceError
from intendance.web._failures import operators_folder
from intendance.web._types import ViewContext
from intendance.web._views._folders import plans_folder

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_SUMMARY: Final = "plan.json"
_CAUSES: Final = "causes.csv"


class Held(msgspec.Struct, frozen=True):
    """A plan as the pages show it: with the tables that follow from it, and its causes."""

    name: str
    scenario: Scenario
    plan: Plan
    tables: dict[str, tuple[type[msgspec.Struct], tuple[msgspec.Struct, ...]]]
    causes: tuple[CauseRow, ...] = ()


def plan_names(context: ViewContext) -> list[str]:
    """The names of all plans that there are."""
    folder = plans_folder(context)
    if folder is None:
        return []
    return sorted(
        each.name for each in folder.iterdir()
        if _NAME.fullmatch(each.name) and (each / _SUMMARY).is_file()
    )  # fmt: skip


def held_plan(context: ViewContext, name: str) -> Held:
    """The plan of that name; raises IntendanceError ``id.unknown`` where there is none."""
    above = plans_folder(context)
    if above is None or name not in plan_names(context):
        raise IntendanceError(
            "id.unknown", expected="the name of a plan", got=repr(name[:60]), where="the address"
        )
    folder = above / name
    with operators_folder():
        return _read(folder, (folder / _SUMMARY).stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _read(folder: Path, changed: int) -> Held:
    del changed  # a plan that was made anew is read anew
    scenario, plan = read_plan(folder)
    tables = {
        name: (kind, tuple(rows)) for name, (kind, rows) in plan_tables(scenario, plan).items()
    }
    path = folder / _CAUSES
    causes = tuple(read_table(path, CauseRow)) if path.is_file() else ()
    return Held(folder.name, scenario, plan, tables, causes)
