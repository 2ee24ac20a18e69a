"""The same plan with groups of nations as one: a cheap start for prices."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from intendance.planning._large._instance import (
    Demand,
    Flags,
    Floats,
    Industry,
    Instance,
    Money,
    Pools,
    Whole,
)

_CLASSES = 3


def grouped(instance: Instance, group: Whole) -> Instance:
    """Nations of a group as one. Demand keeps up to three classes of weight in each item."""
    demand, money, pools = instance.demand, instance.money, instance.pools
    count = int(group.max(initial=-1)) + 1
    asked, asked_weight = _classes(demand.asked, demand.asked_weight, group, count)
    lost, lost_weight = _classes(demand.lost, demand.lost_weight, group, count)
    target = _sum(demand.target, group, count)
    amount = demand.target.sum(axis=2)
    weight = _sum(demand.target_weight * amount, group, count)
    total = _sum(amount, group, count)
    return Instance(
        demand=Demand(
            supply=_sum(demand.supply, group, count),
            asked=asked,
            asked_weight=asked_weight,
            lost=lost,
            lost_weight=lost_weight,
            target=target,
            target_weight=weight / np.maximum(total, 1e-300),
            floor=_sum(demand.floor, group, count),
            holding=demand.holding,
        ),
        money=Money(money.payment, _sum(money.budget.T, group, count).T, money.year),
        pools=Pools(
            _any(pools.send, group, count),
            _any(pools.receive, group, count),
            pools.lead,
            pools.cost,
        ),
        industry=_paid_by_group(instance.industry, group),
        weights=instance.weights,
    )


def _paid_by_group(industry: Industry, group: Whole) -> Industry:
    """A nation that pays for a ramp does so as its group."""
    payer = industry.ramp_payer
    return replace(industry, ramp_payer=np.where(payer < 0, -1, group[np.maximum(payer, 0)]))


def groups(instance: Instance, count: int, seed: int = 0) -> Whole:
    """Groups of nations that are alike in how far their money goes and in how urgent they are."""
    demand, money = instance.demand, instance.money
    nations = instance.shape[1]
    if count >= nations:
        return np.arange(nations)
    price = money.payment.sum(axis=1).mean(axis=1)
    wanted = np.concatenate([demand.asked, demand.lost], axis=1)
    weights = np.concatenate([demand.asked_weight, demand.lost_weight], axis=1)
    amount = wanted.sum(axis=3)
    need = np.einsum("ikn,i->n", amount, price) + 1e-12
    urgency = np.einsum("ikn,ikn->n", amount, weights) / need
    budget = np.where(np.isfinite(money.budget), money.budget, need[:, None] * 4)
    ample = np.minimum(budget.sum(axis=1) / need, 4.0)
    first = budget[:, 0] / np.maximum(budget.sum(axis=1), 1e-12)
    points = np.stack([np.log(ample + 0.05), np.log(urgency + 1e-12), 2 * first], axis=1)
    points = (points - points.mean(axis=0)) / (points.std(axis=0) + 1e-12)
    return _means(points, count, np.random.default_rng(seed))


def _means(points: Floats, count: int, rng: np.random.Generator) -> Whole:
    centre = points[rng.choice(len(points), count, replace=False)]
    near = np.zeros(len(points), dtype=np.int64)
    for _ in range(20):
        near = ((points[:, None] - centre) ** 2).sum(axis=2).argmin(axis=1)
        centre = np.stack(
            [
                points[near == k].mean(axis=0) if (near == k).any() else centre[k]
                for k in range(count)
            ]
        )
    return np.unique(near, return_inverse=True)[1].astype(np.int64)


def _member(group: Whole, count: int) -> Floats:
    return np.asarray((group[:, None] == np.arange(count)).astype(np.float64))


def _sum(values: Floats, group: Whole, count: int) -> Floats:
    """Sums over the nations of a group; nations are the second axis, or the last of two."""
    member = _member(group, count)
    if values.ndim == 2:
        return np.asarray(np.ascontiguousarray(values @ member))
    return np.asarray(np.ascontiguousarray(np.einsum("int,ng->igt", values, member)))


def _any(rights: Flags, group: Whole, count: int) -> Flags:
    return np.asarray((rights.astype(np.float64) @ _member(group, count)) > 0)


def _classes(amount: Floats, weight: Floats, group: Whole, count: int) -> tuple[Floats, Floats]:
    """Amounts and mean weights by class: equal parts of each item's range of log weights."""
    items, queues, _, months = amount.shape
    if not queues:
        return np.zeros((items, 0, count, months)), np.zeros((items, 0, count))
    seen = np.where(amount.sum(axis=3) > 0, weight, np.nan)
    some = ~np.isnan(seen).all(axis=(1, 2))
    scale = np.log(np.maximum(seen, 1e-300))
    low, high = np.zeros(items), np.zeros(items)
    low[some] = np.nanmin(scale[some], axis=(1, 2))
    high[some] = np.nanmax(scale[some], axis=(1, 2))
    place = (scale - low[:, None, None]) / np.maximum(high - low, 1e-9)[:, None, None]
    bins = np.minimum(_CLASSES - 1, np.nan_to_num(_CLASSES * place, nan=-1.0).astype(int))
    member = _member(group, count)
    out = np.zeros((items, _CLASSES, count, months))
    worth = np.zeros((items, _CLASSES, count))
    for each in range(_CLASSES):
        mine = (bins == each).astype(np.float64)
        out[:, each] = np.einsum("iknt,ikn,ng->igt", amount, mine, member, optimize=True)
        total = np.einsum("iknt,ikn,ikn,ng->ig", amount, mine, weight, member, optimize=True)
        worth[:, each] = total / np.maximum(out[:, each].sum(axis=2), 1e-300)
    return np.ascontiguousarray(out), worth
