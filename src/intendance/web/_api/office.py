"""Tokens, users, the audit trail and redaction over HTTP."""

from __future__ import annotations

from typing import Any

import msgspec

from intendance.web._api.asked import paged, sliced
from intendance.web._types import Listing, One, ViewContext

__all__ = ["audit", "end_token", "make_token", "redact", "tokens", "users"]


class Ended(msgspec.Struct, frozen=True):
    """What was ended."""

    ended: str


def tokens(context: ViewContext, **asked: Any) -> Listing:
    """Your tokens, without their secrets."""
    return paged(context, asked, sliced(context.office.tokens()))


def make_token(context: ViewContext, what: str) -> One:
    """A token for a program that acts for you; its secret is shown this once."""
    return One(context.office.make_token(what), 201)


def end_token(context: ViewContext, id: str) -> One:  # noqa: A002
    """Ends one of your tokens."""
    context.office.end_token(id)
    return One(Ended(id))


def users(context: ViewContext, **asked: Any) -> Listing:
    """All users."""
    return paged(
        context, asked, sliced(context.office.accounts(), lambda each: each.name),
        name=lambda each: each.name,
    )  # fmt: skip


def audit(context: ViewContext, **asked: Any) -> Listing:
    """Who did what, and how it ended."""

    def page(after: str, limit: int) -> Any:
        return context.office.traces(int(after or 0), limit)

    return paged(context, asked, page, name=lambda each: f"{each.number:020}")


def redact(context: ViewContext, id: str, ground: str) -> One:  # noqa: A002
    """Takes a report or a statement out for good (rule 12)."""
    return One(context.office.redact(id, ground), 201)
