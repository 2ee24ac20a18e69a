"""Cells that several pages show: identifiers, figures, dates, commitments."""

from __future__ import annotations

from collections.abc import Iterable

from intendance.render import Language, date_short, interval_cell, money_text
from intendance.terms import Commitment, Interval, Money, Stage, StageState, TimeSpan
from intendance.web._names import Names
from intendance.web._render import address_with, segment
from intendance.web._shown import Cell, Field, spread
from intendance.web._types import ViewContext

_OWED: tuple[Stage, ...] = ("promised", "contracted", "allocated")


def names_of(context: ViewContext) -> Names:
    """The names in the reader's language."""
    return Names(context.books.catalogue, context.language)


def link_to(kind: str, id_: str | None, **asked: str | None) -> str:
    """The address of one thing: ``/commitments/<id>``."""
    return address_with(f"/{kind}/{segment(id_)}", **asked) if id_ else ""


def figure_text(state: StageState | None, language: Language) -> str:
    """The figure of a stage: its quantity, else its money; nothing where there is no stage."""
    if state is None:
        return ""
    if state.quantity.known or not state.money:
        return interval_cell(state.quantity, language)
    return amounts_text(state.money, language)


def amounts_text(amounts: Iterable[Money], language: Language) -> str:
    """Amounts of several currencies, never added."""
    return " + ".join(money_text(each, language) for each in amounts)


def owed(each: Commitment) -> StageState | None:
    """The stage that says what is owed."""
    return next((each.stages[stage] for stage in _OWED if stage in each.stages), None)


def last_time(each: Commitment) -> TimeSpan | None:
    """When its furthest dated stage was or is to be."""
    held = [state.time for state in each.stages.values() if state.time.known]
    return max(held, key=lambda time: time.end or time.start or "", default=None)


def witnesses_of(each: Commitment) -> int:
    """The most independent sources that any of its stages has."""
    return max((state.witnesses for state in each.stages.values()), default=0)


def marks_of(each: Commitment, names: Names) -> str:
    """What else is to be known of a commitment, in few words."""
    held = (
        ("general", each.general),
        ("candidate", not each.live),
        ("conflicts", bool(each.conflicts)),
        ("backfill_for", bool(each.backfill_for)),
        ("backfilled_by", bool(each.backfilled_by)),
        ("framework", each.framework is not None),
        ("decisions", bool(each.decisions)),
    )
    return ", ".join(names.word("mark", name) for name, holds in held if holds)


def commitment_fields(context: ViewContext, **asked: str | None) -> list[Field[Commitment]]:
    """The columns of a table of commitments; ``asked`` are the clocks that links keep."""
    names, language = names_of(context), context.language

    def when(each: Commitment) -> str:
        time = last_time(each)
        return "" if time is None else date_short(time)

    def stage(each: Commitment) -> str:
        return names.word("stage", each.furthest_stage)

    return [
        Field("item", lambda each: each.item, lambda each: Cell(
            names.item(each.item), link_to("commitments", each.id, **asked), each.id[:8])),
        Field("donors", lambda each: list(each.donors), lambda each: names.donors(each.donors)),
        Field("recipient", lambda each: each.recipient, lambda each: names.one(each.recipient)),
        Field("stage", lambda each: each.furthest_stage, stage),
        *spread("promised", lambda each: _figure(owed(each)),
                lambda each: figure_text(owed(each), language)),
        *spread("delivered", lambda each: _figure(each.stages.get("delivered")),
                lambda each: figure_text(each.stages.get("delivered"), language)),
        *spread("outstanding", lambda each: each.outstanding, lambda each: (
                interval_cell(each.outstanding, language) if each.outstanding.known else "")),
        Field("when", when, kind="date"),
        Field("witnesses", witnesses_of, kind="number"),
        Field("marks", lambda each: marks_of(each, names)),
        Field("id", lambda each: each.id, only="files"),
    ]  # fmt: skip


def _figure(state: StageState | None) -> Interval | None:
    return None if state is None else state.quantity
