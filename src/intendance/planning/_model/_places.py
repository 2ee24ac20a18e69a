"""Which nation can hold which item from when on, and through which pools it can be given.

A column is only made where it can differ from zero in some best plan: a nation gets an item only
where that item is of use to it (asked for, wanted, needed under a backfill, or passed on), and
nothing is held before the first unit can be there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from intendance.planning._model._blocks import Bools, Floats, Ints
from intendance.planning._model._data import Data
from intendance.planning._rows import TransferRule


@dataclass(frozen=True)
class Rights:
    """The rule that counts for each sender and recipient, for one class of items (P12).

    ``rule[s, r]`` numbers the row of ``transfers``, -1 where nothing may be sent.
    """

    items: Ints
    rule: Ints

    def groups(self, rules: tuple[TransferRule, ...]) -> list[tuple[int, float, Bools]]:
        """Pairs by months of lead and cost a unit: (lead, cost, matrix of pairs)."""
        found: dict[tuple[int, float], Bools] = {}
        for number in np.unique(self.rule[self.rule >= 0]).tolist():
            key = rules[number].lead, rules[number].cost
            pairs = found.setdefault(key, np.zeros(self.rule.shape, dtype=bool))
            pairs |= self.rule == number
        return [(lead, cost, pairs) for (lead, cost), pairs in sorted(found.items())]


@dataclass(frozen=True)
class Pools:
    """Transfers as columns (P12).

    Senders and recipients with the same rights share a hub: ``give`` entries lead into it and
    ``take`` entries out of it. ``strict`` hubs forbid what would come back to its sender. A hub
    with one sender or one recipient is written as ``arcs`` from place to place.
    """

    hub_item: Ints
    hub_lead: Ints
    strict: Bools
    give_hub: Ints
    give_place: Ints
    give_lead: Ints
    give_cost: Floats
    take_hub: Ints
    take_place: Ints
    arc_from: Ints
    arc_to: Ints
    arc_lead: Ints
    arc_cost: Floats


@dataclass(frozen=True)
class Places:
    """Pairs of nation and item that hold stock; ``at[n, i]`` is the place's number or -1.

    ``first`` is the first month in which a place can hold a unit, ``arrival`` the first month in
    which an item's production can arrive (the number of months where never).
    """

    nation: Ints
    item: Ints
    at: Ints
    first: Ints
    orders: Bools
    arrival: Ints
    exact: Bools
    pools: Pools
    rights: tuple[Rights, ...]


def find_places(data: Data) -> Places:
    """Places and pools of a scenario."""
    rights = rights_of(data)
    useful = _useful(data, rights)
    arrival = _first_arrival(data)
    made = (arrival < data.size) & ~data.component
    forced = _forced(data)
    orders = (useful | forced[None, :]) & made[None, :]
    first = _first(data, rights, useful, orders, arrival)
    needed = (first < data.size) | ((data.floor.max(axis=2, initial=0.0) > 0) & data.has_floor)
    needed &= ~data.component[None, :]
    at = np.full(needed.shape, -1, dtype=np.int64)
    item, nation = np.nonzero(needed.T)
    at[nation, item] = np.arange(len(nation))
    # A floor that nothing can fill in time must still be seen to fail (P17).
    floored = (data.floor > 0) & data.has_floor[:, :, None]
    asked = np.where(floored.any(axis=2), floored.argmax(axis=2), data.size)
    months = np.minimum(first, asked)[nation, item]
    return Places(
        nation=nation.astype(np.int64),
        item=item.astype(np.int64),
        at=at,
        first=months,
        orders=orders[nation, item],
        arrival=arrival,
        exact=forced | spends(data),
        pools=_pools(data, rights, at, first < data.size, useful & (first < data.size)),
        rights=rights,
    )


def rights_of(data: Data) -> tuple[Rights, ...]:
    """Rights by class of items: those that no rule names share one."""
    rules = data.scenario.transfers
    if not rules:
        return ()
    named = sorted({data.item_at[row.item] for row in rules if row.item != "*"})
    others = np.setdiff1d(np.arange(len(data.items)), named)
    found = [Rights(np.array([item]), _rules_for(data, data.items[item])) for item in named]
    if len(others):
        found.append(Rights(others, _rules_for(data, None)))
    ends = [Rights(r.items[~data.component[r.items]], r.rule) for r in found]
    return tuple(r for r in ends if len(r.items) and (r.rule >= 0).any())


def _rules_for(data: Data, item: str | None) -> Ints:
    count = len(data.nations)
    rule = np.full((count, count), -1, dtype=np.int64)
    ranked = sorted(
        (
            (row.item != "*", row.sender != "*", row.recipient != "*", -number)
            for number, row in enumerate(data.scenario.transfers)
            if row.item in ("*", item)
        )
    )
    for *_, number in ranked:
        row = data.scenario.transfers[-number]
        senders = slice(None) if row.sender == "*" else data.nation_at[row.sender]
        recipients = slice(None) if row.recipient == "*" else data.nation_at[row.recipient]
        rule[senders, recipients] = -number if row.allowed else -1
    return rule


def _useful(data: Data, rights: tuple[Rights, ...]) -> Bools:
    useful = (data.target.max(axis=2, initial=0.0) > 0) | (data.floor.max(axis=2, initial=0.0) > 0)
    wanted = data.queues.asked.max(axis=1, initial=0.0) > 0
    useful[data.queues.nation[wanted], data.queues.item[wanted]] = True
    for row in data.scenario.backfills:
        useful[data.nation_at[row.nation], data.item_at[row.gets]] = True
    for right in rights:
        allowed = right.rule >= 0
        # What is on its way costs no holding: sending is then of use by itself.
        leads = [data.scenario.transfers[k].lead for k in np.unique(right.rule[allowed])]
        if any(leads):
            useful[:, right.items[data.holding[right.items] > 0]] = True
        part = useful[:, right.items]
        while True:
            wider = part | np.asarray(allowed.astype(np.int64) @ part > 0, dtype=bool)
            if (wider == part).all():
                break
            part = wider
        useful[:, right.items] = part
    return np.asarray(useful, dtype=bool)


def _forced(data: Data) -> Bools:
    """Items that a nation may order without a use, since more must or may as well be bought."""
    forced = np.zeros(len(data.items), dtype=bool)
    forced[data.lines.item[data.lines.batch > 0]] = True
    banded = {row.framework for row in data.scenario.price_bands}
    banded |= {row.framework for row in data.scenario.frameworks if row.minimum > 0}
    for row in data.scenario.framework_items:
        if row.framework in banded:
            forced[data.item_at[row.item]] = True
    return forced


def spends(data: Data) -> Bools:
    """Items whose making saves the holding of a component."""
    found = np.zeros(len(data.items), dtype=bool)
    for row in data.scenario.components:
        found[data.item_at[row.item]] |= bool(data.holding[data.item_at[row.component]] > 0)
    return found


def _first_arrival(data: Data) -> Ints:
    arrival = np.full(len(data.items), data.size, dtype=np.int64)
    np.minimum.at(
        arrival, data.lines.item, np.maximum(0, data.lines.qualification) + data.lines.lead
    )
    return np.minimum(arrival, data.size)


def _first(
    data: Data, rights: tuple[Rights, ...], useful: Bools, orders: Bools, arrival: Ints
) -> Ints:
    size = data.size
    held = np.cumsum(data.owed, axis=2) + data.opening[:, :, None] > 0
    first = np.where(held.any(axis=2), held.argmax(axis=2), size)
    first = np.where(orders, np.minimum(first, arrival[None, :]), first)
    for right in rights:
        part = first[:, right.items]
        open_to = useful[:, right.items]
        groups = right.groups(data.scenario.transfers)
        while True:
            wider = part
            for lead, _, pairs in groups:
                for sender in np.flatnonzero(pairs.any(axis=1)).tolist():
                    reached = open_to & pairs[sender][:, None]
                    wider = np.where(reached, np.minimum(wider, part[sender] + lead), wider)
            if (wider == part).all():
                break
            part = wider
        first[:, right.items] = part
    return np.minimum(first, size)


def no_pools() -> Pools:
    """No transfers."""
    return _Pooling().done()


class _Pooling:
    """Collects the parts of ``Pools``."""

    def __init__(self) -> None:
        self.hubs = 0
        self.hub: list[tuple[Ints, Ints, Bools]] = []
        self.give: list[tuple[Ints, Ints, Ints, Floats]] = []
        self.take: list[tuple[Ints, Ints]] = []
        self.arc: list[tuple[Ints, Ints, Ints, Floats]] = []

    def done(self) -> Pools:
        hub, give, take, arc = (
            [np.concatenate(part) for part in zip(*parts, strict=True)] if parts else []
            for parts in (self.hub, self.give, self.take, self.arc)
        )
        none, empty = np.zeros(0, dtype=np.int64), np.zeros(0)
        hub = hub or [none, none, np.zeros(0, dtype=bool)]
        give = give or [none, none, none, empty]
        take = take or [none, none]
        arc = arc or [none, none, none, empty]
        return Pools(*hub, *give, *take, *arc)


def _pools(
    data: Data, rights: tuple[Rights, ...], at: Ints, sends: Bools, receives: Bools
) -> Pools:
    pooling = _Pooling()
    gets = np.zeros(len(data.items), dtype=bool)
    gets[[data.item_at[row.gets] for row in data.scenario.backfills]] = True
    for right in rights:
        for lead, cost, pairs in right.groups(data.scenario.transfers):
            careful = (data.life >= 0) | gets | ((lead > 0) & (data.holding > 0))
            for senders, recipients in _bicliques(pairs):
                _pool(
                    pooling, right.items, at, sends[senders], receives[recipients], senders,
                    recipients, lead, cost, careful,
                )  # fmt: skip
    return pooling.done()


def _bicliques(pairs: Bools) -> list[tuple[Ints, Ints]]:
    """Senders and recipients that all may give to all, covering each pair once."""
    by_sender, sender_of = np.unique(pairs, axis=0, return_inverse=True)
    by_recipient, recipient_of = np.unique(pairs, axis=1, return_inverse=True)
    if len(by_sender) <= by_recipient.shape[1]:
        found = [
            (np.flatnonzero(sender_of.ravel() == k), np.flatnonzero(row))
            for k, row in enumerate(by_sender)
        ]
    else:
        found = [
            (np.flatnonzero(column), np.flatnonzero(recipient_of.ravel() == k))
            for k, column in enumerate(by_recipient.T)
        ]
    return [(givers, takers) for givers, takers in found if len(givers) and len(takers)]


def _pool(
    pooling: _Pooling,
    items: Ints,
    at: Ints,
    sends: Bools,
    receives: Bools,
    senders: Ints,
    recipients: Ints,
    lead: int,
    cost: float,
    careful: Bools,
) -> None:
    """Adds one group of senders and recipients, for all items of a class at once."""
    giving, taking = sends[:, items], receives[:, items]
    counts = giving.sum(axis=0), taking.sum(axis=0)
    alone = (counts[0] <= 1) | (counts[1] <= 1)
    s, r, i = np.nonzero(giving[:, None, :] & taking[None, :, :] & alone[None, None, :])
    other = senders[s] != recipients[r]
    s, r, i = s[other], r[other], i[other]
    many = len(s)
    pooling.arc.append(
        (at[senders[s], items[i]], at[recipients[r], items[i]], np.full(many, lead),
         np.full(many, cost))
    )  # fmt: skip
    hubs = np.flatnonzero(~alone)
    number = np.full(len(items), -1, dtype=np.int64)
    number[hubs] = pooling.hubs + np.arange(len(hubs))
    pooling.hubs += len(hubs)
    shared = np.isin(senders, recipients)[:, None] & giving
    strict = careful[items[hubs]] & shared[:, hubs].any(axis=0)
    pooling.hub.append((items[hubs], np.full(len(hubs), lead), strict))
    s, i = np.nonzero(giving & ~alone[None, :])
    pooling.give.append(
        (number[i], at[senders[s], items[i]], np.full(len(s), lead), np.full(len(s), cost))
    )
    r, i = np.nonzero(taking & ~alone[None, :])
    pooling.take.append((number[i], at[recipients[r], items[i]]))
