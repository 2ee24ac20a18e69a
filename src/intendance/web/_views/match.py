"""Match: what recipients asked for, what answers it, and who holds more than its floor."""

from __future__ import annotations

from intendance.forces import Match, match, read_priorities
from intendance.render import date_short, interval_cell, text
from intendance.terms import Interval, span_of
from intendance.web._failures import operators_folder
from intendance.web._shown import Cell, Field, spread, tabled
from intendance.web._types import Page, ViewContext
from intendance.web._views._cells import link_to, names_of
from intendance.web._views._folders import forces_folder, has_inventory, supplied_by, table_in
from intendance.web._views._made import made_page

__all__ = ["page"]


def page(
    context: ViewContext,
    recipient: str | None = None,
    item: str | None = None,
    as_of: str | None = None,
) -> Page:
    """The requests of the ledger by priority: covered, partly or open."""
    books, folder = context.books, forces_folder(context)
    table = table_in(folder, "priorities")
    with operators_folder():
        ranks = () if table is None else read_priorities(table, books.catalogue)
    found = match(books, supplied_by(context), ranks, recipient, item, as_of)
    title = text("web.match", context.language)
    both = tabled(
        context, title, _fields(context, as_of), found, empty="forces.none-matches", as_of=as_of,
        source="pages.forces_source",
    )  # fmt: skip
    states = [each.state for each in found]
    return made_page(
        "match.html",
        title,
        tables={"requests": both},
        asked={"recipient": recipient, "item": item, "as_of": as_of},
        tiles=[
            Cell(str(states.count(state)), "", text(f"forces.state-{state}", context.language))
            for state in ("covered", "partly", "open")
        ],
        supplied=has_inventory(context),
    )


def _fields(context: ViewContext, as_of: str | None) -> list[Field[Match]]:
    names, language = names_of(context), context.language

    def head(name: str) -> str:
        return text(f"forces.head-{name}", language)

    def several(ids: tuple[str, ...]) -> Cell:
        links = tuple((each[:8], link_to("commitments", each, as_of=as_of)) for each in ids)
        return Cell("", several=links)

    def holders(each: Match) -> str:
        return ", ".join(
            f"{names.one(one.nation)}: {names.one(one.item)} {_figure(one.above, language) or '?'}"
            for one in each.holders
        )

    fields: list[Field[Match]] = [
        Field("priority", lambda each: each.priority, kind="number", title=head("priority")),
        Field("recipient", lambda each: each.recipient, lambda each: names.one(each.recipient),
              title=head("recipient")),
        Field("item", lambda each: each.item, lambda each: Cell(
            names.one(each.item), link_to("commitments", each.request, as_of=as_of),
            date_short(span_of(each.since, "since")) if each.since else ""), title=head("item")),
        Field("state", lambda each: each.state,
              lambda each: text(f"forces.state-{each.state}", language), title=head("state")),
    ]  # fmt: skip
    for name in ("requested", "covered", "left", "delivered"):
        fields += _spread(name, head(name), context)
    return [
        *fields,
        Field("offers", lambda each: list(each.offers), lambda each: several(each.offers)),
        Field("may_answer", lambda each: list(each.may_answer),
              lambda each: several(each.may_answer)),
        Field("holders", lambda each: [
            f"{one.nation} {one.item} {one.above}" for one in each.holders
        ], holders, "wide", title=head("holders")),
        Field("request", lambda each: each.request, only="files"),
    ]  # fmt: skip


def _spread(name: str, title: str, context: ViewContext) -> list[Field[Match]]:
    return spread(
        name, lambda each: getattr(each, name),
        lambda each: _figure(getattr(each, name), context.language), title=title,
    )  # fmt: skip


def _figure(value: Interval, language: str) -> str:
    return interval_cell(value, language) if value.known else ""  # type: ignore[arg-type]
