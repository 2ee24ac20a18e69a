"""Backfills, absorption and shelf life (P11, P13)."""

from __future__ import annotations

import numpy as np

from intendance.planning._model._blocks import Bools, Floats, Ints, Labels
from intendance.planning._model._data import opening_of
from intendance.planning._model._demand import arrival_rows, arrivals_at
from intendance.planning._model._parts import Parts
from intendance.planning._rows import Absorption


def _enter_arrivals(parts: Parts, rows: Ints, place: int, value: float, delay: int = 0) -> None:
    """Enters what arrives at a place into rows by month, ``delay`` months later."""
    for columns, lead in arrivals_at(parts, place):
        shifted = arrival_rows(rows[None, :], np.array([lead + delay]))
        parts.build.enter(shifted, columns[None, :], value)


def add_backfills(parts: Parts) -> None:
    """Floors that fall as replacements arrive (P4, P11)."""
    data, places, build = parts.data, parts.places, parts.build
    pairs: dict[tuple[int, int], dict[int, float]] = {}
    for row in data.scenario.backfills:
        nation = data.nation_at[row.nation]
        gives = int(places.at[nation, data.item_at[row.gives]])
        gets = int(places.at[nation, data.item_at[row.gets]])
        if gives >= 0:
            freed = pairs.setdefault((gives, nation), {})
            if gets >= 0:
                freed[gets] = freed.get(gets, 0.0) + row.ratio
    released: dict[int, Ints] = {}
    for (gives, _), freed in pairs.items():
        for gets in freed:
            if gets not in released:
                released[gets] = _released(parts, gets)
        item = places.item[gives]
        floor = data.floor[places.nation[gives], item]
        mask = np.arange(data.size) >= places.first[gives]
        least = build.add_rows(
            f"floor {gives}", "P4", ([parts.place_names[gives]], parts.month_names),
            mask[None, :] & (floor[None, :] > 0), lower=floor[None, :],
            scale=1.0 / parts.unit[item],
        )[0]  # fmt: skip
        build.enter(least, parts.columns["filled"][gives])
        build.enter(least, parts.columns["spare"][gives])
        for gets, ratio in freed.items():
            build.enter(least, released[gets], ratio)


def _released(parts: Parts, place: int) -> Ints:
    """Columns: the units of a place that count for its backfills by each month (P11).

    Not above what it ordered and received, nor above all that it ever had less what it sent on.
    """
    data = parts.data
    arrived, row = _total(parts, place, "arrived", np.zeros(data.size), data.size)
    _enter_arrivals(parts, row, place, -1.0)
    released = _columns(parts, place, "released", 1)
    _bound(parts, place, "released", released, arrived)
    sent = _sent(parts, place)
    if sent:
        nation, item = parts.places.nation[place], parts.places.item[place]
        own = data.owed[nation, item].copy()
        own[0] += data.opening[nation, item]
        kept, row = _total(parts, place, "kept", own, 1)
        _enter_arrivals(parts, row, place, -1.0)
        for columns in sent:
            parts.build.enter(row, columns)
        _bound(parts, place, "unsent", released, kept)
    return released


def _sent(parts: Parts, place: int) -> list[Ints]:
    """The columns of what a place may send, by month."""
    pools = parts.places.pools
    ways = (("give", pools.give_place), ("arc", pools.arc_from))
    return [parts.columns[name][k] for name, at in ways for k in np.flatnonzero(at == place)]


def _total(parts: Parts, place: int, name: str, own: Floats, times: int) -> tuple[Ints, Ints]:
    """Columns of a running total that begins with ``own``, and the rows that add it up."""
    total = _columns(parts, place, name, times)
    build = parts.build
    row = build.add_rows(
        f"{name} {place}", "P11", *_where(parts, place), lower=own, upper=own,
        scale=1.0 / parts.unit[parts.places.item[place]],
    )[0]  # fmt: skip
    build.enter(row, total)
    build.enter(row[1:], total[:-1], -1.0)
    return total, np.asarray(row, dtype=np.int64)


def _columns(parts: Parts, place: int, name: str, times: int) -> Ints:
    item = parts.places.item[place]
    found = parts.build.add_columns(
        f"{name} {place}", *_where(parts, place), scale=parts.unit[item],
        reach=parts.reach[item] * times,
    )[0]  # fmt: skip
    return np.asarray(found, dtype=np.int64)


def _bound(parts: Parts, place: int, name: str, released: Ints, most: Ints) -> None:
    """``released`` is not above ``most``."""
    row = parts.build.add_rows(
        f"{name} {place}", "P11", *_where(parts, place), upper=0,
        scale=1.0 / parts.unit[parts.places.item[place]],
    )[0]  # fmt: skip
    parts.build.enter(row, released)
    parts.build.enter(row, most, -1.0)


def _where(parts: Parts, place: int) -> tuple[tuple[Labels, Labels], Bools]:
    mask = np.arange(parts.data.size)[None, :] >= parts.places.first[place]
    return ([parts.place_names[place]], parts.month_names), mask


def add_absorption(parts: Parts) -> None:
    """What a nation can take in a month (P13)."""
    data, build = parts.data, parts.build
    limits = data.scenario.absorption
    for number, limit in enumerate(limits):
        covered = [p for p in range(len(parts.place_names)) if _covers(parts, limit, p)]
        if not covered:
            continue
        name = limit.category or limit.item
        rows = build.add_rows(
            f"absorption {number}", "P13", ([(limit.nation, name)], parts.month_names),
            np.ones((1, data.size), dtype=bool), upper=limit.quantity,
            scale=1.0 / float(np.median(parts.unit[parts.places.item[covered]])),
        )[0]  # fmt: skip
        for place in covered:
            _enter_arrivals(parts, rows, place, 1.0)


def _covers(parts: Parts, limit: Absorption, place: int) -> bool:
    if parts.place_names[place][0] != limit.nation:
        return False
    item = parts.data.scenario.items[parts.places.item[place]]
    if limit.category:
        return bool(item.category == limit.category)
    return limit.item in ("*", item.item)


def add_shelf_life(parts: Parts) -> None:
    """What has left by each month is at least what has come of age, oldest first (P13)."""
    data, places, build = parts.data, parts.places, parts.build
    month = np.arange(data.size)[None, :]
    ages = (data.life[places.item] >= 0)[:, None] & (month >= places.first[:, None])
    labels = (parts.place_names, parts.month_names)
    expired = build.add_columns(
        "expired", labels, ages, scale=parts.place_unit, reach=parts.place_reach
    )
    parts.columns["expired"] = expired
    if not ages.any():
        return
    build.enter(parts.rows["balance"], expired)
    ahead = build.add_columns(
        "ahead", labels, ages, scale=parts.place_unit, reach=parts.place_reach * data.size
    )
    due = _falling_due(parts)
    row = build.add_rows(
        "shelf life", "P13", labels, ages, lower=-due, upper=-due, scale=1.0 / parts.place_unit
    )
    build.enter(row, ahead)
    build.enter(row[:, 1:], ahead[:, :-1], -1.0)
    build.enter(row, expired, -1.0)
    pools = places.pools
    queue_place = places.at[data.queues.nation, data.queues.item]
    none = np.full((1, data.size), -1, dtype=np.int64)
    build.enter(np.concatenate([row, none])[queue_place], parts.columns["met"], -1.0)
    build.enter(row[pools.give_place], parts.columns["give"], -1.0)
    build.enter(row[pools.arc_from], parts.columns["arc"], -1.0)
    for place in np.flatnonzero(ages.any(axis=1)).tolist():
        life = int(data.life[places.item[place]])
        _enter_arrivals(parts, row[place], place, 1.0, life)


def _falling_due(parts: Parts) -> Floats:
    """Opening and owed units by the last month of their life."""
    data, places = parts.data, parts.places
    due = np.zeros((len(places.item), data.size))
    for row in data.scenario.stocks:
        place = places.at[data.nation_at[row.nation], data.item_at[row.item]]
        life = int(data.life[data.item_at[row.item]])
        last = max(0, life - row.age)
        if place >= 0 and life >= 0 and life - row.age < data.size:
            due[place, last] += opening_of(data.scenario.settings, row.low, row.high)
    owed = data.owed[places.nation, places.item]
    for place in np.flatnonzero(data.life[places.item] >= 0).tolist():
        life = int(data.life[places.item[place]])
        if life < data.size:
            due[place, life:] += owed[place, : data.size - life]
    return due
