"""Making a page of tables and charts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from intendance.web._charts import specification
from intendance.web._markings import EVERYBODY, Label
from intendance.web._shown import Both, Shown
from intendance.web._types import ChartSpec, Page, TableData, ViewContext


def made_page(
    template: str,
    title: str,
    tables: Mapping[str, Both] | None = None,
    charts: Mapping[str, tuple[ChartSpec, Shown]] | None = None,
    status: int = 200,
    label: Label = EVERYBODY,
    **data: Any,
) -> Page:
    """A page; the template finds what is shown of each table and chart as ``shown[name]``."""
    tables, charts = tables or {}, charts or {}
    shown = {name: both.shown for name, both in tables.items()}
    shown |= {name: seen for name, (_, seen) in charts.items()}
    return Page(
        template=template,
        title=title,
        data={**data, "shown": shown},
        tables={name: both.data for name, both in tables.items()},
        charts={name: spec for name, (spec, _) in charts.items()},
        status=status,
        label=label,
    )


def charted(
    context: ViewContext, both: Both, body: Mapping[str, Any], caveat: str
) -> tuple[ChartSpec, Shown]:
    """A chart of a table; the caveat stands in the picture."""
    table = both.data
    kept = TableData(
        table.title, table.columns, list(table.rows), table.source, table.as_of, table.terms
    )
    spec = specification(body, table.title, caveat, context.language)
    return ChartSpec(table.title, spec, kept, caveat), both.shown
