"""Programmes and packages: what was planned or announced together."""

from __future__ import annotations

from collections.abc import Sequence

from intendance.ledger import Package, Programme
from intendance.render import date_short, text
from intendance.terms import Commitment, IntendanceError
from intendance.web._shown import Both, Cell, Field, tabled
from intendance.web._types import Page, ViewContext
from intendance.web._views._cells import amounts_text, commitment_fields, link_to, names_of
from intendance.web._views._made import made_page
from intendance.web._views._quotes import Quotes

__all__ = ["one", "package", "page"]


def page(context: ViewContext, as_of: str | None = None, recorded: str | None = None) -> Page:
    """All programmes, packages and frameworks."""
    books, language = context.books, context.language
    names = names_of(context)
    programmes: list[Field[Programme]] = [
        Field("name", lambda each: each.id, lambda each: Cell(
            _name(context, each), link_to("programmes", each.id, as_of=as_of))),
        Field("kind", lambda each: each.kind, lambda each: names.word("programme", each.kind)),
        Field("parties", lambda each: list(each.parties), lambda each: names.all(each.parties)),
        Field("horizon", lambda each: date_short(each.horizon), kind="date"),
        Field("money", lambda each: list(each.money),
              lambda each: amounts_text(each.money, language), "number"),
        Field("statements", lambda each: len(each.statements), kind="number"),
        Field("commitments", lambda each: len(each.commitments), kind="number"),
    ]  # fmt: skip
    packages: list[Field[Package]] = [
        Field("package", lambda each: each.id, lambda each: Cell(
            f"{names.donors(each.donors)} → {names.one(each.recipient)}",
            link_to("packages", each.id, as_of=as_of), each.id[:8])),
        Field("when", lambda each: date_short(each.announced), kind="date"),
        Field("total", lambda each: list(each.total),
              lambda each: amounts_text(each.total, language), "number"),
        Field("commitments", lambda each: len(each.parts), kind="number"),
    ]  # fmt: skip
    contracts = books.frameworks(as_of, recorded)
    title = text("web.programmes", language)
    return made_page(
        "programmes.html",
        title,
        tables={
            "programmes": tabled(context, title, programmes, books.programmes(as_of, recorded),
                                 empty="none.programmes", as_of=as_of),
            "packages": tabled(context, text("pages.packages", language), packages,
                               books.packages(as_of=as_of, recorded=recorded),
                               empty="none.packages", as_of=as_of),
            "frameworks": tabled(context, text("brief.frameworks", language),
                                 commitment_fields(context), contracts, as_of=as_of),
        },
        asked={"as_of": as_of},
    )  # fmt: skip


def one(
    context: ViewContext,
    id: str,
    as_of: str | None = None,
    recorded: str | None = None,
) -> Page:
    """One programme: kind, parties, horizon, milestones, what is linked to it."""
    found = next((p for p in context.books.programmes(as_of, recorded) if p.id == id), None)
    if found is None:
        raise IntendanceError(
            "id.unknown", expected="the identifier of a programme", got=repr(id[:60]),
            where="the address",
        )  # fmt: skip
    why = context.books.why(id, as_of=as_of, recorded=recorded)
    names, language = names_of(context), context.language
    facts = [
        (text("column.kind", language), names.word("programme", found.kind)),
        (text("column.parties", language), names.all(found.parties)),
        (text("column.horizon", language), date_short(found.horizon)),
        (text("column.money", language), amounts_text(found.money, language)),
    ]
    return made_page(
        "together.html",
        _name(context, found),
        tables={"commitments": _linked(context, why.commitments, as_of)},
        facts=[(name, value) for name, value in facts if value and value != "-"],
        quotes=Quotes(context).of(why.statements),
        note="",
    )


def package(
    context: ViewContext,
    id: str,
    as_of: str | None = None,
    recorded: str | None = None,
) -> Page:
    """One package: its own total, and its parts, which are never added to it."""
    why = context.books.why(id, as_of=as_of, recorded=recorded)
    if why.package is None or why.kind != "package":
        raise IntendanceError(
            "id.unknown", expected="the identifier of a package", got=repr(id[:60]),
            where="the address",
        )  # fmt: skip
    found, names, language = why.package, names_of(context), context.language
    facts = [
        (text("column.donors", language), names.donors(found.donors)),
        (text("column.recipient", language), names.one(found.recipient)),
        (text("column.when", language), date_short(found.announced)),
        (text("column.total", language), amounts_text(found.total, language)),
    ]
    return made_page(
        "together.html",
        f"{text('why.package', language)} {found.id[:8]}",
        tables={"commitments": _linked(context, why.commitments, as_of)},
        facts=[(name, value) for name, value in facts if value],
        quotes=Quotes(context).of(why.statements),
        note=text("pages.package_note", language),
    )


def _linked(context: ViewContext, found: Sequence[Commitment], as_of: str | None) -> Both:
    title = text("pages.linked", context.language)
    return tabled(context, title, commitment_fields(context, as_of=as_of), found, as_of=as_of)


def _name(context: ViewContext, each: Programme) -> str:
    entry = context.books.catalogue.entry(each.id)
    return names_of(context).one(each.id) if entry else f"{each.kind} {each.id[:8]}"
