"""Backfills that can never release anything, since nothing that they wait for can arrive (P11)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

from intendance.planning._rows import Backfill
from intendance.planning._scenario import Scenario

Place = tuple[str, str]
"""A nation and an item."""


class Reach:
    """What nations can ever get and spare, told from the rows alone.

    Lines count as able to make what they make, whatever their capacity, so that only what is
    certain is said.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._nations = [row.nation for row in scenario.nations]
        self._made = {row.item for row in scenario.lines}
        self._rules = {(r.sender, r.recipient, r.item): r.allowed for r in scenario.transfers}
        self._spare = _above_floor(scenario)
        self._spare |= {(row.nation, row.item) for row in scenario.owed if row.quantity > 0}
        pending = list(scenario.backfills)
        while True:
            freed = [row for row in pending if self.obtainable(row.nation, row.gets)]
            if not freed:
                break
            self._spare |= {(row.nation, row.gives) for row in freed}
            pending = [row for row in pending if row not in freed]
        self.dead: tuple[Backfill, ...] = tuple(pending)
        """The backfills that release nothing in any plan."""

    def obtainable(self, nation: str, item: str) -> bool:
        """Whether the nation can order the item, or be sent it, beyond what it is owed."""
        return item in self._made or any(
            self.allowed(sender, nation, item)
            for sender in self._nations
            if sender != nation and (sender, item) in self._spare
        )

    def allowed(self, sender: str, recipient: str, item: str) -> bool:
        """Whether the most specific rule allows the transfer (P12)."""
        for i, s, r in product((item, "*"), (sender, "*"), (recipient, "*")):
            if (s, r, i) in self._rules:
                return self._rules[s, r, i]
        return False

    def waits(self) -> dict[Place, set[Place]]:
        """What each dead backfill waits for, and who could send that if it were released itself."""
        graph: defaultdict[Place, set[Place]] = defaultdict(set)
        given = {(row.nation, row.gives) for row in self.dead}
        for row in self.dead:
            wanted = row.nation, row.gets
            graph[row.nation, row.gives].add(wanted)
            for sender, item in given:
                if item == row.gets and sender != row.nation:
                    if self.allowed(sender, row.nation, item):
                        graph[wanted].add((sender, item))
        return graph


def dead_backfills(scenario: Scenario) -> Iterator[Backfill]:
    """Backfills that release nothing in any plan."""
    yield from Reach(scenario).dead


def _above_floor(scenario: Scenario) -> set[Place]:
    """Where some of the opening stock lies above the lowest floor."""
    held: defaultdict[Place, float] = defaultdict(float)
    for row in scenario.stocks:
        held[row.nation, row.item] += row.low if row.high is None else row.high
    floors: dict[Place, float] = {}
    first: dict[Place, str] = {}
    for target in scenario.targets:
        place = target.nation, target.item
        floors[place] = min(target.floor, floors.get(place, target.floor))
        first[place] = min(target.month, first.get(place, target.month))
    for place, month in first.items():
        if month > scenario.settings.start:
            floors[place] = 0.0
    kept = {(row.nation, row.gives) for row in scenario.backfills} - set(floors)
    return {place for place, held_ in held.items() if held_ > floors.get(place, 0.0)} - kept
