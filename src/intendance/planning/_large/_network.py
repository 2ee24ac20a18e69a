"""One item as a network: stocks and queues of nations, the hub of what is made, pools, the root."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from intendance.planning._large._instance import Floats, Whole
from intendance.planning._large._jit import exact
from intendance.planning._large._problem import Cells
from intendance.planning._large._simplex import Basis, Network


class Sources(NamedTuple):
    """What may be made of each item: pairs of item i are ``pair[first[i]:first[i + 1]]``.

    ``most`` (J, T) is the largest amount that a line could start, ``lead`` months before arrival.
    """

    first: Whole
    pair: Whole
    lead: Whole
    most: Floats


@exact
def sizes(p: Cells, pairs: int) -> tuple[int, int]:
    """Arcs and nodes of the largest item."""
    _, nations, months = p.supply.shape
    pools, queues, losses = p.send.shape[1], p.asked.shape[1], p.lost.shape[1]
    cells = 5 + 2 * pools + 2 * queues + losses + 1
    arcs = cells * nations * months + (1 + pools + pairs) * months
    return arcs, (1 + queues) * nations * months + (1 + pools) * months + 1


@exact
def empty_network(arcs: int, nodes: int) -> Network:
    """A network with nothing in it yet."""
    return Network(
        np.zeros(arcs, dtype=np.int32),
        np.zeros(arcs, dtype=np.int32),
        np.zeros(arcs),
        np.zeros(arcs),
        np.zeros(nodes),
        np.zeros(1, dtype=np.int32),
    )


@exact
def _arc(net: Network, source: int, sink: int, cost: float, room: float) -> int:
    e = net.used[0]
    net.source[e] = source
    net.sink[e] = sink
    net.cost[e] = cost
    net.room[e] = room
    net.used[0] = e + 1
    return int(e)


@exact
def _cells(
    net: Network, i: int, p: Cells, fixed: Floats, dear: float, most: float, adjust: Floats
) -> None:
    """Stock arcs of each cell: filled, above, below the floor. Supplies less floors."""
    _, nations, months = p.supply.shape
    root = len(net.supply) - 1
    for n in range(nations):
        for t in range(months):
            v = n * months + t
            w = v + 1 if t + 1 < months else root
            floor, target = p.floor[i, n, t], p.target[i, n, t]
            extra = adjust[1, n, t] if adjust.shape[1] else 0.0
            keep = p.keep[i] + extra
            net.supply[v] += p.supply[i, n, t] - floor
            net.supply[w] += floor
            if len(fixed) > 0:
                net.supply[v] += fixed[n, t]
            _arc(net, v, w, keep - p.fill[i, n], max(0.0, target - floor))
            _arc(net, v, w, keep, most)
            _arc(net, w, v, dear, floor)


@exact
def _demand(net: Network, i: int, p: Cells, most: float) -> None:
    """Queues, what is lost, and what is written off."""
    _, nations, months = p.supply.shape
    root, queues = len(net.supply) - 1, p.asked.shape[1]
    for k in range(queues):
        for n in range(nations):
            base = ((1 + k) * nations + n) * months
            total = 0.0
            for t in range(months):
                v = base + t
                w = v + 1 if t + 1 < months else root
                total += p.asked[i, k, n, t]
                net.supply[v] -= p.asked[i, k, n, t]
                _arc(net, n * months + t, v, 0.0, most)
                _arc(net, w, v, p.unmet[i, k, n], total)
    for g in range(p.lost.shape[1]):
        for n in range(nations):
            for t in range(months):
                _arc(net, n * months + t, root, -p.waste[i, g, n], p.lost[i, g, n, t])
    if p.shelf[i]:
        for v in range(nations * months):
            _arc(net, v, root, 0.0, most)


@exact
def _transfers(
    net: Network,
    i: int,
    p: Cells,
    budgets: Floats,
    limits: Floats,
    most: float,
    adjust: Floats,
) -> None:
    """Arcs into and out of pools. ``limits`` (2, P, N, T) bound them where it isn't empty."""
    _, nations, months = p.supply.shape
    pools = p.send.shape[1]
    root = len(net.supply) - 1
    for k in range(pools):
        base, lead = root - (pools - k) * months, p.pool_lead[i, k]
        for n in range(nations):
            for t in range(months):
                v = n * months + t
                if p.send[i, k, n]:
                    cost = p.pool_cost[i, k] + p.pool_paid[i, k] * budgets[n, p.year[t]]
                    room = limits[0, k, n, t] if limits.shape[1] else most
                    _arc(net, v, base + t + lead if t + lead < months else root, cost, room)
                if p.receive[i, k, n] and t >= lead:
                    extra = adjust[0, n, t] if adjust.shape[1] else 0.0
                    room = limits[1, k, n, t] if limits.shape[1] else most
                    _arc(net, base + t, v, extra, room)


@exact
def _makers(net: Network, i: int, p: Cells, sources: Sources, costs: Floats) -> None:
    """What is made, from the root to the hub."""
    months = p.supply.shape[2]
    hub = len(net.supply) - 1 - (1 + p.send.shape[1]) * months
    for k in range(sources.first[i], sources.first[i + 1]):
        j = sources.pair[k]
        for t in range(sources.lead[j], months):
            start = t - sources.lead[j]
            _arc(net, len(net.supply) - 1, hub + t, costs[j, start], sources.most[j, start])


@exact
def _orders(net: Network, i: int, p: Cells, budgets: Floats, most: float, adjust: Floats) -> None:
    """What is ordered, from the hub to nations."""
    _, nations, months = p.supply.shape
    hub = len(net.supply) - 1 - (1 + p.send.shape[1]) * months
    tax = np.empty(months)
    for n in range(nations):
        tax[:] = p.cost[i]
        for y in range(p.paid.shape[1]):
            for t in range(p.span[i, y, 0], p.span[i, y, 1]):
                tax[t] += p.paid[i, y, t] * budgets[n, y]
        for t in range(months):
            extra = adjust[0, n, t] if adjust.shape[1] else 0.0
            _arc(net, hub + t, n * months + t, tax[t] + extra, most)


@exact
def _swaps(net: Network, p: Cells, fixed: Floats, more: Floats) -> None:
    """Orders that another nation takes over: up to ``more`` than is fixed, or less than that."""
    _, nations, months = p.supply.shape
    hub = len(net.supply) - 1 - (1 + p.send.shape[1]) * months
    for n in range(nations):
        for t in range(months):
            _arc(net, hub + t, n * months + t, 0.0, more[n, t])
            _arc(net, n * months + t, hub + t, 0.0, fixed[n, t])


@exact
def _largest(i: int, p: Cells, fixed: Floats, sources: Sources) -> float:
    """No arc can carry more than all there ever is of an item."""
    total = p.supply[i].sum() + fixed.sum() + p.asked[i].sum() + p.floor[i].sum()
    for k in range(sources.first[i], sources.first[i + 1]):
        total += sources.most[sources.pair[k]].sum()
    return float(total)


@exact
def build(
    net: Network,
    i: int,
    p: Cells,
    fixed: Floats,
    more: Floats,
    given: Floats,
    budgets: Floats,
    sources: Sources,
    costs: Floats,
    limits: Floats,
    adjust: Floats,
) -> float:
    """The item's network. Orders are free unless ``fixed`` (N, T) gives them.

    Where ``more`` (N, T) isn't empty, nations may take over fixed orders, up to as much more.

    What is made is free at ``costs`` unless ``given`` (T) tells what arrives.

    ``costs`` (J, T) is what starting a unit costs, ``budgets`` (N, Y) what money does. Gives the
    price of a unit that is missing from a floor: too dear for any plan that can do without.
    """
    months = p.supply.shape[2]
    net.used[0] = 0
    net.supply[:] = 0.0
    dear = p.cost[i].max() + p.waste[i].sum() + p.fill[i].max() * months
    for k in range(p.unmet.shape[1]):
        dear += p.unmet[i, k].max() * months
    dear = 4.0 * dear + 1.0
    most = _largest(i, p, fixed, sources)
    _cells(net, i, p, fixed, dear, most, adjust)
    _demand(net, i, p, most)
    root = len(net.supply) - 1
    for t in range((1 + p.send.shape[1]) * months):
        _arc(net, root, root - (1 + p.send.shape[1]) * months + t, 0.0, 0.0)
    for t in range(len(given)):
        net.supply[root - (1 + p.send.shape[1]) * months + t] += given[t]
    most += given.sum()
    if len(fixed) == 0:
        if len(given) == 0:
            _makers(net, i, p, sources, costs)
        _orders(net, i, p, budgets, most, adjust)
    elif len(more) > 0:
        _swaps(net, p, fixed, more)
    _transfers(net, i, p, budgets, limits, most, adjust)
    total = 0.0
    for v in range(root):
        total += net.supply[v]
    net.supply[root] = -total
    return float(dear)


@exact
def _serve(net: Network, b: Basis, stock: int, held: float, e: int, want: float) -> float:
    """Meets what is wanted from stock by one arc. Gives what is left, −1 if that arc is basic."""
    if held >= want:
        b.flow[e] = want
        b.state[e] = -1 if want > 0.0 else 1
        return held - want
    b.flow[e] = held
    if held > 0.0:
        b.state[e] = 0
        b.link[stock] = e
        b.parent[stock] = net.sink[e]
        return -1.0
    return 0.0


@exact
def _keep(net: Network, b: Basis, stock: int, e: int, held: float) -> float:
    """Puts what is left into stock: arcs e (filled), e + 1 (above), e + 2 (below the floor)."""
    floor = net.room[e + 2]
    basic = e + 1
    b.flow[e], b.flow[e + 1], b.flow[e + 2] = 0.0, 0.0, 0.0
    if held < floor:
        b.flow[e + 2] = floor - held
        basic = e + 2
    elif held - floor < net.room[e]:
        b.flow[e] = held - floor
        basic = e
    else:
        b.flow[e] = net.room[e]
        b.flow[e + 1] = held - floor - net.room[e]
        if net.room[e] > 0.0:
            b.state[e] = -1
    b.state[basic] = 0
    b.link[stock] = basic
    b.parent[stock] = net.sink[e]
    return held


@exact
def crash(
    net: Network, i: int, p: Cells, fixed: Floats, given: Floats, taker: int, b: Basis
) -> None:
    """A first basis, without arcs of its own: everyone lives on what arrives anyway.

    All that is given goes to the ``taker``.
    """
    _, nations, months = p.supply.shape
    queues, losses = p.asked.shape[1], p.lost.shape[1]
    cells, root = nations * months, len(net.supply) - 1
    b.flow[:] = 0.0
    b.state[:] = 1
    waiting = np.zeros(queues)
    for n in range(nations):
        held = 0.0
        waiting[:] = 0.0
        for t in range(months):
            v = n * months + t
            held += p.supply[i, n, t]
            if len(fixed) > 0:
                held += fixed[n, t]
            if len(given) > 0 and n == taker:
                held += given[t]
            short = False
            for g in range(losses):
                if short:
                    continue
                e = (3 + 2 * queues + g) * cells + v
                held = _serve(net, b, v, held, e, p.lost[i, g, n, t])
                short = held < 0.0
            for k in range(queues):
                waiting[k] += p.asked[i, k, n, t]
                e = 3 * cells + 2 * (k * cells + v)
                node = (1 + k) * cells + v
                served = 0.0
                if not short and held > 0.0:
                    left = _serve(net, b, v, held, e, waiting[k])
                    short = left < 0.0
                    served = held if short else waiting[k]
                    waiting[k] = waiting[k] - held if short else 0.0
                    held = left
                _hang_queue(net, b, node, e, waiting[k], served)
            if short:
                held = 0.0
                e = 3 * v
                if net.room[e + 2] > 0.0:
                    b.flow[e + 2] = net.room[e + 2]
                    b.state[e + 2] = -1
            else:
                held = _keep(net, b, v, 3 * v, held)
    first = (3 + 2 * queues + losses + (1 if p.shelf[i] else 0)) * cells
    hubs = (1 + p.send.shape[1]) * months
    _hang_hubs(net, b, first, hubs, root)
    for t in range(len(given)):
        e = first + hubs + taker * months + t
        b.state[first + t] = 2
        b.state[e] = 0
        b.flow[e] = given[t]
        b.link[root - hubs + t] = e
        b.parent[root - hubs + t] = taker * months + t


@exact
def _hang_queue(net: Network, b: Basis, node: int, e: int, waiting: float, served: float) -> None:
    """A queue hangs on its stock where that meets it in full, else on the next month's queue."""
    b.flow[e + 1] = waiting
    if waiting > 0.0 or served == 0.0:
        b.state[e + 1] = 0
        b.link[node] = e + 1
        b.parent[node] = net.source[e + 1]
    else:
        b.state[e] = 0
        b.link[node] = e
        b.parent[node] = net.source[e]


@exact
def _hang_hubs(net: Network, b: Basis, first: int, hubs: int, root: int) -> None:
    """Hubs and pools hang on the root by the cheapest source, or an arc that carries nothing."""
    for k in range(hubs):
        node = root - hubs + k
        b.link[node] = first + k
        b.parent[node] = root
        b.state[first + k] = 0
    e = first + hubs
    while e < net.used[0] and net.source[e] == root:
        node = net.sink[e]
        old = b.link[node]
        if net.room[e] > 0.0 and (net.room[old] == 0.0 or net.cost[e] < net.cost[old]):
            b.state[old] = 2 if net.room[old] == 0.0 else 1
            b.state[e] = 0
            b.link[node] = e
        e += 1
    for e in range(net.used[0]):
        if net.room[e] == 0.0 and b.state[e] != 0:
            b.state[e] = 2


@exact
def unload_prices(b: Basis, p: Cells, prices: Floats, hubs: Floats) -> None:
    """The basis's prices: of stock and queues (1 + K, N, T), of the hub and pools (1 + P, T)."""
    _, nations, months = p.supply.shape
    for k in range(1 + p.asked.shape[1]):
        for n in range(nations):
            for t in range(months):
                prices[k, n, t] = b.price[(k * nations + n) * months + t]
    first = len(b.price) - 1 - (1 + p.send.shape[1]) * months
    for k in range(1 + p.send.shape[1]):
        for t in range(months):
            hubs[k, t] = b.price[first + k * months + t]


@exact
def _unload_stock(b: Basis, i: int, p: Cells, cells: Floats) -> float:
    e, missing = 0, 0.0
    for n in range(p.supply.shape[1]):
        for t in range(p.supply.shape[2]):
            held = p.floor[i, n, t] + b.flow[e] + b.flow[e + 1] - b.flow[e + 2]
            missing += b.flow[e + 2]
            cells[1, n, t] = min(held, p.target[i, n, t])
            cells[2, n, t] = held - cells[1, n, t]
            e += 3
    return missing


@exact
def _unload_block(b: Basis, e: int, step: int, into: Floats) -> None:
    for n in range(into.shape[0]):
        for t in range(into.shape[1]):
            into[n, t] = b.flow[e]
            e += step


@exact
def _unload_pools(b: Basis, e: int, i: int, p: Cells, cells: Floats) -> None:
    pools = p.send.shape[1]
    for k in range(pools):
        for n in range(p.supply.shape[1]):
            for t in range(p.supply.shape[2]):
                if p.send[i, k, n]:
                    cells[3 + k, n, t] = b.flow[e]
                    e += 1
                if p.receive[i, k, n] and t >= p.pool_lead[i, k]:
                    cells[3 + pools + k, n, t] = b.flow[e]
                    e += 1


@exact
def unload_flows(
    b: Basis, i: int, p: Cells, fixed: Floats, swaps: bool, pairs: int, cells: Floats
) -> float:
    """The basis's flows as columns of cells (B, N, T). Gives how much is missing from floors."""
    _, nations, months = p.supply.shape
    pools, queues, losses = p.send.shape[1], p.asked.shape[1], p.lost.shape[1]
    missing, size = _unload_stock(b, i, p, cells), nations * months
    e, first = 3 * size, 3 + 2 * pools
    for k in range(queues):
        _unload_block(b, e, 2, cells[first + k])
        _unload_block(b, e + 1, 2, cells[first + queues + k])
        e += 2 * size
    first += 2 * queues
    for g in range(losses + (1 if p.shelf[i] else 0)):
        _unload_block(b, e, 1, cells[first + g])
        e += size
    e += (1 + pools) * months
    if len(fixed) > 0:
        cells[0] = fixed
        for v in range(size if swaps else 0):
            cells[0, v // months, v % months] += b.flow[e] - b.flow[e + 1]
            e += 2
    else:
        e += pairs
        _unload_block(b, e, 1, cells[0])
        e += size
    _unload_pools(b, e, i, p, cells)
    return missing
