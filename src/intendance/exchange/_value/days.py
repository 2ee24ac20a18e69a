"""Which days a figure is of: the rate and the prices of that time are its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intendance.ledger import Sourced
from intendance.terms import TimeSpan

_TABLES: Final = ("table", "dataset")


def day_of(
    time: TimeSpan, saying: Sequence[Sourced], assumptions: list[str]
) -> tuple[str, str] | None:
    """The days that a figure is of: those of its stage, else those that the rows of a data set
    name, else those on which it was first published.

    Days in two years are none: their rates and prices differ. Where a row names one end only
    ("until ..."), that day counts, which is added to the assumptions.
    """
    rows = sorted(
        (said.time.start or "", said.time.end or "")
        for each in saying
        if each.report.kind in _TABLES
        for said in (each.corrected or each.statement,)
        if said.time.known
    )
    published = sorted(
        (each.report.published.start or "", each.report.published.end or "")
        for each in saying
        if each.report.published.known
    )
    for first, last in ((time.start or "", time.end or ""), *rows):
        if first and last and first[:4] == last[:4]:
            return first, last
    if ends := [first or last for first, last in rows if not (first and last)]:
        assumptions.append("open-date")
        return ends[0], ends[0]
    same = [(first, last) for first, last in published if first and first[:4] == last[:4]]
    return same[0] if same else None
