"""What rows say together: no cycles, no overlaps, shares that add up, bands that rise."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from intendance.planning._inputs.backfills import Reach
from intendance.planning._inputs.problems import Problem, at
from intendance.planning._inputs.values import month_number
from intendance.planning._rows import Framework
from intendance.planning._scenario import Scenario
from intendance.tables import nearest


def structure_problems(scenario: Scenario) -> Iterator[Problem]:
    """Contradictions between rows. Names, months and values have been checked before."""
    yield from _cycles(scenario)
    yield from _intervals(scenario)
    yield from _capacities(scenario)
    yield from _payments(scenario)
    yield from _frameworks(scenario)
    yield from _bands(scenario)
    yield from _records(scenario)
    yield from _strays(scenario)


def _cycles(scenario: Scenario) -> Iterator[Problem]:
    parts: defaultdict[str, set[str]] = defaultdict(set)
    for row in scenario.components:
        parts[row.item].add(row.component)
    found = _cycle(parts)
    if found:
        expected = "components that are not made of themselves"
        yield Problem("plan.cycle", "components", 0, "", expected, " of ".join(found))
    waits: defaultdict[str, set[str]] = defaultdict(set)
    for pair in scenario.backfills:
        waits[f"{pair.nation} {pair.gives}"].add(f"{pair.nation} {pair.gets}")
    found = _cycle(waits)
    if found:
        expected = "backfills that do not wait for themselves"
        yield Problem("plan.cycle", "backfills", 0, "", expected, " after ".join(found))
        return
    across = _cycle({" ".join(at): {" ".join(to) for to in waits_} for at, waits_ in
                     Reach(scenario).waits().items()})  # fmt: skip
    if across:
        expected = "backfills that do not wait for each other"
        yield Problem("plan.cycle", "backfills", 0, "", expected, " after ".join(across))


def _cycle(graph: Mapping[str, set[str]]) -> Sequence[str]:
    try:
        TopologicalSorter({key: sorted(each) for key, each in graph.items()}).prepare()
    except CycleError as fault:
        return list(reversed(fault.args[1]))
    return []


def _intervals(scenario: Scenario) -> Iterator[Problem]:
    for index, row in enumerate(scenario.stocks):
        if row.high is not None and row.low > row.high:
            expected = "a low end that is not above the high end"
            got = f"{row.low:g} above {row.high:g}"
            yield Problem("plan.value", "stocks", at(index), "high", expected, got)
    for index, target in enumerate(scenario.targets):
        if target.floor > target.target > 0:
            expected = "a floor that is not above the target"
            got = f"{target.floor:g} above {target.target:g}"
            yield Problem("plan.value", "targets", at(index), "floor", expected, got)


def _capacities(scenario: Scenario) -> Iterator[Problem]:
    stated: dict[str, tuple[float, int]] = {}
    for index, row in enumerate(scenario.lines):
        first = stated.setdefault(row.line, (row.capacity, at(index)))
        if first[0] != row.capacity:
            expected = f"{first[0]:g}, the capacity that row {first[1]} states for {row.line}"
            yield Problem(
                "plan.conflict", "lines", at(index), "capacity", expected, f"{row.capacity:g}"
            )


def _payments(scenario: Scenario) -> Iterator[Problem]:
    shares: defaultdict[str, float] = defaultdict(float)
    for row in scenario.payments:
        shares[row.item] += row.share
    for item, total in shares.items():
        if not math.isclose(total, 1.0, rel_tol=1e-9):
            expected = f"shares of {item} that add up to 1"
            yield Problem("plan.conflict", "payments", 0, "share", expected, f"{total:g}")


def _frameworks(scenario: Scenario) -> Iterator[Problem]:
    covers: defaultdict[str, list[Framework]] = defaultdict(list)
    contracts = {row.framework: row for row in scenario.frameworks}
    for index, row in enumerate(scenario.frameworks):
        if row.start and row.until and row.start > row.until:
            expected = f"a month from {row.start} on"
            yield Problem("plan.month", "frameworks", at(index), "until", expected, row.until)
        if row.ceiling is not None and row.minimum > row.ceiling:
            expected = f"a ceiling of at least the minimum, {row.minimum:g}"
            got = f"{row.ceiling:g}"
            yield Problem("plan.conflict", "frameworks", at(index), "ceiling", expected, got)
    for index, pair in enumerate(scenario.framework_items):
        for other in covers[pair.item]:
            if _overlap(scenario, contracts[pair.framework], other):
                expected = f"one framework at a time for {pair.item} and each nation"
                got = f"{pair.framework} beside {other.framework}"
                yield Problem("plan.conflict", "framework_items", at(index), "item", expected, got)
        covers[pair.item].append(contracts[pair.framework])


def _overlap(scenario: Scenario, one: Framework, other: Framework) -> bool:
    if one.members and other.members and not set(one.members) & set(other.members):
        return False
    (first, last), (begin, end) = (_span(scenario, each) for each in (one, other))
    return first <= end and begin <= last


def _span(scenario: Scenario, row: Framework) -> tuple[int, int]:
    start = month_number(scenario, row.start) if row.start else 0
    last = month_number(scenario, row.until) if row.until else scenario.settings.months - 1
    return start, last


def _bands(scenario: Scenario) -> Iterator[Problem]:
    covered = {(row.framework, row.item) for row in scenario.framework_items}
    for index, row in enumerate(scenario.price_bands):
        if (row.framework, row.item) not in covered:
            expected = f"an item that {row.framework} covers"
            yield Problem("plan.conflict", "price_bands", at(index), "item", expected, row.item)


def _records(scenario: Scenario) -> Iterator[Problem]:
    for index, row in enumerate(scenario.records):
        if row.late + row.broken > row.promises:
            expected = f"at most {row.promises} promises late or broken"
            got = f"{row.late + row.broken}"
            yield Problem("plan.conflict", "records", at(index), "promises", expected, got)


def _strays(scenario: Scenario) -> Iterator[Problem]:
    """Rows that no plan would ever look at (P19)."""
    first = int(scenario.settings.start[:4])
    for index, budget in enumerate(scenario.budgets):
        if budget.year < first:
            got, expected = str(budget.year), f"a year from {first} on"
            yield Problem("plan.month", "budgets", at(index), "year", expected, got)
    for index, row in enumerate(scenario.frameworks):
        if row.until and month_number(scenario, row.until) < 0:
            expected = f"a month from {scenario.settings.start} on"
            yield Problem("plan.month", "frameworks", at(index), "until", expected, row.until)
    for index, rule in enumerate(scenario.transfers):
        if rule.sender == rule.recipient != "*":
            expected = f"another nation than {rule.sender}"
            yield Problem(
                "plan.conflict", "transfers", at(index), "recipient", expected, rule.recipient
            )
    known = {item.category for item in scenario.items if item.category}
    for index, limit in enumerate(scenario.absorption):
        if limit.category and limit.item != "*":
            expected, got = "an item or a category", f"{limit.item} and {limit.category}"
            yield Problem("plan.conflict", "absorption", at(index), "category", expected, got)
        elif limit.category and limit.category not in known:
            yield Problem(
                "plan.unknown-name",
                "absorption",
                at(index),
                "category",
                "a category that stands in items",
                repr(limit.category),
                nearest(limit.category, known),
            )
