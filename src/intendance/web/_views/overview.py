"""The overview: the first page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from intendance.ledger import Overdue
from intendance.render import date_short, interval_cell, number_text, text
from intendance.terms import Report
from intendance.web._charts import bars
from intendance.web._projection import Query
from intendance.web._render import address_with
from intendance.web._shown import Both, Cell, Field, Shown, spread, tabled
from intendance.web._types import ChartSpec, Page, ViewContext
from intendance.web._views import _large as large
from intendance.web._views._cells import amounts_text, link_to, names_of
from intendance.web._views._large import is_large, refuse_to_fold_all
from intendance.web._views._made import charted, made_page
from intendance.web._views._quotes import report_title
from intendance.web._views._sums import COUNTED, Month, Reached, by_class, by_donor, by_month

__all__ = ["page"]

_BARS = 10
_ROWS = 25
"""Rows of a table here; its files have all."""


def page(context: ViewContext, as_of: str | None = None, recorded: str | None = None) -> Page:
    """Promised, contracted, delivered by donor and class, over time; what is open and overdue."""
    if is_large(context):
        if recorded:
            refuse_to_fold_all(context, {"recorded": recorded})
        return _past_large(context, as_of) if as_of else _large(context)
    books, language = context.books, context.language
    brief = books.brief(as_of=as_of, recorded=recorded)
    overdue = books.overdue(as_of or context.today, recorded=recorded)
    arrived = _arrived(context)
    donors = by_donor(brief.commitments)
    classes = by_class(brief.commitments, books.catalogue)
    months = by_month(brief.commitments, brief.quotes)
    tiles = [
        _tile(context, name, count, address_with(link, as_of=as_of))
        for name, count, link in (
            ("commitments", sum(each.live for each in brief.commitments), "/ledger"),
            (
                "candidates",
                sum(not each.live for each in brief.commitments),
                "/ledger?candidates=only",
            ),
            ("conflicts", len(brief.conflicts), "/conflicts"),
            ("overdue", len(overdue), "/#overdue"),
            ("reports", brief.reports, "/reports"),
        )
    ]
    return made_page(
        "overview.html",
        text("web.overview", language),
        tables={
            "totals": _totals(context, brief.lines, as_of),
            "overdue": _overdue(context, overdue, as_of),
            "arrived": _reports(context, arrived),
        },
        charts={
            "donors": _reached(context, "donors", donors, as_of),
            "classes": _reached(context, "classes", classes, as_of),
            "months": _months(context, months, as_of),
        },
        tiles=tiles,
        asked={"as_of": as_of},
        past="",
    )


def _large(context: ViewContext) -> Page:
    """The same of a large ledger, counted in the projection."""
    language = context.language
    chosen = context.projection.select(Query(), often=True)
    late, rows = large.overdue(context)
    live = context.projection.select(Query(candidates=False), often=True).total
    tiles = [
        _tile(context, name, count, link)
        for name, count, link in (
            ("commitments", live, "/ledger"),
            ("candidates", chosen.total - live, "/ledger?candidates=only"),
            ("conflicts", sum(not each.settled for each in context.queue), "/conflicts"),
            ("overdue", late, "/#overdue"),
            ("reports", context.books.count_reports(), "/reports"),
        )
    ]
    donors, classes = large.reached(chosen, "donor"), large.reached(chosen, "class")
    return made_page(
        "overview.html",
        text("web.overview", language),
        tables={
            "totals": _totals(context, large.lines(context, chosen), None),
            "overdue": _overdue(context, rows, None, late),
            "arrived": _reports(context, large.arrived(context)),
        },
        charts={
            "donors": _reached(context, "donors", donors, None),
            "classes": _reached(context, "classes", classes, None),
            "months": _months(context, large.months(chosen), None),
        },
        tiles=tiles,
        asked={"as_of": None},
        past="",
    )


def _past_large(context: ViewContext, as_of: str) -> Page:
    """A large ledger on a past day: what was spoken of by then, at the stages dated by then.

    Open conflicts and what was overdue would need all of it folded, and are left out.
    """
    chosen = context.projection.select(Query(until=as_of))
    live = context.projection.select(Query(until=as_of, candidates=False)).total
    tiles = [
        _tile(context, name, count, address_with(link, as_of=as_of))
        for name, count, link in (
            ("commitments", live, "/ledger"),
            ("candidates", chosen.total - live, "/ledger?candidates=only"),
        )
    ]
    donors, classes = (large.reached(chosen, name, as_of) for name in ("donor", "class"))
    return made_page(
        "overview.html",
        text("web.overview", context.language),
        tables={
            "totals": _totals(context, large.lines(context, chosen, as_of), as_of),
            "overdue": _overdue(context, (), as_of, 0),
            "arrived": _reports(context, large.arrived(context)),
        },
        charts={
            "donors": _reached(context, "donors", donors, as_of),
            "classes": _reached(context, "classes", classes, as_of),
            "months": _months(context, large.months(chosen, as_of), as_of),
        },
        tiles=tiles,
        asked={"as_of": as_of},
        past=text("pages.past_large", context.language),
    )


def _tile(context: ViewContext, name: str, count: int, link: str) -> Cell:
    words = text(f"pages.tile_{name}", context.language, count=count)
    return Cell(number_text(count, context.language), link, words)


def _arrived(context: ViewContext) -> list[Report]:
    """The reports that came since the last visit; without one, those published last."""
    reports = context.books.reports()
    if context.last_visit is not None:
        known = {each.id for each in context.books.reports(recorded=context.last_visit)}
        reports = [each for each in reports if each.id not in known]
    return sorted(reports, key=lambda each: each.published.end or "", reverse=True)[:10]


def _totals(context: ViewContext, lines: Sequence[Any], as_of: str | None) -> Both:
    names, language = names_of(context), context.language
    kept = [line for line in lines if not line.general]
    fields: list[Field[Any]] = [
        Field("donors", lambda line: list(line.donors), lambda line: names.donors(line.donors)),
        Field("recipient", lambda line: line.recipient, lambda line: names.one(line.recipient)),
        Field("class", lambda line: line.item_class, lambda line: Cell(
            names.item(line.item_class),
            address_with("/ledger", donor=(*line.donors, None)[0], item=line.item_class))),
        *spread("promised", lambda line: line.promised.total,
                lambda line: interval_cell(line.promised.total, language)),
        *spread("delivered", lambda line: line.delivered.total,
                lambda line: interval_cell(line.delivered.total, language)),
        Field("unstated", lambda line: line.promised.unstated, kind="number"),
        Field("money", lambda line: list(line.money),
              lambda line: amounts_text(line.money, language), "number"),
        Field("commitments", lambda line: len(line.commitments), kind="number"),
    ]  # fmt: skip
    title = text("brief.totals", language)
    return tabled(context, title, fields, kept, most=_ROWS, as_of=as_of)


def _overdue(
    context: ViewContext, rows: Iterable[Overdue], as_of: str | None, total: int | None = None
) -> Both:
    names, language = names_of(context), context.language
    fields: list[Field[Overdue]] = [
        Field("item", lambda each: each.commitment.item, lambda each: Cell(
            names.item(each.commitment.item), link_to("commitments", each.commitment.id))),
        Field("donors", lambda each: list(each.commitment.donors),
              lambda each: names.donors(each.commitment.donors)),
        Field("recipient", lambda each: each.commitment.recipient,
              lambda each: names.one(each.commitment.recipient)),
        Field("due", lambda each: date_short(each.due), kind="date"),
        *spread("outstanding", lambda each: each.outstanding,
                lambda each: interval_cell(each.outstanding, language)),
    ]  # fmt: skip
    title = text("pages.overdue", language)
    return tabled(
        context, title, fields, rows, empty="none.overdue", most=_ROWS, as_of=as_of, total=total
    )


def _reports(context: ViewContext, reports: Sequence[Report]) -> Both:
    fields: list[Field[Report]] = [
        Field("published", lambda each: date_short(each.published), kind="date"),
        Field("title", lambda each: each.title, lambda each: Cell(
            report_title(each, context.language), link_to("reports", each.id),
            each.publisher or "")),
        Field("statements", lambda each: each.statements, kind="number"),
        Field("id", lambda each: each.id, only="files"),
    ]  # fmt: skip
    key = "pages.arrived" if context.last_visit else "pages.latest"
    return tabled(context, text(key, context.language), fields, reports)


def _reached(
    context: ViewContext, name: str, rows: Sequence[Reached], as_of: str | None
) -> tuple[ChartSpec, Shown]:
    """A chart of counts by donor or class: one row in the file for each bar."""
    names, language = names_of(context), context.language
    blank = text("brief.someone" if name == "donors" else "brief.money", language)
    flat = [
        {"name": names.one(row.name) or blank, "id": row.name, "stage": names.word("stage", stage),
         "count": getattr(row, stage)}
        for row in rows[:_BARS] for stage in COUNTED
    ]  # fmt: skip
    fields: list[Field[dict[str, Any]]] = [
        Field("name", lambda row: row["name"]),
        Field("stage", lambda row: row["stage"]),
        Field("count", lambda row: row["count"], kind="number", unit="commitments"),
        Field("id", lambda row: row["id"], only="files"),
    ]
    both = tabled(context, text(f"pages.chart_{name}", language), fields, flat, as_of=as_of)
    order = [names.word("stage", stage) for stage in COUNTED]
    count = text("pages.count_commitments", language)
    body = bars("name", "count", "stage", {"count": count}, order, min(len(rows), _BARS))
    return charted(context, both, body, text("pages.caveat_counts", language))


def _months(
    context: ViewContext, rows: Sequence[Month], as_of: str | None
) -> tuple[ChartSpec, Shown]:
    names, language = names_of(context), context.language
    fields: list[Field[Month]] = [
        Field("month", lambda row: row.month),
        Field("stage", lambda row: names.word("stage", row.stage)),
        Field("count", lambda row: row.count, kind="number", unit="commitments"),
    ]
    both = tabled(context, text("pages.chart_months", language), fields, rows, as_of=as_of)
    order = [names.word("stage", stage) for stage in COUNTED]
    body = {
        "mark": {"type": "line", "interpolate": "step-after", "point": True, "tooltip": True},
        "encoding": {
            "x": {"field": "month", "type": "temporal", "timeUnit": "utcyearmonth", "title": None,
                  "axis": {"format": "%Y-%m", "labelOverlap": True}},
            "y": {"field": "count", "type": "quantitative",
                  "title": text("pages.count_commitments", language)},
            "color": {"field": "stage", "type": "nominal", "title": None, "sort": order},
            "strokeDash": {"field": "stage", "type": "nominal", "sort": order, "title": None},
            "shape": {"field": "stage", "type": "nominal", "sort": order, "title": None},
        },
    }  # fmt: skip
    return charted(context, both, body, text("pages.caveat_months", language))
