"""Stock, demand, targets, floors, backfills, shelf life, absorption (P1-P4, P11-P13, P15)."""

from __future__ import annotations

import numpy as np

from intendance.planning._model._blocks import Bools, Floats, Ints
from intendance.planning._model._parts import Parts


def add_stocks(parts: Parts) -> None:
    """Stock above and up to target, and the balance of each place (P1, P3, P4)."""
    data, places, build = parts.data, parts.places, parts.build
    month = np.arange(data.size)[None, :]
    here: Bools = month >= places.first[:, None]
    target = data.target[places.nation, places.item]
    weight = data.weight[places.item] * data.nation_weight[places.nation]
    wanted = here & (target > 0)
    below, above = _lowest(parts, target)
    labels = (parts.place_names, parts.month_names)
    filled = build.add_columns(
        "filled", labels, wanted, lower=below, upper=target, scale=parts.place_unit
    )
    spare = build.add_columns(
        "spare", labels, here, lower=above, scale=parts.place_unit, reach=parts.place_reach
    )
    parts.columns |= {"filled": filled, "spare": spare}
    build.charge("shortfall", filled, -weight[:, None])
    build.constants["shortfall"] += float((target * weight[:, None]).sum())
    build.constants["shortfall"] += _beyond(parts)
    holding = data.holding[places.item][:, None]
    build.charge("cost", filled, holding)
    build.charge("cost", spare, holding)
    given = data.owed[places.nation, places.item].copy()
    given[:, 0] += data.opening[places.nation, places.item]
    # What is owed before a place's first month is nothing, by the meaning of the first month.
    balance = build.add_rows(
        "balance", "P1", labels, here, lower=given, upper=given, scale=1.0 / parts.place_unit
    )
    parts.rows["balance"] = balance
    for stock in (filled, spare):
        build.enter(balance, stock)
        build.enter(balance[:, 1:], stock[:, :-1], -1.0)


def _lowest(parts: Parts, target: Floats) -> tuple[Floats, Floats]:
    """Lower bounds of stock up to and above target; floors with backfills are rows instead."""
    data, places = parts.data, parts.places
    freed = {(data.nation_at[r.nation], data.item_at[r.gives]) for r in data.scenario.backfills}
    floor = data.floor[places.nation, places.item].copy()
    for nation, item in freed:
        if places.at[nation, item] >= 0:
            floor[places.at[nation, item]] = 0.0
    return np.minimum(floor, target), np.maximum(0.0, floor - target)


def _beyond(parts: Parts) -> float:
    """The shortfall of targets whose place can never hold anything."""
    data, places = parts.data, parts.places
    out = (places.at < 0) & data.has_target
    weight = data.weight[None, :] * data.nation_weight[:, None]
    return float((data.target.sum(axis=2) * weight)[out].sum())


def add_demand(parts: Parts) -> None:
    """What is met of each queue, and what is still owed (P2)."""
    data, places, build = parts.data, parts.places, parts.build
    queues = data.queues
    place = places.at[queues.nation, queues.item]
    first = np.append(places.first, data.size)[place]
    month = np.arange(data.size)[None, :]
    so_far = np.cumsum(queues.asked, axis=1)
    waits = queues.waits[:, None]
    open_to = np.where(waits, so_far > 0, queues.asked > 0) & (month >= first[:, None])
    names = [
        (data.nations[n], data.items[i], str(p), kind)
        for n, i, p, kind in zip(
            queues.nation.tolist(), queues.item.tolist(), queues.priority.tolist(), queues.kind,
            strict=True,
        )
    ]  # fmt: skip
    labels = (names, parts.month_names)
    unit = parts.unit[queues.item][:, None]
    most = np.where(waits, so_far, queues.asked)
    met = build.add_columns("met", labels, open_to, upper=most, scale=unit)
    owing = build.add_columns("unmet", labels, open_to & waits, upper=most, scale=unit)
    parts.columns |= {"met": met, "unmet": owing}
    starts = open_to.copy()
    starts[:, 1:] &= ~open_to[:, :-1]
    asked = np.where(starts, so_far, queues.asked)
    queue = build.add_rows(
        "queue", "P2", labels, open_to & waits, lower=asked, upper=asked, scale=1.0 / unit
    )
    parts.rows["queue"] = queue
    build.enter(queue, owing)
    build.enter(queue[:, 1:], owing[:, :-1], -1.0)
    build.enter(queue, met)
    none = np.full((1, data.size), -1, dtype=np.int64)
    build.enter(np.concatenate([parts.rows["balance"], none])[place], met)
    weight = queues.weight[:, None]
    build.charge("unmet", owing, weight)
    build.charge("unmet", np.where(waits, -1, met), -weight)
    lost = np.where(waits, np.where(open_to, 0.0, so_far), queues.asked)
    build.constants["unmet"] += float((lost * weight).sum())


def add_transfers(parts: Parts) -> None:
    """Giving through hubs and along arcs (P12)."""
    data, places, build, pools = parts.data, parts.places, parts.build, parts.places.pools
    balance = parts.rows["balance"]
    month = np.arange(data.size)[None, :]
    dumps = data.holding > 0
    unit = parts.unit

    def columns(name: str, at: Ints, lead: Ints) -> Ints:
        item = places.item[at]
        late = month + lead[:, None] >= data.size
        mask = (month >= places.first[at][:, None]) & (~late | dumps[item][:, None])
        numbers = [(str(k),) for k in range(len(at))]
        labels = (numbers, parts.month_names)
        return build.add_columns(
            name, labels, mask, scale=unit[item][:, None],
            reach=parts.reach[item][:, None],
        )  # fmt: skip

    give = columns("give", pools.give_place, pools.give_lead)
    arc = columns("arc", pools.arc_from, pools.arc_lead)
    numbers = [(str(k),) for k in range(len(pools.take_hub))]
    arrives = month >= places.first[pools.take_place][:, None]
    take = build.add_columns(
        "take", (numbers, parts.month_names), arrives,
        scale=unit[places.item[pools.take_place]][:, None],
        reach=parts.reach[places.item[pools.take_place]][:, None],
    )  # fmt: skip
    parts.columns |= {"give": give, "arc": arc, "take": take}
    build.enter(balance[pools.give_place], give)
    build.enter(balance[pools.arc_from], arc)
    build.enter(balance[pools.take_place], take, -1.0)
    build.enter(arrival_rows(balance[pools.arc_to], pools.arc_lead), arc, -1.0)
    build.charge("cost", give, pools.give_cost[:, None])
    build.charge("cost", arc, pools.arc_cost[:, None])
    _hubs(parts, give, take)


def arrival_rows(rows: Ints, lead: Ints) -> Ints:
    """For each month the row of the month in which what is sent then arrives; -1 beyond."""
    months = rows.shape[1]
    when = np.arange(months)[None, :] + lead[:, None]
    found = np.take_along_axis(rows, np.minimum(when, months - 1), axis=1)
    return np.where(when < months, found, -1)


def _hubs(parts: Parts, give: Ints, take: Ints) -> None:
    data, build, pools = parts.data, parts.build, parts.places.pools
    count = len(pools.hub_item)
    names = [(data.items[i], str(k)) for k, i in enumerate(pools.hub_item.tolist())]
    unit = parts.unit[pools.hub_item][:, None]
    reached = np.zeros((count, data.size), dtype=bool)
    np.logical_or.at(reached, pools.take_hub, take >= 0)
    labels = (names, parts.month_names)
    hub = build.add_rows("hub", "P12", labels, reached, lower=0, upper=0, scale=1.0 / unit)
    build.enter(arrival_rows(hub[pools.give_hub], pools.give_lead), give)
    build.enter(hub[pools.take_hub], take, -1.0)
    # Units sent to a hub that nobody can take from in that month would be lost on the way.
    strict = reached & pools.strict[:, None]
    if not strict.any():
        return
    through = build.add_columns(
        "through", labels, strict, scale=unit, reach=parts.reach[pools.hub_item][:, None]
    )
    total = build.add_rows("through", "P12", labels, strict, lower=0, upper=0, scale=1.0 / unit)
    build.enter(total, through)
    build.enter(total[pools.take_hub], take, -1.0)
    _own(parts, give, take, through)


def _own(parts: Parts, give: Ints, take: Ints, through: Ints) -> None:
    """What one nation gives to a hub and takes from it is at most all that goes through."""
    build, pools = parts.build, parts.places.pools
    places = len(parts.place_names)
    keys, gives, takes = np.intersect1d(
        pools.give_hub * places + pools.give_place,
        pools.take_hub * places + pools.take_place,
        assume_unique=True,
        return_indices=True,
    )
    hub, place = np.divmod(keys, places)
    mask = through[hub] >= 0
    names = [
        (*parts.place_names[p], str(h)) for p, h in zip(place.tolist(), hub.tolist(), strict=True)
    ]
    scale = 1.0 / parts.unit[pools.hub_item[hub]][:, None]
    labels = (names, parts.month_names)
    own = build.add_rows("own", "P12", labels, mask, upper=0.0, scale=scale)
    build.enter(own, through[hub], -1.0)
    build.enter(own, take[takes])
    build.enter(arrival_rows(own, pools.give_lead[gives]), give[gives])


def arrivals_at(parts: Parts, place: int) -> list[tuple[Ints, int]]:
    """Columns by month of what a place orders and receives, with their months on the way."""
    pools = parts.places.pools
    found = [(row, 0) for row in parts.columns["order"][:, place, :]]
    found += [(parts.columns["take"][k], 0) for k in np.flatnonzero(pools.take_place == place)]
    for k in np.flatnonzero(pools.arc_to == place).tolist():
        found.append((parts.columns["arc"][k], int(pools.arc_lead[k])))
    return found
