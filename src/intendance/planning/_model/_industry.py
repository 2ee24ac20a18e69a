"""Lines, ramps, set-ups and components (P5-P8)."""

from __future__ import annotations

import numpy as np

from intendance.planning._model._blocks import Bools, Floats, Ints
from intendance.planning._model._demand import arrival_rows
from intendance.planning._model._orders import Cover
from intendance.planning._model._parts import Parts
from intendance.planning._model._places import spends


def add_industry(parts: Parts, cover: Cover) -> None:
    """What lines make, within capacity; ramps, set-ups, components."""
    data, build = parts.data, parts.build
    lines = data.lines
    pairs = [
        (lines.names[line], data.items[item])
        for line, item in zip(lines.line.tolist(), lines.item.tolist(), strict=True)
    ]
    unit = parts.unit[lines.item][:, None]
    most = _most(parts, cover)
    mask = _made_mask(parts) & (most > 0) & (most >= lines.batch[:, None])
    labels = (pairs, parts.month_names)
    made = build.add_columns(
        "made", labels, mask, scale=unit, reach=parts.reach[lines.item][:, None]
    )
    parts.columns["made"] = made
    _add_taken(parts, made)
    _add_capacity(parts, made)
    _add_components(parts, made)
    sets = mask & lines.needs_setup[:, None]
    setup = build.add_columns("setup", labels, sets, upper=1.0, integer=True)
    parts.columns["setup"] = setup
    build.charge("cost", setup, lines.setup_cost[:, None])
    build.enter(parts.rows["capacity"][lines.line], setup, lines.setup_time[:, None])
    link = build.add_rows("set-up", "P7", labels, sets, upper=0.0, scale=1.0 / unit)
    build.enter(link, made)
    build.enter(link, setup, -np.where(sets, most, 0.0))
    batched = sets & (lines.batch[:, None] > 0)
    batch = build.add_rows("batch", "P7", labels, batched, upper=0.0, scale=1.0 / unit)
    build.enter(batch, made, -1.0)
    build.enter(batch, setup, lines.batch[:, None])


def _made_mask(parts: Parts) -> Bools:
    """Months in which a row of ``lines`` may start something that is of any use."""
    data = parts.data
    lines = data.lines
    month = np.arange(data.size)[None, :]
    used = np.zeros(len(data.items), dtype=bool)
    ordered = parts.columns["order"].max(axis=(0, 2), initial=-1) >= 0
    used[parts.places.item[ordered]] = True
    for row in data.scenario.components:
        used[data.item_at[row.component]] = True
    in_time = month + lines.lead[:, None] < data.size
    # What is made too late to arrive can still save the holding of its components.
    worth = (in_time & used[lines.item][:, None]) | (~in_time & spends(data)[lines.item][:, None])
    return np.asarray(worth & (month >= lines.qualification[:, None]), dtype=bool)


def _most(parts: Parts, cover: Cover) -> Floats:
    """The most that is worth making of each row in each month: the big-M of set-ups."""
    data = parts.data
    lines = data.lines
    room = (lines.capacity + lines.added)[lines.line] - lines.setup_time[:, None]
    use = np.where(lines.use > 0, lines.use, 1.0)[:, None]
    most = np.where(lines.use[:, None] > 0, np.maximum(room, 0.0) / use, np.inf)
    need = _need(parts, cover)[lines.item]
    tight = np.maximum(need, lines.batch)
    return np.asarray(np.minimum(most, np.where(tight > 0, tight, 0.0)[:, None]), dtype=float)


def _need(parts: Parts, cover: Cover) -> Floats:
    """More of an item than this is of no use in any best plan (infinite where not known)."""
    data = parts.data
    need = data.target.max(axis=2, initial=0.0)
    need = np.maximum(need, data.floor.max(axis=2, initial=0.0)).sum(axis=0)
    np.add.at(need, data.queues.item, data.queues.asked.sum(axis=1))
    open_ended = (data.life >= 0) | data.component | spends(data)
    for row in data.scenario.backfills:
        open_ended[data.item_at[row.gets]] = True
    for (framework, item), listed in cover.bands.items():
        if len(listed) > 1 or data.scenario.frameworks[framework].minimum > 0:
            open_ended[item] = True
    return np.where(open_ended, np.inf, need)


def _add_taken(parts: Parts, made: Ints) -> None:
    """All that is made is taken by a nation in the month in which it arrives (P5)."""
    data, places, build = parts.data, parts.places, parts.build
    lines = data.lines
    arrives = np.zeros((len(data.items), data.size), dtype=bool)
    places_at, months_at = np.nonzero(parts.columns["order"].max(axis=0, initial=-1) >= 0)
    arrives[places.item[places_at], months_at] = True
    names = [(name,) for name in data.items]
    unit = parts.unit[:, None]
    # Making more than is ordered is of no use, so that 'at most' says the same as 'all' does, and
    # its multipliers hold whoever else may order.
    least = np.where(places.exact, 0.0, -np.inf)[:, None]
    taken = build.add_rows(
        "taken", "P5", (names, parts.month_names), arrives, lower=least, upper=0, scale=1.0 / unit
    )
    parts.rows["taken"] = taken
    build.enter(taken[places.item], parts.columns["order"])
    build.enter(arrival_rows(taken[lines.item], lines.lead), made, -1.0)


def _add_capacity(parts: Parts, made: Ints) -> None:
    """Use within capacity and what ramps add (P6); ramps are counted as decided so far."""
    data, build = parts.data, parts.build
    lines = data.lines
    used = np.zeros((len(lines.names), data.size), dtype=bool)
    np.logical_or.at(used, lines.line, made >= 0)
    names = [(name,) for name in lines.names]
    size = np.ones(len(lines.names))
    size[lines.line] = lines.use * parts.unit[lines.item]
    labels = (names, parts.month_names)
    capacity = build.add_rows(
        "capacity", "P6", labels, used, upper=lines.capacity,
        scale=1.0 / np.where(size > 0, size, 1.0)[:, None],
    )  # fmt: skip
    parts.rows["capacity"] = capacity
    build.enter(capacity[lines.line], made, lines.use[:, None])
    _add_ramps(parts, capacity)


def _add_ramps(parts: Parts, capacity: Ints) -> None:
    data, build = parts.data, parts.build
    ramps = data.scenario.ramps
    month = np.arange(data.size)[None, :]
    first = [max(0, data.months.number(r.earliest) if r.earliest else 0) for r in ramps]
    lead = np.array([row.lead for row in ramps], dtype=np.int64)
    mask = (month >= np.array(first, dtype=np.int64)[:, None]) & (month + lead[:, None] < data.size)
    labels = ([(row.ramp, row.line) for row in ramps], parts.month_names)
    count = np.array([float(row.count) for row in ramps])[:, None]
    decided = build.add_columns("decided", labels, mask, upper=count, integer=True)
    parts.columns["decided"] = decided
    order = build.add_rows("ramp", "P6", labels, mask, upper=0.0)
    build.enter(order[:, 1:], decided[:, :-1])
    build.enter(order[:, 1:], decided[:, 1:], -1.0)
    cost = np.array([row.cost for row in ramps])[:, None]
    last = np.where(mask & ~np.roll(mask, -1, axis=1), decided, -1)
    last[:, -1] = decided[:, -1]
    build.charge("cost", last, cost)
    number = {name: k for k, name in enumerate(data.lines.names)}
    line = np.array([number[row.line] for row in ramps], dtype=np.int64)
    added = np.array([row.capacity for row in ramps])[:, None]
    if len(ramps):
        build.enter(arrival_rows(capacity[line], lead), decided, -added)


def _add_components(parts: Parts, made: Ints) -> None:
    """The common stock of each component (P8)."""
    data, build = parts.data, parts.build
    lines = data.lines
    component = np.flatnonzero(data.component)
    at = np.full(len(data.items), -1, dtype=np.int64)
    at[component] = np.arange(len(component))
    names = [(data.items[k],) for k in component.tolist()]
    shape = (len(component), data.size)
    unit = parts.unit[component][:, None]
    labels = (names, parts.month_names)
    held = build.add_columns(
        "held", labels, np.ones(shape, dtype=bool), scale=unit,
        reach=parts.reach[component][:, None],
    )  # fmt: skip
    parts.columns["held"] = held
    given = data.owed[:, component].sum(axis=0)
    given[:, 0] += data.opening[:, component].sum(axis=0)
    row = build.add_rows(
        "component", "P8", labels, np.ones(shape, dtype=bool), lower=given, upper=given,
        scale=1.0 / unit,
    )  # fmt: skip
    parts.rows["component"] = row
    build.enter(row, held)
    build.enter(row[:, 1:], held[:, :-1], -1.0)
    build.charge("cost", held, data.holding[component][:, None])
    makes = np.flatnonzero(at[lines.item] >= 0)
    build.enter(arrival_rows(row[at[lines.item[makes]]], lines.lead[makes]), made[makes], -1.0)
    for part in data.scenario.components:
        parents = np.flatnonzero(lines.item == data.item_at[part.item])
        build.enter(row[at[data.item_at[part.component]]][None, :], made[parents], part.quantity)
