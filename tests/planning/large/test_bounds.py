"""Both bounds of a large plan enclose the optimum, and every plan keeps every rule."""

from __future__ import annotations

import highspy
import numpy as np
import pytest

from intendance.planning._large._check import check
from intendance.planning._large._families import FAMILIES, generated
from intendance.planning._large._instance import Instance
from intendance.planning._large._matrix import programme
from intendance.planning._large._solve_large import solve_large


def optimum(instance: Instance) -> float:
    """The one-piece optimum by HiGHS's simplex."""
    model = programme(instance)
    engine = highspy.Highs()
    engine.setOptionValue("output_flag", False)
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
    assert engine.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(engine.getInfo().objective_function_value)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("waits", [True, False])
def test_both_bounds_enclose_the_optimum(family, waits):
    instance = generated(3, 4, 14, seed=3, family=family, waits=waits)
    best = optimum(instance)
    plan = solve_large(instance, gap=0.001, seconds=1.0, jobs=1)
    assert plan.bound <= best * (1 + 1e-7)
    assert plan.found is not None
    assert plan.found.value >= best * (1 - 1e-7)
    assert plan.found.worst <= 1e-6
    assert plan.gap == pytest.approx((plan.found.value - plan.bound) / plan.found.value)


def test_whole_ramps_are_whole_and_the_bound_still_holds():
    instance = generated(3, 4, 30, seed=1, family="scarce")
    plan = solve_large(instance, gap=0.001, seconds=1.0, jobs=1, whole=True)
    assert plan.arrays is not None
    assert plan.found is not None
    assert np.array_equal(plan.arrays.ramps, np.rint(plan.arrays.ramps))
    assert plan.bound <= plan.found.value


def test_the_check_sees_what_is_broken():
    instance = generated(3, 4, 14, seed=3)
    plan = solve_large(instance, gap=1.0, seconds=1.0, jobs=1)
    arrays = plan.arrays
    assert arrays is not None
    assert check(instance, arrays).worst <= 1e-6
    for name in ("ordered", "stock", "sent", "received", "made"):
        broken = getattr(arrays, name).copy()
        broken.flat[np.argmax(broken)] *= 1.5
        assert check(instance, arrays._replace(**{name: broken})).worst > 1e-4, name


def test_the_value_is_that_of_the_matrix():
    instance = generated(3, 4, 14, seed=5, family="all")
    plan = solve_large(instance, gap=0.01, seconds=1.0, jobs=1)
    arrays, model = plan.arrays, programme(instance)
    assert arrays is not None
    assert plan.found is not None
    asked = instance.demand.asked
    filled = np.minimum(arrays.stock, instance.demand.target)
    parts = {
        "ordered": arrays.ordered,
        "filled": filled,
        "above": arrays.stock - filled,
        "sent": arrays.sent,
        "received": arrays.received,
        "met": arrays.met,
        "unmet": np.cumsum(asked - arrays.met, axis=3),
        "used": arrays.used,
        "made": arrays.made,
        "ramped": arrays.ramps,
        "share": arrays.share,
    }
    x = np.zeros(len(model.cost))
    for name, values in parts.items():
        first, shape = model.blocks[name]
        assert values.shape == shape
        x[first : first + values.size] = values.ravel()
    first, shape = model.blocks["held"]
    kept = model.matrix[:, first : first + int(np.prod(shape))]
    free = np.diff(kept.indptr) == 0
    assert free.sum() > 0.9 * len(free)
    total = (model.matrix @ x)[free]
    low, high = model.row_low[free], model.row_high[free]
    size = abs(model.matrix[free]) @ np.abs(x) + 1.0
    assert (total >= low - 1e-7 * size).all()
    assert (total <= high + 1e-7 * size).all()
    held = plan.found.value - (float(model.cost @ x) + model.constant)
    assert 0 <= held <= 0.01 * plan.found.value
