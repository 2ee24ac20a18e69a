"""Air defence in numbers: cover, gaps, what donations close, what runs out. Nothing of use."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from intendance.forces import (
    AirCover,
    DonationEffect,
    RunOut,
    air_defence,
    class_name,
    donation_effects,
    load_air_defence,
    run_outs,
)
from intendance.render import PALETTE, text
from intendance.web._failures import operators_folder
from intendance.web._shown import Field, tabled
from intendance.web._types import Page, ViewContext
from intendance.web._views._cells import names_of
from intendance.web._views._folders import forces_folder
from intendance.web._views._made import charted, made_page
from intendance.web._views._tables import struct_table

__all__ = ["page"]

_SECONDS = 5.0


class _Found(msgspec.Struct, frozen=True):
    """What the folder's tables come to."""

    cover: tuple[AirCover, ...] = ()
    donations: tuple[DonationEffect, ...] = ()
    run_outs: tuple[RunOut, ...] = ()


def page(context: ViewContext) -> Page:
    """Cover of every need, donations on offer, and what runs out of interceptors."""
    folder = forces_folder(context, "air-defence")
    with operators_folder():
        found = _Found() if folder is None else _worked_out(folder, _mark(folder))
    language, names = context.language, names_of(context)
    rows: list[dict[str, Any]] = [
        {"need": f"{names.one(each.nation)} · {class_name(each.threat, language)}",
         "part": text(f"pages.air_{part}", language),
         "systems": count}
        for each in found.cover
        for part, count in (("covered", each.covered), ("gap", each.gap))
    ]  # fmt: skip
    fields: list[Field[dict[str, Any]]] = [
        _column("need"), _column("part"), _column("systems"),
    ]  # fmt: skip
    both = tabled(context, text("pages.figure_air", language), fields, rows,
                  source="pages.forces_source", terms="pages.plan_terms")  # fmt: skip
    body = {
        "width": 560,
        "height": max(60, 24 * len(found.cover)),
        "mark": {"type": "bar", "tooltip": True},
        "encoding": {
            "y": {"field": "need", "type": "nominal", "title": None, "sort": None},
            "x": {"field": "systems", "type": "quantitative", "stack": "zero",
                  "axis": {"tickMinStep": 1, "format": ",.0f"},
                  "title": text("pages.systems", language)},
            "color": {"field": "part", "type": "nominal", "title": None, "sort": None,
                      "scale": {"range": [PALETTE[0], PALETTE[1]]}},
        },
    }  # fmt: skip
    return made_page(
        "air_defence.html",
        text("web.air_defence", language),
        tables={
            "cover": struct_table(context, text("pages.air_cover", language), AirCover,
                                  found.cover, "air-defence"),
            "donations": struct_table(context, text("pages.air_donations", language),
                                      DonationEffect, found.donations, "air-defence"),
            "run-outs": struct_table(context, text("pages.air_run_outs", language), RunOut,
                                     found.run_outs, "air-defence"),
        },
        charts={"needs": charted(context, both, body, text("pages.caveat_air", language))},
        supplied=folder is not None,
    )  # fmt: skip


@lru_cache(maxsize=8)
def _worked_out(folder: Path, mark: int) -> _Found:
    del mark  # tables that were changed are worked out anew
    tables = load_air_defence(folder)
    return _Found(
        air_defence(tables, 0.0, _SECONDS).cover,
        tuple(donation_effects(tables, _SECONDS)),
        tuple(run_outs(tables, None)),
    )


def _mark(folder: Path) -> int:
    return hash(tuple(sorted((p.name, p.stat().st_mtime_ns) for p in folder.iterdir())))


def _column(name: str) -> Field[dict[str, Any]]:
    return Field(name, lambda row: row[name])
