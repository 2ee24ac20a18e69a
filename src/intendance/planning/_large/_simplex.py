"""Network simplex: the cheapest flow through one item's network, from any basis that is feasible.

A basis is a tree on the root, the last node: ``parent`` and the arc to it, ``link``. Arcs that
aren't in the tree are at nothing (state 1) or at their capacity (−1); those in it have state 0;
state 2 never enters. Prices make the reduced cost ``cost + price[source] − price[sink]``.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from intendance.planning._large._instance import Floats
from intendance.planning._large._jit import exact

Short = npt.NDArray[np.int32]
Tiny = npt.NDArray[np.int8]


class Network(NamedTuple):
    """Arcs and nodes; ``supply`` is what enters at a node. Only the first arcs are in use."""

    source: Short
    sink: Short
    cost: Floats
    room: Floats
    supply: Floats
    used: Short


class Basis(NamedTuple):
    """A tree with its flows and prices; children are kept as lists of siblings."""

    flow: Floats
    state: Tiny
    parent: Short
    link: Short
    depth: Short
    child: Short
    right: Short
    left: Short
    price: Floats


class Warm(NamedTuple):
    """The last basis of each item. ``known`` tells whether there is one."""

    parent: Short
    link: Short
    state: Tiny
    known: Tiny


@exact
def empty_basis(arcs: int, nodes: int) -> Basis:
    """A basis with nothing in it yet."""
    return Basis(
        np.zeros(arcs),
        np.ones(arcs, dtype=np.int8),
        np.full(nodes, -1, dtype=np.int32),
        np.full(nodes, -1, dtype=np.int32),
        np.zeros(nodes, dtype=np.int32),
        np.full(nodes, -1, dtype=np.int32),
        np.full(nodes, -1, dtype=np.int32),
        np.full(nodes, -1, dtype=np.int32),
        np.zeros(nodes),
    )


@exact
def _attach(b: Basis, node: int, parent: int) -> None:
    first = b.child[parent]
    b.parent[node] = parent
    b.right[node] = first
    b.left[node] = -1
    if first >= 0:
        b.left[first] = node
    b.child[parent] = node


@exact
def _detach(b: Basis, node: int) -> None:
    left, right = b.left[node], b.right[node]
    if left >= 0:
        b.right[left] = right
    else:
        b.child[b.parent[node]] = right
    if right >= 0:
        b.left[right] = left


@exact
def plant(net: Network, b: Basis) -> Short:
    """Lists of children, depths and prices from parents alone. Gives the nodes, root first."""
    nodes = len(net.supply)
    root = nodes - 1
    b.child[:] = -1
    for v in range(root):
        _attach(b, v, b.parent[v])
    order = np.empty(nodes, dtype=np.int32)
    order[0], seen, last = root, 0, 1
    b.depth[root], b.price[root] = 0, 0.0
    while seen < last:
        v = order[seen]
        seen += 1
        c = b.child[v]
        while c >= 0:
            e = b.link[c]
            b.depth[c] = b.depth[v] + 1
            b.price[c] = b.price[v] + (net.cost[e] if net.sink[e] == c else -net.cost[e])
            order[last] = c
            last += 1
            c = b.right[c]
    return order[:last]


@exact
def pour(net: Network, b: Basis, order: Short) -> float:
    """Flows of the tree from those of the other arcs. Gives the worst that is out of range."""
    excess = net.supply.copy()
    worst = 0.0
    for e in range(net.used[0]):
        if b.state[e] == -1:
            b.flow[e] = net.room[e]
            excess[net.source[e]] -= net.room[e]
            excess[net.sink[e]] += net.room[e]
        else:
            b.flow[e] = 0.0
    for k in range(len(order) - 1, 0, -1):
        v = order[k]
        e = b.link[v]
        amount = excess[v] if net.source[e] == v else -excess[v]
        worst = max(worst, -amount, amount - net.room[e])
        b.flow[e] = min(max(amount, 0.0), net.room[e])
        excess[b.parent[v]] += excess[v]
    return worst


@exact
def _enter(net: Network, b: Basis, start: int, block: int, least: float) -> int:
    """The arc with the largest gain in the first block that has one, or −1."""
    arcs = net.used[0]
    best, found, left, e = least, -1, block, start
    for _ in range(arcs):
        s = b.state[e]
        if s == 1 or s == -1:
            gain = -s * (net.cost[e] + b.price[net.source[e]] - b.price[net.sink[e]])
            if gain > best:
                best, found = gain, e
        e += 1
        if e == arcs:
            e = 0
        left -= 1
        if left == 0:
            if found >= 0:
                return found
            left = block
    return found


@exact
def _join(b: Basis, u: int, v: int) -> int:
    while u != v:
        if b.depth[u] >= b.depth[v]:
            u = b.parent[u]
        else:
            v = b.parent[v]
    return u


@exact
def _room(net: Network, b: Basis, v: int, outward: bool) -> float:
    """How much more can go from a node to its parent (outward), or back."""
    e = b.link[v]
    if (net.source[e] == v) == outward:
        return float(net.room[e] - b.flow[e])
    return float(b.flow[e])


@exact
def _push(net: Network, b: Basis, v: int, stop: int, amount: float, outward: bool) -> None:
    while v != stop:
        e = b.link[v]
        if (net.source[e] == v) == outward:
            b.flow[e] += amount
        else:
            b.flow[e] -= amount
        v = b.parent[v]


@exact
def _rehang(net: Network, b: Basis, entering: int, into: int, other: int, out: int) -> None:
    """Hangs the part of the tree below ``out`` on the entering arc, by its node ``into``."""
    node, parent, link = into, other, entering
    while True:
        old_parent, old_link = b.parent[node], b.link[node]
        _detach(b, node)
        _attach(b, node, parent)
        b.link[node] = link
        if node == out:
            break
        node, parent, link = old_parent, node, old_link
    e = entering
    gap = net.cost[e] + b.price[net.source[e]] - b.price[net.sink[e]]
    shift = -gap if net.source[e] == into else gap
    node = into
    while True:
        b.price[node] += shift
        b.depth[node] = b.depth[b.parent[node]] + 1
        if b.child[node] >= 0:
            node = b.child[node]
            continue
        while node != into and b.right[node] < 0:
            node = b.parent[node]
        if node == into:
            break
        node = b.right[node]


@exact
def _pivot(net: Network, b: Basis, e: int) -> None:
    first, second = net.source[e], net.sink[e]
    if b.state[e] == -1:
        first, second = second, first
    stop = _join(b, first, second)
    amount, out, side = net.room[e], -1, 0
    v = first
    while v != stop:
        room = _room(net, b, v, False)
        if room < amount:
            amount, out, side = room, v, 1
        v = b.parent[v]
    v = second
    while v != stop:
        room = _room(net, b, v, True)
        if room <= amount:
            amount, out, side = room, v, 2
        v = b.parent[v]
    amount = max(amount, 0.0)
    if amount > 0.0:
        b.flow[e] += b.state[e] * amount
        _push(net, b, first, stop, amount, False)
        _push(net, b, second, stop, amount, True)
    if out < 0:
        b.state[e] = -b.state[e]
        b.flow[e] = net.room[e] if b.state[e] == -1 else 0.0
        return
    leaving = b.link[out]
    outward = (net.source[leaving] == out) == (side == 2)
    b.flow[leaving] = net.room[leaving] if outward else 0.0
    b.state[leaving] = -1 if outward else 1
    if net.room[leaving] == 0.0:
        b.state[leaving] = 2
    b.state[e] = 0
    if side == 1:
        _rehang(net, b, e, first, second, out)
    else:
        _rehang(net, b, e, second, first, out)


@exact
def simplex(net: Network, b: Basis, most: int) -> int:
    """Pivots until no arc gains or ``most`` are done. Gives how many, negative if stopped early."""
    arcs, largest = net.used[0], 0.0
    for e in range(arcs):
        largest = max(largest, abs(net.cost[e]))
    least, start = 1e-11 * largest, 0
    block = max(40, int(np.sqrt(arcs) / 2))
    for done in range(most):
        e = _enter(net, b, start, block, least)
        if e < 0:
            return done
        _pivot(net, b, e)
        start = e + 1 if e + 1 < arcs else 0
    return -most


@exact
def dual_value(net: Network, b: Basis) -> tuple[float, float]:
    """What the prices prove, whatever they are, and the sum of the sizes of all its terms."""
    total, size = 0.0, 0.0
    for v in range(len(net.supply)):
        term = net.supply[v] * b.price[v]
        total -= term
        size += abs(term)
    for e in range(net.used[0]):
        reduced = net.cost[e] + b.price[net.source[e]] - b.price[net.sink[e]]
        if reduced < 0.0 and net.room[e] > 0.0:
            total += reduced * net.room[e]
            size -= reduced * net.room[e]
    return total, size


@exact
def primal_value(net: Network, b: Basis) -> float:
    """The cost of the flows."""
    total = 0.0
    for e in range(net.used[0]):
        total += net.cost[e] * b.flow[e]
    return total
