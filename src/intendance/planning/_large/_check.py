"""Recomputes a large plan from the instance's arrays alone: every balance, limit and the objective.

Shares nothing with the kernels; plain NumPy.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from intendance.planning._large._instance import Floats, Instance


class Arrays(NamedTuple):
    """A plan as arrays: (I, N, T), pools (I, P, N, T), queues (I, K, N, T), pairs (J, T)."""

    ordered: Floats
    stock: Floats
    sent: Floats
    received: Floats
    met: Floats
    used: Floats
    expired: Floats
    made: Floats
    ramps: Floats
    share: Floats


class Found(NamedTuple):
    """The levels recomputed, the one sum, and the worst violation of each rule.

    Violations are relative to the largest figure in the rule's own rows.
    """

    unmet: float
    shortfall: float
    cost: float
    value: float
    broken: dict[str, float]

    @property
    def worst(self) -> float:
        """The largest violation."""
        return max(self.broken.values(), default=0.0)


def check(instance: Instance, plan: Arrays) -> Found:
    """All rules of the linear family over the whole plan."""
    broken = {f"least {name}": _below(each) for name, each in zip(plan._fields, plan, strict=True)}
    broken |= _cells(instance, plan) | _industry(instance, plan) | _sides(instance, plan)
    spent, money = _spent(instance, plan)
    budget = instance.money.budget
    limited = np.isfinite(budget)
    broken["P10"] = _over(money[limited], budget[limited])
    demand = instance.demand
    waiting = np.cumsum(demand.asked - plan.met, axis=3)
    broken["P2"] = max(_below(waiting), _below(demand.lost - plan.used))
    unmet = float(
        np.einsum("iknt,ikn->", waiting, demand.asked_weight)
        + np.einsum("iknt,ikn->", demand.lost - plan.used, demand.lost_weight)
    )
    missing = np.maximum(0.0, demand.target - plan.stock)
    shortfall = float(np.einsum("int,in->", missing, demand.target_weight))
    cost = float(spent + np.einsum("int,i->", plan.stock, demand.holding))
    cost += float(np.einsum("ct,c->", _parts(instance, plan), instance.industry.holding))
    levels = unmet, shortfall, cost
    value = sum(weight * level for weight, level in zip(instance.weights, levels, strict=True))
    return Found(unmet, shortfall, cost, value, broken)


def _below(values: Floats, least: float = 0.0) -> float:
    if not values.size:
        return 0.0
    return float(max(0.0, least - values.min()) / max(1.0, float(np.abs(values).max())))


def _over(values: Any, most: Any) -> float:
    if not values.size:
        return 0.0
    return max(0.0, float((values - most).max())) / max(1.0, float(np.abs(most).max()))


def _arriving(instance: Instance, plan: Arrays) -> Floats:
    received = np.zeros_like(plan.stock)
    pools = instance.pools
    received += plan.received.sum(axis=1)
    late = np.arange(plan.stock.shape[2]) < pools.lead[:, :, None, None]
    assert not (plan.received * late).any()  # noqa: S101
    return np.asarray(plan.ordered + received)


def _cells(instance: Instance, plan: Arrays) -> dict[str, float]:
    demand, pools = instance.demand, instance.pools
    months = plan.stock.shape[2]
    inflow = demand.supply + _arriving(instance, plan)
    out = plan.met.sum(axis=1) + plan.used.sum(axis=1) + plan.sent.sum(axis=1) + plan.expired
    before = np.concatenate([np.zeros_like(plan.stock[..., :1]), plan.stock[..., :-1]], axis=2)
    gap = np.abs(before + inflow - out - plan.stock)
    scale = max(1.0, float(inflow.max(initial=0.0)), float(plan.stock.max(initial=0.0)))
    given = np.zeros((len(gap), pools.lead.shape[1], months))
    for item, pool in np.ndindex(pools.lead.shape):
        lead = int(pools.lead[item, pool])
        given[item, pool, lead:] = plan.sent[item, pool].sum(axis=0)[: max(0, months - lead)]
    taken = plan.received.sum(axis=2)
    banned = np.concatenate(
        [
            (plan.sent * ~pools.send[..., None]).ravel(),
            (plan.received * ~pools.receive[..., None]).ravel(),
        ]
    )
    return {
        "P1": float(gap.max(initial=0.0)) / scale,
        "P4": _below(plan.stock - demand.floor),
        "P12": float(np.abs(given - taken).max(initial=0.0)) / scale,
        "P12 rights": float(banned.max(initial=0.0)),
    }


def _made(instance: Instance, plan: Arrays) -> Floats:
    """What arrives of every item and component: (I + C, T)."""
    industry = instance.industry
    months = plan.stock.shape[2]
    found = np.zeros((len(plan.stock) + len(industry.opening), months))
    for pair in range(len(industry.line)):
        lead = int(industry.lead[pair])
        if lead < months:
            found[industry.item[pair], lead:] += plan.made[pair, : months - lead]
    return found


def _parts(instance: Instance, plan: Arrays) -> Floats:
    """Components held at the end of each month."""
    industry, items = instance.industry, len(plan.stock)
    net = _made(instance, plan)[items:].copy()
    if not len(net):
        return net
    net[:, 0] += industry.opening
    for parent, child, quantity in zip(
        industry.parent, industry.child, industry.quantity, strict=True
    ):
        net[child] -= quantity * plan.made[industry.item == parent].sum(axis=0)
    return np.asarray(np.cumsum(net, axis=1))


def _industry(instance: Instance, plan: Arrays) -> dict[str, float]:
    industry, items = instance.industry, len(plan.stock)
    months = plan.stock.shape[2]
    load, room = np.zeros_like(industry.capacity), industry.capacity.copy()
    for pair, line in enumerate(industry.line):
        load[line] += industry.use[pair] * plan.made[pair]
    for ramp, line in enumerate(industry.ramp_line):
        lead = int(industry.ramp_lead[ramp])
        if lead < months:
            up = np.cumsum(plan.ramps[ramp])[: months - lead]
            room[line, lead:] += industry.ramp_added[ramp] * up
    early = plan.made * (np.arange(months) < industry.start[:, None])
    soon = plan.ramps * (np.arange(months) < industry.ramp_earliest[:, None])
    made = _made(instance, plan)[:items]
    ordered = plan.ordered.sum(axis=1)
    return {
        "P5": float(np.abs(ordered - made).max(initial=0.0)) / max(1.0, made.max(initial=0.0)),
        "P5 start": float(early.max(initial=0.0)),
        "P6": max(0.0, float(((load - room) / np.maximum(room, 1e-9)).max(initial=0.0))),
        "P6 count": _over(plan.ramps.sum(axis=1), industry.ramp_count),
        "P6 earliest": float(soon.max(initial=0.0)),
        "P8": _below(_parts(instance, plan)),
    }


def _spent(instance: Instance, plan: Arrays) -> tuple[float, Floats]:
    """All that is paid, and what each nation pays in each year."""
    money, pools, industry = instance.money, instance.pools, instance.industry
    paid = plan.share.copy()
    for year in range(paid.shape[1]):
        paid[:, year] += np.einsum("it,int->n", money.payment[:, year], plan.ordered)
        inside = plan.sent[..., money.year == year].sum(axis=3)
        paid[:, year] += np.einsum("ip,ipn->n", pools.cost, inside)
    common = np.zeros(paid.shape[1])
    for ramp, payer in enumerate(industry.ramp_payer):
        cost = industry.ramp_cost[ramp] * np.bincount(money.year, plan.ramps[ramp], len(common))
        if payer < 0:
            common += cost
        else:
            paid[payer] += cost
    short = np.maximum(0.0, common - plan.share.sum(axis=0))
    return float(paid.sum() + short.sum()), paid + short


def _sides(instance: Instance, plan: Arrays) -> dict[str, float]:
    """P11 and P13, as rows."""
    sides = instance.sides
    if not len(sides.limit):
        return {}
    both = np.stack([_arriving(instance, plan), plan.stock], axis=1).ravel()
    total = np.bincount(sides.row, sides.value * both[sides.cell], len(sides.limit))
    return {"P11, P13": _over(total, sides.limit)}
