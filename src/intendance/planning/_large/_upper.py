"""Upper bounds: a feasible plan from any production, ramps and orders, checked."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from intendance.planning._large._check import Arrays, Found, check
from intendance.planning._large._instance import Floats, Instance, Whole
from intendance.planning._large._network import Sources
from intendance.planning._large._problem import Problem
from intendance.planning._large._repair import (
    arrivals,
    less_made,
    output,
    ramp_money,
    spending,
    spread_cost,
    takeovers,
    within_budgets,
)
from intendance.planning._large._share_out import share_out
from intendance.planning._large._simplex import Warm
from intendance.planning._large._state import blocks

_TOLERANCE = 1e-6
COLD = Warm(
    np.zeros((0, 0), dtype=np.int32),
    np.zeros((0, 0), dtype=np.int32),
    np.zeros((0, 0), dtype=np.int8),
    np.zeros(0, dtype=np.int8),
)


class Candidate(NamedTuple):
    """What a plan is made from: production (J, T), ramps (R, T), orders (I, N, T) or none.

    ``reserve`` (N, Y) is money kept for transfers, ``share`` (N, Y) how all pay for ramps together.
    ``worth`` (I, T) is what a unit that arrives is worth.
    """

    made: Floats
    ramps: Floats
    orders: Floats | None
    budgets: Floats
    reserve: Floats | None = None
    share: Floats | None = None
    worth: Floats | None = None


class Feasible(NamedTuple):
    """A checked plan; ``sound`` where nothing is broken beyond the tolerance."""

    arrays: Arrays
    found: Found

    @property
    def sound(self) -> bool:
        """Whether every rule holds."""
        return self.found.worst <= _TOLERANCE


class Maker:
    """One candidate on its way to a plan."""

    def __init__(self, instance: Instance, p: Problem, source: Sources, adjust: Floats) -> None:
        self.instance, self.p, self.source, self.adjust = instance, p, source, adjust
        items, nations, months = p.cells.supply.shape
        self.cells = np.zeros((items, blocks(p.cells), nations, months))
        self.missing = np.zeros(items)
        self.basis = COLD

    def share(
        self,
        budgets: Floats,
        orders: Floats | None,
        arriving: Floats,
        limits: Floats | None = None,
        more: Floats | None = None,
    ) -> None:
        """Distributes fixed orders, or all that arrives at the budgets' prices."""
        _, nations, months = self.p.cells.supply.shape
        pools = self.p.cells.send.shape[1]
        share_out(
            self.p.cells,
            self.source,
            np.zeros((0, nations, months)) if orders is None else orders,
            np.zeros((0, nations, months)) if orders is None or more is None else more,
            arriving if orders is None else np.zeros((0, months)),
            budgets,
            np.zeros((0, 2, pools, nations, months)) if limits is None else limits,
            self.adjust,
            self.basis if orders is None else COLD,
            self.cells,
            self.missing,
        )

    @property
    def sent(self) -> Floats:
        """What is sent to each pool."""
        return self.cells[:, 3 : 3 + self.p.cells.send.shape[1]]

    def transfer_money(self) -> Floats:
        """What transfers cost by nation and year."""
        return transfer_money(self.p, self.sent)

    def limit_transfers(self, budgets: Floats, orders: Floats, room: Floats) -> None:
        """Where transfers cost more than there is, all are held to what their senders can pay."""
        cost = self.transfer_money()
        if not (cost > room + 1e-9 * np.maximum(room, 1.0)).any():
            return
        part = np.where(cost > 0, np.maximum(room, 0.0) / np.maximum(cost, 1e-300), 1.0)
        part = np.minimum(part, 1e6) * (1 - 1e-12)
        items, nations, months = self.p.cells.supply.shape
        pools = self.p.cells.send.shape[1]
        limits = np.full((items, 2, pools, nations, months), 1e12)
        held = self.sent * part[:, self.p.shared.year]
        limits[:, 0] = np.where(self.p.cells.pool_paid[:, :, None, None] > 0, held, 1e12)
        self.share(budgets, orders, np.zeros((0, months)), limits)


def upper_bound(
    instance: Instance,
    p: Problem,
    source: Sources,
    order: Whole,
    candidate: Candidate,
    adjust: Floats,
    *,
    whole: bool = False,
) -> Feasible:
    """The candidate made feasible, distributed exactly and checked."""
    maker = Maker(instance, p, source, adjust)
    out = output(p, candidate.made, candidate.ramps, order, whole=whole, worth=candidate.worth)
    arriving, made = arrivals(p, out.made), out.made
    own, common = ramp_money(p.shared, out.ramps)
    budget = p.shared.budget - own
    orders = candidate.orders
    fresh = orders is None
    if orders is None:
        maker.share(candidate.budgets, None, arriving)
        orders = maker.cells[:, 0].copy()
        reserve = np.minimum(maker.transfer_money(), 0.2 * np.maximum(budget, 0.0))
    else:
        reserve = np.zeros_like(budget) if candidate.reserve is None else candidate.reserve
    share = spread_cost(common, budget - spending(p, orders) - reserve, candidate.share)
    left = budget - share - reserve
    short = np.abs(orders.sum(axis=1) - arriving).max(initial=0.0) > 1e-9 * arriving.max(initial=1)
    if short or (spending(p, orders) > left).any():
        fresh = False
        orders = within_budgets(p, orders, arriving, left)
        made = less_made(p, made, orders.sum(axis=1), arriving)
    if not fresh:
        maker.share(candidate.budgets, orders, arriving, more=takeovers(p, orders, arriving, left))
        orders = maker.cells[:, 0].copy()
    maker.limit_transfers(candidate.budgets, orders, budget - share - spending(p, orders))
    arrays = _arrays(p, maker.cells, made, out.ramps, share)
    return Feasible(arrays, check(instance, arrays))


def _arrays(p: Problem, cells: Floats, made: Floats, ramps: Floats, share: Floats) -> Arrays:
    pools, queues, losses = (
        p.cells.send.shape[1],
        p.cells.asked.shape[1],
        p.cells.lost.shape[1],
    )
    first = 3 + 2 * pools
    last = first + 2 * queues + losses
    expired = cells[:, last] if cells.shape[1] > last else np.zeros_like(cells[:, 0])
    return Arrays(
        ordered=cells[:, 0],
        stock=cells[:, 1] + cells[:, 2],
        sent=cells[:, 3 : 3 + pools],
        received=cells[:, 3 + pools : first],
        met=cells[:, first : first + queues],
        used=cells[:, first + 2 * queues : last],
        expired=expired,
        made=made,
        ramps=ramps,
        share=share,
    )


def transfer_money(p: Problem, sent: Floats) -> Floats:
    """What transfers (I, P, N, T) cost by nation and year."""
    years = range(p.shared.budget.shape[1])
    paid = p.cells.pool_paid
    return np.stack(
        [np.einsum("ip,ipnt->n", paid, sent[..., p.shared.year == year]) for year in years], axis=1
    )
