"""Nations: what each holds of what, month by month, and what comes and goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from intendance.forces import Asked, Position, month_range, positions
from intendance.render import PALETTE, interval_cell, text
from intendance.web._shown import Both, Cell, Field, Shown, spread, tabled
from intendance.web._types import ChartSpec, Page, ViewContext
from intendance.web._views._cells import link_to, names_of
from intendance.web._views._folders import has_inventory, supplied_by
from intendance.web._views._made import charted, made_page

__all__ = ["one", "page"]

_FLOWS: Final = ("stock", "expected", "promised_in", "promised_out", "received", "given")
_ITEMS: Final = 6


def page(
    context: ViewContext,
    nation: str | None = None,
    item: str | None = None,
    at: str | None = None,
    as_of: str | None = None,
) -> Page:
    """The positions of all nations in one month."""
    found = _positions(context, nation, item, at, as_of)
    title = text("web.nations", context.language)
    return made_page(
        "nations.html",
        title,
        tables={"positions": _table(context, title, found, as_of)},
        asked={"nation": nation, "item": item, "at": at, "as_of": as_of},
        supplied=has_inventory(context),
    )


def one(
    context: ViewContext,
    id: str,
    item: str | None = None,
    at: str | None = None,
    as_of: str | None = None,
) -> Page:
    """One nation: its stocks over the months, with bands for what is not known."""
    names, language = names_of(context), context.language
    first = int((at or f"{context.today:%Y-%m}")[:4])
    months = at if at and ".." in at else f"{at or f'{context.today:%Y-%m}'}..{first + 2}-12"
    found = _positions(context, id, item, months, as_of)
    nation = context.books.catalogue.resolve(id)
    return made_page(
        "nation.html",
        names.one(nation),
        tables={"positions": _table(context, text("pages.positions", language), found, as_of)},
        charts={"stocks": _chart(context, found, as_of)},
        asked={"item": item, "at": months, "as_of": as_of},
        id=nation,
        supplied=has_inventory(context),
    )


def _positions(
    context: ViewContext, nation: str | None, item: str | None, at: str | None, as_of: str | None
) -> list[Position]:
    start, end = month_range(at) if at else (None, None)
    asked = Asked(nation=nation, item=item, start=start, end=end)
    return list(positions(context.books, asked, supplied_by(context), as_of))


def _table(context: ViewContext, title: str, found: Sequence[Position], as_of: str | None) -> Both:
    names, language = names_of(context), context.language
    fields: list[Field[Position]] = [
        Field("nation", lambda each: each.nation, lambda each: Cell(
            names.one(each.nation), link_to("nations", each.nation, as_of=as_of))),
        Field("item", lambda each: each.item, lambda each: names.one(each.item)),
        Field("month", lambda each: each.month, kind="date"),
    ]  # fmt: skip
    for name in _FLOWS:
        fields += _figure(context, name)
    fields += [
        *_figure(context, "requirement"),
        *_figure(context, "floor"),
        Field("under_floor", lambda each: each.under_floor, lambda each: text(
            f"pages.under_{each.under_floor}", language)),
        Field("from", lambda each: list(each.from_), only="files"),
    ]  # fmt: skip
    return tabled(
        context, title, fields, found, as_of=as_of, source="pages.forces_source",
        terms="pages.plan_terms",
    )  # fmt: skip


def _figure(context: ViewContext, name: str) -> list[Field[Position]]:
    # What was never required is no unknown figure: its cell stays empty.
    blank = "" if name in ("requirement", "floor") else "?"

    def cell(each: Position) -> str:
        value = getattr(each, name)
        return interval_cell(value, context.language) if value.known else blank

    return spread(name, lambda each: getattr(each, name), cell)


def _chart(
    context: ViewContext, found: Sequence[Position], as_of: str | None
) -> tuple[ChartSpec, Shown]:
    names = names_of(context)
    known = [each for each in found if each.expected.known or each.stock.known]
    items = list(dict.fromkeys(each.item for each in known))[:_ITEMS]
    rows: list[dict[str, Any]] = []
    for each in known:
        if each.item in items:
            held = each.expected if each.expected.known else each.stock
            rows.append({
                "item": names.one(each.item), "month": each.month, "low": _end(held.low),
                "high": _end(held.high), "floor": _end(each.floor.low),
                "requirement": _end(each.requirement.low),
            })  # fmt: skip
    fields: list[Field[dict[str, Any]]] = [
        _column(name) for name in ("item", "month", "low", "high", "floor", "requirement")
    ]
    both = tabled(
        context, text("pages.figure_positions", context.language), fields, rows, as_of=as_of,
        source="pages.forces_source", terms="pages.plan_terms",
    )  # fmt: skip
    known_of = {name for row in rows for name, value in row.items() if value is not None}
    body = _body(context, known_of)
    return charted(context, both, body, text("pages.caveat_positions", context.language))


def _body(context: ViewContext, known: set[str]) -> dict[str, Any]:
    """Layers for what is known of: one without values has no extent."""
    units = text("plan.chart-stock", context.language)
    step = {"type": "line", "interpolate": "step-after"}
    band = {"type": "area", "opacity": 0.35, "interpolate": "step-after", "color": PALETTE[4]}
    marks: dict[str, dict[str, Any]] = {
        "low": {**step, "color": PALETTE[0]},
        "high": {**step, "color": PALETTE[0], "strokeWidth": 1},
        "requirement": {**step, "strokeDash": [5, 3], "color": PALETTE[5]},
        "floor": {**step, "strokeDash": [1, 3], "color": PALETTE[7]},
    }

    def height(field: str) -> dict[str, Any]:
        return {"field": field, "type": "quantitative", "title": units}

    layers: list[dict[str, Any]] = [
        {"mark": mark, "encoding": {"y": height(name)}}
        for name, mark in marks.items()
        if name in known
    ]
    if {"low", "high"} <= known:
        spanned = {"y": height("low"), "y2": {"field": "high"}}
        layers.insert(0, {"mark": band, "encoding": spanned})
    months = {
        "field": "month", "type": "temporal", "timeUnit": "utcyearmonth", "title": None,
        "scale": {"type": "utc"},
        "axis": {"format": "%Y-%m", "labelOverlap": True, "tickCount": 5},
    }  # fmt: skip
    return {
        "facet": {"field": "item", "type": "nominal", "title": None, "sort": None},
        "columns": 2,
        "spec": {"width": 330, "height": 120, "encoding": {"x": months},
                 "layer": layers or [{"mark": band, "encoding": {"y": height("low")}}]},
        "resolve": {"scale": {"y": "independent"}},
    }  # fmt: skip


def _column(name: str) -> Field[dict[str, Any]]:
    return Field(name, lambda row: row[name])


def _end(value: Any) -> float | None:
    return None if value is None else float(value)
