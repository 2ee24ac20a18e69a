"""Tables of structs: a column for each field, with the headings of the program."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

import msgspec

from intendance.render import has_text, number_text, text
from intendance.web._shown import Both, Cell, Field, tabled
from intendance.web._types import ViewContext

_MOST: Final = 25
_HEADINGS: Final = {
    "availability": "available",
    "availability_swapping": "available-swapping",
    "interceptors": "held",
    "interceptors_needed": "interceptors",
}
"""Fields whose heading goes by another name."""


def number(value: float | None, context: ViewContext) -> str:
    """A number as people read it; what a computer adds behind the sixth digit is left out."""
    if value is None:
        return "–"
    rounded = round(value) if abs(value) >= 1000 else Decimal(str(round(value, 2))) + 0
    return number_text(rounded, context.language)


def struct_table(
    context: ViewContext,
    title: str,
    kind: type[msgspec.Struct],
    rows: Iterable[Any],
    family: str,
) -> Both:
    """A table of structs: a column for each field, numbers to the right.

    The headings are the texts ``<family>.head-<field>`` where there are any.
    """
    fields = [_field(context, each, family) for each in msgspec.structs.fields(kind)]
    source = "pages.plan_source" if family == "plan" else "pages.forces_source"
    return tabled(context, title, fields, rows, most=_MOST, source=source, terms="pages.plan_terms")


def _field(context: ViewContext, each: Any, family: str) -> Field[Any]:
    numeric = each.type in (int, float, float | None)
    name = each.name

    def cell(row: Any) -> Cell:
        value = getattr(row, name)
        if numeric and name != "year":
            return Cell(number(value, context))
        if isinstance(value, bool):
            return Cell(text("pages.yes" if value else "pages.no", context.language))
        return Cell(_words(value))

    heading = f"{family}.head-{_HEADINGS.get(name, name).replace('_', '-')}"
    title = text(heading, context.language) if has_text(heading, context.language) else ""
    kind = "number" if numeric else "wide" if name == "text" else ""
    return Field(name, lambda row: getattr(row, name), cell, kind, title=title)


def _words(value: Any) -> str:
    """A value in words; what is counted by name as ``name 2, other 1``."""
    if isinstance(value, dict):
        flat = [
            (name, count) for key, each in value.items()
            for name, count in (each.items() if isinstance(each, dict) else [(key, each)])
        ]  # fmt: skip
        return ", ".join(f"{name} {count}" for name, count in flat)
    return "" if value is None else str(value)
