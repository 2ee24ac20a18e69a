"""From any production and orders to feasible ones: lines, components, budgets."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from intendance.planning._large._instance import Floats, Whole
from intendance.planning._large._problem import Problem, Shared


class Output(NamedTuple):
    """What is made, kept of components, and which ramps are decided."""

    made: Floats
    held: Floats
    ramps: Floats


def output(p: Problem, made: Floats, ramps: Floats, order: Whole, *, whole: bool) -> Output:
    """Production within lines and components, as near as may be to what is given."""
    shared = p.shared
    ramps = _ramps(shared, ramps, whole)
    months = shared.capacity.shape[1]
    made = np.where(np.arange(months) < shared.start[:, None], 0.0, np.maximum(made, 0.0))
    capacity = shared.capacity + added(shared, ramps)
    load = np.zeros_like(capacity)
    np.add.at(load, shared.line, shared.use[:, None] * made)
    fit = np.where(load > capacity, capacity / np.maximum(load, 1e-300), 1.0)
    made = made * fit[shared.line]
    made, held = _forward(shared, len(p.cells.supply), made, order)
    return Output(made, held, ramps)


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


def _forward(p: Shared, items: int, made: Floats, order: Whole) -> tuple[Floats, Floats]:
    """Production month by month with the components that there are; components first."""
    parts, months = len(p.opening), made.shape[1]
    held = np.zeros((parts, months))
    if not parts:
        return made, held
    store, coming = p.opening.copy(), np.zeros((parts, months))
    makers = [np.flatnonzero(p.item == items + c) for c in order]
    makers.append(np.flatnonzero(p.item < items))
    needs = np.zeros((items + parts, parts))
    np.add.at(needs, (p.parent, p.child), p.quantity)
    for month in range(months):
        store += coming[:, month]
        for pairs in makers:
            want = needs[p.item[pairs]] * made[pairs, month, None]
            total = want.sum(axis=0)
            part = np.where(total > store, store / np.maximum(total, 1e-300), 1.0)
            least = np.where(needs[p.item[pairs]] > 0, part, 1.0).min(axis=1, initial=1.0)
            made[pairs, month] *= least
            store -= (want * least[:, None]).sum(axis=0)
            store = np.maximum(store, 0.0)
            for pair in pairs[p.item[pairs] >= items]:
                arrives = month + int(p.lead[pair])
                if arrives == month:
                    store[p.item[pair] - items] += made[pair, month]
                elif arrives < months:
                    coming[p.item[pair] - items, arrives] += made[pair, month]
        held[:, month] = store
    return made, held


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


def spread_cost(common: Floats, room: Floats) -> Floats:
    """Shares what all pay together by the room that nations have left; (N, Y)."""
    finite = np.where(np.isfinite(room), np.maximum(room, 0.0), 0.0)
    share = np.zeros_like(room)
    for year, amount in enumerate(common):
        endless = np.isinf(room[:, year])
        if amount <= 0:
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
    """Orders of all that arrives, scaled in turn to what arrives and to budgets; cut at the end."""
    nations = orders.shape[1]
    wanted = p.cells.asked.sum(axis=(1, 3)) + p.cells.lost.sum(axis=(1, 3))
    share = wanted / np.maximum(wanted.sum(axis=1, keepdims=True), 1e-300)
    share = np.where(wanted.sum(axis=1, keepdims=True) > 0, share, 1.0 / nations)
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
