"""The case solved: self-sufficiency by class, and what each milestone costs and brings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

import msgspec

from intendance.planning._plan import Levels, Plan
from intendance.planning._scenario import Assumption, Scenario
from intendance.planning.cases.ten_years._inputs import (
    Milestone,
    milestones,
    setting,
    ten_years_scenario,
)
from intendance.planning.cases.ten_years._sufficiency import SufficiencyRow, sufficiency

Solver = Callable[[Scenario, float], Plan]


class MilestoneRow(msgspec.Struct, frozen=True):
    """A milestone: when it is reached for good, what was paid until then, and by whom.

    ``reached`` is the first year from which the share stays, None if none; ``at_due`` the share
    in the year that it is due, ``without`` the same in a plan without anything built at home for
    the class. ``built`` is what nations pay for building up to the year reached (to the end, if it
    isn't); ``cost``, ``unmet`` and ``shortfall`` are the levels of the plan less those of the plan
    without.
    """

    milestone: str
    category: str
    share: float
    due: int
    reached: int | None
    at_due: float | None
    without: float | None
    built: dict[str, float]
    cost: float
    unmet: float
    shortfall: float


class TenYears(msgspec.Struct, frozen=True):
    """The plan's levels and gap, self-sufficiency by class and year, milestones, what is retired.

    ``retired`` is units taken out of use, by item.
    """

    objective: Levels
    bound: Levels
    gap: Levels
    sufficiency: tuple[SufficiencyRow, ...]
    milestones: tuple[MilestoneRow, ...]
    retired: dict[str, float]
    assumptions: tuple[Assumption, ...]
    warnings: tuple[Assumption, ...]


def ten_years(solver: Solver, changes: Mapping[str, float] | None = None) -> TenYears:
    """Plans the ten years, and for each class once more without what is built for it at home.

    ``solver`` makes a checked plan of a scenario to the gap that it is given. Nothing is stored:
    every number comes from the tables of the case and ``changes`` (see ``ten_years_scenario``).
    """
    known = setting()
    scenario = ten_years_scenario(changes)
    plan = solver(scenario, known.gap)
    shares = tuple(sufficiency(scenario, plan.decisions, known.home))
    found = []
    others: dict[str, tuple[Plan, tuple[SufficiencyRow, ...]]] = {}
    for milestone in milestones():
        steps = built_for(scenario, milestone.category, known.home)
        if milestone.category not in others:
            bare = without(scenario, steps)
            other = solver(bare, known.gap)
            rows = tuple(sufficiency(bare, other.decisions, known.home))
            others[milestone.category] = other, rows
        found.append(_row(milestone, plan, shares, steps, *others[milestone.category]))
    retired: defaultdict[str, float] = defaultdict(float)
    for sent in plan.decisions.transfers:
        if sent.recipient == known.retired:
            retired[sent.item] += sent.quantity
    return TenYears(
        objective=plan.objective,
        bound=plan.bound,
        gap=plan.gap,
        sufficiency=shares,
        milestones=tuple(found),
        retired=dict(retired),
        assumptions=plan.assumptions,
        warnings=plan.warnings,
    )


def built_for(scenario: Scenario, category: str, nation: str) -> frozenset[str]:
    """The ramps of lines at home for a class: of its items, and of parts that only they need."""
    wanted = {item.item for item in scenario.items if item.category == category}
    for part in sorted({row.component for row in scenario.components}):
        if {row.item for row in scenario.components if row.component == part} <= wanted:
            wanted.add(part)
    lines = {row.line for row in scenario.lines if row.nation == nation and row.item in wanted}
    return frozenset(ramp.ramp for ramp in scenario.ramps if ramp.line in lines)


def without(scenario: Scenario, steps: frozenset[str]) -> Scenario:
    """The scenario without these ramps."""
    ramps = tuple(ramp for ramp in scenario.ramps if ramp.ramp not in steps)
    return msgspec.structs.replace(scenario, ramps=ramps)


def _row(
    milestone: Milestone,
    plan: Plan,
    shares: tuple[SufficiencyRow, ...],
    steps: frozenset[str],
    other: Plan,
    other_shares: tuple[SufficiencyRow, ...],
) -> MilestoneRow:
    reached = first_for_good(shares, milestone)
    paid: defaultdict[str, float] = defaultdict(float)
    for row in plan.decisions.payments:
        if row.kind == "ramp" and row.what in steps and (reached is None or row.year <= reached):
            paid[row.nation] += row.amount
    return MilestoneRow(
        milestone=milestone.milestone,
        category=milestone.category,
        share=milestone.share,
        due=milestone.due,
        reached=reached,
        at_due=_share(shares, milestone),
        without=_share(other_shares, milestone),
        built={nation: paid[nation] for nation in sorted(paid)},
        cost=plan.objective.cost - other.objective.cost,
        unmet=plan.objective.unmet - other.objective.unmet,
        shortfall=plan.objective.shortfall - other.objective.shortfall,
    )


def first_for_good(shares: tuple[SufficiencyRow, ...], milestone: Milestone) -> int | None:
    """The first year from which the class keeps the share; one without arrivals breaks nothing."""
    reached = None
    for row in sorted(shares, key=lambda row: row.year):
        if row.category != milestone.category or row.share is None:
            continue
        if row.share < milestone.share:
            reached = None
        elif reached is None:
            reached = row.year
    return reached


def _share(shares: tuple[SufficiencyRow, ...], milestone: Milestone) -> float | None:
    for row in shares:
        if (row.category, row.year) == (milestone.category, milestone.due):
            return row.share
    return None
