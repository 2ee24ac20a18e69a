"""The catalogue over HTTP."""

from __future__ import annotations

from typing import Any

from intendance.terms import IntendanceError
from intendance.web._api.asked import paged, sliced
from intendance.web._known import Known, known_of
from intendance.web._types import Listing, One, ViewContext

__all__ = ["entries", "entry"]


def entries(
    context: ViewContext, name: str | None, table: str | None, within: str | None, **asked: Any
) -> Listing:
    """The entries of the catalogue: all, or what a name in any language means."""
    catalogue = context.books.catalogue
    wide = catalogue.resolve(within) if within else None
    ids = (
        [catalogue.resolve(name)] if name else dict.fromkeys(form.id for form in catalogue.forms())
    )
    found: list[Known] = [
        known_of(catalogue, each)
        for each in filter(None, map(catalogue.entry, ids))
        if table in (None, each.table) and (wide is None or catalogue.includes(wide, each.id))
    ]
    given = {**asked, "name": name, "table": table, "within": within}
    return paged(context, given, sliced(found))


def entry(context: ViewContext, id: str) -> One:  # noqa: A002
    """One entry of the catalogue by its identifier."""
    catalogue = context.books.catalogue
    found = catalogue.entry(id)
    if found is None:
        raise IntendanceError(
            "id.unknown", expected="an identifier of the catalogue", got=repr(id[:60]),
            where="an identifier",
        )  # fmt: skip
    return One(known_of(catalogue, found))
