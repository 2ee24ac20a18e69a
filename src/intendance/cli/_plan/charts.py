"""The charts of a plan, as Vega-Lite specifications."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

from intendance.cli._plan.facts import Facts
from intendance.cli._plan.why import limit_text
from intendance.planning import Horizon
from intendance.render import PALETTE, Language, chart_library, text

Specification = dict[str, Any]

_SHOWN: Final = 6
_WIDTH: Final = 330
_HEIGHT: Final = 130
_ROW: Final = 18
_LABELS: Final = 8


def charts(facts: Facts, language: Language) -> dict[str, Specification]:
    """The specifications by name; a chart with nothing to show is left out."""
    made = {
        "stocks": _stocks(facts, language),
        "lines": _lines(facts, language),
        "unmet": _unmet(facts, language),
    }
    return {name: found for name, found in made.items() if found is not None}


def _stocks(facts: Facts, language: Language) -> Specification | None:
    """Stock bands against target, for the nations and items that miss theirs by most money."""
    prices = {row.item: row.price for row in facts.scenario.items}
    missing: defaultdict[tuple[str, str], float] = defaultdict(float)
    for row in facts.stocks:
        if row.target:
            missing[row.nation, row.item] += 0.0
    for short in facts.shortfalls:
        if (short.nation, short.item) in missing:
            missing[short.nation, short.item] += short.quantity * prices[short.item]
    shown = sorted(missing, key=lambda place: (-missing[place], place))[:_SHOWN]
    if not shown:
        return None
    values = [
        {
            "place": f"{row.nation} · {row.item}",
            "month": row.month,
            "stock": row.stock,
            "low": row.low,
            "high": row.high,
            "target": row.target,
            "floor": row.floor,
        }
        for row in facts.stocks
        if (row.nation, row.item) in shown
    ]
    alt = chart_library("altair")
    base = alt.Chart(alt.Data(values=values)).encode(x=_months(alt, facts.horizon))
    units = text("plan.chart-stock", language)
    band = base.mark_area(opacity=0.35, color=PALETTE[4]).encode(
        y=alt.Y("low:Q", title=units), y2="high:Q"
    )
    held = base.mark_line(interpolate="step-after", color=PALETTE[0]).encode(y="stock:Q")
    wanted = base.mark_line(interpolate="step-after", color=PALETTE[5], strokeDash=[5, 3]).encode(
        y="target:Q"
    )
    floor = base.mark_line(interpolate="step-after", color=PALETTE[7], strokeDash=[1, 2]).encode(
        y="floor:Q"
    )
    return _whole(
        alt.layer(band, held, wanted, floor)
        .properties(width=_WIDTH, height=_HEIGHT)
        .facet(facet=alt.Facet("place:N", title=None, sort=None), columns=2)
        .resolve_scale(y="independent"),
        text("plan.figure-stocks", language),
        text("plan.caveat-stocks", language),
    )


def _lines(facts: Facts, language: Language) -> Specification | None:
    """When lines make what, and when ramps are decided and work."""
    horizon = facts.horizon
    spans: list[dict[str, object]] = []
    for (line, item), months in sorted(facts.made.items()):
        for first, last in _runs(sorted(months)):
            spans.append(
                {
                    "row": f"{line} · {item}",
                    "from": horizon.name(first),
                    "to": horizon.name(last + 1),
                    "what": text("plan.chart-makes", language),
                }
            )
    leads = {row.ramp: row.lead for row in facts.scenario.ramps}
    for ramp in facts.plan.decisions.ramps:
        decided = horizon.number(ramp.month)
        works = decided + leads[ramp.ramp]
        phases = (("plan.chart-builds", decided, works), ("plan.chart-works", works, None))
        for key, first, last_ in phases:
            end = horizon.months if last_ is None else min(last_, horizon.months)
            if first < end:
                spans.append(
                    {
                        "row": f"{ramp.line} + {ramp.ramp}",
                        "from": horizon.name(first),
                        "to": horizon.name(end),
                        "what": text(key, language),
                    }
                )
    if not spans:
        return None
    alt = chart_library("altair")
    rows = sorted({str(span["row"]) for span in spans})
    chart = (
        alt.Chart(alt.Data(values=spans))
        .mark_bar(height=10)
        .encode(
            x=_months(alt, horizon, "from"),
            x2="to:T",
            y=alt.Y("row:N", title=None, sort=rows),
            color=alt.Color(
                "what:N", title=None, scale=alt.Scale(range=list(PALETTE[:3])), sort=None
            ),
        )
        .properties(width=2 * _WIDTH, height=_ROW * len(rows))
    )
    return _whole(chart, text("plan.figure-lines", language), text("plan.caveat-lines", language))


def _unmet(facts: Facts, language: Language) -> Specification | None:
    """Unmet demand by month and by the limit that explains most of it."""
    kinds = {(row.nation, row.item, row.month): row.limit for row in reversed(facts.causes)}
    sums: defaultdict[tuple[str, str], float] = defaultdict(float)
    for row in facts.shortfalls:
        if row.kind == "unmet":
            limit = kinds.get((row.nation, row.item, row.month), "unexplained")
            sums[row.month, limit_text(limit, language)] += row.quantity
    if not sums:
        return None
    values = [
        {"month": month, "cause": cause, "quantity": quantity}
        for (month, cause), quantity in sorted(sums.items())
    ]
    alt = chart_library("altair")
    chart = (
        alt.Chart(alt.Data(values=values))
        .mark_bar()
        .encode(
            x=_months(alt, facts.horizon),
            y=alt.Y("quantity:Q", title=text("plan.chart-unmet", language)),
            color=alt.Color("cause:N", title=None, scale=alt.Scale(range=list(PALETTE))),
        )
        .properties(width=2 * _WIDTH, height=_HEIGHT)
    )
    return _whole(chart, text("plan.figure-unmet", language), text("plan.caveat-unmet", language))


def _runs(months: list[int]) -> list[tuple[int, int]]:
    """Months without a gap, as first and last."""
    runs: list[tuple[int, int]] = []
    for month in months:
        if runs and runs[-1][1] == month - 1:
            runs[-1] = runs[-1][0], month
        else:
            runs.append((month, month))
    return runs


def _months(alt: Any, horizon: Horizon, field: str = "month") -> Any:
    """A horizontal axis of months, with as many labels as stand side by side."""
    step = -(-horizon.months // _LABELS)
    axis = alt.Axis(format="%Y-%m", tickCount={"interval": "month", "step": step})
    unit = "utcyearmonth" if field == "month" else alt.Undefined
    return alt.X(f"{field}:T", title=None, axis=axis, timeUnit=unit)


def _whole(chart: Any, title: str, caveat: str) -> Specification:
    titled = chart.properties(title={"text": title, "subtitle": caveat})
    return dict(titled.configure_title(anchor="start", fontSize=13).to_dict())
