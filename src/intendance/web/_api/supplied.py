"""Tables that nations filled in, over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from intendance.ledger import Supplied
from intendance.terms import IntendanceError
from intendance.web._api.asked import paged, sliced
from intendance.web._markings import Label
from intendance.web._types import Listing, One, ViewContext
from intendance.web._views._supplied import kept_tables

__all__ = ["listing", "one"]


class KeptTable(msgspec.Struct, frozen=True, kw_only=True):
    """A kept table without its rows, as ``intendance supplied`` lists it; ``id`` names it."""

    id: str
    kind: str
    name: str
    rows: int
    file: str
    file_hash: str
    owner: str | None
    when: str


def listing(context: ViewContext, **asked: Any) -> Listing:
    """The tables that the reader may see."""
    found = {_id(each): each for each in kept_tables(context)}
    labels: Callable[[Any], list[Label]] = lambda rows: [  # noqa: E731
        context.case.label_of_table(found[each.id]) for each in rows
    ]
    return paged(context, asked, sliced([_listed(each) for each in found.values()]), labels)


def one(context: ViewContext, id: str) -> One:  # noqa: A002
    """One table with its rows."""
    for each in kept_tables(context):
        if _id(each) == id:
            return One(each, label=context.case.label_of_table(each))
    raise IntendanceError(
        "id.unknown", expected="a kept table", got=repr(id[:60]), where="the address"
    )


def _id(each: Supplied) -> str:
    return f"{each.kind}:{each.name}"


def _listed(each: Supplied) -> KeptTable:
    return KeptTable(
        id=_id(each), kind=each.kind, name=each.name, rows=len(each.rows), file=each.file,
        file_hash=each.file_hash, owner=each.owner, when=each.when,
    )  # fmt: skip
