"""How much of what is new in a class and year is made at home."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import msgspec

from intendance.planning._plan import Decisions
from intendance.planning._scenario import Scenario


class SufficiencyRow(msgspec.Struct, frozen=True):
    """Of what ``arrived`` of a class in a year (money at list prices) ``home`` was made at home.

    ``share`` is None where nothing arrived.
    """

    category: str
    year: int
    home: float
    arrived: float
    share: float | None


def sufficiency(scenario: Scenario, decisions: Decisions, nation: str) -> Iterator[SufficiencyRow]:
    """Each class and year: what all lines deliver and earlier contracts owe, and the home part.

    It is counted when it leaves the line, since a partner may keep it a while before handing it on.
    """
    at_home = {line.line for line in scenario.lines if line.nation == nation}
    classes = {item.item: (item.category, item.price) for item in scenario.items if item.category}
    arrived: defaultdict[tuple[str, int], float] = defaultdict(float)
    home: defaultdict[tuple[str, int], float] = defaultdict(float)
    for made in decisions.production:
        if made.arrives and made.item in classes:
            category, price = classes[made.item]
            key = category, int(made.arrives[:4])
            arrived[key] += price * made.quantity
            if made.line in at_home:
                home[key] += price * made.quantity
    for owed in scenario.owed:
        if owed.item in classes:
            category, price = classes[owed.item]
            arrived[category, int(owed.month[:4])] += price * owed.quantity
    first, month = (int(part) for part in scenario.settings.start.split("-"))
    last = first + (month + scenario.settings.months - 2) // 12
    for category in sorted({category for category, _ in classes.values()}):
        for year in range(first, last + 1):
            total, own = arrived[category, year], home[category, year]
            yield SufficiencyRow(category, year, own, total, own / total if total > 0 else None)
