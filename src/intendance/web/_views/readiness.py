"""Readiness: how many systems of each fleet are fit, and what the others wait for."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from intendance.render import text
from intendance.sustainment import (
    FleetReadiness,
    PartReadiness,
    Readiness,
    load_fleet,
    readiness,
)
from intendance.web._charts import bars
from intendance.web._failures import operators_folder
from intendance.web._imports.tables import fleets_in
from intendance.web._shown import Field, tabled
from intendance.web._types import Page, ViewContext
from intendance.web._views._folders import forces_folder
from intendance.web._views._made import charted, made_page
from intendance.web._views._tables import struct_table

__all__ = ["page"]


def page(context: ViewContext) -> Page:
    """Availability of every fleet, with and without taking parts from systems that are down."""
    folder = forces_folder(context, "fleets")
    with operators_folder():
        held = [] if folder is None else [_worked_out(folder, _mark(folder))]
    held += [readiness(tables) for tables in fleets_in(context.case.supplied)]
    found = Readiness(
        "exact",
        tuple(row for each in held for row in each.fleets),
        tuple(row for each in held for row in each.parts),
    )
    language = context.language
    rows: list[dict[str, Any]] = [
        {"name": f"{each.nation} · {each.system}", "stage": text(f"pages.fit_{way}", language),
         "count": round(fit, 2)}
        for each in found.fleets
        for way, fit in (("plain", each.fit), ("swapping", each.fit_swapping),
                         ("held", float(each.number)))
    ]  # fmt: skip
    fields: list[Field[dict[str, Any]]] = [_column("name"), _column("stage"), _column("count")]
    both = tabled(context, text("pages.figure_fit", language), fields, rows,
                  source="pages.forces_source", terms="pages.plan_terms")  # fmt: skip
    ways = [text(f"pages.fit_{way}", language) for way in ("plain", "swapping", "held")]
    body = bars("name", "count", "stage", {"count": text("pages.systems", language)}, ways,
                max(1, len(found.fleets)))  # fmt: skip
    return made_page(
        "readiness.html",
        text("web.readiness", language),
        tables={
            "fleets": struct_table(context, text("pages.fleets", language), FleetReadiness,
                                   found.fleets, "readiness"),
            "parts": struct_table(context, text("pages.parts_table", language), PartReadiness,
                                  found.parts, "readiness"),
        },
        charts={"fit": charted(context, both, body, text("pages.caveat_fit", language))},
        supplied=bool(held),
    )  # fmt: skip


@lru_cache(maxsize=8)
def _worked_out(folder: Path, mark: int) -> Readiness:
    del mark  # tables that were changed are worked out anew
    return readiness(load_fleet([folder]))


def _mark(folder: Path) -> int:
    return hash(tuple(sorted((p.name, p.stat().st_mtime_ns) for p in folder.iterdir())))


def _column(name: str) -> Field[dict[str, Any]]:
    return Field(name, lambda row: row[name])
