"""The tables that nations filled in and that are kept as they are, without their rows."""

from __future__ import annotations

from intendance.ledger import Supplied
from intendance.render import text
from intendance.web._imports.kinds import import_kinds
from intendance.web._shown import Both, Field, tabled
from intendance.web._types import ViewContext

_KINDS_KEPT = "table"


def kept_tables(context: ViewContext) -> list[Supplied]:
    """The tables of every kind that this reader may see."""
    return [
        table
        for name, kind in import_kinds().items() if kind.becomes == _KINDS_KEPT
        for table in context.case.supplied(name)
    ]  # fmt: skip


def supplied_table(context: ViewContext) -> Both:
    """What is kept: of which kind, whose, how many rows, since when."""
    language = context.language
    fields: list[Field[Supplied]] = [
        Field("kind", lambda each: each.kind, lambda each: text(f"import.kind_{each.kind}",
              language), "wide"),
        Field("name", lambda each: each.name),
        Field("rows", lambda each: len(each.rows), kind="number"),
        Field("file", lambda each: each.file, kind="wide"),
        Field("when", lambda each: each.when, lambda each: each.when[:10]),
    ]  # fmt: skip
    return tabled(
        context, text("import.kept_tables", language), fields, kept_tables(context),
        empty="none.supplied", source="import.source", labels=context.case.label_of_table,
    )  # fmt: skip
