"""Production cut to the components that there are: a little in every month, cheap things first.

What is started one month after the other until nothing is left hits those that come last, however
dear the demand that they serve. Here a want is shared by all who use the component up to the month
in which it would run out, each in the measure of how little a unit of it is worth.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from intendance.planning._large._instance import Floats, Whole
from intendance.planning._large._jit import exact
from intendance.planning._large._problem import Shared

_HALVINGS = 60


class Uses(NamedTuple):
    """Which pairs use which components: by component (``first``), and by pair (``start``)."""

    first: Whole
    pair: Whole
    each: Floats
    start: Whole
    part: Whole
    need: Floats


def uses(p: Shared, items: int) -> Uses:
    """The components of what lines make."""
    parts = len(p.opening)
    makers = [np.flatnonzero(p.item == item) for item in range(items + parts)]
    count = np.array([len(makers[parent]) for parent in p.parent], dtype=np.int64)
    pair = np.concatenate([makers[parent] for parent in p.parent] or [np.zeros(0, dtype=np.int64)])
    part, need = np.repeat(p.child, count), np.repeat(p.quantity, count)
    by_part, by_pair = np.argsort(part, kind="stable"), np.argsort(pair, kind="stable")
    return Uses(
        np.searchsorted(part[by_part], np.arange(parts + 1)),
        pair[by_part].astype(np.int64),
        need[by_part].astype(np.float64),
        np.searchsorted(pair[by_pair], np.arange(len(p.line) + 1)),
        part[by_pair].astype(np.int64),
        need[by_pair].astype(np.float64),
    )


@exact
def _balance(
    p: Shared, u: Uses, c: int, items: int, made: Floats, supply: Floats, used: Floats
) -> None:
    """What comes in of a component and what is used of it, by month."""
    months = made.shape[1]
    supply[:] = 0.0
    used[:] = 0.0
    supply[0] = p.opening[c]
    for j in range(len(p.line)):
        if p.item[j] == items + c:
            for t in range(months - p.lead[j]):
                supply[t + p.lead[j]] += made[j, t]
    for k in range(u.first[c], u.first[c + 1]):
        for t in range(months):
            used[t] += u.each[k] * made[u.pair[k], t]


@exact
def _cut(u: Uses, c: int, made: Floats, soft: Floats, first: int, last: int, level: float) -> float:
    """How much of a component is saved if users give way as far as the level says."""
    total = 0.0
    for k in range(u.first[c], u.first[c + 1]):
        j = u.pair[k]
        for t in range(first, last + 1):
            total += u.each[k] * made[j, t] * min(1.0, soft[j] * level)
    return total


@exact
def _level(
    u: Uses, c: int, made: Floats, soft: Floats, first: int, last: int, short: float, least: float
) -> float:
    """The lowest level at which enough is saved."""
    low, high = 0.0, least
    for _ in range(_HALVINGS):
        if _cut(u, c, made, soft, first, last, high) >= short * (1.0 - 1e-12):
            break
        low = high
        high *= 4.0
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        if _cut(u, c, made, soft, first, last, middle) >= short:
            high = middle
        else:
            low = middle
    return high


@exact
def _within_part(
    p: Shared, u: Uses, c: int, items: int, made: Floats, soft: Floats, supply: Floats, used: Floats
) -> None:
    """Cuts the users of one component, from one month in which it runs out to the next."""
    months = made.shape[1]
    _balance(p, u, c, items, made, supply, used)
    first = 0
    while first < months:
        least, last, short = 0.0, -1, 0.0
        store, weight = 0.0, 0.0
        for t in range(first, months):
            store += supply[t] - used[t]
            for k in range(u.first[c], u.first[c + 1]):
                weight += u.each[k] * made[u.pair[k], t] * soft[u.pair[k]]
            if -store > least * weight and store < 0.0:
                least, last, short = -store / max(weight, 1e-300), t, -store
        if last < 0:
            return
        level = _level(u, c, made, soft, first, last, short, least)
        for k in range(u.first[c], u.first[c + 1]):
            j = u.pair[k]
            for t in range(first, last + 1):
                made[j, t] *= 1.0 - min(1.0, soft[j] * level)
        first = last + 1


@exact
def _spare(u: Uses, held: Floats, j: int, month: int) -> float:
    """How much more of a pair its components allow in a month and all months after."""
    most = np.inf
    for k in range(u.start[j], u.start[j + 1]):
        least = np.inf
        for t in range(month, held.shape[1]):
            least = min(least, held[u.part[k], t])
        most = min(most, max(0.0, least) / u.need[k])
    return most


@exact
def _catch_up(
    p: Shared, u: Uses, items: int, room: Floats, wanted: Floats, made: Floats, held: Floats
) -> None:
    """Starts later what was cut, where lines and components have room that nobody else needs."""
    pairs, months = made.shape
    late = np.zeros(pairs)
    for t in range(months):
        for j in range(pairs):
            late[j] += wanted[j, t] - made[j, t]
            if late[j] <= 0.0 or t < p.start[j]:
                continue
            more = min(late[j], max(0.0, room[p.line[j], t]) / p.use[j])
            if more <= 1e-12 * late[j]:
                continue
            more = min(more, _spare(u, held, j, t))
            late[j] -= more
            made[j, t] += more
            room[p.line[j], t] -= p.use[j] * more
            for k in range(u.start[j], u.start[j + 1]):
                for s in range(t, months):
                    held[u.part[k], s] -= u.need[k] * more
            if p.item[j] >= items:
                for s in range(t + p.lead[j], months):
                    held[p.item[j] - items, s] += more


@exact
def evened(
    p: Shared,
    u: Uses,
    order: Whole,
    items: int,
    capacity: Floats,
    wanted: Floats,
    soft: Floats,
    made: Floats,
    held: Floats,
) -> None:
    """Fills ``made`` (J, T) and ``held`` with what lines and components allow of ``wanted``.

    ``soft`` (J) is how readily a pair gives way; ``order`` are components, lowest first.
    """
    pairs, months = made.shape
    load, room = np.zeros(capacity.shape), capacity.copy()
    supply, used = np.empty(months), np.empty(months)
    for j in range(pairs):
        load[p.line[j]] += p.use[j] * wanted[j]
    for j in range(pairs):
        for t in range(months):
            most = capacity[p.line[j], t]
            part = most / load[p.line[j], t] if load[p.line[j], t] > most else 1.0
            made[j, t] = wanted[j, t] * part
    for c in order:
        _within_part(p, u, c, items, made, soft, supply, used)
    for j in range(pairs):
        room[p.line[j]] -= p.use[j] * made[j]
    for c in order:
        _balance(p, u, c, items, made, supply, used)
        store = 0.0
        for t in range(months):
            store += supply[t] - used[t]
            held[c, t] = store
    _catch_up(p, u, items, room, wanted, made, held)
