"""From any production and orders to feasible ones: lines, components, budgets."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from intendance.planning._large._even import evened, uses
from intendance.planning._large._instance import Floats, Whole
from intendance.planning._large._match import matched
from intendance.planning._large._problem import Problem, Shared


class Output(NamedTuple):
    """What is made, kept of components, and which ramps are decided."""

    made: Floats
    held: Floats
    ramps: Floats


def output(
    p: Problem,
    made: Floats,
    ramps: Floats,
    order: Whole,
    *,
    whole: bool,
    worth: Floats | None = None,
) -> Output:
    """Production within lines and components, as near as may be to what is given.

    What can't be started in its month is started later, where lines and components have room: what
    is lost early would else be missing in all months after. With ``worth`` (I, T), of a unit that
    arrives, components are also shared over months and by price, and what loses less is taken.
    """
    shared = p.shared
    ramps = _ramps(shared, ramps, whole)
    months = shared.capacity.shape[1]
    made = np.where(np.arange(months) < shared.start[:, None], 0.0, np.maximum(made, 0.0))
    wished, items = made.copy(), len(p.cells.supply)
    floor = _Floor(shared, items, order, shared.capacity + added(shared, ramps))
    late = np.zeros(len(made))
    for month in range(months):
        floor.begin(month)
        wanted = made[:, month].copy()
        made[:, month] = floor.start(wanted)
        late += wanted - made[:, month]
        if late.any():
            more = floor.start(np.where(month < shared.start, 0.0, late))
            made[:, month] += more
            late -= more
        floor.end()
    found = Output(made, floor.held, ramps)
    if worth is None or not len(shared.opening):
        return found
    other = _evenly(p, wished, ramps, order)
    wanted = arrivals(p, wished)
    first, second = (((wanted - arrivals(p, each.made)) * worth).sum() for each in (found, other))
    return other if second < first else found


def _evenly(p: Problem, made: Floats, ramps: Floats, order: Whole) -> Output:
    """The same with components shared over months, by how little a unit of each item costs."""
    shared, items = p.shared, len(p.cells.supply)
    cost = p.cells.paid.sum(axis=1).mean(axis=1)
    dearest = float(cost.max(initial=0.0))
    cost = np.maximum(cost / dearest, 1e-9) if dearest > 0 else np.ones(items)
    cheap = np.concatenate([1.0 / cost, np.full(len(shared.opening), 1.0 / cost.mean())])
    soft = cheap[shared.item] / cheap.max()
    found, held = np.zeros_like(made), np.zeros((len(shared.opening), made.shape[1]))
    capacity = shared.capacity + added(shared, ramps)
    evened(shared, uses(shared, items), order, items, capacity, made, soft, found, held)
    return Output(found, held, ramps)


class _Floor:
    """Lines and stores of components, month by month."""

    def __init__(self, p: Shared, items: int, order: Whole, capacity: Floats) -> None:
        self.p, self.items, self.capacity = p, items, capacity
        parts, months = len(p.opening), capacity.shape[1]
        self.store = p.opening.astype(np.float64)
        self.coming, self.held = np.zeros((parts, months)), np.zeros((parts, months))
        self.makers = [np.flatnonzero(p.item == items + c) for c in order]
        self.makers.append(np.flatnonzero(p.item < items))
        needs = np.zeros((items + parts, parts))
        np.add.at(needs, (p.parent, p.child), p.quantity)
        self.needs = needs[p.item]
        self.month = 0
        self.room = np.zeros(len(capacity))

    def begin(self, month: int) -> None:
        """What comes in, and lines with nothing started."""
        self.month = month
        self.store = self.store + self.coming[:, month]
        self.room = self.capacity[:, month].copy()

    def end(self) -> None:
        """Counts the stores."""
        self.held[:, self.month] = self.store

    def start(self, wanted: Floats) -> Floats:
        """Starts what lines and components allow, components first; gives how much of each."""
        p, found = self.p, np.zeros(len(wanted))
        load = np.asarray(np.bincount(p.line, p.use * wanted, len(self.room)), dtype=np.float64)
        fit = _fit(self.room, load)[p.line]
        for pairs in self.makers:
            each = wanted[pairs] * fit[pairs]
            if len(self.store):
                each = self._with_parts(pairs, each)
            found[pairs] = each
        used = np.bincount(p.line, p.use * found, len(self.room))
        self.room = np.maximum(self.room - used, 0.0)
        return found

    def _with_parts(self, pairs: Whole, each: Floats) -> Floats:
        p, needs = self.p, self.needs[pairs]
        want = needs * each[:, None]
        part = _fit(self.store, want.sum(axis=0))
        least = np.where(needs > 0, part, 1.0).min(axis=1, initial=1.0)
        self.store = np.maximum(self.store - (want * least[:, None]).sum(axis=0), 0.0)
        each = each * least
        for pair, amount in zip(pairs.tolist(), each.tolist(), strict=True):
            arrives = self.month + int(p.lead[pair])
            if p.item[pair] < self.items:
                break
            if arrives == self.month:
                self.store[p.item[pair] - self.items] += amount
            elif arrives < self.coming.shape[1]:
                self.coming[p.item[pair] - self.items, arrives] += amount
        return np.asarray(each)


def _fit(have: Floats, want: Floats) -> Floats:
    """The part of what is wanted that there is, at most all of it."""
    part = np.ones(len(want))
    np.divide(have, want, out=part, where=want > have)
    return part


def added(p: Shared, ramps: Floats) -> Floats:
    """Capacity that ramps add: (L, T)."""
    found = np.zeros_like(p.capacity)
    months = p.capacity.shape[1]
    for r, line in enumerate(p.ramp_line):
        lead = int(p.ramp_lead[r])
        if lead < months:
            found[line, lead:] += p.ramp_added[r] * np.cumsum(ramps[r])[: months - lead]
    return found


def _ramps(p: Shared, ramps: Floats, whole: bool) -> Floats:
    months = ramps.shape[1]
    ramps = np.where(np.arange(months) < p.ramp_start[:, None], 0.0, np.maximum(ramps, 0.0))
    total = ramps.sum(axis=1)
    ramps = ramps * np.minimum(1.0, p.ramp_count / np.maximum(total, 1e-300))[:, None]
    if whole:
        ramps = np.diff(np.rint(np.cumsum(ramps, axis=1)), axis=1, prepend=0.0)
    return np.where(ramps > 1e-9, ramps, 0.0)


def arrivals(p: Problem, made: Floats) -> Floats:
    """What arrives at each item's hub: (I, T)."""
    items, _, months = p.cells.supply.shape
    found = np.zeros((items, months))
    for pair, item in enumerate(p.shared.item):
        lead = int(p.shared.lead[pair])
        if item < items and lead < months:
            found[item, lead:] += made[pair, : months - lead]
    return found


def ramp_money(p: Shared, ramps: Floats) -> tuple[Floats, Floats]:
    """What ramps cost: to nations that pay for their own (N, Y), and to all together (Y)."""
    own, common = np.zeros(p.budget.shape), np.zeros(p.budget.shape[1])
    for r, payer in enumerate(p.ramp_payer):
        paid = np.bincount(p.year, p.ramp_cost[r] * ramps[r], p.budget.shape[1])
        if payer < 0:
            common += paid
        else:
            own[payer] += paid
    return own, common


def spread_cost(common: Floats, room: Floats, wanted: Floats | None = None) -> Floats:
    """Shares what all pay together as ``wanted``, else by the room that nations have; (N, Y)."""
    finite = np.where(np.isfinite(room), np.maximum(room, 0.0), 0.0)
    share = np.zeros_like(room)
    for year, amount in enumerate(common):
        endless = np.isinf(room[:, year])
        if amount <= 0:
            continue
        asked = np.zeros(len(room)) if wanted is None else np.maximum(wanted[:, year], 0.0)
        if asked.sum() > 0.5 * amount:
            share[:, year] = amount * asked / asked.sum()
            continue
        if endless.any():
            share[:, year] = amount * endless / endless.sum()
        elif finite[:, year].sum() > 0:
            share[:, year] = amount * finite[:, year] / finite[:, year].sum()
        else:
            share[0, year] = amount
    return share


def spending(p: Problem, orders: Floats) -> Floats:
    """What orders cost by nation and year."""
    years = p.cells.paid.shape[1]
    return np.stack(
        [np.einsum("it,int->n", p.cells.paid[:, year], orders) for year in range(years)], axis=1
    )


def within_budgets(
    p: Problem, orders: Floats, arriving: Floats, budget: Floats, rounds: int = 12
) -> Floats:
    """Orders of what arrives, in its months, scaled in turn to it and to budgets; cut at last."""
    nations = orders.shape[1]
    wanted = p.cells.asked.sum(axis=(1, 3)) + p.cells.lost.sum(axis=(1, 3))
    share = wanted / np.maximum(wanted.sum(axis=1, keepdims=True), 1e-300)
    share = np.where(wanted.sum(axis=1, keepdims=True) > 0, share, 1.0 / nations)
    found = np.empty_like(orders)
    matched(np.ascontiguousarray(orders), arriving, np.ascontiguousarray(share), found)
    orders = found
    for each in range(rounds):
        missing = arriving - orders.sum(axis=1)
        total = orders.sum(axis=1)
        if each % 3 == 2:
            room = np.maximum(0.0, 1.0 - spending(p, orders) / np.maximum(budget, 1e-300))
            room = np.where(np.isinf(budget), 1.0, room).min(axis=1)
            given = share * room + 1e-9 * room
            given = given / np.maximum(given.sum(axis=1, keepdims=True), 1e-300)
            orders = orders + given[:, :, None] * np.maximum(missing, 0.0)[:, None]
        else:
            grow = np.where(total > 0, arriving / np.maximum(total, 1e-300), 0.0)
            orders = orders * np.minimum(grow, 1e3)[:, None]
        orders = _cut(p, orders, budget)
    total = orders.sum(axis=1)
    over = np.where(total > arriving, arriving / np.maximum(total, 1e-300), 1.0)
    return np.asarray(orders * over[:, None])


def takeovers(p: Problem, orders: Floats, arriving: Floats, budget: Floats) -> Floats:
    """How much more each nation could order of each item and month, all at once: (I, N, T).

    What is left of its budgets goes to its orders in proportion, so that no nation overspends
    whatever it takes over from others. One with no limit may take all that arrives.
    """
    paid = spending(p, orders)
    left = np.maximum(budget - paid, 0.0) * (1 - 1e-12)
    grow = np.where(paid > 0, left / np.maximum(paid, 1e-300), 0.0)
    grow = np.where(np.isinf(budget), np.inf, np.minimum(grow, 1e6))
    most = np.full(orders.shape, np.inf)
    for year in range(grow.shape[1]):
        some = p.cells.paid[:, year] > 0
        most = np.where(some[:, None], np.minimum(most, grow[None, :, year, None]), most)
    free = np.isinf(most)
    return np.where(free, arriving[:, None], np.where(free, 0.0, most) * orders)


def _cut(p: Problem, orders: Floats, budget: Floats) -> Floats:
    paid = spending(p, orders)
    fit = np.where(paid > budget, np.maximum(budget, 0.0) / np.maximum(paid, 1e-300), 1.0)
    if fit.min(initial=1.0) >= 1.0:
        return orders
    for year in range(fit.shape[1]):
        some = p.cells.paid[:, year] > 0
        factor = np.where(some[:, None], fit[None, :, year, None], 1.0)
        orders = orders * factor
    return orders


def less_made(p: Problem, made: Floats, ordered: Floats, arriving: Floats) -> Floats:
    """Production of end items cut to what is ordered."""
    made = made.copy()
    part = np.where(arriving > 0, ordered / np.maximum(arriving, 1e-300), 1.0)
    items, months = arriving.shape
    for pair, item in enumerate(p.shared.item):
        lead = int(p.shared.lead[pair])
        if item < items and lead < months:
            made[pair, : months - lead] *= np.minimum(1.0, part[item, lead:])
    return made
