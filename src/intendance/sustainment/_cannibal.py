"""Cannibalisation: back-orders gathered on as few systems as possible."""

from __future__ import annotations

import numpy as np

from intendance.sustainment._arrays import Floats
from intendance.sustainment._exact import split
from intendance.sustainment._fleet import Fleet
from intendance.sustainment._indenture import Flows, State
from intendance.sustainment._tails import up_to
from intendance.sustainment._two_echelon import excess


def swapped(fleet: Fleet, flow: Flows, state: State) -> Floats:
    """Availability of each fleet where parts may be taken from systems that are down.

    No more than y systems are down for want of swappable parts if of each part at most y Z are
    back-ordered: P(down <= y) is the product over parts of P(X <= s + y Z), and the mean number up
    the sum of these over y under N (after Fisher and Brennan, *Naval Research Logistics Quarterly*
    33, 1986). Parts that may not be swapped leave holes as without. Swapping takes no time.
    """
    found = np.ones(len(fleet.fleets))
    for j, number in enumerate(fleet.number.astype(int)):
        if not number:
            continue
        down = np.arange(number, dtype=np.float64)
        chance, fixed = np.ones(number), 1.0
        for part in fleet.roots():
            if not fleet.fitted[part, j]:
                continue
            z = fleet.quantity[part]
            if fleet.swap[part]:
                chance *= _at_most(fleet, flow, state, (part, j), fleet.stock[part, j] + z * down)
            else:
                fixed *= max(1 - state.owed[part, j] / (z * number), 0.0) ** z
        found[j] = chance.mean() * fixed
    return found


def _at_most(
    fleet: Fleet, flow: Flows, state: State, where: tuple[int, int], most: Floats
) -> Floats:
    """P(X <= most) of what a fleet has outstanding of a part."""
    part, j = where
    if state.exact[part]:
        counts, chances = split(flow.pipeline[part], fleet.depot_stock[part], flow.share[part, j])
        room = most[:, None] - counts
        own = np.full(room.shape, flow.own[part, j])
        return np.asarray((_cumulative(room, own, np.zeros(room.shape)) * chances).sum(axis=1))
    mean = np.full(most.shape, state.mean[part, j])
    wide = excess(mean, np.full(most.shape, state.variance[part, j]))
    return _cumulative(most, mean, wide)


def _cumulative(most: Floats, mean: Floats, wide: Floats) -> Floats:
    found = np.where(most >= 0, 1.0, 0.0)
    some = (most >= 0) & (mean > 0)
    found[some] = up_to(most[some], mean[some], wide[some])
    return found
