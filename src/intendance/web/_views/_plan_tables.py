"""The tables of a plan, with the headings that its report has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Final

import msgspec

from intendance.planning import CauseRow
from intendance.render import has_text, number_text, text
from intendance.web._shown import Both, Cell, Field, tabled
from intendance.web._types import ViewContext
from intendance.web._views._plans import Held

SHOWN: Final = (
    "contracts", "call-offs", "shares", "ramps", "production", "orders", "shortfalls", "transfers",
    "swaps", "money", "warnings", "assumptions",
)  # fmt: skip
_MOST: Final = 25


class Bottleneck(msgspec.Struct, frozen=True):
    """A limit behind shortfalls: how many it is behind, and the most that relaxing it is worth."""

    limit: str
    where: str
    shortfalls: int
    worth: float | None
    text: str


def number(value: float | None, context: ViewContext) -> str:
    """A number as people read it; what a computer adds behind the sixth digit is left out."""
    if value is None:
        return "–"
    rounded = round(value) if abs(value) >= 1000 else Decimal(str(round(value, 2))) + 0
    return number_text(rounded, context.language)


def plan_table(context: ViewContext, held: Held, name: str) -> Both:
    """One table of a plan, all columns as its file has them."""
    kind, rows = held.tables[name]
    key = f"plan.section-{name}"
    title = text(key if has_text(key, context.language) else f"pages.plan_{name}", context.language)
    return struct_table(context, title, kind, rows)


def struct_table(
    context: ViewContext, title: str, kind: type[msgspec.Struct], rows: Iterable[Any]
) -> Both:
    """A table of structs: a column for each field, numbers to the right."""
    fields = [_field(context, each) for each in msgspec.structs.fields(kind)]
    return tabled(
        context, title, fields, rows, most=_MOST, source="pages.plan_source",
        terms="pages.plan_terms",
    )  # fmt: skip


def _field(context: ViewContext, each: Any) -> Field[Any]:
    numeric = each.type in (int, float, float | None)
    name = each.name

    def cell(row: Any) -> Cell:
        value = getattr(row, name)
        if numeric and name != "year":
            return Cell(number(value, context))
        if isinstance(value, bool):
            return Cell(text("pages.yes" if value else "pages.no", context.language))
        return Cell("" if value is None else str(value))

    heading = f"plan.head-{name.replace('_', '-')}"
    title = text(heading, context.language) if has_text(heading, context.language) else ""
    kind = "number" if numeric else "wide" if name == "text" else ""
    return Field(name, lambda row: getattr(row, name), cell, kind, title=title)


def bottlenecks(causes: Sequence[CauseRow]) -> list[Bottleneck]:
    """The limits behind shortfalls, the one whose relaxing is worth most first."""
    found: dict[tuple[str, str], list[CauseRow]] = defaultdict(list)
    for cause in causes:
        found[cause.limit, cause.where].append(cause)
    rows = [
        Bottleneck(
            limit, where, len({(c.nation, c.item, c.month) for c in group}),
            max((c.worth for c in group if c.worth is not None), default=None), group[0].text,
        )
        for (limit, where), group in found.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-(row.worth or 0.0), -row.shortfalls, row.where))
