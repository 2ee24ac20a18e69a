"""Thousands of items at once: two echelons by METRIC or VARI-METRIC, in arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from intendance.sustainment._arrays import Floats, checked, wrong
from intendance.sustainment._moments import moments
from intendance.sustainment._two_echelon import Method, excess, split_variance


def item_backorders(
    demand: ArrayLike,
    depot_repair: ArrayLike,
    shipping: ArrayLike,
    depot_stock: ArrayLike,
    base_stock: ArrayLike,
    method: Method = "vari-metric",
) -> Floats:
    """Expected back-orders of many items at many bases: an array [items, bases].

    ``demand`` [items, bases]; ``depot_repair`` and ``depot_stock`` one an item or one for all;
    ``shipping`` and ``base_stock`` broadcast to [items, bases]. As ``two_echelon`` for each item;
    ``exact`` is for one item at a time, there.

    Raises IntendanceError ``sustainment.value``.
    """
    rates = checked("demand", demand)
    if rates.ndim != 2:
        raise wrong("an array [items, bases]", f"an array of shape {rates.shape}", "demand")
    if method not in ("metric", "vari-metric"):
        raise wrong("metric or vari-metric", repr(method), "method")
    rows = (rates.shape[0],)
    repair = _fit("depot_repair", depot_repair, rows)
    held = _fit("depot_stock", depot_stock, rows, whole=True)
    times = _fit("shipping", shipping, rates.shape)
    spares = _fit("base_stock", base_stock, rates.shape, whole=True)
    total = rates.sum(axis=1)
    owed, varied = moments(total * repair, np.zeros(()), held)
    share = rates / np.where(total > 0, total, 1.0)[:, None]
    own = rates * times
    mean = own + share * owed[:, None]
    if method == "metric":
        return moments(mean, np.zeros(()), spares)[0]
    variance = own + split_variance(share, owed[:, None], varied[:, None])
    return moments(mean, excess(mean, variance), spares)[0]


def _fit(name: str, value: ArrayLike, shape: tuple[int, ...], *, whole: bool = False) -> Floats:
    found = checked(name, value, whole=whole)
    try:
        return np.broadcast_to(found, shape)
    except ValueError:
        raise wrong(f"an array that fits {shape}", f"shape {found.shape}", name) from None
