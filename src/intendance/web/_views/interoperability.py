"""Interoperability: standards held, who supports whose, supply chains, rounds, transitions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from intendance.forces import (
    Asked,
    Chain,
    Missing,
    Rounds,
    Share,
    Support,
    TransitionYear,
    complete_rounds,
    missing,
    month_range,
    positions,
    read_interoperability,
    shares,
    supply_chains,
    support,
    transition,
)
from intendance.render import text
from intendance.terms import Interval
from intendance.web._failures import operators_folder
from intendance.web._shown import Field, Shown, tabled
from intendance.web._types import ChartSpec, Page, ViewContext
from intendance.web._views._cells import names_of
from intendance.web._views._folders import forces_folder, has_inventory, supplied_by, table_in
from intendance.web._views._made import charted, made_page
from intendance.web._views._tables import struct_table

__all__ = ["page"]

_STANDARDS: Final = ("nato", "soviet", "own")
_BARS: Final = 16


def page(
    context: ViewContext,
    nation: str | None = None,
    item: str | None = None,
    at: str | None = None,
    as_of: str | None = None,
) -> Page:
    """How far the forces of the inventory fit together, with what the ledger promises by then."""
    folder, books, language = forces_folder(context), context.books, context.language
    start, end = month_range(at) if at else (None, None)
    asked = Asked(nation=nation, item=item, start=start, end=end)
    held = list(positions(books, asked, supplied_by(context), as_of))
    with operators_folder():
        tables = read_interoperability(
            books.catalogue, table_in(folder, "chains"), table_in(folder, "approvals"),
            table_in(folder, "transitions"),
        )  # fmt: skip
    found = shares(held, books.catalogue)
    answers: dict[str, tuple[type[Any], Sequence[Any]]] = {
        "shares": (Share, found),
        "support": (Support, support(held, tables.chains, books.catalogue)),
        "chains": (Chain, supply_chains(held, tables.chains, books.catalogue)),
        "rounds": (Rounds, complete_rounds(held, tables.approvals, books.catalogue)),
        "transition": (TransitionYear, transition(held, tables.transitions, books.catalogue)),
        "missing": (Missing, missing(held, books.catalogue)),
    }
    return made_page(
        "interoperability.html",
        text("web.interoperability", language),
        tables={
            name: struct_table(
                context, text(f"pages.interop_{name}", language), kind, rows, "forces", as_of=as_of
            )
            for name, (kind, rows) in answers.items()
        },
        charts={"standards": _chart(context, found, as_of)},
        asked={"nation": nation, "item": item, "at": at, "as_of": as_of},
        supplied=has_inventory(context),
    )


def _chart(
    context: ViewContext, found: Sequence[Share], as_of: str | None
) -> tuple[ChartSpec, Shown]:
    """What is surely of each standard in the last month asked for, and what is not known."""
    names, language = names_of(context), context.language
    last = max((each.month for each in found), default="")
    groups = [each for each in found if each.month == last][:_BARS]
    words = {name: text(f"forces.head-{name}", language) for name in _STANDARDS}
    words["unknown"] = text("pages.interop_unknown", language)
    rows: list[dict[str, Any]] = []
    for each in groups:
        sure = {name: _least(getattr(each, f"{name}_percent")) for name in _STANDARDS}
        sure["unknown"] = max(0.0, round(100 - sum(sure.values()), 1))
        group = f"{names.one(each.nation)}: {names.one(each.class_)}"
        rows += [
            {"group": group, "standard": words[name], "percent": value}
            for name, value in sure.items()
        ]
    fields: list[Field[dict[str, Any]]] = [
        Field("group", lambda row: row["group"]),
        Field("standard", lambda row: row["standard"]),
        Field("percent", lambda row: row["percent"], kind="number", unit="%"),
    ]
    both = tabled(
        context, text("pages.figure_standards", language), fields, rows, as_of=as_of,
        source="pages.forces_source", terms="pages.plan_terms",
    )  # fmt: skip
    order = list(words.values())
    body = {
        "width": 520,
        "height": max(60, 26 * len(groups)),
        "mark": {"type": "bar", "tooltip": True},
        "encoding": {
            "y": {"field": "group", "type": "nominal", "title": None, "sort": None,
                  "axis": {"labelLimit": 320}},
            "x": {"field": "percent", "type": "quantitative", "title": "%", "stack": "zero",
                  "scale": {"domain": [0, 100]}},
            "color": {"field": "standard", "type": "nominal", "title": None, "sort": order,
                      "scale": {"domain": order}},
            "order": {"field": "rank", "type": "quantitative"},
        },
        "transform": [{"calculate": f"indexof({order!r}, datum.standard)", "as": "rank"}],
    }  # fmt: skip
    return charted(context, both, body, text("pages.caveat_standards", language))


def _least(share: Interval) -> float:
    return float(share.low) if share.low is not None else 0.0
