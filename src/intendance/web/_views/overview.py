"""The overview: the first page."""

from __future__ import annotations

from intendance.render import text
from intendance.web._types import Page, TableColumn, TableData, ViewContext

__all__ = ["page"]


def page(context: ViewContext) -> Page:
    """What the ledger holds, in numbers."""
    counts = context.books.counts()
    rows = [{"kind": kind, "count": count} for kind, count in counts.items()]
    columns = (TableColumn("kind", "kind"), TableColumn("count", "count"))
    title = text("web.overview", context.language)
    return Page("plain.html", title, tables={"counts": TableData(title, columns, rows)})
