"""Months, the finest step: as text ``YYYY-MM`` and as whole numbers that can be counted on."""

from __future__ import annotations

import re
from typing import Final

from intendance.terms import IntendanceError

EVER: Final = -1_000_000
"""A month before all others: what is known of no beginning."""

NEVER: Final = 1_000_000
"""A month after all others: what is known of no end."""

_MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_MOST: Final = 1200


def month_number(text: str, where: str = "a month") -> int:
    """The number of the month ``YYYY-MM``; IntendanceError ``date.invalid`` for anything else."""
    match = _MONTH.fullmatch(text)
    if match is None:
        raise IntendanceError(
            "date.invalid", expected="a month, YYYY-MM", got=repr(text[:40]), where=where
        )
    return int(match[1]) * 12 + int(match[2]) - 1


def month_text(number: int) -> str:
    """The month of a number as ``YYYY-MM``."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def month_of(day: str | None, otherwise: int) -> int:
    """The month of an ISO date; ``otherwise`` where there is none."""
    return otherwise if day is None else int(day[:4]) * 12 + int(day[5:7]) - 1


def month_range(text: str, where: str = "--at") -> tuple[int, int]:
    """First and last month of ``YYYY-MM`` or ``YYYY-MM..YYYY-MM``, both included.

    Raises IntendanceError ``date.invalid``, also for an end before the beginning and for more than
    a hundred years.
    """
    first, dots, last = text.partition("..")
    start = month_number(first, where)
    end = month_number(last, where) if dots else start
    if not start <= end < start + _MOST:
        raise IntendanceError(
            "date.invalid",
            expected="a first month, then a last that is not before it, at most 100 years on",
            got=repr(text[:40]),
            where=where,
        )
    return start, end
