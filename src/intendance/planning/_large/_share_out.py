"""Distributes what is made exactly, item by item: a feasible plan from production and orders."""

from __future__ import annotations

import numpy as np

from intendance.planning._large._instance import Floats
from intendance.planning._large._jit import exact, prange, spread
from intendance.planning._large._network import (
    Sources,
    build,
    crash,
    empty_network,
    sizes,
    unload_flows,
)
from intendance.planning._large._problem import Cells
from intendance.planning._large._simplex import Warm, empty_basis, plant, pour, simplex


@exact
def _taker(i: int, p: Cells) -> int:
    best, found = -1.0, 0
    for n in range(p.supply.shape[1]):
        wanted = p.target[i, n].sum()
        for k in range(p.asked.shape[1]):
            wanted += p.asked[i, k, n].sum()
        if wanted > best:
            best, found = wanted, n
    return found


@exact
def _one(
    i: int,
    p: Cells,
    source: Sources,
    fixed: Floats,
    more: Floats,
    given: Floats,
    budgets: Floats,
    limits: Floats,
    adjust: Floats,
    basis: Warm,
    cells: Floats,
) -> float:
    arcs, nodes = sizes(p, 0)
    net, b = empty_network(arcs, nodes), empty_basis(arcs, nodes)
    build(net, i, p, fixed, more, given, budgets, source, np.zeros((0, 0)), limits, adjust)
    if len(basis.known) > 0 and basis.known[i]:
        b.parent[:] = basis.parent[i, :nodes]
        b.link[:] = basis.link[i, :nodes]
        b.state[:] = basis.state[i, :arcs]
        pour(net, b, plant(net, b))
    else:
        crash(net, i, p, fixed, given, _taker(i, p), b)
        plant(net, b)
    simplex(net, b, 1 << 30)
    if len(basis.known) > 0:
        plant(net, b)
        basis.parent[i, :nodes] = b.parent
        basis.link[i, :nodes] = b.link
        basis.state[i, :arcs] = b.state
        basis.known[i] = 1
    return unload_flows(b, i, p, fixed, len(more) > 0, 0, cells)


@spread
def share_out(
    p: Cells,
    source: Sources,
    fixed: Floats,
    more: Floats,
    given: Floats,
    budgets: Floats,
    limits: Floats,
    adjust: Floats,
    basis: Warm,
    cells: Floats,
    missing: Floats,
) -> None:
    """Fills ``cells`` with the best distribution of every item, at the budgets' prices.

    Either orders are ``fixed`` (I, N, T) or arrivals ``given`` (I, T); the other is empty.
    Where ``more`` (I, N, T) isn't empty, a nation may take up to as much more of what others are
    fixed to. ``limits`` (I, 2, P, N, T) bounds transfers where it isn't empty. ``missing`` (I)
    takes what floors lack. ``basis`` keeps the items' bases where it isn't empty; only budgets may
    differ then.
    """
    for i in prange(len(p.supply)):
        orders = fixed[i] if len(fixed) > 0 else np.zeros((0, 0))
        swaps = more[i] if len(more) > 0 else np.zeros((0, 0))
        arrivals = given[i] if len(given) > 0 else np.zeros(0)
        bound = limits[i] if len(limits) > 0 else np.zeros((2, 0, 0, 0))
        extra = adjust[i] if len(adjust) > 0 else np.zeros((2, 0, 0))
        missing[i] = _one(
            i, p, source, orders, swaps, arrivals, budgets, bound, extra, basis, cells[i]
        )
