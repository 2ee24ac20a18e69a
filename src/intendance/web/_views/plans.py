"""Plans: all of them, one with its charts and tables, two side by side."""

from __future__ import annotations

from typing import Any

from intendance.planning import Difference, compare
from intendance.render import has_text, text
from intendance.terms import IntendanceError
from intendance.web._render import address_with
from intendance.web._shown import Cell, Field, tabled
from intendance.web._types import Page, ViewContext
from intendance.web._views import _plan_charts as charts
from intendance.web._views._cells import link_to
from intendance.web._views._made import made_page
from intendance.web._views._plan_tables import (
    SHOWN,
    Bottleneck,
    bottlenecks,
    plan_table,
)
from intendance.web._views._plans import Held, held_plan, plan_names
from intendance.web._views._rounds import round_tables
from intendance.web._views._tables import number, struct_table

__all__ = ["one", "page", "side"]

_LEVELS = ("unmet", "shortfall", "cost")


def page(context: ViewContext) -> Page:
    """The plans of the server's folder."""
    language = context.language
    found = [held_plan(context, name) for name in plan_names(context)]
    fields: list[Field[Held]] = [
        Field("plan", lambda each: each.name, lambda each: Cell(
            each.name, link_to("plans", each.name), each.scenario.settings.name)),
        Field("from", lambda each: each.scenario.settings.start),
        Field("months", lambda each: each.scenario.settings.months, kind="number"),
        *(_level(context, level) for level in _LEVELS),
        Field("warnings", lambda each: len(each.plan.warnings), kind="number"),
    ]  # fmt: skip
    title = text("web.plans", language)
    both = tabled(
        context, title, fields, found, empty="pages.no_plans", source="pages.plan_source",
        terms="pages.plan_terms",
    )  # fmt: skip
    rounds, label = round_tables(context)
    return made_page(
        "plans.html",
        title,
        tables={"plans": both, **rounds},
        names=[p.name for p in found],
        label=label,
        filled={name: bool(both.shown.rows) for name, both in rounds.items()},
    )


def _level(context: ViewContext, level: str) -> Field[Held]:
    title = text(f"plan.level-{level}", context.language)
    return Field(
        level,
        lambda each: getattr(each.plan.objective, level),
        lambda each: number(getattr(each.plan.objective, level), context),
        "number",
        title=title,
    )


def one(context: ViewContext, id: str) -> Page:
    """One plan: how good it is, what to decide, what stays short and why."""
    held, language = held_plan(context, id), context.language
    settings, plan = held.scenario.settings, held.plan
    tables = {name: plan_table(context, held, name) for name in SHOWN}
    tables["quality"] = _quality(context, held)
    tables["bottlenecks"] = struct_table(
        context, text("pages.bottlenecks", language), Bottleneck, bottlenecks(held.causes), "plan"
    )
    return made_page(
        "plan.html",
        text("plan.title", language, name=held.name),
        tables=tables,
        charts={
            "stock-curves": charts.stocks(context, [held]),
            "gantt": charts.lines(context, held),
            "frameworks": charts.contracts(context, held),
            "unmet": charts.unmet(context, held),
        },
        facts=[
            text("plan.period", language, start=settings.start, months=settings.months,
                 end=held.tables["stocks"][1][-1].month),  # type: ignore[attr-defined]
            text(f"plan.status-{plan.status}", language, limit=plan.limit),
            text("plan.checked", language),
            text("plan.inputs", language, hash=plan.inputs, method=plan.method),
        ],
        currency=settings.currency,
        rest=[name for name in SHOWN if name not in ("warnings", "assumptions", "shortfalls")],
        others=[name for name in plan_names(context) if name != held.name],
        id=held.name,
    )  # fmt: skip


def _quality(context: ViewContext, held: Held) -> Any:
    plan = held.plan

    def figure(which: str) -> Field[str]:
        return Field(
            which,
            lambda level: getattr(getattr(plan, which), level),
            lambda level: (
                f"{100 * getattr(plan.gap, level):.2f} %" if which == "gap"
                else number(getattr(getattr(plan, which), level), context)
            ),
            "number",
            title=text(f"plan.head-{'value' if which == 'objective' else which}", context.language),
        )  # fmt: skip

    fields: list[Field[str]] = [
        Field("level", lambda level: level,
              lambda level: text(f"plan.level-{level}", context.language),
              title=text("plan.head-level", context.language)),
        figure("objective"), figure("bound"), figure("gap"),
    ]  # fmt: skip
    title = text("plan.section-quality", context.language)
    return tabled(
        context, title, fields, _LEVELS, source="pages.plan_source", terms="pages.plan_terms"
    )


def side(context: ViewContext, id: str, other: str | None = None) -> Page:
    """Two plans side by side: levels, stock curves, and what changes from one to the other."""
    names = [name for name in plan_names(context) if name != id]
    if other is None and not names:
        raise IntendanceError(
            "id.unknown", expected="the name of another plan", got="none", where="the address"
        )
    first, second = held_plan(context, id), held_plan(context, other or names[0])
    language = context.language
    found = compare(first.plan, second.plan)
    levels = [
        Difference("level", level, getattr(first.plan.objective, level),
                   getattr(second.plan.objective, level))
        for level in _LEVELS
    ]  # fmt: skip
    fields: list[Field[Difference]] = [
        Field("what", lambda row: row.what, lambda row: _what(row.what, context)),
        Field("where", lambda row: row.where, lambda row: _where(row, context),
              title=text("plan.head-where", language)),
        Field("first", lambda row: row.first, lambda row: number(row.first, context), "number",
              title=first.name),
        Field("second", lambda row: row.second, lambda row: number(row.second, context), "number",
              title=second.name),
        Field("change", lambda row: row.change, lambda row: number(row.change, context), "number",
              title=text("plan.head-change", language)),
    ]  # fmt: skip
    title = text("pages.compare", language, first=first.name, second=second.name)
    return made_page(
        "compare.html",
        title,
        tables={
            "differences": tabled(
                context, text("pages.differences", language), fields,
                [*levels, *found.rows], source="pages.plan_source",
                terms="pages.plan_terms",
            )
        },
        charts={"stock-curves": charts.stocks(context, [first, second])},
        id=first.name,
        other=second.name,
        names=names,
        back=address_with(link_to("plans", first.name)),
    )  # fmt: skip


def _what(name: str, context: ViewContext) -> str:
    key = f"plan.compared-{name}"
    return text(key, context.language) if has_text(key, context.language) else name


def _where(row: Difference, context: ViewContext) -> str:
    return text(f"plan.level-{row.where}", context.language) if row.what == "level" else row.where
