"""Conflicts: the queue, and one with both its sides and the ways to settle it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intendance.ledger import Filter
from intendance.render import text
from intendance.terms import CONFLICT_KINDS, Commitment, Conflict, IntendanceError, Side
from intendance.web._names import Names
from intendance.web._projection import Query
from intendance.web._queue import Queued, in_order
from intendance.web._render import address_with
from intendance.web._shown import MOST, Cell, Field, tabled
from intendance.web._types import Page, ViewContext
from intendance.web._views._cells import link_to, names_of
from intendance.web._views._made import made_page
from intendance.web._views._quotes import Quoted, Quotes
from intendance.web._views._settling import decision_fields

__all__ = ["one", "page"]


@dataclass(frozen=True)
class _Told:
    """One side of a conflict with its quotes."""

    value: str
    witnesses: int
    statements: tuple[str, ...]
    quotes: list[Quoted]


def page(
    context: ViewContext,
    kind: str | None = None,
    state: str | None = None,
    donor: str | None = None,
    recipient: str | None = None,
    item: str | None = None,
    as_of: str | None = None,
    recorded: str | None = None,
) -> Page:
    """The queue: open conflicts first, those with most witnesses first."""
    books, names, language = context.books, names_of(context), context.language
    chosen = Filter(donor=donor, recipient=recipient, item=item)
    then = books.conflicts(chosen, as_of, recorded) if as_of or recorded else None
    queue = _chosen(context, chosen) if then is None else in_order(then)
    found = [
        each for each in queue
        if (not kind or each.kind == kind)
        and (state == "all" or each.settled == (state == "settled"))
    ]  # fmt: skip
    part = found if context.whole else found[:MOST]
    wanted = {each.commitment for each in part}
    bodies = {each.id: each for each in (books.conflicts_in(wanted) if then is None else then)}
    rows = [bodies[each.id] for each in part if each.id in bodies]
    known = books.bare(wanted) if then is None else books.commitments(chosen, as_of, recorded)
    held = {each.id: each for each in known if each.id in wanted}
    fields: list[Field[Conflict]] = [
        Field("item", lambda each: _held(held, each).item, lambda each: Cell(
            names.item(_held(held, each).item),
            link_to("conflicts", each.id, as_of=as_of), each.id[:8])),
        Field("donors", lambda each: list(_held(held, each).donors),
              lambda each: names.donors(_held(held, each).donors)),
        Field("recipient", lambda each: _held(held, each).recipient,
              lambda each: names.one(_held(held, each).recipient)),
        Field("kind", lambda each: each.kind, lambda each: names.word("conflict", each.kind)),
        Field("sides", lambda each: [side.value for side in each.sides], lambda each: " ↔ ".join(
            f"{side_value(each, side, names)} ({side.witnesses})" for side in each.sides)),
        Field("settled", lambda each: each.settled_by, lambda each: Cell(
            (each.settled_by or "")[:8] or text("conflict.open", language),
            link_to("decisions", each.settled_by))),
        Field("id", lambda each: each.id, only="files"),
        Field("commitment", lambda each: each.commitment, only="files"),
    ]  # fmt: skip
    title = text("web.conflicts", language)
    both = tabled(
        context, title, fields, rows, empty="none.conflicts", as_of=as_of, total=len(found)
    )
    return made_page(
        "conflicts.html",
        title,
        tables={"conflicts": both},
        kinds=[(each, names.word("conflict", each)) for each in CONFLICT_KINDS],
        asked={"kind": kind, "state": state, "as_of": as_of},
    )


def _chosen(context: ViewContext, wanted: Filter) -> Sequence[Queued]:
    """The queue of the commitments that a filter lets through."""
    if wanted == Filter():
        return context.queue
    query = Query(donor=wanted.donor, recipient=wanted.recipient, item=wanted.item, conflict=True)
    chosen = context.projection.select(query)
    ids = set(chosen.page(chosen.total))
    return [each for each in context.queue if each.commitment in ids]


def one(
    context: ViewContext,
    id: str,
    as_of: str | None = None,
    recorded: str | None = None,
) -> Page:
    """One conflict: both sides with their quotes, and the forms that settle it."""
    why = context.books.why(id, as_of=as_of, recorded=recorded)
    if why.kind != "conflict" or not why.conflicts:
        raise IntendanceError(
            "id.unknown", expected="the identifier of a conflict", got=repr(id[:60]),
            where="the address",
        )  # fmt: skip
    each, names, quotes = why.conflicts[0], names_of(context), Quotes(context)
    sourced = {one.statement.id: one for one in why.statements}
    sides = [
        _Told(
            side_value(each, side, names), side.witnesses, side.statements,
            quotes.of(sourced[one] for one in side.statements if one in sourced),
        )
        for side in each.sides
    ]  # fmt: skip
    commitment = next(iter(why.commitments), None)
    about = (
        ""
        if commitment is None
        else f"{names.item(commitment.item)}, " + (names.donors(commitment.donors))
    )
    word = names.word("conflict", each.kind)
    return made_page(
        "conflict.html",
        text("pages.conflict_title", context.language, kind=word, about=about),
        tables={
            "decisions": tabled(
                context,
                text("why.decisions", context.language),
                decision_fields(context),
                why.decisions,
                empty="none.decisions",
            )
        },
        each=each,
        sides=sides,
        apart=[side.statements[0] for side in each.sides if side.statements],
        commitment=link_to("commitments", each.commitment),
        settled=next((one for one in why.decisions if one.id == each.settled_by), None),
        back=address_with(link_to("conflicts", each.id), as_of=as_of),
    )


def side_value(each: Conflict, side: Side, names: Names) -> str:
    """The value of a side; items and parties by their names."""
    return names.one(side.value) if each.kind in ("item", "actor") else side.value


def _held(held: dict[str, Commitment], each: Conflict) -> Commitment:
    return held.get(each.commitment) or _NOBODY


_NOBODY = Commitment(
    id="", anchor="", donors=(), recipient=None, item=None, stages={}, furthest_stage=None
)
