"""Lower bounds that prices prove: items by network simplex, the rest by its signs."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from intendance.planning._large._instance import Floats, Instance, Sides, Whole
from intendance.planning._large._jit import exact, prange, spread
from intendance.planning._large._network import (
    Sources,
    build,
    crash,
    empty_network,
    sizes,
    unload_flows,
    unload_prices,
)
from intendance.planning._large._problem import Cells, Problem, Shared, constant
from intendance.planning._large._simplex import (
    Warm,
    dual_value,
    empty_basis,
    plant,
    pour,
    simplex,
)
from intendance.planning._large._state import CellState, State

_ROUNDING = 1e-13
_EMPTY = CellState(np.zeros((0, 0, 0, 0)), np.zeros((0, 0, 0, 0)), np.zeros((0, 0, 0)))


class Bound(NamedTuple):
    """A lower bound with its margin of rounding taken off, and the pivots it took."""

    value: float
    margin: float
    pivots: int
    stopped: int


def sources(p: Problem) -> Sources:
    """What may be made of each item, and how much at the very most."""
    shared = p.shared
    items, _, months = p.cells.supply.shape
    pairs = np.argsort(shared.item, kind="stable")
    pairs = pairs[shared.item[pairs] < items]
    first = np.searchsorted(shared.item[pairs], np.arange(items + 1))
    room = highest(shared)[shared.line] / shared.use[:, None]
    room[np.arange(months) < shared.start[:, None]] = 0.0
    return Sources(first.astype(np.int64), pairs.astype(np.int64), shared.lead, room)


def highest(p: Shared) -> Floats:
    """The capacity of each line with every ramp as early as it may be."""
    most = p.capacity.copy()
    for ramp, line in enumerate(p.ramp_line):
        first = int(p.ramp_start[ramp] + p.ramp_lead[ramp])
        most[line, first:] += p.ramp_added[ramp] * p.ramp_count[ramp]
    return most


def warm(p: Problem, source: Sources) -> Warm:
    """Room for every item's basis, none known yet."""
    items = len(p.cells.supply)
    arcs, nodes = sizes(p.cells, int(np.diff(source.first).max(initial=0)))
    return Warm(
        np.zeros((items, nodes), dtype=np.int32),
        np.zeros((items, nodes), dtype=np.int32),
        np.zeros((items, arcs), dtype=np.int8),
        np.zeros(items, dtype=np.int8),
    )


@exact
def _least_keep(i: int, p: Cells, adjust: Floats) -> float:
    """What the stock that must be kept costs."""
    total = 0.0
    for n in range(p.floor.shape[1]):
        for t in range(p.floor.shape[2]):
            floor = p.floor[i, n, t]
            extra = adjust[1, n, t] if adjust.shape[1] else 0.0
            total += (p.keep[i] + extra) * floor
            total -= p.fill[i, n] * min(floor, p.target[i, n, t])
    return total


@exact
def _made_arcs(i: int, p: Cells, source: Sources) -> int:
    total = 0
    for k in range(source.first[i], source.first[i + 1]):
        total += max(0, p.supply.shape[2] - source.lead[source.pair[k]])
    return total


@exact
def item_bound(
    i: int,
    p: Cells,
    budgets: Floats,
    source: Sources,
    costs: Floats,
    adjust: Floats,
    basis: Warm,
    most: int,
    found: Floats,
    own: CellState,
) -> None:
    """Fills ``found``: the item's bound, the size of its terms, pivots, 1 if stopped early.

    Where ``own`` isn't empty, it takes the basis's prices and flows.
    """
    pairs = int(source.first[i + 1] - source.first[i])
    arcs, nodes = sizes(p, pairs)
    net, b = empty_network(arcs, nodes), empty_basis(arcs, nodes)
    nothing, none, open_ = np.zeros((0, 0)), np.zeros(0), np.zeros((2, 0, 0, 0))
    build(net, i, p, nothing, nothing, none, budgets, source, costs, open_, adjust)
    good = False
    if basis.known[i]:
        b.parent[:] = basis.parent[i, :nodes]
        b.link[:] = basis.link[i, :nodes]
        b.state[:] = basis.state[i, :arcs]
        order = plant(net, b)
        good = pour(net, b, order) <= 1e-6 * (1.0 + net.room[: net.used[0]].max())
    if not good:
        crash(net, i, p, nothing, none, 0, b)
        plant(net, b)
    done = simplex(net, b, most)
    plant(net, b)
    basis.parent[i, :nodes] = b.parent
    basis.link[i, :nodes] = b.link
    basis.state[i, :arcs] = b.state
    basis.known[i] = 1
    if len(own.cells) > 0:
        unload_prices(b, p, own.prices[i], own.hubs[i])
        made = _made_arcs(i, p, source)
        unload_flows(b, i, p, nothing, False, made, own.cells[i])
    value, size = dual_value(net, b)
    kept = _least_keep(i, p, adjust)
    found[0], found[1] = value + kept, size + abs(kept)
    found[2], found[3] = abs(done), (1.0 if done < 0 else 0.0)


@spread
def _bound_items(
    p: Cells,
    budgets: Floats,
    source: Sources,
    costs: Floats,
    adjust: Floats,
    basis: Warm,
    most: int,
    found: Floats,
    own: CellState,
) -> None:
    for i in prange(len(p.supply)):
        mine = adjust[i] if len(adjust) > 0 else np.zeros((2, 0, 0))
        item_bound(i, p, budgets, source, costs, mine, basis, most, found[i], own)


def lower_bound(
    instance: Instance,
    p: Problem,
    source: Sources,
    basis: Warm,
    state: State,
    *,
    most: int = 1 << 30,
    load: bool = False,
) -> Bound:
    """What the state's prices prove, after they are brought to their signs.

    With ``load``, the state takes the prices and flows of the items' networks.
    """
    shared, mine = p.shared, state.shared
    lines = np.maximum(mine.lines, 0.0)
    budgets = np.where(np.isfinite(shared.budget), np.maximum(mine.budgets, 0.0), 0.0)
    sides = np.maximum(mine.sides, 0.0)
    parts = consistent(p, lines, np.maximum(mine.parts, 0.0))
    costs = production_costs(p, lines, parts)
    adjust = side_costs(instance.sides, sides, p.cells.supply.shape)
    items = len(p.cells.supply)
    found = np.zeros((items, 4))
    _bound_items(
        p.cells, budgets, source, costs, adjust, basis, most, found, state.own if load else _EMPTY
    )
    terms = np.concatenate(
        [
            found[:, 0],
            -(lines * shared.capacity).ravel(),
            -(budgets * np.where(budgets > 0, shared.budget, 0.0)).ravel(),
            _ramps(shared, lines, budgets),
            -shared.opening * parts[:, 0] if parts.size else np.zeros(0),
            -sides * instance.sides.limit,
            [constant(instance)],
        ]
    )
    margin = _ROUNDING * (float(np.abs(terms).sum()) + float(found[:, 1].sum()))
    return Bound(
        float(terms.sum()) - margin, margin, int(found[:, 2].sum()), int(found[:, 3].sum())
    )


def production_costs(p: Problem, lines: Floats, parts: Floats) -> Floats:
    """What starting a unit costs at these prices: (J, T)."""
    shared = p.shared
    costs: Floats = shared.use[:, None] * lines[shared.line]
    return np.asarray(costs + _needs(p, parts)[shared.item])


def _needs(p: Problem, parts: Floats) -> Floats:
    shared = p.shared
    need = np.zeros((len(p.cells.supply) + len(parts), shared.capacity.shape[1]))
    np.add.at(need, shared.parent, shared.quantity[:, None] * parts[shared.child])
    return need


def consistent(p: Problem, lines: Floats, parts: Floats) -> Floats:
    """Prices of components that nobody could gain from by making or storing them.

    A unit made can't be worth more than making it costs, one in store no more than the month
    before and its keeping; the lowest components first.
    """
    shared, items = p.shared, len(p.cells.supply)
    parts = parts.copy()
    months = parts.shape[1] if parts.size else 0
    for c in upwards(shared, items):
        cost = np.full(months, np.inf)
        need = np.zeros(months)
        for b in np.flatnonzero(shared.parent == items + c):
            need += shared.quantity[b] * parts[shared.child[b]]
        for j in np.flatnonzero(shared.item == items + c):
            lead, start = int(shared.lead[j]), int(shared.start[j])
            each = shared.use[j] * lines[shared.line[j]] + need
            if start + lead < months:
                cost[start + lead :] = np.minimum(cost[start + lead :], each[start : months - lead])
        for t in range(months):
            parts[c, t] = min(parts[c, t], cost[t])
            if t:
                parts[c, t] = min(parts[c, t], parts[c, t - 1] + shared.held_cost[c])
    return parts


def upwards(p: Shared, items: int) -> Whole:
    """Components, each after those that it is made of."""
    level = np.zeros(len(p.opening), dtype=np.int64)
    inner = p.parent >= items
    for _ in range(len(level)):
        before = level.copy()
        np.maximum.at(level, p.parent[inner] - items, level[p.child[inner]] + 1)
        if np.array_equal(before, level):
            break
    return np.argsort(level, kind="stable")


def _ramps(p: Shared, lines: Floats, budgets: Floats) -> Floats:
    """The least that each ramp can come to: worthwhile at most as often as it may be decided."""
    months = lines.shape[1]
    least = budgets.min(axis=0) if len(budgets) else np.zeros(0)
    found = np.zeros(len(p.ramp_line))
    worth = np.cumsum(lines[:, ::-1], axis=1)[:, ::-1]
    for r, line in enumerate(p.ramp_line):
        lead, start, payer = int(p.ramp_lead[r]), int(p.ramp_start[r]), int(p.ramp_payer[r])
        gain = np.zeros(months)
        if lead < months:
            gain[: months - lead] = p.ramp_added[r] * worth[line, lead:]
        tax = least[p.year] if payer < 0 else budgets[payer, p.year]
        reduced = p.ramp_cost[r] * (p.spent + tax) - gain
        found[r] = p.ramp_count[r] * min(0.0, float(reduced[start:].min(initial=0.0)))
    return found


def side_costs(sides: Sides, prices: Floats, shape: tuple[int, int, int]) -> Floats:
    """What side rows add to the costs of arrivals and stocks: (I, 2, N, T), or nothing."""
    items, nations, months = shape
    if not len(sides.limit):
        return np.zeros((0, 2, nations, months))
    flat = np.zeros(items * 2 * nations * months)
    np.add.at(flat, sides.cell, sides.value * prices[sides.row])
    return flat.reshape(items, 2, nations, months)
