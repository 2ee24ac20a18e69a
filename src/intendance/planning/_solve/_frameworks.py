"""Frameworks used or not and the bands reached, from the orders of a relaxation (P14)."""

from __future__ import annotations

import numpy as np

from intendance.planning._model import Model
from intendance.planning._model._blocks import Floats

ENOUGH = 0.5
"""A framework is used from this share of its minimum on."""


def round_frameworks(model: Model, x: Floats, numbers: Floats, part: float) -> None:
    """Puts into ``numbers`` the choices that go with what ``x`` orders.

    A relaxation mixes bands to have the price of one and the quantity of another; the quantity
    that it orders in all says which band counts. ``part``: only this share of it is relied on.
    """
    data, places, cover = model.data, model.places, model.cover
    order = model.columns["order"]
    ordered = np.append(x, 0.0)[order].sum(axis=0)
    for number, row in enumerate(data.scenario.frameworks):
        under = cover.at == number
        total = 0.0
        for item in cover.items[number]:
            quantity = float(ordered[under & (places.item == item)[:, None]].sum())
            total += quantity
            listed = cover.bands[number, item]
            if len(listed) < 2:
                continue
            at = model.columns[f"band {row.framework} {data.items[item]}"]
            lows = np.array([band.quantity for band in listed])
            reached = np.flatnonzero((lows <= part * quantity * (1 + 1e-9)) & (at >= 0))
            if quantity > 0 and len(reached):
                last = int(reached[-1])
                numbers[at[last : last + 1] if row.kind == "all-units" else at[: last + 1]] = 1.0
        used = int(model.columns["used"][number])
        if used >= 0:
            numbers[used] = float(total > ENOUGH * row.minimum)
