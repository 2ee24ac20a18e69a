"""Commitments over HTTP."""

from __future__ import annotations

from intendance.ledger import Filter
from intendance.terms import Commitment, IntendanceError
from intendance.web._types import Listing, One, ViewContext

__all__ = ["listing", "one"]


def listing(context: ViewContext, **asked: str | None) -> Listing:
    """The commitments that a filter lets through."""
    names = ("donor", "recipient", "item", "stage", "since", "until", "text")
    wanted = Filter(**{name: asked[name] for name in names})  # type: ignore[arg-type]  # a choice of STAGES
    found = context.books.commitments(wanted, asked["as_of"], asked["recorded"])
    return Listing(Commitment, found)


def one(context: ViewContext, id: str, as_of: str | None, recorded: str | None) -> One:  # noqa: A002
    """One commitment; a former identifier gives the one that holds its statement now."""
    found = context.books.why(id, as_of=as_of, recorded=recorded)
    if found.kind != "commitment" or not found.commitments:
        raise IntendanceError(
            "id.unknown", expected="the identifier of a commitment", got=repr(id[:60]),
            where="an identifier",
        )  # fmt: skip
    return One(found.commitments[0])
