"""An item's network: its optimum is proved by its own prices, from any basis."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from scipy.optimize import linprog

from intendance.planning._large import _bound, _network, _problem, _simplex
from intendance.planning._large._families import generated


@pytest.fixture(params=[True, False])
def item(request):
    instance = generated(3, 4, 12, seed=7, waits=request.param)
    problem = _problem.problem(instance)
    source = _bound.sources(problem)
    arcs, nodes = _network.sizes(problem.cells, int(np.diff(source.first)[0]))
    net = _network.empty_network(arcs, nodes)
    rng = np.random.default_rng(3)
    costs = rng.uniform(0, 100, (len(problem.shared.line), 12))
    budgets = rng.uniform(0, 0.5, problem.shared.budget.shape)
    nothing, none = np.zeros((0, 0)), np.zeros(0)
    _network.build(
        net,
        0,
        problem.cells,
        nothing,
        nothing,
        none,
        budgets,
        source,
        costs,
        np.zeros((2, 0, 0, 0)),
        np.zeros((2, 0, 0)),
    )
    basis = _simplex.empty_basis(arcs, nodes)
    _network.crash(net, 0, problem.cells, nothing, none, 0, basis)
    return net, basis


def best(net) -> float:
    used = int(net.used[0])
    ones, arc = np.ones(used), np.arange(used)
    matrix = sparse.csr_matrix(
        (
            np.r_[ones, -ones],
            (np.r_[net.source[:used], net.sink[:used]], np.r_[arc, arc]),
        ),
        shape=(len(net.supply), used),
    )
    found = linprog(
        net.cost[:used],
        A_eq=matrix[:-1],
        b_eq=net.supply[:-1],
        bounds=np.c_[np.zeros(used), net.room[:used]],
        method="highs-ds",
    )
    return float(found.fun)


def test_the_first_basis_is_a_feasible_tree(item):
    net, basis = item
    used = int(net.used[0])
    balance = net.supply.copy()
    np.add.at(balance, net.sink[:used], basis.flow[:used])
    np.add.at(balance, net.source[:used], -basis.flow[:used])
    assert np.abs(balance).max() < 1e-9
    assert (basis.flow[:used] >= 0).all()
    assert (basis.flow[:used] <= net.room[:used] + 1e-12).all()
    assert len(_simplex.plant(net, basis)) == len(net.supply)


def test_the_simplex_reaches_the_optimum_and_its_prices_prove_it(item):
    net, basis = item
    _simplex.plant(net, basis)
    assert _simplex.simplex(net, basis, 1 << 30) >= 0
    _simplex.plant(net, basis)
    value = best(net)
    assert _simplex.primal_value(net, basis) == pytest.approx(value, rel=1e-9)
    assert _simplex.dual_value(net, basis)[0] == pytest.approx(value, rel=1e-9)


@pytest.mark.parametrize("pivots", [0, 3, 20])
def test_prices_prove_a_bound_wherever_pivoting_stops(item, pivots):
    net, basis = item
    _simplex.plant(net, basis)
    _simplex.simplex(net, basis, pivots)
    _simplex.plant(net, basis)
    assert _simplex.dual_value(net, basis)[0] <= best(net) + 1e-6


def test_a_kept_basis_starts_where_it_ended(item):
    net, basis = item
    _simplex.plant(net, basis)
    _simplex.simplex(net, basis, 1 << 30)
    flow = basis.flow.copy()
    order = _simplex.plant(net, basis)
    assert _simplex.pour(net, basis, order) < 1e-9
    assert np.allclose(basis.flow, flow)
    assert _simplex.simplex(net, basis, 1 << 30) == 0
