"""Figures of readiness as people read them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from intendance.render import Column, Language, Row, Table, number_text, text


def figure(value: float, language: Language, places: int = 5) -> str:
    """A figure to so many places; a smaller one to four digits, so that it isn't shown as 0."""
    if value and abs(value) < 10.0**-places / 2:
        return f"{value:.3e}".replace(".", "." if language == "en" else ",")
    return number_text(Decimal(f"{value:.{places}f}"), language)


def table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], language: Language, left: Sequence[str]
) -> Table:
    """A table whose headings are words of the room; ``left`` are the columns of names."""
    columns = tuple(
        Column(text(f"readiness.head-{each}", language), "left" if each in left else "right")
        for each in heads
    )
    return Table(columns, [Row(tuple(cells)) for cells in rows])


def share(value: float | None, language: Language) -> str:
    """A share as per cent; a dash where there is none."""
    if value is None:
        return "–"
    shown = number_text(Decimal(f"{100 * value:.1f}"), language)
    return f"{shown}\N{NARROW NO-BREAK SPACE}%" if language == "fr" else f"{shown}%"
