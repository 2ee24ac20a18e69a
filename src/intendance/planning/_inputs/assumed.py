"""What is taken for granted where a scenario leaves it open, and what its user must know (P20)."""

from __future__ import annotations

from collections.abc import Iterator

from intendance.planning._inputs.backfills import dead_backfills
from intendance.planning._inputs.tables import ABSENT
from intendance.planning._scenario import Assumption, Scenario


def assumptions(scenario: Scenario) -> Iterator[Assumption]:
    """What the inputs leave open, and how it is read."""
    for table, (rule, text) in ABSENT.items():
        if not getattr(scenario, table):
            yield Assumption(rule, table, f"no rows: {text}")
    yield from _stocks(scenario)
    if scenario.budgets:
        limited = {row.nation for row in scenario.budgets}
        for nation in scenario.nations:
            if nation.nation not in limited:
                yield Assumption("P10", f"budgets {nation.nation}", "no row: no limit")
    floored = {(row.nation, row.item) for row in scenario.targets}
    for pair in scenario.backfills:
        if (pair.nation, pair.gives) not in floored:
            where = f"backfills {pair.nation} {pair.gives}"
            yield Assumption("P11", where, "no row in targets: the opening stock is the floor")
    starts = {(r.framework, r.item) for r in scenario.price_bands if r.quantity == 0}
    for row in scenario.framework_items:
        if (row.framework, row.item) not in starts:
            where = f"price_bands {row.framework} {row.item}"
            yield Assumption("P14", where, "no band from 0: the list price up to the first band")


def warnings(scenario: Scenario) -> Iterator[Assumption]:
    """What has to be known before a plan is acted on."""
    for rule in scenario.transfers:
        if rule.allowed and not rule.consent:
            where = f"{rule.sender} to {rule.recipient}, {rule.item}"
            yield Assumption("P12", where, "no retransfer consent is recorded")
    for item in scenario.items:
        if item.shelf_life is not None and scenario.transfers:
            yield Assumption("P13", item.item, "units received count as new for their shelf life")
    yield from _without_source(scenario)
    for pair in dead_backfills(scenario):
        text = f"none of {pair.gets} can ever arrive, so none of {pair.gives} is released"
        yield Assumption("P11", f"backfills {pair.nation} {pair.gives}", text)
    for line in scenario.lines:
        ramps = [row for row in scenario.ramps if row.line == line.line]
        steps = [row.capacity for row in scenario.capacities if row.line == line.line]
        largest = max([line.capacity, *steps]) + sum(row.capacity * row.count for row in ramps)
        if line.batch * line.use + line.setup_time > largest:
            text = f"its smallest batch needs more than {largest:g}, the most it can ever make"
            yield Assumption("P7", f"lines {line.line} {line.item}", text)


def _stocks(scenario: Scenario) -> Iterator[Assumption]:
    held = {(row.nation, row.item) for row in scenario.stocks}
    if scenario.stocks:
        wanted = {(row.nation, row.item) for row in scenario.targets}
        wanted |= {(row.nation, row.item) for row in scenario.expenditure}
        for place in sorted(wanted - held):
            yield Assumption("P1", f"stocks {' '.join(place)}", "no row: nothing is held")
    for row in scenario.stocks:
        if row.high is not None and row.high != row.low:
            where = f"stocks {row.nation} {row.item}"
            text = f"between {row.low:g} and {row.high:g}: the {scenario.settings.opening} is taken"
            yield Assumption("P1", where, text)
    for item in scenario.items:
        if item.kind == "component" and any(row.item == item.item for row in scenario.stocks):
            yield Assumption("P8", item.item, "all nations' stocks are held in common")


def _without_source(scenario: Scenario) -> Iterator[Assumption]:
    made = {row.item for row in scenario.lines}
    held = {row.item for row in scenario.stocks} | {row.item for row in scenario.owed}
    asked = {row.item for row in scenario.requests} | {row.item for row in scenario.expenditure}
    for item in sorted(asked - made - held):
        yield Assumption("P2", item, "asked for, but nobody makes it or holds any")
    used = {row.component for row in scenario.components}
    for item in sorted(used - made - held):
        yield Assumption("P8", item, "a component that nobody makes or holds")
