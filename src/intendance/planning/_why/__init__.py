"""The limits behind shortfalls, what ramps and pooling are worth, and how two plans differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intendance.planning._why.again import EasedRow, eased
from intendance.planning._why.compare import Comparison, Difference, compare
from intendance.planning._why.pooling import NationGain, Pooling, pooling
from intendance.planning._why.ramps import RampCase, ramp_cases

if TYPE_CHECKING:
    from intendance.planning._outcome.rows import CauseRow
    from intendance.planning._plan import Plan
    from intendance.planning._scenario import Scenario

__all__ = [
    "Comparison",
    "Difference",
    "EasedRow",
    "NationGain",
    "Pooling",
    "RampCase",
    "compare",
    "eased",
    "pooling",
    "ramp_cases",
    "why",
    "why_largest",
]


def why(scenario: Scenario, plan: Plan, nation: str, item: str, month: str) -> tuple[CauseRow, ...]:
    """The chain of limits behind what is missing of an item in a nation and month.

    The nearest limit is first; none where nothing is missing. ``worth`` is what one unit more of
    the limit would save of the level ``unmet`` (of ``shortfall`` where all demand is met), local:
    with the plan's whole numbers fixed. Raises ``plan.unknown-name`` for names not in the scenario
    and ``plan.extra-missing`` where the optional part isn't installed.
    """
    from intendance.planning._solve import need_extra

    need_extra()
    from intendance.planning._why.chain import chain

    return chain(scenario, plan, nation, item, month)


def why_largest(scenario: Scenario, plan: Plan, count: int = 10) -> tuple[CauseRow, ...]:
    """The chains behind the nations and items that lack most, by price, in their worst month."""
    from intendance.planning._solve import need_extra

    need_extra()
    from intendance.planning._why.chain import largest

    return largest(scenario, plan, count)
