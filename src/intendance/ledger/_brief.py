"""The figures of a one-page account: who promised and delivered what, and what is open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from intendance.ledger._filters import Wanted
from intendance.ledger._types import Package
from intendance.ledger._view import View, members
from intendance.terms import Commitment, Conflict, Interval, Money, StageState, add, add_money


class Tally(msgspec.Struct, frozen=True):
    """A sum of intervals over the commitments that state a figure, and how many state none."""

    total: Interval
    stated: int = 0
    unstated: int = 0


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What one donor (or several jointly) promised and delivered of one class to one recipient.

    General commitments (``general``: a class, or money alone) have lines of their own and are in no
    other (rule 6); amounts of different currencies are never added (rule 8).
    """

    donors: tuple[str, ...]
    recipient: str | None
    item_class: str | None
    general: bool
    promised: Tally
    delivered: Tally
    money: tuple[Money, ...] = ()
    commitments: tuple[str, ...] = ()


class Quote(msgspec.Struct, frozen=True):
    """The words of a statement and where they stand."""

    statement: str
    quote: str
    report: str
    address: str
    publisher: str | None
    published: str | None


class Backfill(msgspec.Struct, frozen=True):
    """A delivery to a donor that makes up for what it gives away."""

    commitment: str
    frees: tuple[str, ...]


class Framework(msgspec.Struct, frozen=True):
    """A framework contract: its ceiling, and the firm orders that are part of it (rule 8)."""

    commitment: str
    ceiling: tuple[Money, ...]
    orders: tuple[str, ...]
    firm: tuple[Money, ...]


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """What ``intendance brief`` writes down. ``quotes`` are by statement identifier."""

    lines: tuple[Line, ...]
    commitments: tuple[Commitment, ...]
    conflicts: tuple[Conflict, ...]
    backfills: tuple[Backfill, ...]
    frameworks: tuple[Framework, ...]
    packages: tuple[Package, ...]
    quotes: dict[str, Quote]
    reports: int
    statements: int
    candidates: int


def brief_of(view: View, wanted: Wanted) -> Brief:
    """The account of what a filter lets through. Only live commitments enter sums (rule 2)."""
    found = view.commitments(wanted)
    live = [each for each in found if each.live]
    conflicts = [one for one in view.conflicts_of(found) if one.settled_by is None]
    said = {s for each in found for s in members(each)}
    held = view.held(said)
    inside = {each.package for each in found if each.package is not None}
    quotes = {
        h.said.id: Quote(
            h.said.id, h.said.quote, h.report.id, h.report.address, h.report.publisher,
            h.report.published.start,
        )
        for h in held
    }  # fmt: skip
    return Brief(
        lines=tuple(lines_of(view, live)),
        commitments=tuple(found),
        conflicts=tuple(conflicts),
        backfills=tuple(Backfill(e.id, e.backfill_for) for e in found if e.backfill_for),
        frameworks=tuple(_frameworks(view, found)),
        packages=tuple(each for each in view.packages if each.id in inside),
        quotes=quotes,
        reports=len({h.report.id for h in held}),
        statements=len(held),
        candidates=sum(1 for h in held if not h.now.live),
    )


def lines_of(view: View, live: Iterable[Commitment]) -> list[Line]:
    """The lines of an account of live commitments."""
    groups: dict[tuple[tuple[str, ...], str, str, bool], list[Commitment]] = defaultdict(list)
    for each in live:
        # A backfill is no support to a final recipient: it stands under the donor that it goes to,
        # which is its recipient (rule 9).
        item_class = None if each.item is None else view.catalogue.class_of(each.item)
        key = (each.donors, each.recipient or "", item_class or "", each.general)
        groups[key].append(each)
    return [
        Line(
            donors=donors,
            recipient=recipient or None,
            item_class=item_class or None,
            general=general,
            promised=_tally(group, ("promised", "allocated", "contracted", "delivered")),
            delivered=_tally(group, ("delivered",)),
            money=_money(group),
            commitments=tuple(each.id for each in group),
        )
        for (donors, recipient, item_class, general), group in sorted(groups.items())
    ]


def _tally(group: Sequence[Commitment], stages: Sequence[str]) -> Tally:
    """The sum of the first of ``stages`` that each commitment has."""
    total: Interval | None = None
    stated = unstated = 0
    for each in group:
        state = _first(each, stages)
        if state is None:
            continue
        if not state.quantity.known:
            unstated += 1
            continue
        stated += 1
        total = state.quantity if total is None else add(total, state.quantity)
    return Tally(total or Interval(), stated, unstated)


def _first(each: Commitment, stages: Sequence[str]) -> StageState | None:
    by_name: dict[str, StageState] = {str(name): state for name, state in each.stages.items()}
    return next((by_name[name] for name in stages if name in by_name), None)


def _money(group: Sequence[Commitment]) -> tuple[Money, ...]:
    sums: dict[str, Money] = {}
    inside = {each.id for each in group}
    for each in group:
        if each.framework in inside:
            continue  # a firm order is part of its framework's ceiling (rule 8)
        state = _first(each, ("promised", "allocated", "contracted", "delivered"))
        for amount in state.money if state else ():
            known = sums.get(amount.currency)
            sums[amount.currency] = amount if known is None else add_money(known, amount)
    return tuple(sums[currency] for currency in sorted(sums))


def _frameworks(view: View, found: Iterable[Commitment]) -> list[Framework]:
    orders: dict[str, list[Commitment]] = defaultdict(list)
    for each in found:
        if each.framework is not None:
            orders[each.framework].append(each)
    return [
        Framework(
            each.id,
            _contracted(each),
            tuple(one.id for one in orders[each.id]),
            tuple(money for one in orders[each.id] for money in _contracted(one)),
        )
        for each in view.complete(view.by_ids(orders))
    ]


def _contracted(each: Commitment) -> tuple[Money, ...]:
    state = _first(each, ("contracted",))
    return () if state is None else state.money
