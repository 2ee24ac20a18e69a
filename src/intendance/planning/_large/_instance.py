"""A linear plan as arrays, item by item: what the large-plan method works on.

Axes: item I, nation N, month T, year Y, queue of demand, pool of transfers, line L, pair J (a line
and an item that it makes), component C. Units, money and weights as in docs/planning-rules.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def _none() -> Whole:
    return np.zeros(0, dtype=np.int64)


def _nothing() -> Floats:
    return np.zeros(0)


@dataclass(frozen=True, slots=True)
class Demand:
    """Stocks and what is asked of them (P1-P4). ``queue`` is an axis of its own (P2).

    ``supply`` (I, N, T) is what is owed, the opening stock in month 0 included. ``asked``
    (I, K, N, T) waits until it is met, ``lost`` (I, G, N, T) doesn't. Weights are those of the
    levels, without the weights between levels.
    """

    supply: Floats
    asked: Floats
    asked_weight: Floats
    lost: Floats
    lost_weight: Floats
    target: Floats
    target_weight: Floats
    floor: Floats
    holding: Floats


@dataclass(frozen=True, slots=True)
class Money:
    """What a unit costs by month of arrival, in which years it is paid, and budgets (P9, P10).

    ``payment`` (I, Y, T): money due in each year for a unit that arrives in the month. ``budget``
    (N, Y) is infinite for a nation without a limit. ``year`` (T) is a month's place among years.
    """

    payment: Floats
    budget: Floats
    year: Whole


@dataclass(frozen=True, slots=True)
class Pools:
    """Transfers by common pools (P12): who may send into one and who may receive from it.

    ``send`` and ``receive`` (I, P, N), ``lead`` and ``cost`` (I, P). A pool that an item doesn't
    use has no rights. Pair-wise consents are several pools.
    """

    send: Flags
    receive: Flags
    lead: Whole
    cost: Floats


@dataclass(frozen=True, slots=True)
class Industry:
    """Lines, what they make, ramps and components (P5, P6, P8).

    Items at or after I are components. A ramp's payer is −1 where the nations share its cost.
    """

    line: Whole
    item: Whole
    lead: Whole
    use: Floats
    start: Whole
    capacity: Floats
    ramp_line: Whole = field(default_factory=_none)
    ramp_lead: Whole = field(default_factory=_none)
    ramp_cost: Floats = field(default_factory=_nothing)
    ramp_added: Floats = field(default_factory=_nothing)
    ramp_count: Whole = field(default_factory=_none)
    ramp_payer: Whole = field(default_factory=_none)
    ramp_earliest: Whole = field(default_factory=_none)
    parent: Whole = field(default_factory=_none)
    child: Whole = field(default_factory=_none)
    quantity: Floats = field(default_factory=_nothing)
    opening: Floats = field(default_factory=_nothing)
    holding: Floats = field(default_factory=_nothing)


@dataclass(frozen=True, slots=True)
class Sides:
    """Limits that tie cells together beyond the flow of one item: rows of ``≤`` (P11, P13).

    A row sums coefficients on arrivals (ordered and received) and on stocks of cells. Entry e
    stands in row ``row[e]``; ``cell[e]`` is ``(2 · i + k) · N · T + n · T + t``, where k is 0 for
    arrivals and 1 for stock. Rows ascend. Items with a shelf life may write units off.
    """

    limit: Floats = field(default_factory=_nothing)
    row: Whole = field(default_factory=_none)
    cell: Whole = field(default_factory=_none)
    value: Floats = field(default_factory=_nothing)
    kind: Whole = field(default_factory=_none)
    shelf: Whole = field(default_factory=_none)


@dataclass(frozen=True, slots=True)
class Instance:
    """A linear plan. ``weights`` are those of unmet, shortfall and cost in the one sum (P15)."""

    demand: Demand
    money: Money
    pools: Pools
    industry: Industry
    weights: tuple[float, float, float] = (1.0, 1.0, 1.0)
    sides: Sides = field(default_factory=Sides)

    @property
    def shape(self) -> tuple[int, int, int]:
        """Items, nations, months."""
        items, nations, months = self.demand.supply.shape
        return items, nations, months

    @property
    def cell_columns(self) -> int:
        """Columns of one nation, item and month."""
        queues, lost = self.demand.asked.shape[1], self.demand.lost.shape[1]
        return int(3 + 2 * self.pools.lead.shape[1] + 2 * queues + lost)

    @property
    def columns(self) -> int:
        """How many columns the plan has as one linear programme, bounds of 0 included."""
        items, nations, months = self.shape
        made = len(self.industry.line) + len(self.industry.opening) + len(self.industry.ramp_line)
        return int(items * nations * months * self.cell_columns + made * months)
