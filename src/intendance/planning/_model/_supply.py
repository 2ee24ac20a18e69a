"""How many units of each item there can ever be."""

from __future__ import annotations

import numpy as np

from intendance.planning._model._blocks import Floats
from intendance.planning._model._data import Data


def output(data: Data) -> Floats:
    """The most of each item that can be started over the whole horizon, ramps included."""
    lines = data.lines
    months = np.arange(data.size)
    most = np.zeros(len(data.items))
    room = lines.capacity + lines.added
    for k in range(len(lines.line)):
        total = float(room[lines.line[k]][months >= lines.qualification[k]].sum())
        use = float(lines.use[k])
        most[lines.item[k]] += total / use if use > 0 else (np.inf if total > 0 else 0.0)
    return most


def reach(data: Data) -> Floats:
    """All units of each item that are there, are owed, or can be made."""
    return np.asarray(
        data.opening.sum(axis=0) + data.owed.sum(axis=(0, 2)) + output(data), dtype=np.float64
    )
