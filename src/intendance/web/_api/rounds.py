"""Rounds of demand over HTTP: what the reader may see of them, and what is made of just that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from intendance.planning import AllottedRow, PooledRow
from intendance.web._api.asked import paged, sliced
from intendance.web._demand.seen import DemandRow, demand_rows, round_seen, rounds_seen
from intendance.web._markings import Label
from intendance.web._types import Listing, One, ViewContext

__all__ = ["demand", "listing", "one", "pooled", "shares"]


def listing(context: ViewContext, **asked: Any) -> Listing:
    """The rounds, by the names of their folders."""
    found = {each.about.id: each for each in rounds_seen(context)}
    labels: Callable[[Any], list[Label]] = lambda rows: [  # noqa: E731
        found[each.id].label | found[each.id].all for each in rows
    ]
    return paged(context, asked, sliced([each.about for each in found.values()]), labels)


def one(context: ViewContext, id: str) -> One:  # noqa: A002
    """One round."""
    found = round_seen(context, id)
    return One(found.about, label=found.label | found.all)


def demand(context: ViewContext, id: str, **asked: Any) -> Listing:  # noqa: A002
    """What nations ask for, item by item and year by year."""
    found = round_seen(context, id)
    rows = demand_rows(found)
    labels: Callable[[Any], list[Label]] = lambda part: [  # noqa: E731
        found.files[each.nation] for each in part
    ]
    name: Callable[[DemandRow], str] = lambda each: each.id  # noqa: E731
    return paged(context, {**asked, "id": id}, sliced(rows, name), labels, name)


def pooled(context: ViewContext, id: str, **asked: Any) -> Listing:  # noqa: A002
    """The totals of a closed round."""
    found = round_seen(context, id)
    name: Callable[[PooledRow], str] = lambda each: f"{each.item} {each.year}"  # noqa: E731
    labels: Callable[[Any], list[Label]] = lambda part: [  # noqa: E731
        found.of_pooled(each) for each in part
    ]
    return paged(context, {**asked, "id": id}, sliced(found.pooled, name), labels, name)


def shares(context: ViewContext, id: str, **asked: Any) -> Listing:  # noqa: A002
    """Each nation's share of output."""
    found = round_seen(context, id)
    name: Callable[[AllottedRow], str] = lambda each: (  # noqa: E731
        f"{each.nation} {each.wanted} {each.item} {each.year}"
    )
    labels: Callable[[Any], list[Label]] = lambda part: [found.all for _ in part]  # noqa: E731
    return paged(context, {**asked, "id": id}, sliced(found.shares, name), labels, name)
