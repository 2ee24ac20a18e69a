"""Stocks, shortfalls and swaps of a plan, month by month."""

from __future__ import annotations

from collections import defaultdict
from itertools import accumulate

from intendance.planning._outcome.rows import CommonRow, ShortfallRow, StockRow, SwapRow
from intendance.planning._plan import Decisions
from intendance.planning._scenario import Scenario
from intendance.planning.checker import TOLERANCE, Recount


def stock_rows(scenario: Scenario, found: Recount) -> list[StockRow]:
    """Stock of each nation and item at each month's end, beside its target and floor.

    The band is what the same decisions leave at the two ends of the opening interval.
    """
    lower, upper = _bands(scenario)
    none = [0.0] * found.horizon.months
    return [
        StockRow(
            nation=place[0],
            item=place[1],
            month=found.horizon.name(month),
            stock=held,
            low=held - lower[place],
            high=held + upper[place],
            target=found.target.get(place, none)[month],
            floor=found.floor.get(place, none)[month],
        )
        for place, levels in found.stock.items()
        for month, held in enumerate(levels)
    ]


def common_rows(found: Recount) -> list[CommonRow]:
    """The common stock of each component at each month's end (P8)."""
    return [
        CommonRow(item, found.horizon.name(month), held)
        for item, levels in sorted(found.common.items())
        for month, held in enumerate(levels)
    ]


def shortfall_rows(found: Recount) -> list[ShortfallRow]:
    """Every unmet demand and every stock under its target, the months in order."""
    rows = [
        ShortfallRow(queue[0], queue[1], found.horizon.name(month), "unmet", queue[2], quantity)
        for queue, waiting in sorted(found.waiting.items())
        for month, quantity in enumerate(waiting)
        if quantity > TOLERANCE * max(1.0, *found.asked[queue])
    ]
    for place, wanted in sorted(found.target.items()):
        for month, (target, held) in enumerate(zip(wanted, found.stock[place], strict=True)):
            if target - held > TOLERANCE * max(1.0, target):
                name = found.horizon.name(month)
                rows.append(ShortfallRow(*place, name, "target", 0, target - held))
    return rows


def swap_rows(scenario: Scenario, decisions: Decisions, found: Recount) -> list[SwapRow]:
    """For each backfill and month: what has arrived of the one and been given of the other."""
    months = found.horizon.months
    arrived: defaultdict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0] * months)
    given: defaultdict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0] * months)
    for order in decisions.orders:
        arrived[order.nation, order.item][found.horizon.number(order.month)] += order.quantity
    for sent in decisions.transfers:
        given[sent.sender, sent.item][found.horizon.number(sent.month)] += sent.quantity
        if sent.arrives:
            arrived[sent.recipient, sent.item][found.horizon.number(sent.arrives)] += sent.quantity
    rows = []
    for pair in scenario.backfills:
        here = list(accumulate(arrived[pair.nation, pair.gets]))
        gone = list(accumulate(given[pair.nation, pair.gives]))
        rows += [
            SwapRow(
                nation=pair.nation,
                gives=pair.gives,
                gets=pair.gets,
                month=found.horizon.name(month),
                arrived=here[month],
                released=pair.ratio * found.counted[pair.nation, pair.gets][month],
                given=gone[month],
            )
            for month in range(months)
        ]
    return rows


def _bands(
    scenario: Scenario,
) -> tuple[defaultdict[tuple[str, str], float], defaultdict[tuple[str, str], float]]:
    """How far opening stocks can lie below and above what the plan reckons with."""
    part = {"low": 0.0, "middle": 0.5, "high": 1.0}[scenario.settings.opening]
    lower: defaultdict[tuple[str, str], float] = defaultdict(float)
    upper: defaultdict[tuple[str, str], float] = defaultdict(float)
    for row in scenario.stocks:
        width = (row.low if row.high is None else row.high) - row.low
        lower[row.nation, row.item] += part * width
        upper[row.nation, row.item] += (1.0 - part) * width
    return lower, upper
