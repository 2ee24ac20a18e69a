"""One first-order step of one item: its cells, their prices, its hub and pools.

Arrays are the item's own: cells (N, T), prices (N, T), a hub or pool as one row (1, T).
"""

from __future__ import annotations

import numpy as np

from intendance.planning._large._instance import Floats, Whole
from intendance.planning._large._jit import compiled
from intendance.planning._large._problem import Cells
from intendance.planning._large._rows_step import chained, free, priced, ranged
from intendance.planning._large._scale import Steps
from intendance.planning._large._state import CellState


@compiled
def _orders(
    z: Floats,
    o: Floats,
    bar: Floats,
    price: Floats,
    hub: Floats,
    cost: Floats,
    paid: Floats,
    span: Whole,
    budgets: Floats,
    tau: Floats,
    a: float,
    extra: Floats,
) -> float:
    """What is ordered."""
    nations, months = z.shape
    r, total = np.empty(months), 0.0
    for n in range(nations):
        for t in range(months):
            r[t] = cost[t] + hub[0, t] - price[n, t]
        for year in range(len(span)):
            worth = budgets[n, year]
            if worth != 0.0:
                for t in range(span[year, 0], span[year, 1]):
                    r[t] += paid[year, t] * worth
        if len(extra) > 0:
            for t in range(months):
                r[t] += extra[n, t]
        total += free(z, o, n, r, tau[n], a, bar)
    return total


@compiled
def _stocks(
    z: Floats,
    o: Floats,
    bar: Floats,
    price: Floats,
    target: Floats,
    floor: Floats,
    keep: float,
    fill: Floats,
    tau: Floats,
    a: float,
    extra: Floats,
) -> float:
    """What is kept: up to target in block 1, above it in block 2."""
    nations, months = price.shape
    r, low, most = np.empty(months), np.empty(months), np.empty(months)
    above, above_o, above_bar = z[2], o[2], bar[2]
    filled, filled_o, filled_bar = z[1], o[1], bar[1]
    total = 0.0
    for n in range(nations):
        for t in range(months - 1):
            r[t] = keep + price[n, t] - price[n, t + 1]
        r[months - 1] = keep + price[n, months - 1]
        if len(extra) > 0:
            for t in range(months):
                r[t] += extra[n, t]
        for t in range(months):
            low[t] = max(0.0, floor[n, t] - target[n, t])
            most[t] = 1e300
        total += ranged(above, above_o, n, r, tau[n], a, above_bar, low, most)
        for t in range(months):
            r[t] -= fill[n]
            low[t] = min(floor[n, t], target[n, t])
            most[t] = target[n, t]
        total += ranged(filled, filled_o, n, r, tau[n], a, filled_bar, low, most)
    return total


@compiled
def _sent(
    z: Floats,
    o: Floats,
    bar: Floats,
    price: Floats,
    pool: Floats,
    lead: int,
    cost: float,
    paid: float,
    budgets: Floats,
    year: Whole,
    allowed: Floats,
    tau: Floats,
    a: float,
) -> float:
    """What is sent to a pool."""
    nations, months = price.shape
    r, total = np.empty(months), 0.0
    for n in range(nations):
        if not allowed[n]:
            continue
        for t in range(months):
            r[t] = cost + price[n, t]
        for t in range(months - lead):
            r[t] -= pool[0, t + lead]
        if paid > 0.0:
            for t in range(months):
                r[t] += paid * budgets[n, year[t]]
        total += free(z, o, n, r, tau[n], a, bar)
    return total


@compiled
def _received(
    z: Floats,
    o: Floats,
    bar: Floats,
    price: Floats,
    pool: Floats,
    lead: int,
    allowed: Floats,
    tau: Floats,
    a: float,
    extra: Floats,
) -> float:
    """What is received from a pool."""
    nations, months = price.shape
    r, total = np.empty(months), 0.0
    for n in range(nations):
        if not allowed[n]:
            continue
        for t in range(months):
            r[t] = pool[0, t] - price[n, t]
        for t in range(min(lead, months)):
            r[t] = 1e200
        if len(extra) > 0:
            for t in range(months):
                r[t] += extra[n, t]
        total += free(z, o, n, r, tau[n], a, bar)
    return total


@compiled
def _queue(
    met: Floats,
    met_o: Floats,
    met_bar: Floats,
    unmet: Floats,
    unmet_o: Floats,
    unmet_bar: Floats,
    price: Floats,
    queue: Floats,
    queue_o: Floats,
    asked: Floats,
    waits: Floats,
    tau: Floats,
    off: Floats,
    inverse: Floats,
    weight: float,
    a: float,
) -> float:
    """What is met of a queue and what waits, then the queue's prices."""
    nations, months = price.shape
    r, total = np.empty(months), 0.0
    for n in range(nations):
        for t in range(months):
            r[t] = price[n, t] - queue[n, t]
        total += free(met, met_o, n, r, tau[n], a, met_bar)
        for t in range(months - 1):
            r[t] = waits[n] - queue[n, t] + queue[n, t + 1]
        r[months - 1] = waits[n] - queue[n, months - 1]
        total += free(unmet, unmet_o, n, r, tau[n], a, unmet_bar)
        for t in range(months):
            r[t] = asked[n, t] - met_bar[n, t] - unmet_bar[n, t]
        for t in range(1, months):
            r[t] += unmet_bar[n, t - 1]
        total += chained(queue, queue_o, n, r, off[n], inverse, weight, a)
    return total


@compiled
def _used(
    z: Floats,
    o: Floats,
    bar: Floats,
    price: Floats,
    lost: Floats,
    waste: Floats,
    tau: Floats,
    a: float,
) -> float:
    """Demand that doesn't wait; without a row of its own."""
    nations, months = price.shape
    r, low, high, total = np.empty(months), np.zeros(months), np.empty(months), 0.0
    for n in range(nations):
        for t in range(months):
            r[t] = price[n, t] - waste[n]
            high[t] = lost[n, t]
        total += ranged(z, o, n, r, tau[n], a, bar, low, high)
    return total


@compiled
def _balance(
    y: Floats,
    o: Floats,
    supply: Floats,
    bar: Floats,
    pools: int,
    queues: int,
    off: Floats,
    inverse: Floats,
    weight: float,
    a: float,
) -> float:
    """Prices of a unit in stock, along what is missing of it."""
    nations, months = y.shape
    g, total, first = np.empty(months), 0.0, 3 + 2 * pools
    for n in range(nations):
        for t in range(months):
            g[t] = bar[1, n, t] + bar[2, n, t] - bar[0, n, t] - supply[n, t]
        for t in range(1, months):
            g[t] -= bar[1, n, t - 1] + bar[2, n, t - 1]
        for b in range(3, 3 + pools):
            for t in range(months):
                g[t] += bar[b, n, t] - bar[b + pools, n, t]
        for b in range(first, first + queues):
            for t in range(months):
                g[t] += bar[b, n, t]
        for b in range(first + 2 * queues, bar.shape[0]):
            for t in range(months):
                g[t] += bar[b, n, t]
        total += chained(y, o, n, g, off[n], inverse, weight, a)
    return total


@compiled
def _spending(
    bar: Floats, paid: Floats, span: Whole, taxes: Floats, year: Whole, spent: Floats
) -> None:
    """What an item's orders and transfers cost each nation, year by year."""
    for n in range(bar.shape[1]):
        for y in range(len(span)):
            total = 0.0
            for t in range(span[y, 0], span[y, 1]):
                total += paid[y, t] * bar[0, n, t]
            spent[n, y] = total
        for each in range(len(taxes)):
            if taxes[each] > 0.0:
                for t in range(bar.shape[2]):
                    spent[n, year[t]] += taxes[each] * bar[3 + each, n, t]


@compiled
def _hubs(
    y: Floats,
    o: Floats,
    bar: Floats,
    made: Floats,
    leads: Whole,
    hub_sigma: float,
    pool_sigma: Floats,
    weight: float,
    a: float,
) -> float:
    """Prices of a unit made and in each pool."""
    months, nations, pools = len(made), bar.shape[1], len(leads)
    g = -made
    for n in range(nations):
        for t in range(months):
            g[t] += bar[0, n, t]
    total = priced(y, o, 0, g, hub_sigma * weight, a)
    for each in range(pools):
        g[:] = 0.0
        lead = leads[each]
        for n in range(nations):
            for t in range(lead, months):
                g[t] += bar[3 + pools + each, n, t] - bar[3 + each, n, t - lead]
        total += priced(y, o, 1 + each, g, pool_sigma[each] * weight, a)
    return total


@compiled
def _transfers(
    i: int,
    p: Cells,
    z: Floats,
    o: Floats,
    bar: Floats,
    price: Floats,
    hub: Floats,
    budgets: Floats,
    tau: Floats,
    a: float,
    extra: Floats,
) -> float:
    """What is sent to and received from each pool."""
    pools, total = p.send.shape[1], 0.0
    for k in range(pools):
        pool, out, into = hub[1 + k : 2 + k], 3 + k, 3 + pools + k
        lead, cost, paid = p.pool_lead[i, k], p.pool_cost[i, k], p.pool_paid[i, k]
        send, receive = p.send[i, k], p.receive[i, k]
        total += _sent(
            z[out], o[out], bar[out], price, pool, lead, cost, paid, budgets, p.year, send, tau, a
        )
        total += _received(z[into], o[into], bar[into], price, pool, lead, receive, tau, a, extra)
    return total


@compiled
def _demand(
    i: int,
    p: Cells,
    st: Steps,
    s: CellState,
    o: CellState,
    bar: Floats,
    tau: Floats,
    weight: float,
    a: float,
) -> float:
    """Queues with their prices, then what doesn't wait, then what is written off."""
    queues, losses = p.asked.shape[1], p.lost.shape[1]
    z, zo, price = s.cells[i], o.cells[i], s.prices[i, 0]
    off, inverse = st.queue_off[i], st.queue_inverse[i]
    first, total = 3 + 2 * p.send.shape[1], 0.0
    for k in range(queues):
        m, u = first + k, first + queues + k
        queue, queue_o = s.prices[i, 1 + k], o.prices[i, 1 + k]
        asked, waits = p.asked[i, k], p.unmet[i, k]
        total += _queue(
            z[m], zo[m], bar[m], z[u], zo[u], bar[u], price, queue, queue_o, asked, waits, tau,
            off, inverse, weight, a,
        )  # fmt: skip
    first += 2 * queues
    for k in range(losses):
        b = first + k
        total += _used(z[b], zo[b], bar[b], price, p.lost[i, k], p.waste[i, k], tau, a)
    if p.shelf[i]:
        b = first + losses
        most = np.full(price.shape, 1e300)
        total += _used(z[b], zo[b], bar[b], price, most, np.zeros(len(price)), tau, a)
    return total


@compiled
def item_step(
    i: int,
    p: Cells,
    st: Steps,
    s: CellState,
    o: CellState,
    budgets: Floats,
    a: float,
    weight: float,
    arrivals: Floats,
    spent: Floats,
    adjust: Floats,
    bars: Floats,
) -> float:
    """One step of an item. ``arrivals`` (I, T) is what is made for it; ``spent`` is filled."""
    pools, queues = p.send.shape[1], p.asked.shape[1]
    z, zo, price, hub = s.cells[i], o.cells[i], s.prices[i, 0], s.hubs[i]
    bar = np.zeros(z.shape)
    tau = st.column[i] / weight
    extra = adjust[i] if len(adjust) > 0 else np.zeros((2, 0, 0))
    paid, span, target, floor = p.paid[i], p.span[i], p.target[i], p.floor[i]
    total = _orders(
        z[0], zo[0], bar[0], price, hub, p.cost[i], paid, span, budgets, tau, a, extra[0]
    )
    total += _stocks(z, zo, bar, price, target, floor, p.keep[i], p.fill[i], tau, a, extra[1])
    total += _transfers(i, p, z, zo, bar, price, hub, budgets, tau, a, extra[0])
    total += _demand(i, p, st, s, o, bar, tau, weight, a)
    off, inverse = st.stock_off[i], st.stock_inverse[i]
    total += _balance(
        price, o.prices[i, 0], p.supply[i], bar, pools, queues, off, inverse, weight, a
    )
    _spending(bar, paid, span, p.pool_paid[i], p.year, spent[i])
    if len(bars) > 0:
        bars[i, 0] = bar[0]
        for k in range(pools):
            bars[i, 0] += bar[3 + pools + k]
        bars[i, 1] = bar[1] + bar[2]
    return total + _hubs(
        hub, o.hubs[i], bar, arrivals[i], p.pool_lead[i], st.hub[i], st.pool[i], weight, a
    )
