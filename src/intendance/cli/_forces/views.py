"""What people see of positions and outlooks."""

from __future__ import annotations

from collections.abc import Sequence

from intendance.forces import Outlook, Position
from intendance.render import Column, Language, Row, Table, interval_cell, text
from intendance.terms import Interval


def forces_table(names: Sequence[str], rows: Sequence[Row], language: Language) -> Table:
    """A table whose columns are named in the room's words; figures lean right."""
    columns = tuple(
        Column(
            text(f"forces.head-{name}", language),
            "left" if name in _LEFT else "right",
            wide=name in _WIDE,
            optional=name in _OPTIONAL,
        )
        for name in names
    )
    return Table(columns, list(rows))


_LEFT = frozenset(
    {
        "nation", "item", "month", "notes", "state", "holders", "class", "standard", "recipient",
        "request", "kind", "user", "for", "chain", "items", "gun", "short_of", "old", "new",
        "lasts", "replaced_by", "ammunition",
    }
)  # fmt: skip
_WIDE = frozenset({"notes", "holders", "items", "replaced_by", "ammunition"})
_OPTIONAL = frozenset({"in_repair", "fit", "requirement", "cover_days", "on_order"})


def position_table(found: Sequence[Position], language: Language) -> Table:
    """Positions; under a stock that is overdrawn the commitments that take it."""
    names = (
        "nation", "item", "month", "stock", "expected", "in_repair", "fit", "on_order",
        "promised_in", "promised_out", "received", "given", "requirement", "floor",
        "cover_days", "notes",
    )  # fmt: skip
    rows = [
        Row(
            (
                each.nation,
                each.item,
                each.month,
                *(
                    cell(getattr(each, name), language)
                    for name in names[3:-1]
                ),
                _notes(each, language),
            )
        )
        for each in found
    ]  # fmt: skip
    return forces_table(names, rows, language)


def _notes(each: Position, language: Language) -> str:
    notes = []
    if each.under_floor in ("yes", "maybe"):
        notes.append(text(f"forces.under-{each.under_floor}", language))
    if each.overdrawn.known and (each.overdrawn.high is None or each.overdrawn.high > 0):
        sure = "surely" if (each.overdrawn.low or 0) > 0 else "perhaps"
        takers = ", ".join(id_[:10] for id_ in each.overdrawn_by)
        by = interval_cell(each.overdrawn, language)
        notes.append(text(f"forces.overdrawn-{sure}", language, by=by, commitments=takers))
    return "; ".join(notes)


def outlook_table(found: Sequence[Outlook], language: Language) -> Table:
    """What giving away would do: before and after."""
    names = (
        "nation", "item", "month", "give", "expected", "expected_after", "floor", "cover_days",
        "cover_days_after", "under_from", "under_surely_from", "refilled", "under_from_after",
        "under_surely_from_after", "refilled_after", "notes",
    )  # fmt: skip
    rows = [
        Row(
            (
                each.nation,
                each.item,
                each.month,
                f"{each.give:f}",
                cell(each.expected, language),
                cell(each.expected_after, language),
                cell(each.floor, language),
                cell(each.cover_days, language),
                cell(each.cover_days_after, language),
                *(
                    month or ""
                    for month in (each.under_from, each.under_surely_from, each.refilled)
                ),
                each.under_from_after or "",
                each.under_surely_from_after or "",
                each.refilled_after or "",
                _gift_notes(each, language),
            )
        )
        for each in found
    ]
    return forces_table(names, rows, language)


def _gift_notes(each: Outlook, language: Language) -> str:
    over = each.overdrawn_after
    if not over.known or (over.high is not None and over.high <= 0):
        return ""
    sure = "surely" if (over.low or 0) > 0 else "perhaps"
    takers = ", ".join(id_[:10] for id_ in each.overdrawn_by) or text("forces.the-gift", language)
    by = interval_cell(over, language)
    return text(f"forces.overdrawn-{sure}", language, by=by, commitments=takers)


def cell(figure: Interval, language: Language) -> str:
    """An interval in a cell; what nobody stated stays empty."""
    return interval_cell(figure, language) if figure.known or figure.state != "unspecified" else ""
