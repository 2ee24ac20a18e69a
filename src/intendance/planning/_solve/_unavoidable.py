"""What no plan can prevent, computed without the model (P16)."""

from __future__ import annotations

import numpy as np

from intendance.planning._model._blocks import Floats
from intendance.planning._model._data import Data
from intendance.planning._plan import Levels


def unavoidable(data: Data) -> Levels:
    """Unmet demand and shortfall left when each item has every line that makes it to itself."""
    supply = _supply(data)
    return Levels(
        unmet=_waiting(data, supply) + _lost(data, supply),
        shortfall=_shortfall(data, supply),
        cost=0.0,
    )


def _supply(data: Data) -> Floats:
    """Units of each item that can have been there by the end of each month."""
    lines = data.lines
    flow = data.owed.sum(axis=0)
    flow[:, 0] += data.opening.sum(axis=0)
    month = np.arange(data.size)
    for k in range(len(lines.line)):
        room = (lines.capacity + lines.added)[lines.line[k]]
        use, lead = float(lines.use[k]), int(lines.lead[k])
        made = np.where(month >= lines.qualification[k], room / use if use > 0 else np.inf, 0.0)
        if lead < data.size:
            flow[lines.item[k], lead:] += made[: data.size - lead]
    return np.asarray(np.cumsum(flow, axis=1), dtype=np.float64)


def _waiting(data: Data, supply: Floats) -> float:
    """Demand that stays owed: in each month all units so far go to the heaviest queues."""
    queues = data.queues
    asked = np.cumsum(queues.asked, axis=1)
    total = 0.0
    for item in np.unique(queues.item[queues.waits]).tolist():
        mine = np.flatnonzero((queues.item == item) & queues.waits)
        mine = mine[np.argsort(-queues.weight[mine], kind="stable")]
        left = supply[item].copy()
        for queue in mine.tolist():
            met = np.minimum(left, asked[queue])
            left = left - met
            total += float(queues.weight[queue] * (asked[queue] - met).sum())
    return total


def _lost(data: Data, supply: Floats) -> float:
    """Demand that lapses: the heaviest first, as long as all that is met can have been there."""
    queues = data.queues
    total = 0.0
    lapses = ~queues.waits
    for item in np.unique(queues.item[lapses]).tolist():
        mine = np.flatnonzero((queues.item == item) & lapses)
        mine = mine[np.argsort(-queues.weight[mine], kind="stable")]
        room = supply[item].copy()
        for queue in mine.tolist():
            for month in np.flatnonzero(queues.asked[queue]).tolist():
                asked = float(queues.asked[queue, month])
                met = max(0.0, min(asked, float(room[month:].min())))
                room[month:] -= met
                total += float(queues.weight[queue]) * (asked - met)
    return total


def _shortfall(data: Data, supply: Floats) -> float:
    """In each month all units so far stand where a missing one weighs most."""
    total = 0.0
    wanted = data.target.sum(axis=2) > 0
    for item in np.flatnonzero(wanted.any(axis=0)).tolist():
        nations = np.flatnonzero(wanted[:, item])
        weight = data.nation_weight[nations]
        left = supply[item].copy()
        for nation in nations[np.argsort(-weight, kind="stable")].tolist():
            held = np.minimum(left, data.target[nation, item])
            left = left - held
            short = float((data.target[nation, item] - held).sum())
            total += float(data.weight[item] * data.nation_weight[nation]) * short
    return total
