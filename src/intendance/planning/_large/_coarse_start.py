"""A first estimate of shared prices and production: all nations as one, solved in one piece."""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np

from intendance.planning._large._coarse import grouped
from intendance.planning._large._instance import Floats, Instance
from intendance.planning._large._matrix import Programme, programme
from intendance.planning._large._state import State

LARGEST = 120_000
"""Columns of the coarse plan above which it isn't tried: its solution would take too long."""


def coarse_start(instance: Instance, state: State, seconds: float) -> bool:
    """Puts the coarse plan's production and prices into the state; False where there is none."""
    one = np.zeros(instance.shape[1], dtype=np.int64)
    coarse = grouped(instance, one)
    if coarse.columns > LARGEST:
        return False
    model = programme(coarse)
    solution = _solved(model, seconds)
    if solution is None:
        return False
    values, prices = solution
    shared = state.shared
    for name, into in (("made", shared.made), ("held", shared.held), ("ramped", shared.ramps)):
        first, shape = model.blocks[name]
        into[...] = np.maximum(0.0, values[first : first + into.size].reshape(shape))
    items, _, months = coarse.shape
    first = items * months * (1 + coarse.demand.asked.shape[1] + 1 + coarse.pools.lead.shape[1])
    counts = np.zeros(len(shared.ramps))
    rows = (
        (shared.lines, -1.0),
        (counts, -1.0),
        (shared.parts, 1.0),
    )
    for into, sign in rows:
        into[...] = np.maximum(0.0, sign * prices[first : first + into.size].reshape(into.shape))
        first += into.size
    _load_ramps(instance, state, counts)
    years = shared.budgets.shape[1]
    shared.budgets[...] = np.maximum(0.0, -prices[first : first + years])
    # What all pay together costs as much as the money of those who have the most of it.
    shared.yearly[...] = shared.budgets.min(axis=0, initial=np.inf) if len(shared.budgets) else 0.0
    shared.budgets[~np.isfinite(instance.money.budget)] = 0.0
    return True


def _load_ramps(instance: Instance, state: State, counts: Floats) -> None:
    """Ramps built so far and the prices of one more, from those decided and prices of lines."""
    shared, industry = state.shared, instance.industry
    np.cumsum(shared.ramps, axis=1, out=shared.built)
    later = np.cumsum(shared.lines[:, ::-1], axis=1)[:, ::-1]
    months = later.shape[1]
    for ramp, line in enumerate(industry.ramp_line):
        lead = int(industry.ramp_lead[ramp])
        shared.builds[ramp] = -counts[ramp]
        if lead < months:
            gain = industry.ramp_added[ramp] * later[line, lead:]
            shared.builds[ramp, : months - lead] += gain


def _solved(model: Programme, seconds: float) -> tuple[Floats, Floats] | None:
    """Columns and prices of a vertex, or None where it fails."""
    highspy: Any = importlib.import_module("highspy")
    engine = highspy.Highs()
    for option, value in (
        ("output_flag", False),
        ("solver", "simplex"),
        ("time_limit", float(seconds)),
    ):
        engine.setOptionValue(option, value)
    matrix = model.matrix.tocsc()
    engine.passModel(
        len(model.cost),
        len(model.row_low),
        matrix.nnz,
        int(highspy.MatrixFormat.kColwise),
        int(highspy.ObjSense.kMinimize),
        model.constant,
        model.cost,
        model.low,
        model.high,
        model.row_low,
        model.row_high,
        matrix.indptr.astype(np.int32),
        matrix.indices.astype(np.int32),
        matrix.data,
        np.zeros(len(model.cost), dtype=np.int32),
    )
    engine.run()
    solution = engine.getSolution()
    if not (solution.value_valid and solution.dual_valid):
        return None
    values, prices = np.array(solution.col_value), np.array(solution.row_dual)
    if not (np.isfinite(values).all() and np.isfinite(prices).all()):
        return None
    return values, prices
