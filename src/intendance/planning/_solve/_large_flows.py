"""A large plan's arrays as the flows that rows of a plan are told from."""

from __future__ import annotations

import numpy as np

from intendance.planning._large._check import Arrays
from intendance.planning._large._instance import Instance
from intendance.planning._model import Frame
from intendance.planning._model._blocks import Floats
from intendance.planning._model._data import Data
from intendance.planning._model._orders import find_cover
from intendance.planning._model._places import Places, no_pools, rights_of
from intendance.planning._solve._flows import Flows, Sent, paired, served, taken

TINY = 1e-9
"""Amounts below this share of an item's largest become 0."""


def wide_frame(data: Data) -> Frame:
    """A place for every nation and end item, whatever can be there."""
    ends = np.flatnonzero(~data.component)
    nations = len(data.nations)
    at = np.full((nations, len(data.items)), -1, dtype=np.int64)
    at[:, ends] = np.arange(nations * len(ends)).reshape(len(ends), nations).T
    item, nation = np.repeat(ends, nations), np.tile(np.arange(nations), len(ends))
    places = Places(
        nation=nation,
        item=item,
        at=at,
        first=np.zeros(len(item), dtype=np.int64),
        orders=np.ones(len(item), dtype=bool),
        arrival=np.zeros(len(data.items), dtype=np.int64),
        exact=np.zeros(len(data.items), dtype=bool),
        pools=no_pools(),
        rights=rights_of(data),
    )
    return Frame(data, places, find_cover(data, nation, item))


def large_flows(frame: Frame, instance: Instance, arrays: Arrays) -> Flows:
    """The flows; nobody sends to itself, and rounding is taken out."""
    data = frame.data
    items, nations, months = instance.shape
    made = arrays.made.copy()
    order = _clean(arrays.ordered).reshape(1, items * nations, months).copy()
    order = taken(frame, made, order)
    sent, lead = _sent(instance, arrays)
    met = served(frame, order, sent, lead, _met(data, arrays), np.zeros((items * nations, months)))
    return Flows(
        made=made,
        setup=np.zeros_like(made),
        decided=np.cumsum(np.rint(arrays.ramps), axis=1),
        order=order,
        met=met,
        expired=np.zeros((0, months)),
        sent=sent,
        lead=lead,
        used=np.zeros(0),
        shares={tuple(range(nations)): arrays.share},
    )


def _clean(values: Floats) -> Floats:
    least = TINY * np.abs(values).max(axis=tuple(range(1, values.ndim)), initial=0.0)
    return np.where(values > least.reshape(-1, *[1] * (values.ndim - 1)), values, 0.0)


def _met(data: Data, arrays: Arrays) -> Floats:
    """What is met of each queue. Queues of one priority that don't wait are met in turn."""
    queues = data.queues
    place = np.full(len(data.items), -1, dtype=np.int64)
    place[~data.component] = np.arange(int((~data.component).sum()))
    met = np.zeros(queues.asked.shape)
    for waits, values in ((True, arrays.met), (False, arrays.used)):
        mine = np.flatnonzero(queues.waits == waits)
        priorities = np.unique(queues.priority[mine])
        left = values.copy()
        for queue in mine.tolist():
            at = int(np.searchsorted(priorities, queues.priority[queue]))
            where = place[queues.item[queue]], at, queues.nation[queue]
            amount = left[where] if waits else np.minimum(left[where], queues.asked[queue])
            met[queue] = amount
            left[where] -= amount
    return met


def _sent(instance: Instance, arrays: Arrays) -> tuple[Sent, dict[tuple[int, int], int]]:
    """What goes through pools as pairs of places."""
    _, nations, months = instance.shape
    sent: Sent = {}
    leads: dict[tuple[int, int], int] = {}
    given, received = _clean(arrays.sent), _clean(arrays.received)
    busy = np.argwhere(given.sum(axis=2) > 0)
    for item, pool, month in busy.tolist():
        lead = int(instance.pools.lead[item, pool])
        if month + lead >= months:
            continue
        first = item * nations
        givers = _positive(given[item, pool, :, month], first)
        takers = _positive(received[item, pool, :, month + lead], first)
        for (sender, recipient), amount in paired(givers, takers).items():
            sent[sender, recipient, month] = sent.get((sender, recipient, month), 0.0) + amount
            leads[sender, recipient] = lead
    return sent, leads


def _positive(amounts: Floats, first: int) -> dict[int, float]:
    return {first + n: float(amounts[n]) for n in np.flatnonzero(amounts > 0).tolist()}
