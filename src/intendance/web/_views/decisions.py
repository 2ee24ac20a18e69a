"""Decisions: all of them, one, and the forms that make and lift them."""

from __future__ import annotations

from collections.abc import Sequence

from intendance.render import text
from intendance.terms import DecisionKind, IntendanceError
from intendance.web._shown import tabled
from intendance.web._types import Page, Redirect, ViewContext
from intendance.web._views._cells import link_to, names_of
from intendance.web._views._made import made_page
from intendance.web._views._quotes import Quotes
from intendance.web._views._settling import decision_fields
from intendance.web._views.language import own_address

__all__ = ["lift", "one", "page", "settle"]


def page(context: ViewContext) -> Page:
    """All decisions, the last one first."""
    title = text("web.decisions", context.language)
    found = list(reversed(context.books.decisions()))
    both = tabled(context, title, decision_fields(context), found, empty="none.decisions")
    return made_page("decisions.html", title, tables={"decisions": both})


def one(context: ViewContext, id: str) -> Page:
    """One decision with the statements that it binds to, and its undo."""
    why = context.books.why(id)
    if why.kind != "decision" or not why.decisions:
        raise IntendanceError(
            "id.unknown", expected="the identifier of a decision", got=repr(id[:60]),
            where="the address",
        )  # fmt: skip
    number = context.books.resolve(id)
    held = {each.id: each for each in context.books.decisions()}[number]
    names = names_of(context)
    return made_page(
        "decision.html",
        f"{text('why.decision', context.language)}: {names.word('decision', held.kind)}",
        each=held,
        quotes=Quotes(context).of(why.statements),
        commitments=[(link_to("commitments", c.id), names.item(c.item), names.donors(c.donors))
                     for c in why.commitments],
    )  # fmt: skip


def settle(
    context: ViewContext,
    kind: DecisionKind,
    ids: Sequence[str],
    why: str,
    other: str | None = None,
    value: str | None = None,
    to: str | None = None,
) -> Redirect:
    """Settles something and goes back; ``other`` is one more identifier, as to merge with."""
    chosen = [*ids, *([other] if other else [])]
    made = context.desk.decide(kind, chosen, value, why)
    return Redirect(own_address(to) if to else link_to("decisions", made.id))


def lift(context: ViewContext, id: str, why: str, to: str | None = None) -> Redirect:
    """Undoes a decision and goes back."""
    made = context.desk.undo(id, why)
    return Redirect(own_address(to) if to else link_to("decisions", made.id))
