"""Single cells: numbers that are sane, months that are months."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Final

from intendance.planning._inputs.problems import Problem, at
from intendance.planning._inputs.tables import ROWS
from intendance.planning._scenario import Scenario

LARGEST: Final = 1e12
"""No quantity, capacity or amount of money may be larger: beyond it numbers lose their units."""
MONTHS: Final = 600
"""The longest horizon, in months."""
LONGEST: Final = 1200
"""No lead time, life or shift of payment is longer, in months."""

_MONTH: Final = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_POSITIVE: Final = {
    ("items", "weight"),
    ("lines", "use"),
    ("components", "quantity"),
    ("price_index", "index"),
    ("payments", "share"),
    ("backfills", "ratio"),
    ("requests", "priority"),
    ("expenditure", "priority"),
    ("ramps", "count"),
}
_FIRST_MONTHS: Final = {("requests", "month"), ("owed", "month")}
"""Months that must lie in the horizon; the others may lie before it, and hold from then on."""
_MONTH_FIELDS: Final = ("month", "start", "until", "earliest")
_YEARS: Final = (1900, 2300)


def value_problems(scenario: Scenario) -> Iterator[Problem]:
    """Numbers that are negative, infinite or absurd; months that are none or outside."""
    for table in ROWS:
        for index, row in enumerate(getattr(scenario, table)):
            for field in row.__struct_fields__:
                value = getattr(row, field)
                if isinstance(value, int | float) and not isinstance(value, bool):
                    yield from _number(table, at(index), field, float(value))
                elif field in _MONTH_FIELDS and value:
                    yield from _month(scenario, table, at(index), field, value)


def settings_problems(scenario: Scenario) -> Iterator[Problem]:
    """Settings that no plan can be made with."""
    found = scenario.settings
    checks = (
        ("name", found.name.strip() != "", "a name", repr(found.name)),
        ("start", is_month(found.start), "a month as YYYY-MM", found.start),
        (
            "start",
            not is_month(found.start) or _YEARS[0] <= int(found.start[:4]) <= _YEARS[1],
            f"a year from {_YEARS[0]} to {_YEARS[1]}",
            found.start,
        ),
        ("months", 1 <= found.months <= MONTHS, f"1 to {MONTHS} months", str(found.months)),
        (
            "levels",
            bool(found.levels) and len(set(found.levels)) == len(found.levels),
            "each level once",
            ", ".join(found.levels) or "none",
        ),
        (
            "weights",
            found.weights is None
            or (bool(found.weights) and all(_sane(each) for each in found.weights.values())),
            f"weights from 0 to {LARGEST:g}",
            str(found.weights),
        ),
        (
            "priority_weights",
            bool(found.priority_weights)
            and all(_sane(each) and each > 0 for each in found.priority_weights),
            f"weights above 0, up to {LARGEST:g}",
            str(list(found.priority_weights)),
        ),
        (
            "ramp_slips",
            bool(found.ramp_slips) and all(0 <= each <= MONTHS for each in found.ramp_slips),
            f"months from 0 to {MONTHS}",
            str(list(found.ramp_slips)),
        ),
        (
            "firm_months",
            0 <= found.firm_months <= MONTHS,
            "a number of months",
            str(found.firm_months),
        ),
    )
    for field, right, expected, got in checks:
        if not right:
            yield Problem("plan.settings", "scenario.toml", 0, field, expected, got)


def is_month(name: str) -> bool:
    """Whether ``name`` is a month as YYYY-MM."""
    return _MONTH.fullmatch(name) is not None


def month_number(scenario: Scenario, name: str) -> int:
    """The months from the scenario's start to ``name``."""
    first, other = (12 * int(each[:4]) + int(each[5:7]) for each in (scenario.settings.start, name))
    return other - first


def _number(table: str, row: int, field: str, value: float) -> Iterator[Problem]:
    low, high = _range(table, field)
    least = "above 0" if (table, field) in _POSITIVE else f"from {low:g}"
    if (
        not math.isfinite(value)
        or not low <= value <= high
        or ((table, field) in _POSITIVE and value <= 0)
    ):
        yield Problem(
            "plan.value", table, row, field, f"a number {least} to {high:g}", f"{value:g}"
        )


def _range(table: str, field: str) -> tuple[float, float]:
    if field == "year":
        return _YEARS
    if (table, field) == ("payments", "months"):
        return -LONGEST, LONGEST
    if (table, field) == ("payments", "share"):
        return 0, 1
    if field in ("lead", "qualification", "shelf_life", "age"):
        return 0, LONGEST
    return 0, LARGEST


def _month(scenario: Scenario, table: str, row: int, field: str, name: str) -> Iterator[Problem]:
    if not is_month(name):
        yield Problem("plan.month", table, row, field, "a month as YYYY-MM", name)
        return
    number = month_number(scenario, name)
    last = scenario.settings.months - 1
    if (table, field) in _FIRST_MONTHS and number < 0:
        expected = f"a month from {scenario.settings.start} on"
        yield Problem("plan.month", table, row, field, expected, name)
    elif number > last and field != "until":
        expected = f"one of the {scenario.settings.months} months from {scenario.settings.start}"
        yield Problem("plan.month", table, row, field, expected, name)


def _sane(value: float) -> bool:
    return math.isfinite(value) and 0 <= value <= LARGEST
