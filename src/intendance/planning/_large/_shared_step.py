"""One first-order step of what items share: production, components, ramps, budgets, side rows."""

from __future__ import annotations

import numpy as np

from intendance.planning._large._instance import Floats, Whole
from intendance.planning._large._jit import compiled
from intendance.planning._large._problem import Shared
from intendance.planning._large._rows_step import chained, free, limited, priced, ranged
from intendance.planning._large._scale import SharedSteps
from intendance.planning._large._state import SharedState


@compiled
def made_step(
    p: Shared,
    st: SharedSteps,
    s: SharedState,
    o: SharedState,
    hubs: Floats,
    a: float,
    weight: float,
    bar: Floats,
) -> float:
    """What is started on each line."""
    items, months = hubs.shape[0], bar.shape[1]
    need = np.zeros((items + len(p.opening), months))
    for b in range(len(p.parent)):
        need[p.parent[b]] += p.quantity[b] * s.parts[p.child[b]]
    r, total = np.empty(months), 0.0
    for j in range(len(p.line)):
        item, lead = p.item[j], p.lead[j]
        gain = hubs[item, 0] if item < items else s.parts[item - items]
        for t in range(months):
            r[t] = p.use[j] * s.lines[p.line[j], t] + need[item, t]
        for t in range(months - lead):
            r[t] -= gain[t + lead]
        for t in range(min(p.start[j], months)):
            r[t] = 1e300
        total += free(s.made, o.made, j, r, st.t_made[j] / weight, a, bar)
    return total


@compiled
def ramps_step(
    p: Shared,
    st: SharedSteps,
    s: SharedState,
    o: SharedState,
    a: float,
    weight: float,
    bar: Floats,
    built: Floats,
) -> float:
    """Ramps decided, month by month, and all of them so far; relaxed."""
    months, total = bar.shape[1], 0.0
    r, low, most = np.empty(months), np.zeros(months), np.empty(months)
    for k in range(len(p.ramp_line)):
        most[:] = p.ramp_count[k]
        line, lead = p.ramp_line[k], p.ramp_lead[k]
        for t in range(months):
            year, payer = p.year[t], p.ramp_payer[k]
            tax = s.yearly[year] if payer < 0 else s.budgets[payer, year]
            r[t] = p.ramp_cost[k] * (p.spent + tax) - s.builds[k, t]
            if t < p.ramp_start[k]:
                r[t] = 1e300
        total += ranged(s.ramps, o.ramps, k, r, st.t_ramp[k] / weight, a, bar, low, most)
        for t in range(months):
            r[t] = s.builds[k, t]
        for t in range(months - 1):
            r[t] -= s.builds[k, t + 1]
        for t in range(months - lead):
            r[t] -= p.ramp_added[k] * s.lines[line, t + lead]
        total += ranged(s.built, o.built, k, r, st.t_built[k] / weight, a, built, low, most)
    return total


@compiled
def loose_step(
    p: Shared,
    st: SharedSteps,
    s: SharedState,
    o: SharedState,
    a: float,
    weight: float,
    held: Floats,
    share: Floats,
) -> float:
    """Components in store, and who pays for ramps that all share."""
    months, years, total = held.shape[1], share.shape[1], 0.0
    r, tax = np.empty(months), np.empty(years)
    for c in range(len(p.opening)):
        for t in range(months):
            r[t] = p.held_cost[c] + s.parts[c, t]
        for t in range(months - 1):
            r[t] -= s.parts[c, t + 1]
        total += free(s.held, o.held, c, r, st.t_held[c] / weight, a, held)
    for n in range(share.shape[0]):
        for y in range(years):
            tax[y] = s.budgets[n, y] - s.yearly[y]
        tau = st.t_share[n, 0] / weight
        total += free(s.share, o.share, n, tax, tau, a, share)
    return total


@compiled
def line_prices(
    p: Shared,
    st: SharedSteps,
    s: SharedState,
    o: SharedState,
    a: float,
    weight: float,
    made: Floats,
    ramps: Floats,
    built: Floats,
) -> float:
    """Prices of capacity, and of one ramp more."""
    months, total = made.shape[1], 0.0
    over, more = -p.capacity, np.empty(months)
    for j in range(len(p.line)):
        for t in range(months):
            over[p.line[j], t] += p.use[j] * made[j, t]
    for k in range(len(p.ramp_line)):
        lead = p.ramp_lead[k]
        for t in range(lead, months):
            over[p.ramp_line[k], t] -= p.ramp_added[k] * built[k, t - lead]
        for t in range(months):
            more[t] = built[k, t] - ramps[k, t]
        for t in range(1, months):
            more[t] -= built[k, t - 1]
        total += chained(s.builds, o.builds, k, more, st.built_off[k], st.built_inverse, weight, a)
    for each in range(len(over)):
        total += limited(s.lines, o.lines, each, over[each], st.s_line[each] * weight, a)
    return total


@compiled
def part_prices(
    p: Shared,
    st: SharedSteps,
    s: SharedState,
    o: SharedState,
    items: int,
    a: float,
    weight: float,
    made: Floats,
    held: Floats,
) -> float:
    """Prices of components."""
    months, total = made.shape[1], 0.0
    if len(p.opening) == 0:
        return total
    output = np.zeros((items + len(p.opening), months))
    missing = held.copy()
    missing[:, 1:] -= held[:, :-1]
    missing[:, 0] -= p.opening
    for j in range(len(p.line)):
        output[p.item[j]] += made[j]
        if p.item[j] >= items:
            for t in range(p.lead[j], months):
                missing[p.item[j] - items, t] -= made[j, t - p.lead[j]]
    for b in range(len(p.parent)):
        missing[p.child[b]] += p.quantity[b] * output[p.parent[b]]
    for c in range(len(p.opening)):
        total += chained(
            s.parts, o.parts, c, missing[c], st.held_off[c], st.held_inverse, weight, a
        )
    return total


@compiled
def budget_prices(
    p: Shared,
    st: SharedSteps,
    s: SharedState,
    o: SharedState,
    a: float,
    weight: float,
    spent: Floats,
    ramps: Floats,
    share: Floats,
) -> float:
    """Prices of budgets, and of a ramp's money that all share."""
    nations, years = share.shape
    over = share - p.budget
    for i in range(len(spent)):
        over += spent[i]
    paid = np.zeros(years)
    for k in range(len(p.ramp_line)):
        payer = p.ramp_payer[k]
        for t in range(ramps.shape[1]):
            if payer < 0:
                paid[p.year[t]] += p.ramp_cost[k] * ramps[k, t]
            else:
                over[payer, p.year[t]] += p.ramp_cost[k] * ramps[k, t]
    total, one, one_o = 0.0, s.budgets.reshape(-1, 1), o.budgets.reshape(-1, 1)
    for n in range(nations):
        paid -= share[n]
        for y in range(years):
            sigma = st.s_budget[n, y] * weight
            total += limited(one, one_o, n * years + y, over[n, y : y + 1], sigma, a)
    yearly, yearly_o = s.yearly.reshape(1, -1), o.yearly.reshape(1, -1)
    return total + priced(yearly, yearly_o, 0, paid, st.s_share[0] * weight, a)


@compiled
def side_prices(
    limit: Floats,
    row: Whole,
    cell: Whole,
    value: Floats,
    sigma: Floats,
    s: SharedState,
    o: SharedState,
    a: float,
    weight: float,
    bars: Floats,
    adjust: Floats,
) -> float:
    """Prices of side rows, and what they add to the costs of cells."""
    over = -limit
    flat, out = bars.reshape(-1), adjust.reshape(-1)
    for e in range(len(row)):
        over[row[e]] += value[e] * flat[cell[e]]
        out[cell[e]] = 0.0
    total, one, one_o = 0.0, s.sides.reshape(-1, 1), o.sides.reshape(-1, 1)
    for k in range(len(limit)):
        total += limited(one, one_o, k, over[k : k + 1], sigma[k] * weight, a)
    for e in range(len(row)):
        out[cell[e]] += value[e] * s.sides[row[e]]
    return total
