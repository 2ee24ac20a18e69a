"""One commitment: its stages on a time line, every quote, and why behind every figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from intendance.ledger import Assumption, Figure, Sourced, Why
from intendance.render import date_short, interval_cell, text
from intendance.terms import STAGES, Commitment, Decision, IntendanceError, Stage, StageState
from intendance.web._shown import Both, Cell, Field, Shown, spread, tabled
from intendance.web._types import ChartSpec, Page, ViewContext
from intendance.web._views._cells import amounts_text, link_to, names_of
from intendance.web._views._made import charted, made_page
from intendance.web._views._quotes import Quotes
from intendance.web._views._settling import decision_fields
from intendance.web._views._told import assumed, assumed_for, figure_name, figure_value, rules_told

__all__ = ["page"]


def page(
    context: ViewContext,
    id: str,
    as_of: str | None = None,
    recorded: str | None = None,
) -> Page:
    """Everything about one commitment, as of a day where one is asked for."""
    why = context.books.why(id, as_of=as_of, recorded=recorded)
    if why.kind != "commitment" or not why.commitments:
        raise IntendanceError(
            "id.unknown", expected="the identifier of a commitment", got=repr(id[:60]),
            where="the address",
        )  # fmt: skip
    each = why.commitments[0]
    names, language = names_of(context), context.language
    quotes = Quotes(context).of(why.statements)
    title = f"{names.item(each.item)} – {names.donors(each.donors)}"
    if each.recipient:
        title += f" → {names.one(each.recipient)}"
    return made_page(
        "commitment.html",
        title,
        tables={
            "stages": _stages(context, each, as_of),
            "figures": _figures(context, why.figures, as_of),
            "assumptions": _assumptions(context, why.assumptions),
            "decisions": tabled(
                context,
                text("why.decisions", language),
                decision_fields(context),
                why.decisions,
                empty="none.decisions",
            ),
        },
        charts={"timeline": _timeline(context, each, why.statements, as_of)},
        each=each,
        names=names,
        facts=_facts(context, each, why),
        quotes=quotes,
        conflicts=[(link_to("conflicts", one.id), one) for one in why.conflicts],
        days=sorted({one.day for one in quotes if one.day}),
        as_of=as_of,
        decisions=[one for one in why.decisions if isinstance(one, Decision)],
    )


def _facts(context: ViewContext, each: Commitment, why: Why) -> list[tuple[str, list[Cell]]]:
    """What stands under the title: who pays, supplies, makes; what it belongs to."""
    names = names_of(context)

    def linked(kind: str, ids: Iterable[str | None]) -> list[Cell]:
        return [Cell(names.one(one) if kind == "programmes" else one[:8], link_to(kind, one))
                for one in ids if one]  # fmt: skip

    def named(ids: Iterable[str]) -> list[Cell]:
        return [Cell(names.one(one)) for one in ids]

    held = {
        "donors": named(each.donors),
        "recipient": named([each.recipient] if each.recipient else []),
        "furthest": [Cell(names.word("stage", each.furthest_stage))] if each.furthest_stage else [],
        "outstanding": (
            [Cell(interval_cell(each.outstanding, context.language))]
            if each.outstanding.known
            else []
        ),
        "financed_by": named(each.financed_by),
        "supplied_by": named(each.supplied_by),
        "made_by": named(each.made_by),
        "package": linked("packages", [each.package]),
        "programme": linked("programmes", [each.programme]),
        "framework": linked("commitments", [each.framework]),
        "backfill_for": linked("commitments", each.backfill_for),
        "backfilled_by": linked("commitments", each.backfilled_by),
        "may_include": linked("commitments", each.may_include),
        "successors": linked("commitments", why.successors),
        "former": [Cell(one[:8]) for one in each.former_ids],
    }
    return [
        (text(f"pages.fact_{name}", context.language), cells)
        for name, cells in held.items() if cells
    ]  # fmt: skip


def _reached(each: Commitment) -> list[tuple[Stage, StageState]]:
    return [(stage, each.stages[stage]) for stage in STAGES if stage in each.stages]


def _stages(context: ViewContext, each: Commitment, as_of: str | None) -> Both:
    names, language = names_of(context), context.language
    fields: list[Field[tuple[Stage, StageState]]] = [
        Field("stage", lambda row: row[0], lambda row: names.word("stage", row[0])),
        *spread("quantity", lambda row: row[1].quantity,
                lambda row: interval_cell(row[1].quantity, language)),
        Field("values", lambda row: [one.text or interval_cell(one) for one in row[1].values],
              lambda row: ", ".join(interval_cell(one, language) for one in row[1].values)),
        Field("money", lambda row: row[1].money,
              lambda row: amounts_text(row[1].money, language), "number"),
        Field("from", lambda row: row[1].time.start, only="files"),
        Field("until", lambda row: row[1].time.end, only="files"),
        Field("when", lambda row: date_short(row[1].time), kind="date", only="page"),
        Field("witnesses", lambda row: row[1].witnesses, kind="number"),
        Field("statements", lambda row: list(row[1].statements),
              lambda row: quote_links(row[1].statements), "code"),
    ]  # fmt: skip
    title = text("pages.stages", language)
    return tabled(context, title, fields, _reached(each), as_of=as_of)


def _figures(context: ViewContext, figures: Sequence[Figure], as_of: str | None) -> Both:
    names, language = names_of(context), context.language
    fields: list[Field[Figure]] = [
        Field("figure", lambda each: each.name,
              lambda each: figure_name(each, names, language)),
        Field("value", lambda each: each.value,
              lambda each: figure_value(each, language), kind="number"),
        Field("rules", lambda each: list(each.rules), lambda each: rules_told(each, language)),
        Field("statements", lambda each: list(each.statements),
              lambda each: quote_links(each.statements), "code wide"),
    ]  # fmt: skip
    return tabled(context, text("pages.why", context.language), fields, figures, as_of=as_of)


def _assumptions(context: ViewContext, found: Sequence[Assumption]) -> Both:
    names, language = names_of(context), context.language
    fields: list[Field[Assumption]] = [
        Field("what", lambda each: each.what, lambda each: assumed(each, names, language)),
        Field("reason", lambda each: each.reason, lambda each: assumed_for(each, language)),
        Field("statement", lambda each: each.statement, lambda each: Cell(
            each.statement[:8], link_to("statements", each.statement))),
    ]  # fmt: skip
    title = text("why.assumptions", context.language)
    return tabled(context, title, fields, found, empty="pages.no_assumptions")


def _timeline(
    context: ViewContext, each: Commitment, said: Sequence[Sourced], as_of: str | None
) -> tuple[ChartSpec, Shown]:
    """Stages with dates as spans, reports as points on the stage that they speak of."""
    names, language = names_of(context), context.language
    published = {one.statement.id: one.report.published for one in said}
    rows: list[dict[str, Any]] = []
    for stage, state in _reached(each):
        name, figure = names.word("stage", stage), interval_cell(state.quantity, language)
        if state.time.known:
            rows.append(_span(name, "time", state.time.start, state.time.end, figure, ""))
        for one in state.statements:
            span = published.get(one)
            if span is not None and span.known:
                rows.append(_span(name, "report", span.start, span.end, figure, one[:8]))
    fields: list[Field[dict[str, Any]]] = [
        Field("stage", lambda row: row["stage"]),
        Field("kind", lambda row: row["kind"]),
        Field("from", lambda row: row["from"], kind="date"),
        Field("until", lambda row: row["until"], kind="date"),
        Field("figure", lambda row: row["figure"], kind="number"),
        Field("statement", lambda row: row["statement"], kind="code"),
    ]
    kinds = {kind: text(f"pages.time_{kind}", language) for kind in ("time", "report")}
    for row in rows:
        row["kind"] = kinds[row["kind"]]
    both = tabled(context, text("pages.timeline", language), fields, rows, as_of=as_of)
    order = [names.word("stage", stage) for stage, _ in _reached(each)]
    body = _body(order, kinds, {row["kind"] for row in rows})
    return charted(context, both, body, text("pages.caveat_timeline", language))


def quote_links(statements: Iterable[str]) -> Cell:
    """Links to the quotes on the same page."""
    return Cell("", several=tuple((one[:8], f"#{one}") for one in statements))


def _span(
    stage: str, kind: str, start: str | None, end: str | None, figure: str, statement: str
) -> dict[str, Any]:
    return {
        "stage": stage, "kind": kind, "from": start or end, "until": end or start,
        "figure": figure, "statement": statement,
    }  # fmt: skip


def _body(order: list[str], kinds: dict[str, str], drawn: set[str]) -> dict[str, Any]:
    """Layers for the kinds of time that there are: one without rows has no extent."""
    place = {
        "y": {"field": "stage", "type": "nominal", "title": None, "sort": order},
        "x": {"field": "from", "type": "temporal", "scale": {"type": "utc"}, "title": None,
              "axis": {"format": "%Y-%m-%d", "labelOverlap": True, "tickCount": 6}},
    }  # fmt: skip
    seen = {
        "field": "kind", "type": "nominal", "title": None,
        "scale": {"domain": list(kinds.values())},
    }  # fmt: skip
    layers: list[dict[str, Any]] = [
        {
            "transform": [{"filter": {"field": "kind", "equal": kinds["time"]}}],
            "mark": {"type": "rule", "strokeWidth": 9, "strokeCap": "round", "tooltip": True},
            "encoding": {**place, "x2": {"field": "until"}, "color": seen},
        },
        {
            "transform": [{"filter": {"field": "kind", "equal": kinds["time"]}}],
            "mark": {"type": "text", "align": "left", "dy": 15, "fontSize": 11},
            "encoding": {**place, "text": {"field": "figure"}},
        },
        {
            "transform": [{"filter": {"field": "kind", "equal": kinds["report"]}}],
            "mark": {"type": "point", "size": 90, "shape": "diamond", "filled": True,
                     "tooltip": True, "yOffset": -12},
            "encoding": {**place, "color": seen},
        },
    ]  # fmt: skip
    kept = [each for each in layers if each["transform"][0]["filter"]["equal"] in drawn]
    return {"height": 46 * max(1, len(order)), "layer": kept or layers}
