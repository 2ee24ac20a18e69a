"""From a track's point to a plan: restarts, production that is late, orders taken over."""

from __future__ import annotations

import numpy as np
import pytest

from intendance.planning._large import _bound, _problem, _repair
from intendance.planning._large._families import generated
from intendance.planning._large._scale import steps
from intendance.planning._large._state import copied, origin
from intendance.planning._large._steps import SideRows
from intendance.planning._large._track import Track
from intendance.planning._large._upper import Maker


@pytest.fixture(scope="module")
def given():
    instance = generated(3, 4, 12, seed=7)
    return instance, _problem.problem(instance)


def track(problem) -> Track:
    _, nations, months = problem.cells.supply.shape
    nothing, none = np.zeros(0), np.zeros(0, dtype=np.int64)
    cells = np.zeros((0, 2, nations, months))
    side = SideRows(nothing, none, none, nothing, nothing, cells, cells)
    return Track(problem, steps(problem), copied(origin(problem)), side, 1.0)


def test_a_restart_takes_up_all_columns_and_prices(given):
    walker = track(given[1])
    while walker.pace[0] > 0 or walker.pace[1] == 0:
        walker.walk(1)
    assert walker.pace[1] > 1
    for part in ("own", "shared"):
        now, anchor = getattr(walker.state, part), getattr(walker.anchor, part)
        for name, mine, kept in zip(now._fields, now, anchor, strict=True):
            assert np.array_equal(mine, kept), name
    assert np.abs(walker.anchor.own.cells).max() > 0


def test_what_a_full_line_leaves_is_started_later(given):
    _, problem = given
    shared = problem.shared
    order = _bound.upwards(shared, len(problem.cells.supply))
    # More components than anybody could use, so that lines alone are the limit.
    shared = shared._replace(opening=np.full_like(shared.opening, 1e9))
    problem = problem._replace(shared=shared)
    pair = int(np.flatnonzero(shared.item == 0)[0])
    line, first = shared.line[pair], int(shared.start[pair])
    made = np.zeros((len(shared.line), shared.capacity.shape[1]))
    most = shared.capacity[line] / shared.use[pair]
    made[pair, first] = most[first] + 0.5 * most[first + 1]
    ramps = np.zeros((len(shared.ramp_line), made.shape[1]))
    found = _repair.output(problem, made, ramps, order, whole=False).made[pair]
    assert found[first] == pytest.approx(most[first])
    assert found[first + 1] == pytest.approx(0.5 * most[first + 1])
    assert found[first + 2 :].max() == 0.0


def test_taking_over_orders_keeps_to_budgets_and_loses_nothing(given):
    instance, problem = given
    items, nations, months = problem.cells.supply.shape
    rng = np.random.default_rng(1)
    orders = rng.uniform(0, 10, (items, nations, months))
    arriving = orders.sum(axis=1)
    budget = 1.3 * _repair.spending(problem, orders)
    budget[0] = np.inf
    more = _repair.takeovers(problem, orders, arriving, budget)
    assert more[:, 0] == pytest.approx(arriving)
    finite = _repair.spending(problem, orders + more)
    assert (finite[1:] <= budget[1:] * (1 + 1e-9)).all()
    none = np.zeros((0, 2, nations, months))
    values = []
    for swaps in (None, more):
        maker = Maker(instance, problem, _bound.sources(problem), none)
        maker.share(np.zeros_like(budget), orders, arriving, more=swaps)
        taken = maker.cells[:, 0]
        assert taken.sum(axis=1) == pytest.approx(arriving)
        assert (_repair.spending(problem, taken)[1:] <= budget[1:] * (1 + 1e-9)).all()
        pools, queues = problem.cells.send.shape[1], problem.cells.asked.shape[1]
        first = 3 + 2 * pools + queues
        waiting = maker.cells[:, first : first + queues]
        missing = np.maximum(0, problem.cells.target - maker.cells[:, 1])
        values.append(
            float(np.einsum("iknt,ikn->", waiting, problem.cells.unmet))
            + float(np.einsum("int,in->", missing, problem.cells.fill))
        )
    assert values[1] < values[0]
