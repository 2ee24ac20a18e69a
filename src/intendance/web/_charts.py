"""Charts: drawn here as SVG, kept while they stay the same, and given to the browser's script."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import msgspec

from intendance.render import PALETTE, Language, chart_svg
from intendance.web._types import ChartSpec, TableData

_KEPT: Final = 64
_WIDTH: Final = 900
_HEIGHT: Final = 220
_INK: Final = "#1c1e21"
_SOFT: Final = "#55585d"
_FONT: Final = "Liberation Sans, Arial, Helvetica, sans-serif"

_NUMBERS: Final[dict[Language, dict[str, Any]]] = {
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""]},
    "fr": {"decimal": ",", "thousands": "\u202f", "grouping": [3], "currency": ["", ""]},
}


def specification(
    body: Mapping[str, Any], title: str, caveat: str, language: Language
) -> dict[str, Any]:
    """A whole Vega-Lite specification without data, in the house's style.

    ``body`` is a view with mark and encoding, or layers; the caveat stands in the picture itself,
    so that no copy of it goes without.
    """
    most = int(body.get("width", _WIDTH)) // 6 + 20
    size = {} if "facet" in body else {"width": _WIDTH, "height": _HEIGHT}
    lines = _wrapped(caveat, most)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        **size,
        "title": {"text": _wrapped(title, most), "subtitle": lines, "anchor": "start"},
        "config": _config(language),
        **body,
    }


def _config(language: Language) -> dict[str, Any]:
    return {
        "background": "#ffffff",
        "padding": {"left": 14, "right": 14, "top": 6, "bottom": 6},
        "font": _FONT,
        "locale": {"number": _NUMBERS[language]},
        "view": {"stroke": None},
        "range": {"category": list(PALETTE)},
        "axis": {
            "labelColor": _INK, "titleColor": _SOFT, "titleFontWeight": "normal",
            "gridColor": "#e8e5db", "domainColor": "#99958a", "tickColor": "#99958a",
            "labelFontSize": 11, "titleFontSize": 11, "labelLimit": 190,
        },
        "legend": {"labelColor": _INK, "titleColor": _SOFT, "orient": "bottom", "labelLimit": 260},
        "title": {
            "color": _INK, "fontSize": 14, "subtitleColor": _SOFT, "subtitleFontSize": 11,
            "subtitlePadding": 4,
        },
        "bar": {"discreteBandSize": {"band": 0.75}},
    }  # fmt: skip


def whole(chart: ChartSpec) -> dict[str, Any]:
    """The specification with its data, as the browser's script takes it."""
    return {**chart.spec, "data": {"values": _records(chart.table)}}


def drawn(chart: ChartSpec) -> str:
    """The chart as SVG, drawn here; drawn once for as long as it shows the same."""
    return _drawn(_written(chart))


def picture(chart: ChartSpec) -> tuple[str, str]:
    """The drawing as a page shows it, and its specification as JSON that can end no element."""
    return _picture(_written(chart), f"{chart.title}. {chart.caveat}")


@lru_cache(maxsize=_KEPT)
def _picture(specification: str, words: str) -> tuple[str, str]:
    safe = specification.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return labelled(_drawn(specification), words), safe


def _written(chart: ChartSpec) -> str:
    return msgspec.json.encode(whole(chart)).decode()


def labelled(svg: str, words: str) -> str:
    """An SVG as one picture with a name for those who can't see it; its inner roles are dropped."""
    bare = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", svg)
    name = words.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return bare.replace("<svg ", f'<svg role="img" aria-label="{name}" ', 1)


@lru_cache(maxsize=_KEPT)
def _drawn(specification: str) -> str:
    return chart_svg(json.loads(specification))


def _records(table: TableData) -> list[dict[str, Any]]:
    names = [each.name for each in table.columns]
    found = []
    for row in table.rows:
        held = row if isinstance(row, Mapping) else msgspec.structs.asdict(row)
        found.append({name: held.get(name) for name in names})
    return found


def _wrapped(words: str, most: int) -> list[str]:
    """Lines of about ``most`` characters: SVG breaks none by itself."""
    lines: list[str] = []
    for word in words.split():
        if lines and len(lines[-1]) + len(word) < most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def bars(
    category: str,
    value: str,
    series: str,
    titles: Mapping[str, str],
    order: Sequence[str] = (),
    rows: int = 8,
) -> dict[str, Any]:
    """Horizontal bars side by side: one row a category, one bar a series."""
    color = {"field": series, "type": "nominal", "title": None, "sort": list(order)}
    return {
        "width": 360,
        "height": max(80, 34 * rows),
        "mark": {"type": "bar", "tooltip": True},
        "encoding": {
            "y": {"field": category, "type": "nominal", "title": None, "sort": None},
            "x": {"field": value, "type": "quantitative", "title": titles[value],
                  "axis": {"tickMinStep": 1}},
            "yOffset": {"field": series, "type": "nominal", "sort": list(order)},
            "color": color,
        },
    }  # fmt: skip
