"""Flows by nation, item and month, added up from the plan's rows and the scenario's."""

from __future__ import annotations

from collections import defaultdict

from intendance.planning._plan import Decisions
from intendance.planning._scenario import Scenario
from intendance.planning.checker._findings import Findings
from intendance.planning.checker._horizon import Horizon

Place = tuple[str, str]
"""A nation and an item."""


class Books:
    """One list of monthly values for each kind of flow and place."""

    def __init__(self, scenario: Scenario, decisions: Decisions, findings: Findings) -> None:
        self.scenario = scenario
        self.decisions = decisions
        self.findings = findings
        self.horizon = Horizon(scenario.settings.start, scenario.settings.months)
        self.nations = {row.nation for row in scenario.nations}
        self.items = {row.item: row for row in scenario.items}
        self.opening: defaultdict[Place, float] = defaultdict(float)
        self.owed = self._flow()
        self.ordered = self._flow()
        self.received = self._flow()
        self.sent = self._flow()
        self.met = self._flow()
        self.expired = self._flow()
        self._open()
        self._add_decisions()

    def places(self) -> list[Place]:
        """Every place that holds, gets or gives anything, and every one with a target."""
        found = {(row.nation, row.item) for row in self.scenario.targets}
        for flow in (self.owed, self.ordered, self.received, self.sent, self.met, self.expired):
            found.update(flow)
        found.update(self.opening)
        return sorted(found)

    def stock(self, place: Place) -> list[float]:
        """Stock at the end of each month (P1)."""
        held = self.opening.get(place, 0.0)
        levels = []
        for month in range(self.horizon.months):
            for flow in (self.owed, self.ordered, self.received):
                held += self._at(flow, place, month)
            for flow in (self.met, self.sent, self.expired):
                held -= self._at(flow, place, month)
            levels.append(held)
        return levels

    def month(self, rule: str, where: str, name: str) -> int | None:
        """The number of a month that a row of the plan names, or a finding and None."""
        number = self.horizon.number(name)
        if self.horizon.inside(number):
            return number
        self.findings.wrong(rule, where, f"month {name} is outside the horizon")
        return None

    def amount(self, rule: str, where: str, quantity: float) -> None:
        """No row of a plan is negative."""
        self.findings.least(rule, where, quantity, 0.0, "a quantity")

    def known(self, rule: str, where: str, nation: str, item: str) -> bool:
        """Whether the scenario has that nation and that item, and nations hold such items."""
        if nation not in self.nations or item not in self.items:
            self.findings.wrong(rule, where, f"{nation} or {item} is not in the scenario")
            return False
        if self.items[item].kind == "component":
            self.findings.wrong("P8", where, f"{item} is a component, held in common")
            return False
        return True

    def _flow(self) -> defaultdict[Place, list[float]]:
        months = self.horizon.months
        return defaultdict(lambda: [0.0] * months)

    @staticmethod
    def _at(flow: defaultdict[Place, list[float]], place: Place, month: int) -> float:
        values = flow.get(place)
        return values[month] if values is not None else 0.0

    def _open(self) -> None:
        for row in self.scenario.stocks:
            place = row.nation, row.item
            if self.items[row.item].kind == "end":
                self.opening[place] += opening(self.scenario, row.low, row.high)
        for owed in self.scenario.owed:
            if self.items[owed.item].kind == "end":
                month = self.horizon.number(owed.month)
                self.owed[owed.nation, owed.item][month] += owed.quantity

    def _add_decisions(self) -> None:
        for flow, rows in (
            (self.ordered, self.decisions.orders),
            (self.met, self.decisions.met),
            (self.expired, self.decisions.expired),
        ):
            for row in rows:
                where = f"{type(row).__name__} {row.nation} {row.item} {row.month}"
                month = self.month("P19", where, row.month)
                self.amount("P1", where, row.quantity)
                if month is not None and self.known("P19", where, row.nation, row.item):
                    flow[row.nation, row.item][month] += row.quantity
        for sent in self.decisions.transfers:
            where = f"transfer {sent.sender} to {sent.recipient} {sent.item} {sent.month}"
            month = self.month("P19", where, sent.month)
            self.amount("P12", where, sent.quantity)
            if month is None or not self.known("P19", where, sent.sender, sent.item):
                continue
            if not self.known("P19", where, sent.recipient, sent.item):
                continue
            self.sent[sent.sender, sent.item][month] += sent.quantity
            if sent.arrives:
                arrival = self.month("P12", where, sent.arrives)
                if arrival is not None:
                    self.received[sent.recipient, sent.item][arrival] += sent.quantity


def opening(scenario: Scenario, low: float, high: float | None) -> float:
    """The end of an opening interval that the settings name (P1)."""
    if high is None:
        return low
    ends = {"low": low, "middle": (low + high) / 2, "high": high}
    return ends[scenario.settings.opening]
