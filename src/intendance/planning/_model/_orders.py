"""Orders by band of price, and the frameworks that they go under (P9, P14)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from intendance.planning._model._blocks import Bools, Floats, Ints
from intendance.planning._model._data import Data
from intendance.planning._model._parts import Parts
from intendance.planning._model._supply import output
from intendance.planning._rows import Framework, PriceBand


@dataclass(frozen=True)
class Cover:
    """Which framework an order at a place and month goes under (-1: none), and its bands."""

    at: Ints
    items: tuple[tuple[int, ...], ...]
    bands: dict[tuple[int, int], tuple[PriceBand, ...]]
    output: Floats

    def most(self, framework: int, row: Framework) -> float:
        """More than this can't be ordered under a framework."""
        made = float(self.output[list(self.items[framework])].sum())
        return made if row.ceiling is None else min(made, row.ceiling)


def find_cover(data: Data, nation: Ints, item: Ints) -> Cover:
    """The frameworks of a scenario over places; the first listed that fits counts."""
    frameworks = data.scenario.frameworks
    number = {row.framework: k for k, row in enumerate(frameworks)}
    items: list[list[int]] = [[] for _ in frameworks]
    for row in data.scenario.framework_items:
        items[number[row.framework]].append(data.item_at[row.item])
    at = np.full((len(nation), data.size), -1, dtype=np.int64)
    for k in range(len(frameworks) - 1, -1, -1):
        framework = frameworks[k]
        members = [data.nation_at[name] for name in framework.members]
        mine = np.isin(item, items[k])
        if members:
            mine &= np.isin(nation, members)
        first = max(0, data.months.number(framework.start) if framework.start else 0)
        last = data.months.number(framework.until) + 1 if framework.until else data.size
        at[mine, first : max(0, last)] = k
    bands = {
        (k, i): bands_of(data, framework.framework, i)
        for k, framework in enumerate(frameworks)
        for i in items[k]
    }
    return Cover(at, tuple(tuple(row) for row in items), bands, output(data))


def bands_of(data: Data, framework: str, item: int) -> tuple[PriceBand, ...]:
    """Price bands, lowest first; the list price is the band from 0 where none starts there."""
    name = data.items[item]
    listed = sorted(
        (r for r in data.scenario.price_bands if r.framework == framework and r.item == name),
        key=lambda row: row.quantity,
    )
    if not listed or listed[0].quantity > 0:
        listed.insert(0, PriceBand(framework, name, 0.0, float(data.price[item])))
    return tuple(listed)


def add_orders(parts: Parts, cover: Cover) -> None:
    """A column for each place, month and band that orders may be priced in (P5, P9, P14)."""
    data, places, build = parts.data, parts.places, parts.build
    month = np.arange(data.size)[None, :]
    may = places.orders[:, None] & (month >= places.arrival[places.item][:, None])
    depth = max((len(listed) for listed in cover.bands.values()), default=1)
    mask = np.zeros((depth, *may.shape), dtype=bool)
    mask[0] = may
    price = np.zeros(mask.shape)
    price[0] = data.price[places.item][:, None]
    for (framework, item), listed in cover.bands.items():
        under = (cover.at == framework) & (places.item == item)[:, None]
        most = cover.most(framework, data.scenario.frameworks[framework])
        for band, row in enumerate(listed):
            price[band][under] = row.price
            mask[band] |= under & may
            if row.quantity > most:
                mask[band] &= ~under
    price *= data.index[places.item][None, :, :]
    bands = [(str(band),) for band in range(depth)]
    order = build.add_columns(
        "order", (bands, parts.place_names, parts.month_names), mask, scale=parts.place_unit,
        reach=parts.place_reach,
    )  # fmt: skip
    build.enter(parts.rows["balance"], order, -1.0)
    parts.columns["order"] = order
    _add_frameworks(parts, cover, order, price)
    add_payments(parts, order, price)


def add_payments(parts: Parts, order: Ints, price: Floats) -> None:
    """What orders cost, and when it falls due (P10)."""
    data, places, build = parts.data, parts.places, parts.build
    terms = terms_of(data)
    share = np.array([sum(part for _, part in listed) for listed in terms])
    build.charge("cost", order, price * share[places.item][None, :, None])
    budget = parts.rows["budget"]
    if not budget.size:
        return
    first = data.months.year(0)
    for number in range(max(len(listed) for listed in terms)):
        known = np.array([len(listed) > number for listed in terms])
        when = np.array([t[number][0] if len(t) > number else 0 for t in terms])
        part = np.array([t[number][1] if len(t) > number else 0.0 for t in terms])
        due = np.maximum(0, np.arange(data.size)[None, :] + when[:, None])
        year = (data.months.first + due) // 12 - first
        rows = budget[places.nation[:, None], year[places.item]]
        rows = np.where(known[places.item][:, None], rows, -1)
        build.enter(rows, order, price * part[places.item][None, :, None])


def terms_of(data: Data) -> list[list[tuple[int, float]]]:
    """When each item is paid for: its own rows, else those of ``*``, else all on arrival."""
    stated: dict[str, list[tuple[int, float]]] = {}
    for row in data.scenario.payments:
        stated.setdefault(row.item, []).append((row.months, row.share))
    general = stated.get("*", [(0, 1.0)])
    return [stated.get(name, general) for name in data.items]


def _add_frameworks(parts: Parts, cover: Cover, order: Ints, price: Floats) -> None:
    data, build = parts.data, parts.build
    frameworks = data.scenario.frameworks
    if not frameworks:
        return
    names = [(row.framework,) for row in frameworks]
    decided = np.array([row.fixed_cost > 0 or row.minimum > 0 for row in frameworks])
    used = build.add_columns("used", (names,), decided, upper=1.0, integer=True)
    parts.columns["used"] = used
    build.charge("cost", used, [row.fixed_cost for row in frameworks])
    for number, row in enumerate(frameworks):
        under = np.where(cover.at == number, order, -1)
        _limit(parts, cover, number, row, under, int(used[number]))
        if row.ceiling_money is not None:
            rows = _one(parts, f"ceiling money {row.framework}", row, row.ceiling_money,
                        1.0 / parts.money)  # fmt: skip
            build.enter(rows, under, price)
        for item in cover.items[number]:
            mine = np.where((parts.places.item == item)[:, None], under, -1)
            listed = cover.bands[number, item]
            if len(listed) > 1:
                most = cover.most(number, row)
                _band(parts, row, item, listed, mine, int(used[number]), most)


def _one(parts: Parts, name: str, row: Framework, upper: float, scale: float) -> Ints:
    return parts.build.add_rows(
        name, "P14", ([(row.framework, name.split(" " + row.framework)[0])],),
        np.ones(1, dtype=bool), upper=upper, scale=scale,
    )  # fmt: skip


def _limit(parts: Parts, cover: Cover, number: int, row: Framework, under: Ints, used: int) -> None:
    """Used or not, at least the minimum, at most the ceiling."""
    build = parts.build
    units = parts.unit[list(cover.items[number])]
    scale = 1.0 / float(np.median(units)) if len(units) else 1.0
    most = cover.most(number, row)
    if used < 0:
        if row.ceiling is not None:
            build.enter(_one(parts, f"ceiling {row.framework}", row, row.ceiling, scale), under)
        return
    column = np.array([used])
    rows = _one(parts, f"ceiling {row.framework}", row, 0.0, scale)
    build.enter(rows, under)
    build.enter(rows, column, -most)
    if row.minimum > 0:
        least = _one(parts, f"minimum {row.framework}", row, 0.0, scale)
        build.enter(least, under, -1.0)
        build.enter(least, column, row.minimum)


def _band(
    parts: Parts,
    row: Framework,
    item: int,
    listed: tuple[PriceBand, ...],
    under: Ints,
    used: int,
    most: float,
) -> None:
    """One choice for each band of an item: the one that counts, or those that are reached."""
    build = parts.build
    name = f"band {row.framework} {parts.data.items[item]}"
    lows = np.array([band.quantity for band in listed])
    tops = np.append(np.minimum(lows[1:], most), most)
    exists: Bools = lows <= most
    labels = ([(row.framework, parts.data.items[item], str(b)) for b in range(len(listed))],)
    chosen = build.add_columns(name, labels, exists, upper=1.0, integer=True)
    parts.columns[name] = chosen
    scale = 1.0 / parts.unit[item]
    high = build.add_rows(f"{name} high", "P14", labels, exists, upper=0.0, scale=scale)
    low = build.add_rows(f"{name} low", "P14", labels, exists, upper=0.0, scale=scale)
    once = build.add_rows(f"{name} once", "P14", labels, exists, upper=_ones(exists, row, used))
    for band in np.flatnonzero(exists).tolist():
        build.enter(high[band : band + 1], under[band])
        build.enter(low[band : band + 1], under[band], -1.0)
    width = tops if row.kind == "all-units" else tops - lows
    build.enter(high, chosen, -np.maximum(width, 0.0))
    if row.kind == "all-units":
        build.enter(low, chosen, lows)
        build.enter(once[:1], chosen)
    else:
        build.enter(low[:-1], chosen[1:], np.maximum(width, 0.0)[:-1])
        build.enter(once[1:], chosen[1:])
        build.enter(once[1:], chosen[:-1], -1.0)
        build.enter(once[:1], chosen[:1])
    if used >= 0:
        build.enter(once[:1], np.array([used]), -1.0)


def _ones(exists: Bools, row: Framework, used: int) -> Floats:
    """The right-hand sides of 'once': at most one choice, or each band after the one before."""
    limits = np.zeros(len(exists))
    limits[0] = 0.0 if used >= 0 else 1.0
    return limits if row.kind == "incremental" else np.where(np.arange(len(exists)) == 0, limits, 1)
