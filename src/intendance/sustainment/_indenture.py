"""Two echelons and an indented structure: VARI-METRIC, and exact where a part has no parts.

Sherbrooke ("VARI-METRIC: improved approximations for multi-indenture, multi-echelon availability
models", *Operations Research* 34, 1986; *Optimal Inventory Modeling of Systems*, 2004, ch. 6), with
the maker as a third place of repair that holds no stock, and any depth of structure.
"""

from __future__ import annotations

import msgspec
import numpy as np

from intendance.sustainment._arrays import Floats
from intendance.sustainment._exact import unit_backorders
from intendance.sustainment._fleet import Fleet
from intendance.sustainment._moments import moments
from intendance.sustainment._two_echelon import Method, excess, split_variance


class Flows(msgspec.Struct, frozen=True):
    """Demand a day of each part at each fleet and at the depot, and what follows from it.

    ``share[i, j]``: the part of the depot's demand for i that comes from fleet j; ``inner[i]``: the
    part that comes from the depot's repairs of i's parent. ``own`` and ``pipeline``: the mean
    number under way to or in repair at a fleet, and in repair at depot and maker, waiting for parts
    left out.
    """

    demand: Floats
    at_depot: Floats
    share: Floats
    inner: Floats
    own: Floats
    pipeline: Floats


class State(msgspec.Struct):
    """What is outstanding and back-ordered: of each part at the depot, and at each fleet.

    ``exact[i]``: whether the figures of i rest on no approximation.
    """

    depot_mean: Floats
    depot_variance: Floats
    depot_owed: Floats
    depot_owed_variance: Floats
    mean: Floats
    variance: Floats
    owed: Floats
    owed_variance: Floats
    exact: list[bool]


def flows(fleet: Fleet) -> Flows:
    """Demand from the failures down the structure."""
    demand = fleet.failures.copy()
    count = len(fleet.parts)
    at_depot, inner, direct = np.zeros(count), np.zeros(count), np.zeros(count)
    repaired = np.zeros(count)
    for part, parent in enumerate(fleet.parent):
        if parent >= 0:
            demand[part] = demand[parent] * fleet.at_unit[parent] * fleet.share[part]
            direct[part] = repaired[parent] * fleet.share[part]
        passed = demand[part] * (1 - fleet.at_unit[part])
        at_depot[part] = passed.sum() + direct[part]
        repaired[part] = (demand[part] * fleet.at_depot[part]).sum() + direct[
            part
        ] * fleet.depot_share[part]
    total = np.where(at_depot > 0, at_depot, 1.0)
    inner = direct / total
    here = fleet.at_unit
    own = demand * ((1 - here) * fleet.shipping + here * fleet.unit_days)
    away = np.maximum(at_depot - repaired, 0.0)
    return Flows(
        demand=demand,
        at_depot=at_depot,
        share=demand * (1 - here) / total[:, None],
        inner=inner,
        own=own,
        pipeline=repaired * fleet.depot_days + away * fleet.maker_days,
    )


def state_of(
    fleet: Fleet, flow: Flows, method: Method, depot_stock: Floats, stock: Floats
) -> State:
    """Back-orders of every part, parts of parts first."""
    shape = flow.demand.shape
    depot, units = np.zeros((4, shape[0])), np.zeros((4, *shape))
    found = State(*depot, *units, exact=[False] * shape[0])  # type: ignore[misc]  # 4 + 4 arrays
    for part in reversed(range(shape[0])):
        _at_depot(fleet, flow, method, part, depot_stock[part], found)
        _at_units(fleet, flow, method, part, (depot_stock[part], stock[part]), found)
    return found


def _at_depot(
    fleet: Fleet, flow: Flows, method: Method, part: int, stock: float, found: State
) -> None:
    mean = variance = flow.pipeline[part]
    for child in fleet.children(part):
        owed, spread = found.depot_owed[child], found.depot_owed_variance[child]
        mean = mean + flow.inner[child] * owed
        variance = variance + split_variance(flow.inner[child], owed, spread)
    fitted = mean if method == "metric" else variance
    found.depot_mean[part], found.depot_variance[part] = mean, fitted
    wide = excess(np.asarray(mean), np.asarray(fitted))
    owed, spread = moments(np.asarray(mean), wide, np.asarray(stock))
    found.depot_owed[part], found.depot_owed_variance[part] = owed, spread


def _at_units(
    fleet: Fleet,
    flow: Flows,
    method: Method,
    part: int,
    stocks: tuple[float, Floats],
    found: State,
) -> None:
    share, depot = flow.share[part], (found.depot_owed[part], found.depot_owed_variance[part])
    mean = flow.own[part] + share * depot[0]
    variance = flow.own[part] + split_variance(share, *depot)
    waiting = np.zeros(len(fleet.parts), dtype=bool)
    waiting[fleet.children(part)] = True
    mean = mean + found.owed[waiting].sum(axis=0)
    variance = variance + found.owed_variance[waiting].sum(axis=0)
    fitted = mean if method == "metric" else variance
    found.mean[part], found.variance[part] = mean, fitted
    never = not flow.demand[waiting].any() and not flow.at_depot[waiting].any()
    found.exact[part] = method == "exact" and never
    if found.exact[part]:
        for j in range(share.size):
            found.owed[part, j], found.owed_variance[part, j] = unit_backorders(
                flow.pipeline[part], stocks[0], share[j], flow.own[part, j], stocks[1][j]
            )
        return
    found.owed[part], found.owed_variance[part] = moments(mean, excess(mean, fitted), stocks[1])
