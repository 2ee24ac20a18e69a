"""The curves of single parts, merged into one of the whole force."""

from __future__ import annotations

from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from intendance.sustainment._arrays import Floats
from intendance.sustainment._spares.rows import Steps

_FULL: Final = 0.99
"""Up to this share of its places empty a part counts by the logarithm of availability."""
_NOTHING: Final = 1e-9


class Options(msgspec.Struct, frozen=True):
    """The hull points of all parts, part by part: what each costs and leaves back-ordered.

    ``fitted`` [F]: places of each part in all systems of its kind (N Z), ``quantity`` [F]: in one.
    ``system`` [F]: the number of its kind of system; ``number`` [systems]: how many there are.
    """

    family: NDArray[np.int64]
    choice: NDArray[np.int64]
    cost: Floats
    owed: Floats
    fitted: Floats
    quantity: Floats
    system: NDArray[np.int64]
    number: Floats


def loss(owed: Floats, fitted: Floats) -> Floats:
    """What back-orders cost: - N Z log(1 - EBO / (N Z)), carried on straight where hardly any fit.

    Its sum over parts is - N log availability, so the least sum is the most availability.
    """
    room = np.where(fitted > 0, fitted, 1.0)
    missing = np.minimum(owed / room, _FULL)
    beyond = np.maximum(owed / room - _FULL, 0.0) / (1 - _FULL)
    return np.asarray(np.where(fitted > 0, room * (beyond - np.log1p(-missing)), 0.0))


def merged(options: Options) -> Steps:
    """Steps in the order of what each saves for its cost: the most for the money, at every step.

    Each part's points are convex, so the greedy order is optimal for each cost reached (Fox 1966).
    """
    fitted = options.fitted[options.family]
    value = loss(options.owed, fitted)
    first = np.ones(options.family.size, dtype=bool)
    first[1:] = options.family[1:] != options.family[:-1]
    later = np.flatnonzero(~first)
    saved = value[later - 1] - value[later]
    price = options.cost[later] - options.cost[later - 1]
    rate = np.divide(saved, price, out=np.full(saved.shape, np.inf), where=price > 0)
    order = later[np.argsort(-rate, kind="stable")]
    owed = options.owed[order] - options.owed[order - 1]
    start = float(options.owed[first].sum())
    cost = options.cost[order] - options.cost[order - 1]
    return Steps(
        cost=float(options.cost[first].sum()) + _running(cost),
        backorders=start + _running(owed),
        availability=_availability(options, first, order),
        family=np.concatenate([[-1], options.family[order]]),
        choice=np.concatenate([[-1], options.choice[order]]),
    )


def _running(each: Floats) -> Floats:
    return np.concatenate([[0.0], np.cumsum(each)])


def _availability(options: Options, first: NDArray[np.bool_], order: NDArray[np.int64]) -> Floats:
    """The share of all systems that is up, back-orders spread evenly over each kind's systems."""
    fitted, quantity = options.fitted[options.family], options.quantity[options.family]
    room = np.where(fitted > 0, fitted, 1.0)
    left = np.where(fitted > 0, np.maximum(1 - options.owed / room, _NOTHING), 1.0)
    power = quantity * np.log(left)
    kind = options.system[options.family]
    up = np.zeros(order.size + 1)
    for system, number in enumerate(options.number):
        mine = kind[order] == system
        step = np.where(mine, power[order] - power[order - 1], 0.0)
        start = power[first & (kind == system)].sum()
        up += number * np.exp(np.minimum(start + _running(step), 0.0))
    total = options.number.sum()
    return up / total if total else np.ones(up.shape)
