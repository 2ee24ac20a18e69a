"""The tables of a plan, with the headings that its report has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import msgspec

from intendance.planning import CauseRow
from intendance.render import has_text, text
from intendance.web._shown import Both
from intendance.web._types import ViewContext
from intendance.web._views._plans import Held
from intendance.web._views._tables import struct_table

SHOWN: Final = (
    "contracts", "call-offs", "shares", "ramps", "production", "orders", "shortfalls", "transfers",
    "swaps", "money", "warnings", "assumptions",
)  # fmt: skip


class Bottleneck(msgspec.Struct, frozen=True):
    """A limit behind shortfalls: how many it is behind, and the most that relaxing it is worth."""

    limit: str
    where: str
    shortfalls: int
    worth: float | None
    text: str


def plan_table(context: ViewContext, held: Held, name: str) -> Both:
    """One table of a plan, all columns as its file has them."""
    kind, rows = held.tables[name]
    key = f"plan.section-{name}"
    title = text(key if has_text(key, context.language) else f"pages.plan_{name}", context.language)
    return struct_table(context, title, kind, rows, "plan")


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
