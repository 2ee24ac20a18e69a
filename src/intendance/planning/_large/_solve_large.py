"""Plans too large for one piece: two bounds that close in on each other."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from intendance.planning._large._bound import lower_bound, sources, upwards, warm
from intendance.planning._large._check import Arrays, Found
from intendance.planning._large._coarse_start import coarse_start
from intendance.planning._large._instance import Instance
from intendance.planning._large._jit import use_threads
from intendance.planning._large._mean import Mean
from intendance.planning._large._prices import Prices, Proof, price_of, proof_of, taken_back
from intendance.planning._large._problem import problem
from intendance.planning._large._scale import steps
from intendance.planning._large._state import State, copied, origin
from intendance.planning._large._steps import SideRows
from intendance.planning._large._track import Track
from intendance.planning._large._upper import Candidate, Feasible, transfer_money, upper_bound

Judge = Callable[[Found, float], float]
"""The gap of a plan, by what was recomputed of it and the lower bound of the one sum."""


@dataclass(frozen=True)
class LargePlan:
    """The best checked plan, if any was found, and what no plan can fall below.

    ``curve`` holds seconds, the lower and the upper bound after each step. ``gap`` is relative to
    the value itself unless a judge says otherwise: what is unavoidable (P16) isn't taken off.
    ``prices`` are those that prove ``bound``.
    """

    arrays: Arrays | None
    found: Found | None
    bound: float
    gap: float
    seconds: float
    columns: int
    curve: tuple[tuple[float, float, float], ...]
    prices: Prices | None


def relative(found: Found, lower: float) -> float:
    """The gap relative to the value."""
    return (found.value - lower) / max(abs(found.value), 1e-300) if found.value else 0.0


_FIRM, _LOOSE = 10.0, 0.1
"""The first weights of the track that plans are made from, and of the one that prices are."""
_FIRST, _EACH = 125, 75
"""Steps before the first plan, besides those before every plan."""

_HUGE = 3_000_000
"""Columns above which steps take so long that a first plan is made before any."""


class _Search:
    """The state of a search: both bounds, the tracks, and the time."""

    def __init__(
        self, instance: Instance, gap: float, seconds: float, whole: bool, judge: Judge
    ) -> None:
        self.start, self.instance, self.gap, self.seconds = time.monotonic(), instance, gap, seconds
        self.whole, self.judge = whole, judge
        self.p = problem(instance)
        self.source = sources(self.p)
        self.basis = warm(self.p, self.source)
        self.order = upwards(self.p.shared, len(self.p.cells.supply))
        self.lower = -np.inf
        self.proof: Proof | None = None
        self.best: Feasible | None = None
        self.making = 0.0
        self.curve: list[tuple[float, float, float]] = []

    @property
    def upper(self) -> float:
        """The best plan's value."""
        return self.best.found.value if self.best else np.inf

    def closed(self) -> bool:
        """Whether the gap asked for is reached, or the time is up."""
        spent = time.monotonic() - self.start
        return self.distance <= self.gap or spent >= self.seconds

    @property
    def distance(self) -> float:
        """The gap, as it is judged."""
        if self.best is None:
            return float(np.inf)
        return self.judge(self.best.found, self.lower)

    def note(self) -> None:
        """Adds a point to the curve."""
        self.curve.append((time.monotonic() - self.start, self.lower, self.upper))

    def raise_lower(self, state: State, *, load: bool = False) -> bool:
        """Whether the state's prices prove more than is known."""
        found = lower_bound(self.instance, self.p, self.source, self.basis, state, load=load).value
        better = found > self.lower
        if better:
            self.lower, self.proof = found, proof_of(state)
        self.note()
        return better

    def candidate(self, state: State, *, fresh: bool = False) -> Candidate:
        """What a plan is made from where the state stands; ``fresh`` leaves its orders out."""
        pools = self.p.cells.send.shape[1]
        sent = np.maximum(state.own.cells[:, 3 : 3 + pools], 0.0)
        budgets = np.maximum(state.shared.budgets, 0.0)
        return Candidate(
            made=state.shared.made,
            ramps=state.shared.ramps,
            orders=None if fresh else np.maximum(state.own.cells[:, 0], 0.0),
            budgets=np.where(np.isfinite(self.p.shared.budget), budgets, 0.0),
            reserve=1.02 * transfer_money(self.p, sent),
            share=state.shared.share,
            worth=state.own.hubs[:, 0],
        )

    def lessen_upper(self, candidate: Candidate) -> bool:
        """Whether a plan made from the candidate is better than the best."""
        _, nations, months = self.p.cells.supply.shape
        none = np.zeros((0, 2, nations, months))
        start = time.monotonic()
        found = upper_bound(
            self.instance, self.p, self.source, self.order, candidate, none, whole=self.whole
        )
        self.making = time.monotonic() - start
        better = found.sound and found.found.value < self.upper
        if better:
            self.best = found
        self.note()
        return better

    def prices(self, state: State) -> Prices | None:
        """All prices of the best lower bound; the state is lost."""
        if self.proof is None:
            return None
        taken_back(self.proof, state)
        lower_bound(self.instance, self.p, self.source, self.basis, state, load=True)
        return price_of(self.p, state)


def solve_large(
    instance: Instance,
    *,
    gap: float = 0.01,
    seconds: float = 60.0,
    jobs: int = 2,
    whole: bool = False,
    judge: Judge = relative,
) -> LargePlan:
    """A checked plan with a certified bound, by the first-order method with exact item bounds.

    ``whole`` makes ramps whole numbers in the plan; the bound holds for these as well. The search
    ends where ``judge`` finds the gap small enough.
    """
    use_threads(jobs)
    search = _Search(instance, gap, seconds, whole, judge)
    state = origin(search.p, len(instance.sides.limit))
    coarse_start(instance, state, seconds / 2)
    search.raise_lower(state, load=True)
    if instance.columns > _HUGE or search.closed():
        search.lessen_upper(search.candidate(state, fresh=True))
    if not search.closed():
        _walk(search, state)
    spent = time.monotonic() - search.start
    return LargePlan(
        search.best.arrays if search.best else None,
        search.best.found if search.best else None,
        search.lower,
        search.distance,
        spent,
        instance.columns,
        tuple(search.curve),
        search.prices(state),
    )


def _walk(search: _Search, state: State) -> None:
    """Two tracks in turn: low weight for prices, high weight for a plan."""
    size = steps(search.p)
    _, nations, months = search.p.cells.supply.shape
    nothing, none = np.zeros(0), np.zeros(0, dtype=np.int64)
    cells = np.zeros((0, 2, nations, months))
    side = SideRows(nothing, none, none, nothing, nothing, cells, cells)
    prices = Track(search.p, size, state, side, _LOOSE)
    plans = Track(search.p, size, copied(state), side, _FIRM)
    mean, rounds = Mean(), 0
    plans.walk(_FIRST)
    while not search.closed():
        rounds += 1
        now, middle = _stride(search, plans, mean)
        better = search.lessen_upper(now if rounds % 3 == 1 else middle)
        if search.closed():
            break
        if rounds % 2 == 0:
            prices.walk(_EACH + _FIRST)
            prices.judge(search.raise_lower(prices.point()))
        plans.judge(better)
    if search.best is None:
        search.lessen_upper(search.candidate(plans.state))


def _stride(search: _Search, plans: Track, mean: Mean) -> tuple[Candidate, Candidate]:
    """Walks for about as long as making a plan takes; gives where that ends, and the mean way."""
    start = time.monotonic()
    while True:
        plans.walk(_EACH)
        now = search.candidate(plans.state)
        middle = mean.add(now)
        if time.monotonic() - start >= search.making or search.closed():
            return now, middle
