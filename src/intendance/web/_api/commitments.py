"""Commitments over HTTP, and what is counted of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from intendance.terms import Commitment, IntendanceError
from intendance.web._api.asked import Asked, filter_of, paged, sliced
from intendance.web._projection import Query
from intendance.web._selection import FACETS
from intendance.web._types import Listing, One, ViewContext

__all__ = ["brief", "counts", "facets", "listing", "one", "overdue"]


class FacetCount(msgspec.Struct, frozen=True):
    """How many commitments have one value of a facet."""

    value: str
    count: int


class Facets(msgspec.Struct, frozen=True):
    """How many commitments a query lets through, and how many of them have each value."""

    total: int
    facets: dict[str, list[FacetCount]]
    note: str | None = None


class Counts(msgspec.Struct, frozen=True):
    """How many reports, statements, commitments and conflicts the ledger shows."""

    reports: int
    statements: int
    commitments: int
    conflicts: int
    note: str | None = None


def listing(context: ViewContext, **asked: Any) -> Listing:
    """The commitments that a filter lets through, by identifier."""
    labels = context.case.label_of
    if asked["as_of"] or asked["recorded"] or asked["text"]:
        found = context.books.commitments(filter_of(asked), asked["as_of"], asked["recorded"])
        return paged(context, asked, sliced(found), labels)
    chosen = context.projection.select(query_of(asked))

    def page(after: str, limit: int) -> Sequence[Commitment]:
        return context.books.some(chosen.page(limit, after or None))

    return paged(context, asked, page, labels)


def one(context: ViewContext, id: str, as_of: str | None, recorded: str | None) -> One:  # noqa: A002
    """One commitment; a former identifier gives the one that holds its statement now."""
    found = context.books.why(id, as_of=as_of, recorded=recorded)
    if found.kind != "commitment" or not found.commitments:
        raise IntendanceError(
            "id.unknown", expected="the identifier of a commitment", got=repr(id[:60]),
            where="an identifier",
        )  # fmt: skip
    return One(found.commitments[0], label=context.case.label_of(found.commitments[:1])[0])


def overdue(context: ViewContext, day: str | None, **asked: Any) -> Listing:
    """What was to be delivered before a day, today if none is given, and is not reported so."""
    found = context.books.overdue(day or context.today, filter_of(asked))
    page = sliced(found, lambda each: each.commitment.id)
    return paged(
        context, {**asked, "day": day}, page,
        lambda rows: context.case.label_of([each.commitment for each in rows]),
        lambda each: each.commitment.id,
    )  # fmt: skip


def facets(context: ViewContext, **asked: Any) -> One:
    """How many commitments a query lets through, by the values of each facet."""
    chosen = context.projection.select(query_of(asked))
    counted = {
        name: [FacetCount(value, count) for value, count in chosen.facet(name)] for name in FACETS
    }
    return One(Facets(chosen.total, counted, context.note_words), label=context.case.label)


def counts(context: ViewContext) -> One:
    """How much the ledger holds."""
    return One(Counts(**context.books.counts(), note=context.note_words), label=context.case.label)


def brief(context: ViewContext, **asked: Any) -> One:
    """The figures and quotes of a one-page account."""
    found = context.books.brief(filter_of(asked), asked["as_of"], asked["recorded"])
    return One(found, label=context.case.label)


def query_of(asked: Asked) -> Query:
    """The query of the projection that was asked for."""
    return Query(
        donor=asked.get("donor"),
        recipient=asked.get("recipient"),
        item=asked.get("item"),
        stage=asked.get("stage"),
        certainty=asked.get("certainty"),
        witnesses=asked.get("witnesses"),
        conflict=None if asked.get("conflict") is None else asked["conflict"] == "true",
        since=asked.get("since"),
        until=asked.get("until"),
        candidates=not asked.get("live", False),
    )
