"""Plans of scenarios that differ little: decisions, prices and bases of the last one go on.

All levels are run at once from the last basis. Where that proves too little, the whole numbers of
the last plan are kept and what is linear is solved again from its basis. The
last plan's multipliers prove a bound of the new scenario, whatever has changed (P21); without whole
numbers those that are found prove it. Where that leaves too wide a gap, or the old decisions don't
fit, the scenario is solved from nothing.
"""

from __future__ import annotations

import time as clock
from dataclasses import dataclass, field

import msgspec
import numpy as np

from intendance.planning._model import Block, Frame, Model, Problem, frame_of, model_of
from intendance.planning._model._blocks import Floats
from intendance.planning._plan import Plan
from intendance.planning._scenario import Scenario
from intendance.planning._solve._combine import best_bound, part_of
from intendance.planning._solve._highs import Highs, Outcome
from intendance.planning._solve._large_run import columns_of
from intendance.planning._solve._levels import Progress, Stage, gap_of, keep, stages_of
from intendance.planning._solve._run import clean, run, told
from intendance.planning._solve._together import Together, checked
from intendance.planning._solve._unavoidable import unavoidable
from intendance.terms import IntendanceError

Kept = dict[str, Floats]
"""Values by block, on the block's whole grid; not a number where it has no column or row."""


@dataclass
class Memory:
    """What is kept of the last plan: whole numbers, multipliers and bases by stage."""

    whole: Kept
    multipliers: list[Kept]
    bases: dict[int, tuple[Kept, Kept]] = field(default_factory=dict)
    loose: dict[int, tuple[Kept, Kept]] = field(default_factory=dict)
    """Bases of the relaxations, whose multipliers prove the bounds."""
    together: tuple[Kept, Kept] | None = None
    """The basis of all levels at once."""


_memories: dict[tuple[object, ...], list[Memory]] = {}
_MOST = 4
"""Families of scenarios that are remembered at once."""
_LAST = 12
"""Plans of a family that are remembered."""
_PROOFS = 2
"""Plans whose multipliers are tried before the scenario's own relaxations are solved."""
_CLOSE = 0.5
"""A bound within this part of the gap is not made better."""
_TRIES = 3
"""After so many scenarios one after the other for which nothing near will do, none is tried."""

_WARM = 20_000
"""Columns up to which level by level from a basis nearby takes less than a plan from nothing."""

_AT_ONCE = 60_000
"""The same for all levels at once: at 44,000 columns it takes less than half."""

_failed: dict[tuple[object, ...], int] = {}


def solve_near(
    scenario: Scenario, *, gap: float = 0.01, time: float = 60.0, jobs: int | None = None
) -> Plan:
    """As ``solve``; takes up what this process planned before of the same nations, items, months.

    For scenarios that differ in amounts and dates alone, such as those of a sweep.
    """
    ends = clock.monotonic() + time
    settings = msgspec.json.encode(scenario.settings)  # weights are no key as they are
    key = (settings, scenario.nations, scenario.items, len(scenario.lines))
    memories = _memories.get(key, [])
    frame = frame_of(scenario)
    if memories and _failed.get(key, 0) < _TRIES and columns_of(frame) <= _AT_ONCE:
        plan = _Near(frame, memories, gap, ends, jobs).plan()
        if plan is not None:
            _failed.pop(key, None)
            return plan
        _failed[key] = _failed.get(key, 0) + 1

    def remember(model: Model, progress: Progress) -> None:
        while len(_memories) >= _MOST and key not in _memories:
            _memories.pop(next(iter(_memories)))
        kept = _kept(model.problem, progress)
        kept.together = memories[0].together if memories else None
        _memories[key] = [kept, *memories][:_LAST]

    return run(scenario, gap=gap, time=ends - clock.monotonic(), jobs=jobs, keep=remember)


def _kept(problem: Problem, progress: Progress) -> Memory:
    assert progress.x is not None  # noqa: S101
    whole = {
        name: _grid(block, progress.x)
        for name, block in problem.columns.items()
        if problem.integer[block.present].any()
    }
    stages = [
        {name: _grid(block, y) for name, block in problem.rows.items()}
        for y in progress.multipliers
        if y is not None
    ]
    return Memory(whole, stages)


def _grid(block: Block, values: Floats) -> Floats:
    return np.asarray(np.append(values, np.nan)[np.where(block.at >= 0, block.at, -1)])


def _flat(blocks: dict[str, Block], kept: Kept, size: int, other: float) -> Floats:
    """The values for other positions of the same blocks; ``other`` where none is known."""
    found = np.full(size, other)
    for name, block in blocks.items():
        grid = kept.get(name)
        if grid is not None and grid.shape == block.at.shape:
            there = (block.at >= 0) & ~np.isnan(grid)
            found[block.at[there]] = grid[there]
    return found


def _lasting(whole: Kept) -> Kept:
    """With ramps decided once still decided in months in which the last plan had no choice."""
    decided = whole.get("decided")
    if decided is None:
        return whole
    lasting = np.maximum.accumulate(np.nan_to_num(decided), axis=1)
    return {**whole, "decided": lasting}


class _Near:
    """One scenario from the plans before it."""

    def __init__(
        self,
        frame: Frame,
        memories: list[Memory],
        gap: float,
        ends: float,
        jobs: int | None,
    ) -> None:
        self.begun = clock.monotonic()
        self.memories, self.gap, self.ends, self.jobs = memories, gap, ends, jobs
        self.model = model_of(frame)
        self.stages = stages_of(self.model, unavoidable(self.model.data))

    def plan(self) -> Plan | None:
        """A plan from what is remembered, or None where that doesn't reach the gap.

        All levels at once; else level by level with the whole numbers of the last plan, then with
        those of the plan whose multipliers prove most.
        """
        try:
            together = self._together(self.memories[0])
        except IntendanceError:  # from nothing, then
            return None
        if together is not None:
            return together
        if self.model.problem.matrix.shape[1] > _WARM:
            return None
        best = self.memories[0]
        for _ in range(2):
            try:
                found = self._with(best)
            except IntendanceError:  # from nothing, then
                return None
            if found is None or isinstance(found, Plan) or found is best:
                break
            best = found
        return found if isinstance(found, Plan) else None

    def _together(self, memory: Memory) -> Plan | None:
        """A plan from one run for all levels, from the basis of the last such run."""
        model, problem = self.model, self.model.problem
        run = Together(model, self.stages, self.gap, self.jobs)
        known = memory.together
        if known is not None:
            run.highs.start_from(
                _flat(problem.columns, known[0], len(problem.lower), 0.0),
                _flat(problem.rows, known[1], len(problem.row_lower), 1.0),
            )
        whole = _flat(problem.columns, _lasting(memory.whole), len(problem.lower), 0.0)
        progress, basis = run.run(whole, self.ends, warm=known is not None)
        if basis is not None:
            memory.together = _gridded(problem, basis)
        if progress is None or progress.x is None:
            return None
        found = checked(model, progress.x)
        if found is None:
            return None
        return told(model, run.highs, self.stages, progress, found, self.gap, self.begun, "")

    def _with(self, memory: Memory) -> Plan | Memory | None:
        """A plan with a memory's whole numbers, or the memory that proves most where it fails."""
        problem, stages = self.model.problem, self.stages
        highs = Highs(problem, self.jobs)
        where = highs.integers
        whole = _flat(problem.columns, _lasting(memory.whole), len(problem.lower), 0.0)[where]
        whole = np.clip(whole, problem.lower[where], problem.upper[where])
        now = highs.ranges
        now.lower[where] = now.upper[where] = now.reach[where] = whole
        highs.free(where)
        progress = Progress()
        for number, stage in enumerate(stages):
            if not _stage(highs, stage, number, self.memories[0], progress, self.ends):
                return None
        if not len(where):
            # nothing was rounded or kept: the multipliers that were found prove it themselves
            ends = zip(progress.relaxed, progress.values, strict=True)
            progress.bounds = [min(bound, value) for bound, value in ends]
            found = clean(self.model, highs, stages, progress, self.ends)
            return told(self.model, highs, stages, progress, found, self.gap, self.begun, "")
        best, proof = float(np.inf), memory
        for each in self.memories[:_PROOFS]:
            gap = self._proved(progress, each)
            if gap < best:
                best, proof = gap, each
            if gap <= self.gap:
                break
        if best > self.gap and self._relaxed(progress) > self.gap:
            return proof
        found = clean(self.model, highs, stages, progress, self.ends)
        return told(self.model, highs, stages, progress, found, self.gap, self.begun, "")

    def _relaxed(self, progress: Progress) -> float:
        """The largest gap with the multipliers of this scenario's own relaxations.

        They cost less than a plan from nothing: their bases are taken from those of the last one.
        """
        problem, last = self.model.problem, self.memories[0]
        highs, own = Highs(problem, self.jobs), Progress(values=list(progress.values))
        rows = len(problem.row_lower)
        for number, stage in enumerate(self.stages):
            outcome = _warm(highs, stage, number, last.loose, self.ends)
            if outcome.state != "optimal" or outcome.row_dual is None:
                return float(np.inf)
            own.multipliers.append(outcome.row_dual)
            own.relaxed.append(outcome.bound + stage.constant)
            if number + 1 < len(self.stages):
                reached, own.values = own.values, own.values[: number + 1]
                keep(highs, stage, own)
                own.values = reached
        stages = [
            {name: _grid(block, y[:rows]) for name, block in problem.rows.items()}
            for y in own.multipliers
            if y is not None
        ]
        made = Memory(last.whole, stages, last.bases, last.loose, last.together)
        self.memories.insert(0, made)
        del self.memories[_LAST:]
        return self._proved(progress, made)

    def _proved(self, progress: Progress, memory: Memory) -> float:
        """Puts the bounds that a memory's multipliers prove into ``progress``; the largest gap."""
        if len(memory.multipliers) != len(self.stages):
            return float(np.inf)
        problem = self.model.problem
        rows = len(problem.row_lower)
        progress.multipliers = [_flat(problem.rows, y, rows, 0.0) for y in memory.multipliers]
        progress.bounds, progress.relaxed = [], []
        _bound(problem, self.stages, progress, self.gap)
        ends = zip(progress.values, progress.bounds, self.stages, strict=True)
        return max(gap_of(value, bound, stage.unavoidable) for value, bound, stage in ends)


def _gridded(problem: Problem, basis: tuple[Floats, Floats]) -> tuple[Kept, Kept]:
    """A basis by block."""
    columns, rows = basis
    return (
        {name: _grid(block, columns) for name, block in problem.columns.items()},
        {name: _grid(block, rows) for name, block in problem.rows.items()},
    )


def _warm(
    highs: Highs, stage: Stage, number: int, bases: dict[int, tuple[Kept, Kept]], ends: float
) -> Outcome:
    """A stage's relaxation from the basis that is kept of it; its own is kept in turn."""
    problem = highs.problem
    known = bases.get(number)
    if known is not None:
        columns = _flat(problem.columns, known[0], len(problem.lower), 0.0)
        rows = _flat(problem.rows, known[1], len(problem.row_lower), 1.0)
        highs.start_from(columns, np.append(rows, np.ones(len(highs.held))))
    outcome = highs.relax(stage.costs, max(0.1, ends - clock.monotonic()), warm=known is not None)
    if outcome.state == "optimal":
        columns, rows = highs.basis()
        if len(columns) < len(problem.lower):  # an interior point that found no basis
            return outcome
        bases[number] = _gridded(problem, (columns, rows))
    return outcome


def _stage(
    highs: Highs, stage: Stage, number: int, memory: Memory, progress: Progress, ends: float
) -> bool:
    """One level with the whole numbers as they are, from the last basis of that level."""
    outcome = _warm(highs, stage, number, memory.bases, ends)
    if outcome.state != "optimal" or outcome.x is None or outcome.row_dual is None:
        return False
    progress.x = outcome.x
    progress.values.append(float(stage.costs @ outcome.x) + stage.constant)
    progress.multipliers.append(outcome.row_dual)
    progress.relaxed.append(outcome.bound + stage.constant)
    progress.methods.append("from a plan nearby")
    highs.settle(stage.costs, outcome.row_dual)
    return True


def _bound(problem: Problem, stages: list[Stage], progress: Progress, gap: float) -> None:
    """Bounds of all stages from the multipliers, each with the earlier values held."""
    parts = []
    strength: list[float] = []
    for stage, y, value in zip(stages, progress.multipliers, progress.values, strict=True):
        assert y is not None  # noqa: S101
        parts.append(part_of(problem, stage.costs, y, value - stage.constant))
        enough = value - _CLOSE * gap * (value - stage.unavoidable) - stage.constant
        bound, strength = best_bound(problem, parts, strength, enough)
        progress.bounds.append(min(max(bound + stage.constant, stage.unavoidable), value))
        progress.relaxed.append(progress.bounds[-1])
