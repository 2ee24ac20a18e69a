"""Seeded plans of any size, straight to arrays: kind ones and hostile ones."""

from __future__ import annotations

from typing import Literal, get_args

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

Family = Literal["base", "budgets", "caveats", "single", "uneven", "scarce", "all"]

FAMILIES: tuple[Family, ...] = get_args(Family)


def generated(
    nations: int,
    items: int,
    months: int,
    *,
    seed: int = 0,
    family: Family = "base",
    waits: bool = True,
) -> Instance:
    """A coalition with two lines an item, ramps, components, budgets and one pool.

    Families: ``budgets`` unequal ones, ``caveats`` that forbid transfers, ``single`` items that
    one nation alone uses, ``uneven`` nations, ``scarce`` component, and ``all`` of these.
    """
    rng = np.random.default_rng([seed, nations, items, months])
    price = np.exp(rng.normal(9.0, 2.0, items))
    use = _use(rng, nations, items, price, family)
    noise = rng.gamma(4.0, 0.25, (items, nations, months))
    asked = use[:, :, None] * noise * (rng.random((items, nations, months)) < 0.7)
    cover = rng.uniform(2, 8, (items, nations))
    growth = np.linspace(0.6, 1.2, months)
    target = use[:, :, None] * cover[:, :, None] * growth
    supply = np.zeros_like(asked)
    supply[:, :, 0] = use * rng.uniform(0.5, 6, (items, nations))
    owed = rng.random((items, nations, months)) < 0.02
    supply += owed * use[:, :, None] * rng.uniform(1, 4, (items, nations, months))
    floor = np.broadcast_to(
        0.3 * supply[:, :, :1] * (rng.random((items, nations, 1)) < 0.2), asked.shape
    ).copy()
    urgent = rng.choice([20.0, 5.0, 1.0], (items, 1, nations), p=[0.3, 0.4, 0.3])
    worth = urgent * price[:, None, None]
    nobody = np.zeros((items, 0, nations, months))
    demand = Demand(
        supply=supply,
        asked=asked[:, None] if waits else nobody,
        asked_weight=worth if waits else nobody[..., 0],
        lost=nobody if waits else asked[:, None],
        lost_weight=nobody[..., 0] if waits else worth,
        target=target,
        target_weight=np.broadcast_to(price[:, None], (items, nations)).copy(),
        floor=floor,
        holding=0.0005 * price,
    )
    total = asked.mean(axis=2).sum(axis=1)
    return Instance(
        demand=demand,
        money=_money(rng, price, use, months, family),
        pools=_pools(rng, items, nations, price, family),
        industry=_industry(rng, total, price, months, family),
        weights=(1.0, 0.1, 1.0),
    )


def _use(
    rng: np.random.Generator, nations: int, items: int, price: Floats, family: Family
) -> Floats:
    spread = 2.5 if family in ("uneven", "all") else 0.8
    size = np.exp(rng.normal(0, spread, nations))
    use = np.exp(rng.normal(0, 0.6, (items, nations))) * size * 1e4 / price[:, None]
    if family in ("single", "all"):
        alone = rng.random(items) < 0.4
        keep = rng.integers(0, nations, items)[:, None] == np.arange(nations)
        use[alone] = np.where(keep[alone], use[alone] * nations, 0.0)
    return np.asarray(use)


def _money(
    rng: np.random.Generator,
    price: Floats,
    use: Floats,
    months: int,
    family: Family,
) -> Money:
    """An index of 3 % a year; a share paid up to a year early; budgets for most of what is used."""
    items, nations = use.shape
    year: Whole = np.arange(months, dtype=np.int64) // 12
    years = int(year[-1]) + 1
    unit = price[:, None] * 1.03 ** (np.maximum(0, np.arange(months) - 4) / 12)
    early = rng.choice([0.0, 0.3], items)
    before = rng.integers(1, 13, items)
    payment = np.zeros((items, years, months))
    month = np.arange(months)
    for item in range(items):
        first = np.maximum(0, month - int(np.asarray(before)[item])) // 12
        mine: Floats = payment[item]
        mine[first, month] += early[item] * unit[item]
        mine[year, month] += (1 - early[item]) * unit[item]
    wide = 0.9 if family in ("budgets", "all") else 0.25
    need = 12 * (use * price[:, None]).sum(axis=0)
    part = 0.85 * np.exp(rng.normal(0, wide, nations))
    budget = need[:, None] * part[:, None] * rng.uniform(0.7, 1.3, (nations, years))
    budget[:, -1] *= (months - 12 * (years - 1)) / 12
    return Money(payment=payment, budget=budget, year=year)


def _pools(
    rng: np.random.Generator, items: int, nations: int, price: Floats, family: Family
) -> Pools:
    give, take = (0.35, 0.5) if family in ("caveats", "all") else (0.85, 0.95)
    send: Flags = rng.random((items, 1, nations)) < give
    receive: Flags = rng.random((items, 1, nations)) < take
    if family in ("caveats", "all"):
        send[rng.random(items) < 0.3] = False
    return Pools(
        send=send,
        receive=receive,
        lead=rng.integers(0, 3, (items, 1)),
        cost=0.01 * price[:, None],
    )


def _industry(
    rng: np.random.Generator, total: Floats, price: Floats, months: int, family: Family
) -> Industry:
    """One line for each item alone and one shared by five; components of two levels."""
    items = len(total)
    shared = max(1, items // 5)
    levels = max(2, items // 10)
    base, upper = levels - levels // 2, levels // 2
    user = np.flatnonzero(rng.random(items) < 0.5)
    child = rng.integers(0, levels, len(user))
    parent = np.concatenate([user, items + base + np.arange(upper)])
    child = np.concatenate([child, rng.integers(0, base, upper)])
    quantity = np.concatenate([rng.uniform(0.5, 2.0, len(user)), rng.uniform(0.5, 2.0, upper)])
    needs = np.zeros(levels)
    for parent_, child_, each in zip(parent, child, quantity, strict=True):
        if parent_ < items:
            needs[child_] += each * total[parent_]
    for parent_, child_, each in zip(parent, child, quantity, strict=True):
        if parent_ >= items:
            needs[child_] += each * needs[parent_ - items]
    scarce = 0.6 if family in ("scarce", "all") else 1.0
    own, group = np.arange(items), items + rng.integers(0, shared, items)
    part = items + shared + np.arange(levels)
    line = np.concatenate([own, group, part])
    use = np.concatenate([np.ones(items), rng.uniform(0.5, 2, items), np.ones(levels)])
    month = np.arange(months)
    load = np.bincount(group - items, total * use[items : 2 * items], shared)
    worth = np.concatenate([0.5 * total, 0.5 * load, scarce * needs * 0.9])
    swing = rng.uniform(0.8, 1.2, (len(worth), 1)) + 0.3 * month / months
    lines = len(worth)
    ramped = np.flatnonzero(rng.random(lines) < 0.4)
    cost = np.bincount(line, use * np.concatenate([price, price, np.full(levels, price.mean())]))
    count = np.bincount(line)
    return Industry(
        line=line,
        item=np.concatenate([np.arange(items), np.arange(items), items + np.arange(levels)]),
        lead=rng.integers(1, 6, len(line)),
        use=use,
        start=np.where(rng.random(len(line)) < 0.1, 6, 0),
        capacity=worth[:, None] * swing,
        ramp_line=ramped,
        ramp_lead=rng.integers(6, 19, len(ramped)),
        ramp_cost=(1.5 * worth * cost / count)[ramped],
        ramp_added=0.25 * worth[ramped],
        ramp_count=rng.integers(1, 4, len(ramped)),
        ramp_payer=_payers(len(ramped)),
        ramp_earliest=np.zeros(len(ramped), dtype=np.int64),
        parent=parent,
        child=child,
        quantity=quantity,
        opening=2.0 * needs,
        holding=np.full(levels, 0.0005 * float(np.median(price))),
    )


def _payers(ramps: int) -> Whole:
    return np.full(ramps, -1, dtype=np.int64)
