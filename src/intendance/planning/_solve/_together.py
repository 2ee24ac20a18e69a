"""All levels in one linear run, from the basis of a plan nearby.

Weights that stand far apart make one sum of the levels. Where only amounts differ from the last
scenario, its basis stays nearly dual feasible for that sum, so that few steps lead to the new best
point. The basis then prices each level alone; what these prices prove is recounted (P21), whether
the weights stood far enough apart or not.
"""

from __future__ import annotations

import time as clock

import numpy as np

from intendance.planning._model import Model
from intendance.planning._model._blocks import Floats
from intendance.planning._plan import Decisions, Verdict
from intendance.planning._solve._combine import Part, best_bound, part_of
from intendance.planning._solve._flows import flows_of
from intendance.planning._solve._highs import Highs
from intendance.planning._solve._levels import Progress, Stage, gap_of
from intendance.planning._solve._rows import decisions
from intendance.planning._solve._starts import better, roundings
from intendance.planning.checker import check_plan

DEAR = 100.0
"""Times its price that a unit may cost before its lack counts for less."""

Basis = tuple[Floats, Floats] | None
"""The status of columns and rows, where there is one."""

WHOLE = 1e-6
"""Nearer than this a number counts as whole."""


def weights_of(model: Model, stages: list[Stage]) -> list[float]:
    """A weight for each stage: a unit of one outweighs what a unit can do for the next.

    A unit in stock serves its target in all months, and one that is met can be of any priority.
    Weights farther apart than need be cost the last levels their exactness.
    """
    scenario = model.data.scenario
    settings, items = scenario.settings, scenario.items
    prices = [item.weight / item.price for item in items if item.weight and item.price]
    worth = float(np.median(prices)) if prices else 1.0
    ranks = settings.priority_weights
    least = {"unmet": worth * min(ranks), "shortfall": worth, "cost": 1.0}
    most = {"unmet": worth * max(ranks), "shortfall": 2.0 * worth * settings.months, "cost": DEAR}
    found = [1.0]
    for stage, after in zip(stages[-2::-1], stages[:0:-1], strict=True):
        found.append(found[-1] * most[after.name] / least[stage.name])
    return found[::-1]


ROUNDING = 1e-9
"""The share of a sum by which branch and bound may have rounded its bound up."""

SEARCH = 1.0
"""Seconds of branch and bound for a scenario."""


class Together:
    """One scenario's levels, run together; ``whole`` are whole numbers to try."""

    def __init__(self, model: Model, stages: list[Stage], gap: float, jobs: int | None) -> None:
        self.model, self.stages, self.gap = model, stages, gap
        self.weights = weights_of(model, stages)
        self.costs = sum(
            (weight * stage.costs for weight, stage in zip(self.weights, stages, strict=True)),
            np.zeros(1),
        )
        self.highs = Highs(model.problem, jobs)
        self.highs.sharpen()

    def run(self, whole: Floats, ends: float, *, warm: bool) -> tuple[Progress | None, Basis]:
        """Values, multipliers and bounds of all stages, or None where the gap isn't proved.

        Also the basis of the relaxation. Where that has fractions of whole numbers, those are
        rounded as for a first plan, or are as in ``whole``, and the rest is run again.
        """
        highs = self.highs
        relaxed = highs.relax(self.costs, max(0.1, ends - clock.monotonic()), warm=warm)
        if relaxed.state != "optimal" or relaxed.x is None:
            return None, None
        basis = highs.basis()
        if len(basis[0]) < len(self.costs):  # an interior point that found no basis
            return None, None
        prices = [highs.prices(stage.costs) for stage in self.stages]
        where = highs.integers
        part = relaxed.x[where]
        if (np.abs(part - np.round(part)) < WHOLE).all():
            return self._judged(relaxed.x, prices), basis
        best: Floats | None = None
        for numbers in (whole, *roundings(self.model, relaxed.x)):
            highs.fix(where, numbers[where])
            found = highs.relax(self.costs, max(0.1, ends - clock.monotonic()), warm=True)
            progress = None if found.x is None else self._judged(found.x, prices)
            if progress is not None:
                return progress, basis
            best = better(self.costs, best, found.x)
        if best is None:
            return None, basis
        highs.free(where)
        best, proved = self._searched(best, ends)
        return self._judged(best, prices, proved), basis

    def _searched(self, best: Floats, ends: float) -> tuple[Floats, float]:
        """Branch and bound from the best point, and the bound of the sum that it proves."""
        last = self.stages[-1]
        # The gap is that of the last level: earlier ones are as good as they get, or nearly.
        offset = float(last.costs @ best) + last.constant - last.unavoidable
        offset -= float(self.costs @ best)
        seconds = min(SEARCH, max(0.1, ends - clock.monotonic()))
        found = self.highs.search(self.costs, offset, seconds, self.gap / 2, best)
        if found.state not in ("optimal", "limit") or found.x is None:
            return best, -np.inf
        better_one = self.costs @ found.x <= self.costs @ best
        return (found.x if better_one else best), found.bound - ROUNDING * abs(found.bound)

    def _judged(
        self, x: Floats, prices: list[Floats | None], proved: float = -np.inf
    ) -> Progress | None:
        """The point with what the prices prove of it, or None where that is too little.

        What is ``proved`` of the sum is, less the earlier levels as they are held, a bound of the
        last.
        """
        found = Progress(x=x, methods=["from a plan nearby"])
        parts: list[Part] = []
        for number, (stage, y) in enumerate(zip(self.stages, prices, strict=True)):
            if y is None:
                return None
            value = float(stage.costs @ x) + stage.constant
            parts.append(part_of(self.model.problem, stage.costs, y, value - stage.constant))
            before = [weight / self.weights[number] for weight in self.weights[:number]]
            enough = value - self.gap * (value - stage.unavoidable) - stage.constant
            bound, _ = best_bound(self.model.problem, parts, before, enough)
            found.relaxed.append(max(bound + stage.constant, stage.unavoidable))
            if stage is self.stages[-1]:
                held = sum(w * part.held for w, part in zip(self.weights, parts[:-1], strict=False))
                bound = max(bound, proved - held)
            found.values.append(value)
            found.multipliers.append(y)
            found.bounds.append(min(max(bound + stage.constant, stage.unavoidable), value))
            if gap_of(value, found.bounds[-1], stage.unavoidable) > self.gap:
                return None
        return found


def checked(model: Model, x: Floats) -> tuple[Decisions, Verdict] | None:
    """The point as a plan that passes the checker, or None."""
    decided = decisions(model, flows_of(model, x))
    verdict = check_plan(model.data.scenario, decided)
    return (decided, verdict) if verdict.sound else None
