"""Capacitated lot sizing: agrees with its textbook form, and with published optima where there
are files of it."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from tests.planning.lot_sizing import Lots, read_lots, scenario_of

from intendance.planning import check_plan, solve

PUBLISHED = {
    "tr6-15": 37_721.0,
    "tr6-30": 61_746.0,
    "tr12-15": 74_634.0,
    "tr12-30": 130_596.0,
    "tr24-15": 136_509.0,
    "tr24-30": 287_929.0,
}
"""Optima by name: G. Belvaux, L. A. Wolsey, "bc-prod: a specialized branch-and-cut system for
lot-sizing problems", Management Science 46 (2000); tr12-30 stands in MIPLIB 2003 as well."""

FILE = """3 4
1
40
1 2 4 30
1 1 3 25
2 3 5 40
10 5 0
8 0 6
0 12 3
9 6 7
Bi hi su su
time cost
"""


def textbook(lots: Lots) -> float:
    """The problem in its own form: made, kept, set up, by item and period."""
    items, periods = len(lots.items), len(lots.demand)
    size = items * periods
    use, hold, time, cost = (np.array(column) for column in zip(*lots.items, strict=True))
    weights = np.concatenate([np.zeros(size), np.repeat(hold, periods), np.repeat(cost, periods)])
    rows, low, high = [], [], []
    for item in range(items):
        for period in range(periods):
            at = item * periods + period
            balance = np.zeros(3 * size)
            balance[at], balance[size + at] = 1.0, -1.0
            if period:
                balance[size + at - 1] = 1.0
            asked = lots.demand[period][item]
            rows.append(balance)
            low.append(asked)
            high.append(asked)
            tied = np.zeros(3 * size)
            rest = sum(lots.demand[later][item] for later in range(period, periods))
            tied[at], tied[2 * size + at] = 1.0, -rest
            rows.append(tied)
            low.append(-np.inf)
            high.append(0.0)
    for period in range(periods):
        load = np.zeros(3 * size)
        load[period:size:periods] = use
        load[2 * size + period :: periods] = time
        rows.append(load)
        low.append(-np.inf)
        high.append(lots.capacity)
    upper = np.concatenate([np.full(2 * size, np.inf), np.ones(size)])
    found = milp(
        weights,
        constraints=LinearConstraint(np.array(rows), low, high),
        bounds=Bounds(0, upper),
        integrality=np.repeat([0, 0, 1], size),
        options={"mip_rel_gap": 0.0},
    )
    return float(found.fun) if found.success else float("nan")


def test_a_file_of_the_family_is_read():
    lots = read_lots(FILE)
    assert lots.capacity == 40.0
    assert lots.items[2] == (2.0, 3.0, 5.0, 40.0)
    assert lots.demand[1] == [8.0, 0.0, 6.0]


def drawn(seed: int) -> Lots:
    draw = np.random.default_rng(seed)
    demand = (draw.integers(0, 12, (6, 3)) * (draw.random((6, 3)) < 0.8)).astype(float)
    items = [
        (float(draw.integers(1, 3)), float(draw.integers(1, 4)), float(draw.integers(0, 5)),
         float(draw.integers(5, 60)))
        for _ in range(3)
    ]  # fmt: skip
    need = sum(float(demand[:, k].sum()) * items[k][0] for k in range(3)) / 6
    return Lots(round(1.6 * need + 12.0), items, demand.tolist())


@pytest.mark.parametrize("seed", range(6))
def test_scenarios_reach_the_optimum_of_the_textbook_form(seed: int):
    lots = drawn(seed)
    best = textbook(lots)
    plan = solve(scenario_of(lots), gap=1e-7, time=30.0)
    assert check_plan(scenario_of(lots), plan.decisions).sound
    if np.isnan(best):  # nothing meets all demand in time
        assert plan.objective.unmet > 0
        return
    assert plan.objective.unmet == pytest.approx(0.0, abs=1e-6)
    assert plan.objective.cost == pytest.approx(best, rel=1e-6)
    assert plan.status == "optimal"


def files() -> list[Path]:
    folder = os.environ.get("INTENDANCE_LOTS")
    return sorted(Path(folder).glob("*")) if folder else []


@pytest.mark.parametrize("path", files() or [None], ids=lambda path: path.stem if path else "none")
def test_published_instances_reach_their_optima(path: Path | None):
    """Files named as in the literature in the folder INTENDANCE_LOTS (not in the repository)."""
    if path is None:
        pytest.skip("INTENDANCE_LOTS names no folder of published instances")
    lots = read_lots(path.read_text(encoding="utf-8"))
    plan = solve(scenario_of(lots, path.stem), gap=1e-6, time=600.0)
    best = PUBLISHED.get(path.stem.lower()) or textbook(lots)
    assert plan.objective.unmet == pytest.approx(0.0, abs=1e-6)
    assert plan.bound.cost <= best * (1 + 1e-6)
    assert plan.objective.cost == pytest.approx(best, rel=1e-6)
