"""Cells and columns that the views share: identifiers, figures, times."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from intendance.render import (
    Column,
    Language,
    Row,
    Table,
    date_short,
    interval_cell,
    money_text,
    text,
)
from intendance.terms import CERTAINTIES, Commitment, Conflict, Money, Side, StageState

ID_LENGTH: Final = 10
"""How much of an identifier a table shows; any beginning that fits one thing is taken."""

_RIGHT: Final = frozenset(
    {"promised", "delivered", "outstanding", "quantity", "commitments", "score", "statements"}
)
_FIXED: Final = frozenset({"id", "commitment", "report", "copy_of", "undone_by"})
_OPTIONAL: Final = frozenset({"when", "outstanding", "report", "language", "undone_by"})
_WIDE: Final = frozenset(
    {"title", "address", "marks", "sides", "donors", "parties", "why", "numbers", "names"}
)

NOTHING: Final = StageState().time
"""The time of a stage of which no time is known."""


def short(identifier: str | None) -> str:
    """The beginning of an identifier, as tables show it."""
    return (identifier or "")[:ID_LENGTH]


def joined(identifiers: Iterable[str]) -> str:
    """Several actors in one cell."""
    return ", ".join(identifiers)


def side_text(conflict: Conflict, side: Side, language: Language) -> str:
    """The value of one side of a conflict, in words where it is one of the vocabulary's."""
    if conflict.kind == "occurrence" and side.value in CERTAINTIES:
        return text(f"certainty.{side.value.replace(' ', '_')}", language)
    return side.value


def figure(state: StageState | None, language: Language) -> str:
    """What is known of a stage in one cell: its quantity, else its money, else "not stated"."""
    if state is None:
        return ""
    if state.quantity.known or not state.money:
        return interval_cell(state.quantity, language)
    return amounts(state.money, language)


def amounts(money: Iterable[Money], language: Language) -> str:
    """Amounts of several currencies in one cell."""
    return " + ".join(money_text(amount, language) for amount in money)


def when(commitment: Commitment) -> str:
    """The time of the furthest stage that has one."""
    dated = [state.time for state in commitment.stages.values() if state.time != NOTHING]
    furthest = commitment.stages.get(commitment.furthest_stage or "promised")
    if furthest is not None and furthest.time != NOTHING:
        return date_short(furthest.time)
    return date_short(dated[-1]) if dated else ""


def view_table(names: Sequence[str], rows: Iterable[Row], language: Language) -> Table:
    """A table with the columns of these names; which lean right or give way is known by name."""
    columns = tuple(
        Column(
            text(f"column.{name}", language),
            "right" if name in _RIGHT else "left",
            wide=name in _WIDE,
            fixed=name in _FIXED,
            optional=name in _OPTIONAL,
        )
        for name in names
    )
    return Table(columns, list(rows))
