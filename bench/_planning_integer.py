"""Whole numbers (set-ups, batches, ramps, bands, minimums): our gap beside plain HiGHS MIP.

Both get the same seconds and the same rows. Plain HiGHS gets the model of one level with whole
numbers and nothing else: no start, no windows, no scaling of the level to what is unavoidable.
Stated is the gap of P16 of the first level, of each against its own bound and against the better
of both bounds. Part of ``bench/planning.py``; ``python bench/_planning_integer.py`` runs it alone.
"""

from __future__ import annotations

import time
from statistics import median

import highspy
import msgspec
import numpy as np
from _coalitions import coalition

from intendance.planning import Scenario, check_plan, solve
from intendance.planning._model import build_model
from intendance.planning._solve._levels import gap_of
from intendance.planning._solve._unavoidable import unavoidable
from intendance.terms import IntendanceError


class IntegerRow(msgspec.Struct, frozen=True):
    """One size: medians over seeds of the gap of unmet demand, in parts of 1 (1: nothing found)."""

    size: str
    columns: int
    whole: int
    seconds: float
    ours: float
    plain: float
    ours_best_bound: float
    plain_best_bound: float


def measure(
    sizes: tuple[tuple[int, int, int], ...] = ((3, 6, 12), (4, 10, 18)),
    seconds: float = 20.0,
    seeds: tuple[int, ...] = (0, 1, 2),
) -> list[IntegerRow]:
    """One row a size."""
    found = []
    for size in sizes:
        rows = [_one(coalition(*size, seed=seed, integers=True), seconds) for seed in seeds]
        gaps = [median(row[k] for row in rows) for k in range(2, 6)]
        name = "x".join(map(str, size))
        found.append(IntegerRow(name, int(rows[0][0]), int(rows[0][1]), seconds, *gaps))
    return found


def _one(scenario: Scenario, seconds: float) -> tuple[float, ...]:
    settings = msgspec.structs.replace(scenario.settings, levels=("unmet",))
    scenario = msgspec.structs.replace(scenario, settings=settings)
    model = build_model(scenario)
    least = unavoidable(model.data).unmet
    try:
        plan = solve(scenario, gap=1e-6, time=seconds)
        assert check_plan(scenario, plan.decisions).sound
        value, bound = plan.objective.unmet, plan.bound.unmet
    except IntendanceError:
        value, bound = np.inf, least
    other, other_bound = _plain(model.problem, seconds)
    best = max(bound, other_bound)
    gaps = [
        gap_of(v, b, least) if np.isfinite(v) else 1.0
        for v, b in ((value, bound), (other, other_bound), (value, best), (other, best))
    ]
    return (model.problem.matrix.shape[1], int(model.problem.integer.sum()), *gaps)


def _plain(problem: object, seconds: float) -> tuple[float, float]:
    """Value and bound of HiGHS alone: infinite where it found no plan."""
    p = problem
    matrix = p.matrix  # type: ignore[attr-defined]
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("time_limit", seconds)
    highs.setOptionValue("mip_rel_gap", 1e-6)
    highs.passModel(
        matrix.shape[1], matrix.shape[0], matrix.nnz,
        int(highspy.MatrixFormat.kColwise), int(highspy.ObjSense.kMinimize),
        p.constants["unmet"], p.costs["unmet"], p.lower, p.upper,  # type: ignore[attr-defined]
        p.row_lower, p.row_upper, matrix.indptr.astype(np.int32),  # type: ignore[attr-defined]
        matrix.indices.astype(np.int32), matrix.data,
        p.integer.astype(np.int32),  # type: ignore[attr-defined]
    )  # fmt: skip
    highs.run()
    info = highs.getInfo()
    value = info.objective_function_value if info.primal_solution_status == 2 else np.inf
    bound = info.mip_dual_bound
    return value, bound if np.isfinite(bound) else 0.0


def main() -> None:
    """Prints a row a size."""
    begun = time.monotonic()
    for row in measure():
        print(msgspec.json.encode(row).decode(), f"{time.monotonic() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    main()
