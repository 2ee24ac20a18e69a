"""The charts of a plan: stock curves, lines and ramp-ups, contracts, unmet demand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

from intendance.planning import Horizon, StockRow
from intendance.render import PALETTE, has_text, text
from intendance.web._shown import Field, Shown, tabled
from intendance.web._types import ChartSpec, ViewContext
from intendance.web._views._made import charted
from intendance.web._views._plans import Held

Chart = tuple[ChartSpec, Shown]

_PLACES: Final = 6
_ROWS: Final = 30


def stocks(context: ViewContext, plans: Sequence[Held]) -> Chart:
    """Stock bands against target and floor where targets are missed most; plans side by side."""
    places = _places(plans[0])
    rows = [
        {"plan": held.name, "place": f"{row.nation} · {row.item}", "month": row.month,
         "stock": row.stock, "low": row.low, "high": row.high, "target": row.target,
         "floor": row.floor}
        for held in plans for row in _stock_rows(held) if (row.nation, row.item) in places
    ]  # fmt: skip
    names = ("plan", "place", "month", "stock", "low", "high", "target", "floor")
    line = {"type": "line", "interpolate": "step-after"}
    hue: dict[str, Any] = {"value": PALETTE[0]}
    if len(plans) > 1:
        hue = {"field": "plan", "type": "nominal", "title": None,
               "scale": {"domain": [held.name for held in plans],
                         "range": [PALETTE[0], PALETTE[2]]}}  # fmt: skip
    band: dict[str, Any] = hue if "field" in hue else {"value": PALETTE[4]}
    body = {
        "facet": {"field": "place", "type": "nominal", "title": None, "sort": None},
        "columns": 2,
        "spec": {
            "width": 330, "height": 120,
            "encoding": {"x": _months("month")},
            "layer": [
                {"mark": {"type": "area", "opacity": 0.3, "interpolate": "step-after"},
                 "encoding": {"y": _units(context, "low"), "y2": {"field": "high"},
                              "color": band}},
                {"mark": line, "encoding": {"y": _units(context, "stock"), "color": hue}},
                {"mark": {**line, "strokeDash": [5, 3], "color": "#d55e00"},
                 "encoding": {"y": _units(context, "target")}},
                {"mark": {**line, "strokeDash": [1, 3], "color": "#000000"},
                 "encoding": {"y": _units(context, "floor")}},
            ],
        },
        "resolve": {"scale": {"y": "independent"}},
    }  # fmt: skip
    return _chart(context, "stocks", names, rows, body)


def lines(context: ViewContext, held: Held) -> Chart:
    """Orders, lines and ramp-ups as bars over the months (Gantt)."""
    rows = list(_spans(context, held))[: _ROWS * 4]
    order = list(dict.fromkeys(row["row"] for row in rows))[:_ROWS]
    rows = [row for row in rows if row["row"] in order]
    body = {
        "height": 18 * max(1, len(order)),
        "mark": {"type": "bar", "height": 10, "tooltip": True},
        "encoding": {
            "x": _months("from", unit=False),
            "x2": {"field": "until"},
            "y": {"field": "row", "type": "nominal", "title": None, "sort": order},
            "color": {"field": "what", "type": "nominal", "title": None,
                      "scale": {"range": list(PALETTE[:4])}},
        },
    }  # fmt: skip
    return _chart(context, "lines", ("row", "what", "from", "until"), rows, body)


def contracts(context: ViewContext, held: Held) -> Chart:
    """Framework contracts: the firm part and the options."""
    found: list[Any] = list(held.tables["contracts"][1])
    rows = [
        {
            "framework": row.framework,
            "part": text(f"plan.head-{part}", context.language),
            "money": getattr(row, f"{part}_money"),
        }
        for row in found for part in ("firm", "options")
    ]  # fmt: skip
    body = {
        "height": 44 * max(1, len(rows) // 2),
        "mark": {"type": "bar", "tooltip": True},
        "encoding": {
            "y": {"field": "framework", "type": "nominal", "title": None},
            "x": {"field": "money", "type": "quantitative", "stack": "zero",
                  "title": held.scenario.settings.currency},
            "color": {"field": "part", "type": "nominal", "title": None, "sort": None},
            "order": {"field": "part"},
        },
    }  # fmt: skip
    return _chart(context, "contracts", ("framework", "part", "money"), rows, body)


def unmet(context: ViewContext, held: Held) -> Chart:
    """Unmet demand by month and by the limit nearest behind it."""
    kinds = {(row.nation, row.item, row.month): row.limit for row in reversed(held.causes)}
    sums: defaultdict[tuple[str, str], float] = defaultdict(float)
    for row in held.tables["shortfalls"][1]:
        short: Any = row
        if short.kind == "unmet":
            limit = kinds.get((short.nation, short.item, short.month), "unexplained")
            sums[short.month, _limit(limit, context)] += short.quantity
    rows = [
        {"month": month, "cause": cause, "quantity": quantity}
        for (month, cause), quantity in sorted(sums.items())
    ]
    body = {
        "mark": {"type": "bar", "tooltip": True},
        "encoding": {
            "x": _months("month"),
            "y": {"field": "quantity", "type": "quantitative",
                  "title": text("plan.chart-unmet", context.language)},
            "color": {"field": "cause", "type": "nominal", "title": None},
        },
    }  # fmt: skip
    return _chart(context, "unmet", ("month", "cause", "quantity"), rows, body)


def _chart(
    context: ViewContext,
    name: str,
    columns: Sequence[str],
    rows: Sequence[dict[str, Any]],
    body: dict[str, Any],
) -> Chart:
    fields = [_column(each) for each in columns]
    key = "pages.figure_contracts" if name == "contracts" else f"plan.figure-{name}"
    caveat = "pages.caveat_contracts" if name == "contracts" else f"plan.caveat-{name}"
    both = tabled(
        context, text(key, context.language), fields, rows, source="pages.plan_source",
        terms="pages.plan_terms",
    )  # fmt: skip
    return charted(context, both, body, text(caveat, context.language))


def _column(name: str) -> Field[dict[str, Any]]:
    return Field(name, lambda row: row[name])


def _limit(limit: str, context: ViewContext) -> str:
    key = f"limit.{limit}"
    return text(key, context.language) if has_text(key, context.language) else limit


def _stock_rows(held: Held) -> list[StockRow]:
    return [row for row in held.tables["stocks"][1] if isinstance(row, StockRow)]


def _places(held: Held) -> set[tuple[str, str]]:
    """Where targets are missed by most money."""
    prices = {row.item: row.price for row in held.scenario.items}
    missing: defaultdict[tuple[str, str], float] = defaultdict(float)
    for row in _stock_rows(held):
        if row.target:
            missing[row.nation, row.item] += max(0.0, row.target - row.stock) * prices[row.item]
    return set(sorted(missing, key=lambda place: (-missing[place], place))[:_PLACES])


def _spans(context: ViewContext, held: Held) -> Iterator[dict[str, Any]]:
    """When orders are under contract, when lines make what, when ramps are built and work."""
    settings = held.scenario.settings
    horizon = Horizon(settings.start, settings.months)
    yield from _ramp_spans(context, held, horizon)
    made: defaultdict[str, set[int]] = defaultdict(set)
    for row in held.plan.decisions.production:
        if row.quantity > 0:
            made[f"{row.line} · {row.item}"].add(horizon.number(row.month))
    yield from _bars(context, made, horizon, "plan.chart-makes")
    ordered: defaultdict[str, set[int]] = defaultdict(set)
    for order in held.plan.decisions.orders:
        if order.quantity > 0:
            first, last = horizon.number(order.contract), horizon.number(order.month)
            ordered[f"{order.nation} ← {order.item}"] |= set(range(max(0, first), last + 1))
    yield from _bars(context, ordered, horizon, "pages.on_order")


def _ramp_spans(context: ViewContext, held: Held, horizon: Horizon) -> Iterator[dict[str, Any]]:
    leads = {row.ramp: row.lead for row in held.scenario.ramps}
    for ramp in held.plan.decisions.ramps:
        decided = horizon.number(ramp.month)
        works = decided + leads[ramp.ramp]
        phases = (("plan.chart-builds", decided, works), ("plan.chart-works", works, None))
        for key, first, end in phases:
            last = horizon.months if end is None else min(end, horizon.months)
            if first < last:
                yield {"row": f"{ramp.line} + {ramp.ramp}", "what": text(key, context.language),
                       "from": horizon.name(first), "until": horizon.name(last)}  # fmt: skip


def _bars(
    context: ViewContext, found: dict[str, set[int]], horizon: Horizon, key: str
) -> Iterator[dict[str, Any]]:
    for row, months in sorted(found.items()):
        start = None
        for month in range(min(months), max(months) + 2):
            if month in months and start is None:
                start = month
            elif month not in months and start is not None:
                yield {"row": row, "what": text(key, context.language),
                       "from": horizon.name(start), "until": horizon.name(month)}  # fmt: skip
                start = None


def _months(field: str, *, unit: bool = True) -> dict[str, Any]:
    made = {
        "field": field, "type": "temporal", "title": None, "scale": {"type": "utc"},
        "axis": {"format": "%Y-%m", "labelOverlap": True, "tickCount": 6},
    }  # fmt: skip
    return {**made, "timeUnit": "utcyearmonth"} if unit else made


def _units(context: ViewContext, field: str) -> dict[str, Any]:
    return {"field": field, "type": "quantitative",
            "title": text("plan.chart-stock", context.language)}  # fmt: skip
