"""One plan against every rule."""

from __future__ import annotations

from intendance.planning._plan import Decisions, Levels, Verdict
from intendance.planning._scenario import Scenario
from intendance.planning.checker._books import Books
from intendance.planning.checker._findings import TOLERANCE, Findings
from intendance.planning.checker._industry import check_industry
from intendance.planning.checker._money import check_money
from intendance.planning.checker._prices import check_frameworks, check_prices
from intendance.planning.checker._stocks import (
    check_absorption,
    check_demand,
    check_shelf_life,
    check_stock,
    check_targets,
)
from intendance.planning.checker._transfers import check_transfers

__all__ = ["TOLERANCE", "check_plan"]


def check_plan(scenario: Scenario, decisions: Decisions) -> Verdict:
    """Recomputes balances, limits and levels from rows alone (P1-P15).

    A violation counts from ``TOLERANCE`` times the larger of 1 and the figures compared.
    ``Verdict.worst`` is the largest such scaled difference, broken or not.
    """
    findings = Findings()
    books = Books(scenario, decisions, findings)
    check_stock(books)
    unmet = check_demand(books)
    shortfall = check_targets(books)
    check_shelf_life(books)
    check_absorption(books)
    check_transfers(books)
    components = check_industry(books)
    check_prices(books)
    check_frameworks(books)
    cost = check_money(books, components)
    return Verdict(
        levels=Levels(unmet=unmet, shortfall=shortfall, cost=cost),
        violations=tuple(findings.violations),
        worst=findings.worst,
    )
