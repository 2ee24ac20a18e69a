"""From a scenario to a checked plan with a proved bound for each level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intendance.terms import IntendanceError

if TYPE_CHECKING:
    from intendance.planning._plan import Plan
    from intendance.planning._scenario import Scenario

__all__ = ["solve", "solve_near"]


def solve(
    scenario: Scenario, *, gap: float = 0.01, time: float = 60.0, jobs: int | None = None
) -> Plan:
    """The best plan found for a scenario within ``time`` seconds, checked, with its bound.

    Levels are solved in the order of the setting ``levels``, each with the earlier ones held at
    the values reached, or as one weighted sum (P15). A level is done once its gap (P16) is at most
    ``gap``. ``jobs`` is the number of threads (default: HiGHS's own choice).

    Raises ``plan.extra-missing`` where the optional part isn't installed, ``plan.infeasible``
    where rules contradict each other (P17), ``plan.limit`` where time or memory ran out before any
    plan was found, ``plan.solver`` where the solver failed or its plan didn't pass the checker.
    """
    need_extra()
    from intendance.planning._solve._run import run

    return run(scenario, gap=gap, time=time, jobs=jobs)


def solve_near(
    scenario: Scenario, *, gap: float = 0.01, time: float = 60.0, jobs: int | None = None
) -> Plan:
    """As ``solve``, from what this process planned before of the same nations, items and months.

    For scenarios that differ in amounts and dates alone, such as those of a sweep: whole numbers,
    multipliers and bases of earlier plans go on where they prove the gap, with the same checks.
    """
    need_extra()
    from intendance.planning._solve._again import solve_near as near

    return near(scenario, gap=gap, time=time, jobs=jobs)


def need_extra() -> None:
    """Raises ``plan.extra-missing`` where the libraries that solve a model aren't installed."""
    import importlib.util

    missing = [name for name in ("highspy", "numpy", "scipy") if not importlib.util.find_spec(name)]
    if missing:
        raise IntendanceError(
            "plan.extra-missing",
            expected="the libraries highspy, numpy and scipy, to solve a plan",
            got=f"no {' and no '.join(missing)}",
            where="intendance.planning",
        )
