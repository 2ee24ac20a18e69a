"""One statement: its words, what was read from them, and the forms that correct or grade it."""

from __future__ import annotations

from intendance.render import text
from intendance.terms import IntendanceError, canonical
from intendance.web._shown import tabled
from intendance.web._types import Page, Redirect, ViewContext
from intendance.web._views._cells import link_to, names_of
from intendance.web._views._hand import choices, fields_in
from intendance.web._views._made import made_page
from intendance.web._views._quotes import Quotes
from intendance.web._views._settling import decision_fields
from intendance.web._views.language import own_address

__all__ = ["correct", "page"]


def page(context: ViewContext, id: str) -> Page:
    """Everything about one statement."""
    why = context.books.why(id)
    if why.kind != "statement" or not why.statements:
        raise IntendanceError(
            "id.unknown", expected="the identifier of a statement", got=repr(id[:60]),
            where="the address",
        )  # fmt: skip
    held = next(each for each in why.statements if each.statement.id == why.id)
    names = names_of(context)
    return made_page(
        "statement.html",
        f"{text('why.statement', context.language)} {why.id[:8]}",
        tables={
            "decisions": tabled(
                context,
                text("why.decisions", context.language),
                decision_fields(context),
                why.decisions,
                empty="none.decisions",
            )
        },
        each=held.statement,
        now=held.corrected or held.statement,
        quote=Quotes(context).one(held),
        names=names,
        commitment=link_to("commitments", held.commitment),
        choices=choices(context),
    )


def correct(
    context: ViewContext,
    id: str,
    why: str,
    to: str | None = None,
    **given: str | None,
) -> Redirect:
    """Says what a statement really says; blank fields stay as they are."""
    value = canonical(fields_in(context, given)).decode()
    context.desk.decide("correct", [id], value, why)
    return Redirect(own_address(to) if to else link_to("statements", id))
