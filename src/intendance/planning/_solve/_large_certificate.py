"""The prices that prove a large plan's bounds as rows of a certificate (P21)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from intendance.planning._large._prices import Prices
from intendance.planning._model._blocks import Floats, Ints
from intendance.planning._model._data import Data
from intendance.planning._plan import CertificateRow
from intendance.planning._scenario import LEVELS
from intendance.planning._solve._large_levels import Solved

MOST = 1_500_000
"""Above this many multipliers a certificate would take more room than the plan."""

Block = tuple[str, Sequence[tuple[str, ...]], list[str], Floats]
"""A kind of row, names of places, names of months or years, multipliers."""


def large_certificate(data: Data, solved: Sequence[Solved]) -> tuple[CertificateRow, ...]:
    """The multipliers of all stages; none where there are too many of them."""
    stages = [each.prices for each in solved]
    size = sum(p.stock.size + p.queues.size for p in stages if p is not None)
    if size > MOST or any(prices is None for prices in stages):
        return ()
    found: list[CertificateRow] = []
    own: list[list[Block]] = []
    for stage, each in enumerate(solved):
        blocks = list(_blocks(data, each.prices))
        weights = dict(zip(LEVELS, each.sum.weights, strict=True))
        last = weights[each.sum.levels[-1]] if len(solved) > 1 else 1.0
        for earlier, told in enumerate(own):
            share = weights[solved[earlier].sum.levels[-1]]
            blocks = [
                (kind, places, times, values - share * before[3])
                for (kind, places, times, values), before in zip(blocks, told, strict=True)
            ]
        own.append([(kind, places, times, v / last) for kind, places, times, v in blocks])
        for block in own[-1]:
            found += _rows(stage, block)
    return tuple(found)


def _rows(stage: int, block: Block) -> Iterator[CertificateRow]:
    kind, places, times, values = block
    whole = kind in ("balance", "queue")
    for name, line in zip(places, values.tolist(), strict=True):
        for time, value in zip(times, line, strict=True):
            if whole or value:
                yield CertificateRow(stage, (kind, *name, time), value)


def _blocks(data: Data, prices: Prices | None) -> Iterator[Block]:
    """Multipliers by kind of row, with the signs of the rules."""
    assert prices is not None  # noqa: S101
    months = data.months.names()
    ends = np.flatnonzero(~data.component)
    parts = np.flatnonzero(data.component)
    stock = np.asarray(-prices.stock.reshape(-1, len(months)))
    cells = [(nation, data.items[i]) for i in ends.tolist() for nation in data.nations]
    yield "balance", cells, months, stock
    yield "taken", [(data.items[i],) for i in ends.tolist()], months, -prices.hubs
    yield "component", [(data.items[i],) for i in parts.tolist()], months, -prices.parts
    lines = [(name,) for name in sorted(data.lines.names)]
    yield "capacity", lines, months, -prices.lines
    first, count = data.months.year(0), prices.budgets.shape[1]
    years = [str(first + year) for year in range(count)]
    yield "budget", [(name,) for name in data.nations], years, -prices.budgets
    yield "queue", *_queues(data, ends, prices, months)


def _queues(
    data: Data, ends: Ints, prices: Prices, months: list[str]
) -> tuple[Sequence[tuple[str, ...]], list[str], Floats]:
    queues = data.queues
    mine = np.flatnonzero(queues.waits)
    at = np.searchsorted(np.unique(queues.priority[mine]), queues.priority[mine])
    item = np.searchsorted(ends, queues.item[mine])
    names = [
        (
            data.nations[queues.nation[k]],
            data.items[queues.item[k]],
            str(queues.priority[k]),
            queues.kind[k],
        )
        for k in mine.tolist()
    ]
    values = prices.queues[item, at, queues.nation[mine]] if len(mine) else np.zeros((0, 1))
    return names, months, values
