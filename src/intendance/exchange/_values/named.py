"""Dates with names in them: months and seasons in English, French and German, budget years."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any, Final

from intendance.exchange._data import table
from intendance.exchange._values.spans import Days

_YEAR: Final = r"((?:19|20)[0-9]{2})"
_DASH: Final = r"\s*[-–—/]\s*"
_TO: Final = r"(?:\s*[-–—/]\s*|\s+(?:to|bis|à|and|et|und|until)\s+)"
_OF: Final = r"(?:of|de|du|des|d'|le|the)?\s*"
_CENTURY: Final = 100


def named_days(cell: str) -> Days | None:
    """The first and last day of a cell in small letters; None where it names no date.

    A season is its three months; "winter 2022" may be either winter that the year has a part of,
    "winter 2022/23" is one of them. "fy 2023" is what any usual budget year of that name covers.
    """
    text = cell.replace("’", "'")
    for pattern, days in _forms():
        match = pattern.match(text)
        if match:
            found = days(match)
            if found is not None and found[0] <= found[1]:
                return found
    return None


@cache
def _words() -> dict[str, Any]:
    return table("values/dates")


def _any(words: Iterable[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "(" + "|".join(map(re.escape, ordered)) + r")\.?"


@cache
def _forms() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Days | None]], ...]:
    month, season = _any(_words()["months"]), _any(_words()["seasons"])
    part, ordinal = _any(_words()["parts"]), _any(_words()["ordinals"])
    fiscal = _any(_words()["fiscal"]["words"])
    day, nth = r"([0-3]?[0-9])", r"(?:\.|st|nd|rd|th|er|e|ème|ère)?"
    shapes = (
        (rf"{month}\s*{_OF}'?{_YEAR}", lambda m: _months(m[1], m[1], m[2])),
        (rf"{month}{_TO}{month},?\s*{_YEAR}", lambda m: _months(m[1], m[2], m[3])),
        (rf"{month}\s+{_YEAR}{_TO}{month}\s+{_YEAR}", _apart),
        (rf"{day}{nth}\s*{_OF}{month},?\s+{_YEAR}", lambda m: _span(m[1], m[1], m[2], m[3])),
        (rf"{day}{nth}{_TO}{day}{nth}\s*{_OF}{month},?\s+{_YEAR}", _days),
        (rf"{day}\.?{_DASH}{day}\.([01]?[0-9])\.{_YEAR}", _days),
        (rf"{month}\s+{day}{nth}{_TO}{day}{nth},?\s+{_YEAR}", _month_first),
        (rf"{season}(?:{_TO}{season})?\s*{_OF}{_YEAR}(?:{_DASH}((?:20)?[0-9]{{2}}))?", _season),
        (rf"{season}\s*'?([0-9]{{2}})", lambda m: _months_of(m[1], f"20{m[2]}")),
        (rf"{part}\s?([1-4])[\s/,-]*'?([0-9]{{2}})", lambda m: _part(m[1], int(m[2]), f"20{m[3]}")),
        (rf"{_YEAR}\s+{season}", lambda m: _months_of(m[2], m[1])),
        (rf"{ordinal}\s+{part}\s*{_OF}{_YEAR}", lambda m: _part(m[2], _ordinal(m[1]), m[3])),
        (rf"([1-4]){nth}\s*{part}\s*{_OF}{_YEAR}", lambda m: _part(m[2], int(m[1]), m[3])),
        (rf"{part}\s?([1-4])[\s/,-]*{_YEAR}", lambda m: _part(m[1], int(m[2]), m[3])),
        (rf"{_YEAR}[\s/,-]*{part}\s?([1-4])", lambda m: _part(m[2], int(m[3]), m[1])),
        (rf"{fiscal}\s*'?{_YEAR}(?:{_DASH}((?:20)?[0-9]{{2}}))?", _fiscal),
        (rf"{_YEAR}{_DASH}([0-9]{{2}})", _two_years),
    )
    return tuple((re.compile(shape + r"\Z"), days) for shape, days in shapes)


def _months(first: str, last: str, year: str) -> Days:
    months = _words()["months"]
    start, end = months[first], months[last]
    # "Dec-Jan 2023" begins in the year before.
    return _between(int(year) - (start > end), start, int(year), end)


def _apart(match: re.Match[str]) -> Days:
    months = _words()["months"]
    return _between(int(match[2]), months[match[1]], int(match[4]), months[match[3]])


def _span(first: str, last: str, month: str, year: str) -> Days | None:
    number = int(month) if month.isdecimal() else _words()["months"][month]
    try:
        return date(int(year), number, int(first)), date(int(year), number, int(last))
    except ValueError:
        return None


def _days(match: re.Match[str]) -> Days | None:
    return _span(match[1], match[2], match[3], match[4])


def _month_first(match: re.Match[str]) -> Days | None:
    return _span(match[2], match[3], match[1], match[4])


def _months_of(season: str, year: str) -> Days:
    start, end = _words()["seasons"][season]
    return _between(int(year) - (start > end), start, int(year) + (start > end), end)


def _season(match: re.Match[str]) -> Days | None:
    seasons, year = _words()["seasons"], int(match[3])
    start, end = seasons[match[1]][0], seasons[match[2] or match[1]][1]
    if match[4] is not None:
        whole = start > end and _follows(year, match[4])
        return _between(year, start, year + 1, end) if whole else None
    if match[2] is None:
        return _months_of(match[1], match[3])
    if start <= end:
        return _between(year, start, year, end)
    # "winter/spring 2023" is named for its end, "autumn/winter 2022" for its beginning.
    begins, ends = (seasons[each][0] > seasons[each][1] for each in (match[1], match[2]))
    if begins == ends:
        return None
    return _between(year - begins, start, year + (not begins), end)


def _part(kind: str, number: int, year: str) -> Days | None:
    parts = _words()["parts"][kind]
    if number > parts:
        return None
    size = 12 // parts
    return _between(int(year), size * (number - 1) + 1, int(year), size * number)


def _ordinal(word: str) -> int:
    return int(_words()["ordinals"][word])


def _fiscal(match: re.Match[str]) -> Days | None:
    year, two = int(match[2]), match[3]
    if two is not None and not _follows(year, two):
        return None
    before, first, after, last = _words()["fiscal"]["one" if two is None else "two"]
    return _between(year + before, first, year + after, last)


def _two_years(match: re.Match[str]) -> Days | None:
    year = int(match[1])
    return _between(year, 1, year + 1, 12) if _follows(year, match[2]) else None


def _follows(year: int, other: str) -> bool:
    return (year + 1) % _CENTURY == int(other) % _CENTURY


def _between(year: int, month: int, last_year: int, last_month: int) -> Days:
    days = calendar.monthrange(last_year, last_month)[1]
    return date(year, month, 1), date(last_year, last_month, days)
