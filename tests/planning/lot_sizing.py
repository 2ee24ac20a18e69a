"""Capacitated lot sizing with set-up times as a scenario.

The family of W. W. Trigeiro, L. J. Thomas, J. O. McClain, "Capacitated lot sizing with setup
times", Management Science 35 (1989) 353-366. One machine; a unit of an item takes ``use`` of it, a
set-up takes time and money, what is kept to the end of a period costs ``holding``, all demand is
met in its period. Unmet demand is the first level, so that a plan without any is the problem's own.
"""

from __future__ import annotations

from dataclasses import dataclass

from intendance.planning import Scenario, Settings
from intendance.planning import _rows as rows


@dataclass(frozen=True)
class Lots:
    """``items``: use, holding, set-up time, set-up cost; ``demand`` by period and item."""

    capacity: float
    items: list[tuple[float, float, float, float]]
    demand: list[list[float]]


def read_lots(text: str) -> Lots:
    """Reads a file of the family: items and periods, a 1, the capacity, items, then demand.

    Where there are more than 15 items, the demand of the others follows in a second block.
    """
    lines = [line.split() for line in text.splitlines()]
    items, periods = int(lines[0][0]), int(lines[0][1])
    first = 3 + items
    told = [(float(a), float(b), float(c), float(d)) for a, b, c, d in lines[3:first]]
    demand = [[float(word) for word in line] for line in lines[first : first + periods]]
    if items > 15:
        for period, line in enumerate(lines[first + periods : first + 2 * periods]):
            demand[period] += [float(word) for word in line[: items - len(demand[period])]]
    assert all(len(row) == items for row in demand)
    return Lots(float(lines[2][0]), told, demand)


def month(number: int) -> str:
    year, rest = divmod(number, 12)
    return f"{2025 + year:04d}-{rest + 1:02d}"


def scenario_of(lots: Lots, name: str = "lots") -> Scenario:
    """One nation, one line."""
    names = [f"item {k + 1}" for k in range(len(lots.items))]
    return Scenario(
        settings=Settings(
            name=name, start=month(0), months=len(lots.demand), levels=("unmet", "cost")
        ),
        nations=(rows.Nation("ALAND"),),
        items=tuple(
            rows.Item(each, price=0.0, weight=1.0, holding=told[1])
            for each, told in zip(names, lots.items, strict=True)
        ),
        requests=tuple(
            rows.Request("ALAND", names[k], month(period), quantity)
            for period, row in enumerate(lots.demand)
            for k, quantity in enumerate(row)
            if quantity
        ),
        lines=tuple(
            rows.Line(
                "machine", each, lots.capacity, use=told[0], setup_time=told[2], setup_cost=told[3]
            )
            for each, told in zip(names, lots.items, strict=True)
        ),
    )
