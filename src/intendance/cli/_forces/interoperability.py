"""What people see of interoperability: one table a view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from intendance.cli._forces.views import cell, forces_table
from intendance.render import Language, Row, Table
from intendance.terms import Interval

_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "shares": (
        "nation", "class_", "month", "nato", "soviet", "own", "unstated", "nato_percent",
        "soviet_percent", "own_percent",
    ),
    "support": ("kind", "nation", "item", "user", "for_", "quantity"),
    "chains": ("nation", "kind", "chain", "items", "cost_per_year"),
    "rounds": ("nation", "gun", "month", "complete", "short_of"),
    "transition": (
        "nation", "old", "new", "year", "old_held", "new_held", "crewed", "new_percent",
        "rounds_needed", "rounds_left", "lasts",
    ),
    "missing": ("nation", "item", "standard", "expected", "replaced_by", "ammunition"),
}  # fmt: skip


def interoperability_table(view: str, found: Sequence[Any], language: Language) -> Table:
    """The records of a view."""
    names = _COLUMNS[view]
    rows = [Row(tuple(_cell(getattr(each, name), language) for name in names)) for each in found]
    return forces_table([name.rstrip("_") for name in names], rows, language)


def _cell(value: object, language: Language) -> str:
    if isinstance(value, Interval):
        return cell(value, language)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
