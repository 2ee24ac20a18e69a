"""Demand rounds beside the plans: who asked for what, what was pooled, who gets what of output."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from intendance.render import number_text, text
from intendance.web._demand.seen import SeenRound, rounds_seen
from intendance.web._markings import Label, strictest
from intendance.web._shown import Both, Cell, Field, tabled
from intendance.web._types import ViewContext

_ASKED: Final = (
    "nation", "item", "year", "firm", "likely", "optional", "funding", "priority", "variants",
    "caveats",
)  # fmt: skip
_POOLED: Final = (
    "item", "year", "nations", "firm", "likely", "optional", "accepted", "output", "met", "left",
)  # fmt: skip
_SHARES: Final = ("nation", "wanted", "item", "year", "asked", "quantity", "share")
_LEFT: Final = ("item", "wanted", "nation", "year", "funding", "variants", "caveats")
_LABELLED = tuple[SeenRound, Any, Label]


def round_tables(context: ViewContext) -> tuple[dict[str, Both], Label]:
    """The tables ``rounds``, ``asked``, ``pooled`` and ``shares`` of the rounds that the reader
    sees, each row with its marking; and the strictest of all."""
    found = rounds_seen(context)

    def rows(name: str, label: Callable[[SeenRound, Any], Label]) -> list[_LABELLED]:
        return [(each, row, label(each, row)) for each in found for row in getattr(each, name)]

    asked = rows("asked", lambda each, row: each.of_asked(row))
    pooled = rows("pooled", lambda each, row: each.of_pooled(row))
    shares = rows("shares", lambda each, _: each.all)
    language = context.language
    tables = {
        "rounds": tabled(
            context, text("pages.rounds", language), _about(context), found,
            empty="pages.no_rounds", source="pages.round_source", terms="pages.plan_terms",
            labels=lambda each: each.label | each.all,
        ),
        "asked": _made(context, "pages.asked", _ASKED, asked),
        "pooled": _made(context, "pages.pooled", _POOLED, pooled),
        "shares": _made(context, "demand.shares", _SHARES, shares),
    }  # fmt: skip
    return tables, strictest(each.label | each.all for each in found)


def _made(context: ViewContext, title: str, names: tuple[str, ...], rows: list[_LABELLED]) -> Both:
    first: Field[Any] = Field("round", lambda row: row[0].about.name, title=text(
        "pages.round_name", context.language))  # fmt: skip
    fields = [first, *(_column(context, name) for name in names)]
    return tabled(
        context, text(title, context.language), fields, rows, empty="pages.no_rounds",
        source="pages.round_source", terms="pages.plan_terms", labels=lambda row: row[2],
    )  # fmt: skip


def _about(context: ViewContext) -> list[Field[SeenRound]]:
    language = context.language

    def years(each: SeenRound) -> str:
        first, last = each.about.first_year, each.about.first_year + each.about.years - 1
        return str(first) if first == last else f"{first}–{last}"

    def state(each: SeenRound) -> str:
        if each.about.closed is None:
            return text("pages.round_open", language)
        return text("pages.round_closed", language, day=each.about.closed)

    def rule(each: SeenRound) -> str:
        return text(f"demand.rule-{each.about.rule}", language)

    def titled(name: str) -> str:
        return text(f"pages.round_{name}", language)

    return [
        Field("round", lambda each: each.about.name, title=titled("name")),
        Field("years", years, title=titled("years")),
        Field("state", lambda each: "open" if each.about.closed is None else "closed", state,
              title=titled("state")),
        Field("sent", lambda each: list(each.about.sent),
              lambda each: ", ".join(each.about.sent), title=titled("sent")),
        Field("waiting", lambda each: list(each.about.waiting),
              lambda each: ", ".join(each.about.waiting), title=titled("waiting")),
        Field("rule", lambda each: each.about.rule, rule, "wide", title=titled("rule")),
    ]  # fmt: skip


def _column(context: ViewContext, name: str) -> Field[Any]:
    key = "pages.round_nations" if name == "nations" else f"demand.head-{name}"

    def value(row: _LABELLED) -> Any:
        found = getattr(row[1], name)
        return list(found) if isinstance(found, tuple) else found

    def cell(row: _LABELLED) -> Cell:
        return Cell(_figure(name, getattr(row[1], name), context))

    return Field(
        name, value, cell, "" if name in _LEFT else "number", title=text(key, context.language)
    )


def _figure(name: str, value: Any, context: ViewContext) -> str:
    if value is None or value == "":
        return "–"
    if name == "funding":
        return text(f"demand.funding-{value}", context.language)
    if isinstance(value, tuple):
        return ", ".join(value)
    if not isinstance(value, Decimal):
        return str(value)
    if name == "share":
        return f"{number_text(round(value * 100, 1), context.language)} %"
    return number_text(value, context.language)
