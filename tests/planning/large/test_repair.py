"""From a track's point to a plan: restarts, production that is late, orders taken over."""

from __future__ import annotations

import numpy as np
import pytest

from intendance.planning._large import _bound, _problem, _repair
from intendance.planning._large._families import generated
from intendance.planning._large._match import matched
from intendance.planning._large._mean import Mean
from intendance.planning._large._scale import steps
from intendance.planning._large._state import copied, origin
from intendance.planning._large._steps import SideRows
from intendance.planning._large._track import Track
from intendance.planning._large._upper import Candidate, Maker


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


def test_a_component_is_shared_over_months_and_the_cheap_give_way(given):
    _, problem = given
    shared, items = problem.shared, len(problem.cells.supply)
    months = shared.capacity.shape[1]
    users = [int(i) for i in shared.parent[shared.parent < items]]
    child = int(shared.child[shared.parent == users[0]][0])
    # No lines that bind and nothing made of components: what there is at first is all.
    shared = shared._replace(
        capacity=np.full_like(shared.capacity, 1e9), start=np.zeros_like(shared.start)
    )
    problem = problem._replace(shared=shared)
    order = _bound.upwards(shared, items)
    pair = int(np.flatnonzero(shared.item == users[0])[0])
    need = float(shared.quantity[(shared.parent == users[0]) & (shared.child == child)][0])
    each = 2.0 * shared.opening[child] / need / months
    made = np.zeros((len(shared.line), months))
    made[pair] = each
    ramps = np.zeros((len(shared.ramp_line), months))
    worth = np.ones((items, months)) * np.linspace(2.0, 1.0, months) * 100.0
    plain = _repair.output(problem, made, ramps, order, whole=False).made[pair]
    other = _repair._evenly(problem, made, ramps, order).made[pair]
    # One month after the other, the second half of them has nothing; evenly, all have half.
    assert plain[: months // 2] == pytest.approx(np.full(months // 2, each))
    assert plain[months // 2 :] == pytest.approx(np.zeros(months - months // 2), abs=1e-9 * each)
    assert other == pytest.approx(np.full(months, 0.5 * each))
    assert need * other.sum() == pytest.approx(shared.opening[child])
    # What is worth less the later it comes is started as before.
    found = _repair.output(problem, made, ramps, order, whole=False, worth=worth).made[pair]
    assert found == pytest.approx(plain)


def test_no_component_is_used_before_it_is_there(given):
    _, problem = given
    shared, items = problem.shared, len(problem.cells.supply)
    order = _bound.upwards(shared, items)
    rng = np.random.default_rng(3)
    made = rng.uniform(0.0, 2.0, (len(shared.line), shared.capacity.shape[1]))
    made *= shared.capacity[shared.line] / shared.use[:, None]
    ramps = np.zeros((len(shared.ramp_line), made.shape[1]))
    wished = np.where(np.arange(made.shape[1]) < shared.start[:, None], 0.0, made)
    found = _repair._evenly(problem, wished, ramps, order)
    used = np.zeros_like(found.held)
    came = np.zeros_like(found.held)
    for pair, item in enumerate(shared.item):
        for parent, child, need in zip(shared.parent, shared.child, shared.quantity, strict=True):
            if parent == item:
                used[child] += need * found.made[pair]
        lead = int(shared.lead[pair])
        if item >= items:
            came[item - items, lead:] += found.made[pair, : made.shape[1] - lead]
    held = shared.opening[:, None] + np.cumsum(came - used, axis=1)
    assert held == pytest.approx(found.held, abs=1e-9 * used.max())
    assert held.min() >= -1e-9 * used.max()
    load = np.zeros_like(shared.capacity)
    np.add.at(load, shared.line, shared.use[:, None] * found.made)
    assert (load <= shared.capacity * (1 + 1e-12)).all()


def test_late_arrivals_go_to_those_who_ordered_first():
    orders = np.zeros((1, 2, 4))
    orders[0, 0, 0], orders[0, 1, 1] = 6.0, 4.0
    arriving = np.array([[0.0, 6.0, 2.0, 2.0]])
    found = np.empty_like(orders)
    matched(orders, arriving, np.array([[0.5, 0.5]]), found)
    assert found[0, 0] == pytest.approx([0.0, 6.0, 0.0, 0.0])
    assert found[0, 1] == pytest.approx([0.0, 0.0, 2.0, 2.0])
    matched(orders, 0.5 * arriving, np.array([[0.5, 0.5]]), found)
    assert found[0, 0].sum() == pytest.approx(3.0)
    assert found.sum(axis=1) == pytest.approx(0.5 * arriving)
    matched(0.0 * orders, arriving, np.array([[0.25, 0.75]]), found)
    assert found[0, 1] == pytest.approx(0.75 * arriving[0])


def test_a_mean_of_candidates_counts_the_first_alike():
    def candidate(value):
        array = np.full((2, 2), value)
        return Candidate(array, array.copy(), None, array.copy())

    mean = Mean()
    for value in (1.0, 2.0, 6.0):
        found = mean.add(candidate(value))
    assert found.made == pytest.approx(np.full((2, 2), 3.0))
    assert found.orders is None
