"""Where a track of the first-order method stands: all columns and all prices."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from intendance.planning._large._instance import Floats
from intendance.planning._large._problem import Cells, Problem


class CellState(NamedTuple):
    """Columns and prices, item by item.

    ``cells`` (I, B, N, T): ordered, filled, above, sent by pool, received by pool, met and unmet
    by queue, used, and expired where an item has a shelf life. ``prices`` (I, 1 + K, N, T): of a
    unit in stock, and of demand by queue. ``hubs`` (I, 1 + P, T): of a unit made, and in each pool.
    """

    cells: Floats
    prices: Floats
    hubs: Floats


class SharedState(NamedTuple):
    """Columns that items share, then the prices of limits that they share.

    ``built`` (R, T) counts the ramps decided up to a month, ``builds`` is the price of one more.
    """

    made: Floats
    held: Floats
    ramps: Floats
    built: Floats
    share: Floats
    lines: Floats
    parts: Floats
    budgets: Floats
    builds: Floats
    yearly: Floats
    sides: Floats


class State(NamedTuple):
    """All of a track."""

    own: CellState
    shared: SharedState


def blocks(p: Cells) -> int:
    """How many columns a cell has."""
    expired = 1 if p.shelf.any() else 0
    return int(3 + 2 * p.pool_lead.shape[1] + 2 * p.asked.shape[1] + p.lost.shape[1] + expired)


def origin(p: Problem, sides: int = 0) -> State:
    """Everything at nothing."""
    items, nations, months = p.cells.supply.shape
    queues, pools = p.cells.asked.shape[1], p.cells.pool_lead.shape[1]
    parts, ramps = len(p.shared.opening), len(p.shared.ramp_line)
    own = CellState(
        cells=np.zeros((items, blocks(p.cells), nations, months)),
        prices=np.zeros((items, 1 + queues, nations, months)),
        hubs=np.zeros((items, 1 + pools, months)),
    )
    shared = SharedState(
        made=np.zeros((len(p.shared.line), months)),
        held=np.zeros((parts, months)),
        ramps=np.zeros((ramps, months)),
        built=np.zeros((ramps, months)),
        share=np.zeros(p.shared.budget.shape),
        lines=np.zeros(p.shared.capacity.shape),
        parts=np.zeros((parts, months)),
        budgets=np.zeros(p.shared.budget.shape),
        builds=np.zeros((ramps, months)),
        yearly=np.zeros(p.shared.budget.shape[1]),
        sides=np.zeros(sides),
    )
    return State(own, shared)


def copied(state: State) -> State:
    """The same in arrays of its own."""
    return State(
        CellState(*(each.copy() for each in state.own)),
        SharedState(*(each.copy() for each in state.shared)),
    )
