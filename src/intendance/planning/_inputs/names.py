"""Names: every one that a row uses stands in its own table, once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from intendance.planning._inputs.problems import Problem, at
from intendance.planning._inputs.tables import KEYS, ROWS
from intendance.planning._scenario import Scenario
from intendance.tables import nearest

_REFERS: Final[dict[str, str]] = {
    "nation": "nations",
    "sender": "nations",
    "recipient": "nations",
    "paid_by": "nations",
    "members": "nations",
    "item": "items",
    "component": "items",
    "gives": "items",
    "gets": "items",
    "line": "lines",
    "framework": "frameworks",
}
_FREE: Final = {("lines", "nation")}
"""Fields that describe and name nothing of the scenario."""
_ANY: Final = {
    ("transfers", "sender"),
    ("transfers", "recipient"),
    ("transfers", "item"),
    ("price_index", "item"),
    ("payments", "item"),
    ("absorption", "item"),
}
_HELD_BY_NATIONS: Final = (
    ("requests", "item"),
    ("targets", "item"),
    ("expenditure", "item"),
    ("transfers", "item"),
    ("backfills", "gives"),
    ("backfills", "gets"),
    ("absorption", "item"),
    ("framework_items", "item"),
    ("price_index", "item"),
    ("payments", "item"),
)


def name_problems(scenario: Scenario) -> Iterator[Problem]:
    """Names that are unknown, empty or given twice."""
    known = {
        "nations": {row.nation for row in scenario.nations},
        "items": {row.item for row in scenario.items},
        "lines": {row.line for row in scenario.lines},
        "frameworks": {row.framework for row in scenario.frameworks},
    }
    yield from _twice(scenario)
    for table in ROWS:
        own = KEYS.get(table, ())
        for index, row in enumerate(getattr(scenario, table)):
            for field in row.__struct_fields__:
                target = _REFERS.get(field)
                if target is None or (table, field) in _FREE:
                    continue
                value = getattr(row, field)
                if (target == table and field == own[0]) or (table, field) == ("lines", "line"):
                    if value in ("", "*"):
                        yield Problem(
                            "plan.unknown-name", table, at(index), field, "a name", repr(value)
                        )
                    continue
                names = value if isinstance(value, tuple) else (value,)
                yield from _unknown(table, index, field, names, known[target])
    yield from _component_problems(scenario)


def _unknown(
    table: str, index: int, field: str, names: tuple[str, ...], known: set[str]
) -> Iterator[Problem]:
    for name in names:
        if name in known or (name == "*" and (table, field) in _ANY):
            continue
        if name == "" and field == "paid_by":
            continue
        yield Problem(
            "plan.unknown-name",
            table,
            at(index),
            field,
            f"a name that stands in {_REFERS[field]}",
            repr(name),
            nearest(name, known),
        )


def _twice(scenario: Scenario) -> Iterator[Problem]:
    for table, fields in KEYS.items():
        seen: dict[tuple[object, ...], int] = {}
        for index, row in enumerate(getattr(scenario, table)):
            key = tuple(getattr(row, field) for field in fields)
            if key in seen:
                yield Problem(
                    "plan.duplicate",
                    table,
                    at(index),
                    ", ".join(fields),
                    "each key once",
                    f"{' '.join(map(str, key))} as in row {at(seen[key])}",
                )
            seen.setdefault(key, index)


def _component_problems(scenario: Scenario) -> Iterator[Problem]:
    """P8: nations hold, want and give end items, never components."""
    components = {row.item for row in scenario.items if row.kind == "component"}
    for table, field in _HELD_BY_NATIONS:
        for index, row in enumerate(getattr(scenario, table)):
            if getattr(row, field) in components:
                yield Problem(
                    "plan.component",
                    table,
                    at(index),
                    field,
                    "an item of kind 'end'",
                    f"{getattr(row, field)!r}, a component",
                )
    for index, part in enumerate(scenario.components):
        if part.component not in components:
            yield Problem(
                "plan.component",
                "components",
                at(index),
                "component",
                "an item of kind 'component'",
                f"{part.component!r}, of kind 'end'",
            )
