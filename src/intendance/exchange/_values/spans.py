"""Dates wider than a month: quarters, halves, years, ranges, and what Excel shortens."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date
from typing import Final

Days = tuple[date, date]

_PART: Final = re.compile(r"([qh])\s?([1-4])[\s/,-]*((?:19|20)[0-9]{2})\Z")
_PART_LAST: Final = re.compile(r"((?:19|20)[0-9]{2})[\s/,-]*([qh])\s?([1-4])\Z")
_YEARS: Final = re.compile(r"((?:19|20)[0-9]{2})\s?[-–/]\s?((?:19|20)[0-9]{2})\Z")
_SHORT: Final = re.compile(r"([a-z]{3})[-' ]+([0-9]{2})\Z")
_APART: Final = re.compile(r"\s+[-–—]\s+|\s+to\s+|\s?[–—]\s?|(?<=/[0-9]{4})-|(?<=\.[0-9]{4})-")
_PARTS: Final = {"q": 4, "h": 2}
_MONTHS: Final = {name.lower(): at for at, name in enumerate(calendar.month_abbr) if name}
_CENTURY: Final = 2000


def wider_days(cell: str, days: Callable[[str], Days | None]) -> Days | None:
    """The first and last day of a quarter, a half, a "Feb-22", or of two dates with a dash.

    ``cell`` is in small letters; ``days`` reads one date.
    """
    match = _PART.match(cell)
    if match:
        return _part(match[1], int(match[2]), int(match[3]))
    match = _PART_LAST.match(cell)
    if match:
        return _part(match[2], int(match[3]), int(match[1]))
    match = _YEARS.match(cell)
    if match:
        return _ordered(date(int(match[1]), 1, 1), date(int(match[2]), 12, 31))
    match = _SHORT.match(cell)
    if match and match[1] in _MONTHS:
        year, month = _CENTURY + int(match[2]), _MONTHS[match[1]]
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    ends = _APART.split(cell)
    if len(ends) == 2:
        first, last = days(ends[0]), days(ends[1])
        if first is not None and last is not None:
            return _ordered(first[0], last[1])
    return None


def _part(kind: str, number: int, year: int) -> Days | None:
    if number > _PARTS[kind]:
        return None
    size = 12 // _PARTS[kind]
    last = number * size
    return date(year, last - size + 1, 1), date(year, last, calendar.monthrange(year, last)[1])


def _ordered(first: date, last: date) -> Days | None:
    return (first, last) if first <= last else None
