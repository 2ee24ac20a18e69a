"""Plans above the size of one piece: first-order method, exact item bounds, checked rows."""

from __future__ import annotations

import os
import time as clock
from collections.abc import Callable
from dataclasses import replace

from intendance.planning._inputs.save import scenario_hash
from intendance.planning._large._check import Arrays, Found
from intendance.planning._large._convert import beyond, instance
from intendance.planning._large._instance import Instance
from intendance.planning._model import Frame
from intendance.planning._plan import Decisions, Levels, Plan, Verdict
from intendance.planning._scenario import LEVELS, Scenario
from intendance.planning._solve._large_certificate import large_certificate
from intendance.planning._solve._large_flows import large_flows, wide_frame
from intendance.planning._solve._large_levels import Solved, Sum, gaps_of, sums_of
from intendance.planning._solve._levels import gap_of
from intendance.planning._solve._memory import free_bytes, peak_bytes
from intendance.planning._solve._rows import decisions
from intendance.planning._solve._unavoidable import unavoidable
from intendance.planning.checker import check_plan

LARGE_COLUMNS = 300_000
"""Above this many columns a plan isn't solved in one piece, where the other way can hold it."""

BYTES = 90
"""Memory that the method takes for each of its columns: two tracks, their anchors, the plan."""


def columns_of(frame: Frame) -> int:
    """About how many columns the model in one piece has."""
    data, places, pools = frame.data, frame.places, frame.places.pools
    cells = 3 * len(places.nation) + len(pools.give_hub) + len(pools.take_hub)
    cells += len(pools.arc_from) + 2 * len(data.queues.item) + len(data.lines.item)
    return int(cells * data.size)


def why_not(scenario: Scenario) -> str:
    """Why the method for large plans can't take a scenario; empty where it can."""
    found = beyond(scenario)
    return f"not for the method of large plans: {', '.join(found)}" if found else ""


def run_large(frame: Frame, *, gap: float, time: float, jobs: int | None) -> Plan | str:
    """A checked plan with its bounds within ``time`` seconds, or why there is none.

    What the loops take to compile, once on a machine, isn't counted.
    """
    from intendance.planning._large._ready import get_ready

    get_ready()
    begun = clock.monotonic()
    scenario = frame.data.scenario
    given = instance(scenario)
    if BYTES * given.columns > free_bytes():
        return f"no memory for {given.columns} columns at {BYTES} bytes"
    least = unavoidable(frame.data)
    search = _Search(frame, given, least, gap, begun + 0.9 * time, jobs)
    for number, each in enumerate(search.sums):
        left = search.ends - clock.monotonic()
        if left > 0:
            search.stage(each, left / (len(search.sums) - number))
    best = search.best()
    found = None if best is None else _plan(search, best, begun)
    return found or "the method of large plans found none that passes the checker"


class _Search:
    """Stages one after the other; every plan that is found is kept until the best is chosen."""

    def __init__(
        self,
        frame: Frame,
        given: Instance,
        least: Levels,
        gap: float,
        ends: float,
        jobs: int | None,
    ) -> None:
        self.frame, self.given, self.least, self.gap, self.ends = frame, given, least, gap, ends
        self.jobs = jobs or os.cpu_count() or 1
        self.scenario = frame.data.scenario
        self.sums = sums_of(self.scenario, given)
        self.solved: list[Solved] = []
        self.plans: list[tuple[Found, Arrays]] = []

    def stage(self, each: Sum, seconds: float) -> None:
        """Solves one sum."""
        from intendance.planning._large._solve_large import solve_large

        found = solve_large(
            replace(self.given, weights=each.weights),
            gap=self.gap,
            seconds=seconds,
            jobs=self.jobs,
            whole=True,
            judge=self._judge(each),
        )
        self.solved.append(Solved(each, found.bound, found.prices))
        if found.found is not None and found.arrays is not None:
            self.plans.append((found.found, found.arrays))

    def _judge(self, each: Sum) -> Callable[[Found, float], float]:
        def gap(found: Found, lower: float) -> float:
            known = [*self.solved, Solved(each, lower, None)]
            return gaps_of(known, levels_of(found), self.least)[-1]

        return gap

    def best(self) -> Arrays | None:
        """The plan with the smallest gaps, earlier levels first."""
        found: tuple[list[float], Arrays] | None = None
        for values, arrays in self.plans:
            gaps = gaps_of(self.solved, levels_of(values), self.least)
            rank = [max(0.0, each - self.gap) for each in gaps] + gaps
            if found is None or rank < found[0]:
                found = rank, arrays
        return None if found is None else found[1]


def levels_of(found: Found) -> Levels:
    """What was recomputed of a plan, as levels."""
    return Levels(unmet=found.unmet, shortfall=found.shortfall, cost=found.cost)


def _plan(search: _Search, arrays: Arrays, begun: float) -> Plan | None:
    """The rows of a plan, checked; None where the checker finds anything."""
    frame = wide_frame(search.frame.data)
    decided = decisions(frame, large_flows(frame, search.given, arrays))
    verdict = check_plan(search.scenario, decided)
    if not verdict.sound:
        return None
    return _told(search, decided, verdict, begun)


def _told(search: _Search, decided: Decisions, verdict: Verdict, begun: float) -> Plan:
    scenario, given = search.scenario, search.given
    bound, gaps, worst = _judged(search, verdict.levels)
    items, nations, months = given.shape
    queues, pools = given.demand.asked.shape[1], given.pools.lead.shape[1]
    rows = (nations * (1 + queues) + 1 + pools) * items * months + given.money.budget.size
    rows += (len(given.industry.capacity) + len(given.industry.opening)) * months
    return Plan(
        status="optimal" if worst <= 1e-6 else "gap" if worst <= search.gap else "limit",
        objective=verdict.levels,
        bound=bound,
        gap=gaps,
        unavoidable=search.least,
        integer=bool(scenario.ramps),
        checked=verdict.sound,
        columns=given.columns,
        rows=rows,
        seconds=clock.monotonic() - begun,
        peak_bytes=peak_bytes(),
        limit="" if worst <= search.gap else "time",
        inputs=scenario_hash(scenario),
        method="first-order steps with exact bounds of items",
        decisions=decided,
        certificate=large_certificate(search.frame.data, search.solved),
        assumptions=scenario.assumptions,
        warnings=scenario.warnings,
    )


def _judged(search: _Search, values: Levels) -> tuple[Levels, Levels, float]:
    """Bounds and gaps by level, and the largest gap among the stages."""
    gaps = gaps_of(search.solved, values, search.least)
    if search.scenario.settings.weights is not None:
        gap = gaps[0]
        return search.least, Levels(unmet=gap, shortfall=gap, cost=gap), gap
    bounds = {level: getattr(search.least, level) for level in LEVELS}
    for each in search.solved:
        level = each.sum.levels[-1]
        bounds[level] = max(bounds[level], min(each.bound_with(values), getattr(values, level)))
    told = {
        level: gap_of(getattr(values, level), bounds[level], getattr(search.least, level))
        for level in LEVELS
    }
    worst = max(told[level] for level in search.scenario.settings.levels)
    return Levels(**bounds), Levels(**told), worst
