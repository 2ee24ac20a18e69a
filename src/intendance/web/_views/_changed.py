"""The table of commitments that an upload would change."""

from __future__ import annotations

from collections.abc import Sequence

from intendance.render import text
from intendance.terms import Commitment
from intendance.web._imports.changes import CommitmentChange
from intendance.web._markings import EVERYBODY, Label
from intendance.web._shown import Both, Cell, Field, tabled
from intendance.web._types import ViewContext
from intendance.web._views._cells import figure_text, link_to, names_of, owed


def changes_table(
    context: ViewContext, changes: Sequence[CommitmentChange], label: Label = EVERYBODY
) -> Both:
    """Each commitment with its figures now and then; ``label`` is that of the upload."""
    names, language = names_of(context), context.language

    def told(each: Commitment | None) -> str:
        if each is None:
            return ""
        figures = (
            (names.word("stage", "promised"), figure_text(owed(each), language)),
            (names.word("stage", "delivered"),
             figure_text(each.stages.get("delivered"), language)),
        )  # fmt: skip
        return ", ".join(f"{name} {figure}" for name, figure in figures if figure)

    fields: list[Field[CommitmentChange]] = [
        Field("what", lambda each: each.what,
              lambda each: text(f"pages.change_{each.what}", language)),
        Field("item", lambda each: each.one.item, lambda each: Cell(
            names.item(each.one.item),
            link_to("commitments", each.now.id) if each.now else "")),
        Field("donors", lambda each: list(each.one.donors),
              lambda each: names.donors(each.one.donors)),
        Field("recipient", lambda each: each.one.recipient,
              lambda each: names.one(each.one.recipient)),
        Field("now", lambda each: told(each.now)),
        Field("then", lambda each: told(each.then)),
    ]  # fmt: skip
    return tabled(context, text("pages.changes", language), fields, changes,
                  empty="pages.no_changes", label=label)  # fmt: skip
