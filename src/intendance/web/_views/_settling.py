"""Decisions as tables show them."""

from __future__ import annotations

from intendance.terms import Decision
from intendance.web._shown import Cell, Field
from intendance.web._types import ViewContext
from intendance.web._views._cells import link_to, names_of


def decision_fields(context: ViewContext) -> list[Field[Decision]]:
    """The columns of a table of decisions."""
    names = names_of(context)
    return [
        Field("kind", lambda each: each.kind, lambda each: Cell(
            names.word("decision", each.kind), link_to("decisions", each.id), each.id[:8])),
        Field("why", lambda each: each.why, kind="wide"),
        Field("by", lambda each: each.by),
        Field("when", lambda each: each.when, lambda each: each.when[:16].replace("T", " "),
              "date"),
        Field("value", lambda each: each.value),
        Field("statements", lambda each: list(each.statements),
              lambda each: str(len(each.statements)), "number"),
        Field("undone_by", lambda each: each.undone_by, lambda each: Cell(
            (each.undone_by or "")[:8], link_to("decisions", each.undone_by))),
        Field("id", lambda each: each.id, only="files"),
    ]  # fmt: skip
