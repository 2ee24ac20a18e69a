"""Runs a sweep over an executor; what is done is kept, so that it can be taken up again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, as_completed
from pathlib import Path
from typing import Final

import msgspec

from intendance.planning._inputs.save import scenario_hash
from intendance.planning._plan import Plan
from intendance.planning._scenario import Assumption, Scenario
from intendance.planning._sweep.bands import BandRow, SteadyRow, band_rows, steady_rows
from intendance.planning._sweep.draws import draw, sweep_assumptions
from intendance.planning._sweep.outcome import Outcome, outcome_of
from intendance.planning.checker import Horizon
from intendance.tables import write_csv
from intendance.terms import IntendanceError

Solver = Callable[[Scenario], Plan]

_FOLDER: Final = "scenarios"


class Sweep(msgspec.Struct, frozen=True):
    """A whole sweep: every outcome, the bands over them and the decisions that hold."""

    outcomes: tuple[Outcome, ...]
    bands: tuple[BandRow, ...]
    steady: tuple[SteadyRow, ...]
    assumptions: tuple[Assumption, ...]

    @property
    def failed(self) -> list[Outcome]:
        """The scenarios that could not be planned."""
        return [each for each in self.outcomes if each.state == "failed"]


def sweep(
    scenario: Scenario,
    folder: Path,
    *,
    count: int,
    seed: int,
    solver: Solver,
    executor: Executor | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Sweep:
    """Plans ``count`` scenarios drawn with ``seed`` and keeps each in ``folder``.

    Scenarios that are kept already (of the same inputs and seed) are not planned again. One that
    fails is kept as failed, with its error, and planned again by the next call. ``solver`` must be
    a function of a module where an executor's workers are other processes. Writes ``bands.csv``,
    ``decisions.csv`` and ``failed.csv``.
    """
    key = f"{scenario_hash(scenario)}-{seed}"
    kept = folder / _FOLDER
    kept.mkdir(parents=True, exist_ok=True)
    done = {each.number: each for each in _kept(kept, key, count)}
    left = [number for number in range(count) if number not in done]
    for outcome in _planned(scenario, seed, key, left, solver, executor):
        done[outcome.number] = outcome
        _keep(kept, outcome)
        if progress is not None:
            progress(len(done), count)
    found = tuple(done[number] for number in sorted(done))
    result = Sweep(
        outcomes=found,
        bands=tuple(
            band_rows(found, Horizon(scenario.settings.start, scenario.settings.months).name)
        ),
        steady=tuple(steady_rows(found)),
        assumptions=tuple(sweep_assumptions(scenario)),
    )
    _write(folder, result)
    return result


def plan_one(scenario: Scenario, seed: int, key: str, number: int, solver: Solver) -> Outcome:
    """Draws and plans one scenario; what goes wrong becomes its outcome."""
    try:
        drawn = draw(scenario, seed, number)
        return outcome_of(number, key, drawn, solver(drawn))
    except IntendanceError as fault:
        return Outcome(number=number, inputs=key, state="failed", fault=f"{fault.code}: {fault}")


def _planned(
    scenario: Scenario,
    seed: int,
    key: str,
    left: Sequence[int],
    solver: Solver,
    executor: Executor | None,
) -> Iterator[Outcome]:
    if executor is None:
        for number in left:
            yield plan_one(scenario, seed, key, number, solver)
        return
    futures: dict[Future[Outcome], int] = {
        executor.submit(plan_one, scenario, seed, key, number, solver): number for number in left
    }
    for future in as_completed(futures):
        try:
            yield future.result()
        except Exception as fault:  # noqa: BLE001  # a worker that died, whatever the executor says
            text = f"{type(fault).__name__}: {fault}"
            yield Outcome(number=futures[future], inputs=key, state="failed", fault=text)


def _kept(folder: Path, key: str, count: int) -> Iterator[Outcome]:
    for number in range(count):
        try:
            found = msgspec.json.decode(_path(folder, number).read_bytes(), type=Outcome)
        except (OSError, msgspec.DecodeError):
            continue
        if found.inputs == key and found.state == "planned":
            yield found


def _keep(folder: Path, outcome: Outcome) -> None:
    path = _path(folder, outcome.number)
    new = path.with_suffix(".new")
    new.write_bytes(msgspec.json.encode(outcome))
    os.replace(new, path)


def _path(folder: Path, number: int) -> Path:
    return folder / f"{number:05d}.json"


class _Failed(msgspec.Struct, frozen=True):
    scenario: int
    fault: str


def _write(folder: Path, result: Sweep) -> None:
    failed = [_Failed(each.number, each.fault) for each in result.failed]
    tables = (("bands", BandRow, result.bands), ("decisions", SteadyRow, result.steady))
    for name, kind, rows in (*tables, ("failed", _Failed, failed)):
        (folder / f"{name}.csv").write_text(write_csv(rows, kind), encoding="utf-8")
