"""The ledger: all commitments that a filter lets through."""

from __future__ import annotations

from intendance.render import text
from intendance.web._types import Page, TableColumn, TableData, ViewContext

__all__ = ["page"]


def page(context: ViewContext, **asked: str | None) -> Page:
    """The commitments, with the filter that was asked for."""
    del asked
    found = context.books.commitments()
    rows = [
        {"id": each.id, "donors": " ".join(each.donors), "item": each.item or ""} for each in found
    ]
    columns = [TableColumn(name, name) for name in ("id", "donors", "item")]
    title = text("web.ledger", context.language)
    return Page("plain.html", title, tables={"commitments": TableData(title, columns, rows)})
