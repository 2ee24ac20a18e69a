"""Cannibalisation: back-orders gathered on as few systems as possible."""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy import special

from intendance.sustainment._arrays import Floats
from intendance.sustainment._exact import split
from intendance.sustainment._fleet import Fleet
from intendance.sustainment._indenture import Flows, State
from intendance.sustainment._tails import up_to
from intendance.sustainment._two_echelon import excess

_MOST_PLACES: Final = 4000


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


def drawn(fleet: Fleet, flow: Flows, state: State) -> Floats:
    """Availability of each fleet without swapping, from the whole distribution of back-orders.

    With b of N Z places empty, drawn alike, a system has all its Z with the chance
    C(N Z - b, Z) / C(N Z, Z); its mean over b is a little more than (1 - EBO / (N Z))^Z, which is
    taken for fleets of more than ``_MOST_PLACES`` places, where no digit differs.
    """
    found = np.ones(len(fleet.fleets))
    for j, number in enumerate(fleet.number):
        for part in fleet.roots():
            z = fleet.quantity[part]
            places = number * z
            if not fleet.fitted[part, j] or not places:
                continue
            if places > _MOST_PLACES:
                found[j] *= max(1 - state.owed[part, j] / places, 0.0) ** z
                continue
            empty = np.arange(places - z + 2)
            whole = np.exp(_choices(places - empty, z) - _choices(np.asarray(places), z))
            whole[-1] = 0.0
            most = fleet.stock[part, j] + empty[:-1]
            chance = _at_most(fleet, flow, state, (part, j), most)
            found[j] *= float((chance * (whole[:-1] - whole[1:])).sum())
    return found


def _choices(count: Floats, z: float) -> Floats:
    """The logarithm of C(count, z); count at least z, or one below, which the caller sets to 0."""
    rest = np.maximum(count - z, 0.0)
    return np.asarray(special.gammaln(count + 1) - special.gammaln(rest + 1))


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
