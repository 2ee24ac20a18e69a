"""What a unit more of each limit is worth, with a plan's whole numbers fixed (local)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from intendance.planning._model import Model, build_model
from intendance.planning._model._blocks import Floats
from intendance.planning._plan import Plan
from intendance.planning._scenario import Level, Scenario
from intendance.planning._solve._highs import Highs

Key = tuple[str, ...]


@dataclass(frozen=True)
class Worth:
    """Savings of each level by a unit more of the right-hand side of each row, by block and key."""

    model: Model
    levels: dict[Level, dict[str, dict[Key, float]]]

    def of(self, level: Level, block: str, key: Key) -> float | None:
        """What one unit more saves; None where the row isn't in the model."""
        return self.levels[level].get(block, {}).get(key)


def worth_of(scenario: Scenario, plan: Plan, time: float = 30.0) -> Worth:
    """Solves the levels of unmet demand and shortfall again, whole numbers as in the plan."""
    model = build_model(scenario)
    highs = Highs(model.problem, None)
    where = highs.integers
    highs.fix(where, numbers_of(model, plan)[where])
    levels: dict[Level, dict[str, dict[Key, float]]] = {"unmet": {}, "shortfall": {}}
    for level in levels:
        costs = model.problem.costs[level]
        outcome = highs.relax(costs, time)
        if outcome.row_dual is None:
            break
        levels[level] = {
            name: dict(
                zip(
                    block.keys(),
                    np.maximum(0.0, -outcome.row_dual[block.present]).tolist(),
                    strict=True,
                )
            )
            for name, block in model.problem.rows.items()
            if block.name.split(" ")[0]
            in ("capacity", "budget", "absorption", "ceiling", "component")
        }
        highs.settle(costs, outcome.row_dual)
    return Worth(model, levels)


def numbers_of(model: Model, plan: Plan) -> Floats:
    """The whole numbers of a plan as values of the model's columns (others 0)."""
    x = np.zeros(len(model.problem.lower))
    data = model.data
    rows = {(r.line, r.item): k for k, r in enumerate(data.scenario.lines)}
    for made in plan.decisions.production:
        at = model.columns["setup"][rows[made.line, made.item], data.months.number(made.month)]
        if made.setup and at >= 0:
            x[at] = 1.0
    ramps = {row.ramp: k for k, row in enumerate(data.scenario.ramps)}
    for ramp in plan.decisions.ramps:
        at = model.columns["decided"][ramps[ramp.ramp], data.months.number(ramp.month) :]
        x[at[at >= 0]] += ramp.count
    frameworks = {row.framework: k for k, row in enumerate(data.scenario.frameworks)}
    for row in plan.decisions.frameworks:
        framework = data.scenario.frameworks[frameworks[row.framework]]
        used = int(model.columns["used"][frameworks[row.framework]])
        if used >= 0:
            x[used] = float(row.used)
        chosen = model.columns.get(f"band {row.framework} {row.item}")
        if chosen is not None and row.quantity > 0:
            first = row.band if framework.kind == "all-units" else 0
            picked = chosen[first : row.band + 1]
            x[picked[picked >= 0]] = 1.0
    return x
