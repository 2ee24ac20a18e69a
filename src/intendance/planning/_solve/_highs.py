"""One problem in HiGHS: scaled, passed once, run many times, every status checked."""

from __future__ import annotations

import contextlib
import importlib
import os
import time as clock
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from intendance.planning._model import Problem
from intendance.planning._model._blocks import Floats, Ints
from intendance.terms import IntendanceError

State = Literal["optimal", "limit", "infeasible", "nothing"]
"""Proved within the gap asked; stopped with a point; proved empty; stopped without a point."""

TIGHT = 1e-9
"""Feasibility tolerance of the last, clean-up run; other runs keep HiGHS's own."""

_threads: list[int] = []


@dataclass
class Held:
    """A row that keeps an earlier level: ``costs · x <= most``, passed times ``scale``."""

    costs: Floats
    most: float
    scale: float


@dataclass
class Ranges:
    """The limits of columns and rows as they stand, in the scenario's units."""

    lower: Floats
    upper: Floats
    reach: Floats
    row_lower: Floats
    row_upper: Floats


@dataclass(frozen=True)
class Outcome:
    """One run. ``x`` and the multipliers are in the scenario's units; ``bound`` is proved."""

    state: State
    x: Floats | None
    value: float
    bound: float
    row_dual: Floats | None
    method: str
    nodes: int = 0


class Highs:
    """A problem held by HiGHS. Costs, bounds and extra rows can be changed between runs."""

    def __init__(self, problem: Problem, jobs: int | None) -> None:
        self.problem = problem
        self._highspy: Any = importlib.import_module("highspy")
        self._engine: Any = self._highspy.Highs()
        self._set("output_flag", False)
        _use_threads(self._engine, self._highspy, jobs)
        self._columns = problem.matrix.shape[1]
        self._rows = problem.matrix.shape[0]
        self._index = np.arange(self._columns, dtype=np.int32)
        self.held: list[Held] = []
        self._presolve = True
        self.ranges = Ranges(
            problem.lower.copy(),
            problem.upper.copy(),
            problem.reach.copy(),
            problem.row_lower.copy(),
            problem.row_upper.copy(),
        )
        self._pass()

    @property
    def integers(self) -> Ints:
        """The positions of whole-number columns."""
        return np.flatnonzero(self.problem.integer).astype(np.int64)

    @property
    def small(self) -> bool:
        """Whether a run takes next to no time."""
        return bool(self._columns <= SIMPLEX_COLUMNS)

    def hold(self, costs: Floats, most: float) -> None:
        """Adds the row ``costs · x <= most``."""
        where = np.flatnonzero(costs)
        scaled = costs[where] * self.problem.col_scale[where]
        scale = 1.0 / max(float(np.abs(scaled).max(initial=0.0)), 1e-300)
        self.held.append(Held(costs, most, scale))
        self._check(
            self._engine.addRow(
                -np.inf, most * scale, len(where), where.astype(np.int32), scaled * scale
            ),
            "addRow",
        )

    def loosen(self, number: int, most: float) -> None:
        """Changes the limit of a held row."""
        held = self.held[number]
        held.most = most
        self._check(
            self._engine.changeRowBounds(self._rows + number, -np.inf, most * held.scale),
            "changeRowBounds",
        )

    def settle(self, costs: Floats, y: Floats) -> None:
        """Keeps to the best points of a relaxation: what its multipliers price stays at its limit.

        Better than a row ``costs · x <= value``: nothing is left to rounding, and what is settled
        is out of the way of later levels.
        """
        problem, now = self.problem, self.ranges
        own = y[: self._rows]
        reduced = costs - problem.matrix.T @ own
        for multiplier, held in zip(y[self._rows :].tolist(), self.held, strict=True):
            reduced -= multiplier * held.costs
        priced = np.abs(reduced) * problem.col_scale * self._size > PRICED
        low = np.flatnonzero(priced & (reduced > 0)).astype(np.int64)
        high = np.flatnonzero(priced & (reduced < 0) & np.isfinite(now.upper)).astype(np.int64)
        now.upper[low], now.lower[high] = now.lower[low], now.upper[high]
        now.reach[low] = now.lower[low]
        self.bounds(low, now.lower[low], now.upper[low])
        self.bounds(high, now.lower[high], now.upper[high])
        weight = own / problem.row_scale * self._size
        least = np.flatnonzero((weight > PRICED) & np.isfinite(now.row_lower)).astype(np.int64)
        most = np.flatnonzero((weight < -PRICED) & np.isfinite(now.row_upper)).astype(np.int64)
        now.row_upper[least], now.row_lower[most] = now.row_lower[least], now.row_upper[most]
        self.rows(least, now.row_lower[least], now.row_upper[least])
        self.rows(most, now.row_lower[most], now.row_upper[most])

    def fix(self, columns: Ints, values: Floats) -> None:
        """Fixes columns within their ranges until ``free``."""
        fixed = np.clip(values, self.ranges.lower[columns], self.ranges.upper[columns])
        self.bounds(columns, fixed, fixed)

    def free(self, columns: Ints) -> None:
        """Gives columns their ranges back."""
        self.bounds(columns, self.ranges.lower[columns], self.ranges.upper[columns])

    def bounds(self, columns: Ints, lower: Floats, upper: Floats) -> None:
        """Passes the ranges of some columns, in the scenario's units."""
        if not len(columns):
            return
        scale = self.problem.col_scale[columns]
        self._check(
            self._engine.changeColsBounds(
                len(columns), columns.astype(np.int32), lower / scale, upper / scale
            ),
            "changeColsBounds",
        )

    def basis(self) -> tuple[Floats, Floats]:
        """The status of columns and rows after a run, as numbers."""
        found = self._engine.getBasis()
        columns = np.array([int(each) for each in found.col_status], dtype=np.float64)
        rows = np.array([int(each) for each in found.row_status], dtype=np.float64)
        return columns, rows[: self._rows]

    def start_from(self, columns: Floats, rows: Floats) -> None:
        """Takes a basis of another problem for a start; HiGHS mends what doesn't fit."""
        kinds = {int(kind): kind for kind in self._highspy.HighsBasisStatus.__members__.values()}
        basis = self._highspy.HighsBasis()
        for name, value in (
            ("alien", True),
            ("valid", True),
            ("col_status", [kinds[int(each)] for each in columns]),
            ("row_status", [kinds[int(each)] for each in rows]),
        ):
            setattr(basis, name, value)
        self._engine.setBasis(basis)

    def relax(
        self, costs: Floats, time: float, *, tight: bool = False, warm: bool = False
    ) -> Outcome:
        """The relaxation: whole numbers may be fractions. Its bound is recomputed from duals.

        ``warm``: the last run was of the same costs, so that its basis is a good start.
        """
        if len(self.integers):
            kinds = np.full(len(self.integers), self._highspy.HighsVarType.kContinuous)
            self._kinds(kinds)
        self._cost(costs, 0.0)
        self._set("primal_feasibility_tolerance", TIGHT if tight else 1e-7)
        ends = clock.monotonic() + time
        for number, solver in enumerate(self._solvers(warm)):
            left = ends - clock.monotonic()
            if number and left <= 0:
                break
            # The simplex may stall where the interior point doesn't; it then gets a part only.
            self._set("solver", solver)
            self._set("run_crossover", "on")
            part = 0.25 if not warm else 0.7
            state = self._run(part * left if solver == "simplex" and not number else left)
            if state == "infeasible":
                return Outcome("infeasible", None, np.inf, np.inf, None, solver)
            if state == "optimal":
                return self._linear(costs, solver)
            self._check(self._engine.clearSolver(), "clearSolver")
        return Outcome("nothing", None, np.inf, -np.inf, None, "simplex")

    def _solvers(self, warm: bool) -> tuple[str, ...]:
        """Ways to solve the relaxation, the most promising first; ``ipm`` means HiPO."""
        if self._columns <= SIMPLEX_COLUMNS or (warm and self._basis_valid()):
            return "simplex", "ipx", "simplex"
        if self._columns <= IPX_COLUMNS:
            return "ipx", "simplex", "ipm"
        return "ipm", "ipx", "simplex"

    def search(
        self,
        costs: Floats,
        offset: float,
        time: float,
        gap: float,
        start: Floats | None,
        *,
        presolve: bool = True,
    ) -> Outcome:
        """The whole-number problem, within ``gap`` of ``costs · x + offset``.

        Without ``presolve`` nothing is lost to what it rounds away: slower, and surer.
        """
        kinds = np.full(len(self.integers), self._highspy.HighsVarType.kInteger)
        self._kinds(kinds)
        self._cost(costs, offset)
        self._set("mip_rel_gap", max(gap, 1e-9))
        self._set("mip_abs_gap", 1e-9)
        self._set("primal_feasibility_tolerance", 1e-7)
        self._set("solver", "choose")
        if start is not None:
            values = start / self.problem.col_scale
            # A start that HiGHS won't take is no error: it then starts from nothing.
            self._engine.setSolution(self._columns, self._index, values)
        # What presolve got wrong once it may get wrong again, or never end.
        self._presolve = self._presolve and presolve
        self._set("presolve", "choose" if self._presolve else "off")
        state = self._run(time, whole=True)
        self._set("presolve", "choose")
        if state == "infeasible":
            return Outcome("infeasible", None, np.inf, np.inf, None, "branch and bound")
        info = self._engine.getInfo()
        bound = float(info.mip_dual_bound) / self._size - offset
        nodes = int(info.mip_node_count)
        x = self._point() if info.primal_solution_status == _FEASIBLE else None
        if x is None:
            return Outcome("nothing", None, np.inf, bound, None, "branch and bound", nodes)
        value = float(costs @ x)
        return Outcome(state, x, value, bound, None, "branch and bound", nodes)

    def sharpen(self) -> None:
        """Prices count from less: for costs that stand far apart."""
        self._set("dual_feasibility_tolerance", TIGHT)

    def prices(self, costs: Floats) -> Floats | None:
        """What the present basis makes of rows for other costs, where there is one."""
        status, basic = self._engine.getBasicVariables()
        if status == self._highspy.HighsStatus.kError:
            return None
        basic = np.asarray(basic, dtype=np.int64)
        scaled = np.where(basic >= 0, (costs * self.problem.col_scale)[np.maximum(basic, 0)], 0.0)
        status, found = self._engine.getBasisTransposeSolve(scaled)[:2]
        if status == self._highspy.HighsStatus.kError:
            return None
        return np.asarray(np.array(found)[: self._rows] * self.problem.row_scale, dtype=np.float64)

    def conflict(self) -> bool:
        """Whether nothing keeps the present ranges."""
        nothing = np.zeros(self._columns)
        if self.relax(nothing, 60.0).state == "infeasible":
            return True
        if not len(self.integers):
            return False
        return self.search(nothing, 0.0, 60.0, 0.0, None).state == "infeasible"

    def rows(self, rows: Ints, lower: Floats, upper: Floats) -> None:
        """Passes the limits of some rows, in the scenario's units."""
        if not len(rows):
            return
        scale = self.problem.row_scale[rows]
        self._check(
            self._engine.changeRowsBounds(
                len(rows), rows.astype(np.int32), lower * scale, upper * scale
            ),
            "changeRowsBounds",
        )

    def _linear(self, costs: Floats, solver: str) -> Outcome:
        x = self._point()
        dual = np.array(self._engine.getSolution().row_dual) / self._size
        own = dual[: self._rows] * self.problem.row_scale
        held = dual[self._rows :] * np.array([held.scale for held in self.held])
        y = np.concatenate([own, held])
        bound = certified(self.problem.matrix, self.ranges, costs, y, self.held)
        return Outcome("optimal", x, float(costs @ x), bound, y, solver)

    def _point(self) -> Floats:
        value = np.array(self._engine.getSolution().col_value) * self.problem.col_scale
        return np.asarray(np.clip(value, self.problem.lower, self.problem.upper), dtype=np.float64)

    def _pass(self) -> None:
        problem = self.problem
        matrix = problem.matrix.copy()
        matrix.data *= problem.row_scale[matrix.indices]
        matrix.data *= np.repeat(problem.col_scale, np.diff(matrix.indptr))
        status = self._engine.passModel(
            self._columns,
            self._rows,
            matrix.nnz,
            int(self._highspy.MatrixFormat.kColwise),
            int(self._highspy.ObjSense.kMinimize),
            0.0,
            np.zeros(self._columns),
            problem.lower / problem.col_scale,
            problem.upper / problem.col_scale,
            problem.row_lower * problem.row_scale,
            problem.row_upper * problem.row_scale,
            matrix.indptr.astype(np.int32),
            matrix.indices.astype(np.int32),
            matrix.data,
            np.zeros(self._columns, dtype=np.int32),
        )
        self._check(status, "passModel")

    def _cost(self, costs: Floats, offset: float) -> None:
        scaled = costs * self.problem.col_scale
        largest = float(np.abs(scaled).max(initial=0.0))
        # Costs of about 1: HiGHS's tolerances are absolute.
        self._size = float(np.exp2(-np.round(np.log2(largest)))) if largest > 0 else 1.0
        self._check(
            self._engine.changeColsCost(self._columns, self._index, scaled * self._size),
            "changeColsCost",
        )
        self._check(
            self._engine.changeObjectiveOffset(offset * self._size), "changeObjectiveOffset"
        )

    def _kinds(self, kinds: Any) -> None:
        where = self.integers.astype(np.int32)
        self._check(
            self._engine.changeColsIntegrality(len(where), where, kinds), "changeColsIntegrality"
        )

    def _basis_valid(self) -> bool:
        return bool(self._engine.getBasis().valid)

    def _run(self, time: float, *, whole: bool = False) -> State:
        # Branch and bound counts time from its own start, all else from the first run.
        before = 0.0 if whole else float(self._engine.getRunTime())
        self._set("time_limit", before + max(time, 0.05))
        status = self._engine.run()
        model = self._engine.getModelStatus()
        kinds = self._highspy.HighsModelStatus
        if model == kinds.kMemoryLimit:
            raise IntendanceError(
                "plan.limit", expected="enough memory for the model", got="none left",
                where=f"{self._columns} columns, {self._rows} rows",
            )  # fmt: skip
        if (
            model in (kinds.kOptimal, kinds.kModelEmpty)
            and status != self._highspy.HighsStatus.kError
        ):
            return "optimal"
        if model in (kinds.kInfeasible, kinds.kUnboundedOrInfeasible):
            return "infeasible"
        stopped = (kinds.kTimeLimit, kinds.kSolutionLimit, kinds.kInterrupt, kinds.kIterationLimit)
        if model in stopped:
            return "limit"
        if model in (kinds.kUnknown, kinds.kSolveError) and len(self.problem.lower):
            return "nothing"
        raise IntendanceError(
            "plan.solver", expected="a solution, or the reason why there is none",
            got=f"the status '{self._engine.modelStatusToString(model)}'", where="HiGHS",
        )  # fmt: skip

    def _set(self, name: str, value: object) -> None:
        self._check(self._engine.setOptionValue(name, value), name)

    def _check(self, status: Any, what: str) -> None:
        if status == self._highspy.HighsStatus.kError:
            raise IntendanceError(
                "plan.solver", expected="the model to be accepted", got="an error", where=what
            )


SIMPLEX_COLUMNS = 5_000
"""Up to this many columns a cold run uses the simplex method."""

IPX_COLUMNS = 100_000
"""Up to this many the interior point IPX, above them HiPO."""

_FEASIBLE = 2


PRICED = 1e-7
"""A multiplier or reduced cost counts from here, in scaled units."""


def certified(matrix: Any, ranges: Ranges, costs: Floats, y: Floats, held: list[Held]) -> float:
    """The bound that row multipliers prove (P21), whatever made them.

    Multipliers of the wrong sign count as 0; the range of a column ends at its ``reach``.
    """
    rows = len(ranges.row_lower)
    lower = np.concatenate([ranges.row_lower, np.full(len(held), -np.inf)])
    upper = np.concatenate([ranges.row_upper, [row.most for row in held]])
    y = np.where((y > 0) & np.isinf(lower), 0.0, y)
    y = np.where((y < 0) & np.isinf(upper), 0.0, y)
    sides = np.where(y > 0, lower, upper)
    total = float((y * np.where(y == 0, 0.0, sides)).sum())
    reduced = costs - matrix.T @ y[:rows]
    for multiplier, row in zip(y[rows:].tolist(), held, strict=True):
        reduced -= multiplier * row.costs
    ends = np.where(reduced >= 0, ranges.lower, ranges.reach)
    with np.errstate(invalid="ignore"):
        parts = np.where(reduced == 0, 0.0, reduced * ends)
    return total + float(parts.sum())


def _use_threads(engine: Any, highspy: Any, jobs: int | None) -> None:
    """HiGHS keeps one number of threads a process; another needs its scheduler anew.

    Who doesn't ask for a number takes the one that there is, at first HiGHS's own: half the cores.
    """
    if jobs is None:
        jobs = _threads[0] if _threads else ((os.cpu_count() or 1) + 1) // 2
    if _threads and _threads[0] != jobs:
        with contextlib.suppress(AttributeError):
            highspy.Highs.resetGlobalScheduler(True)
    _threads[:] = [jobs]
    engine.setOptionValue("threads", jobs)
