"""Dates as people write them in tables: intervals, an unclear order of day and month kept open."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

import msgspec

from intendance.exchange._values.named import named_days
from intendance.exchange._values.spans import Days, wider_days
from intendance.terms import TimeSpan

_ISO: Final = re.compile(
    r"([12][0-9]{3})-([01]?[0-9])(?:-([0-3]?[0-9]))?"
    r"(?:[Tt ][0-9:.]+(?:[Zz]|[+-][0-9]{2}:?[0-9]{2})?)?\Z"
)
_YEAR_FIRST: Final = re.compile(r"([12][0-9]{3})[/.]([01]?[0-9])[/.]([0-3]?[0-9])\Z")
_THREE: Final = re.compile(
    r"([0-9]{1,2})[/.\-]([0-9]{1,2})[/.\-]([12][0-9]{3}|[0-9]{2})(?:[ ,].*)?\Z"
)
_MONTH: Final = re.compile(r"([0-9]{1,2})[/.\-]([12][0-9]{3}|[0-9]{2})\Z")
_YEAR: Final = re.compile(r"((?:19|20)[0-9]{2})(?:\.0)?\Z")
_WORDS: Final = re.compile(
    r"(?:([0-9]{1,2})(?:st|nd|rd|th)?\.? +)?([A-Za-z]{3,9})\.?"
    r"(?: +([0-9]{1,2})(?:st|nd|rd|th)?,?)?,? +((?:19|20)[0-9]{2})\Z"
)
_SERIAL: Final = re.compile(r"([2-7][0-9]{4})(?:\.[0-9]+)?\Z")
_EPOCH: Final = date(1899, 12, 30)
_MONTHS: Final = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
}
_CENTURY: Final = 2000


class Wording(msgspec.Struct, frozen=True):
    """The words around a date: ``until`` it, ``since`` it, ``about`` it, between two, or none.

    ``onwards`` stand behind it.
    """

    until: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    between: tuple[tuple[str, str], ...] = ()
    onwards: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def parse_date(text: str, wording: Wording) -> TimeSpan | None:
    """The days that a cell of dates means, its words kept; None where it can't be read.

    ``04/10/2022`` is the interval of both orders of day and month. A day that its month does not
    have ("06/31/2022") leaves the month. A number from 20000 on is a spreadsheet's serial date.
    Words for "not known" give a span without ends.
    """
    return _parse(" ".join(text.split()), wording)


@lru_cache(maxsize=8192)
def _parse(text: str, wording: Wording) -> TimeSpan | None:
    bare = text.casefold().strip(" .,;:()?")
    if bare in wording.unknown:
        return TimeSpan(text=text)
    for first, second in wording.between:
        if bare.startswith(first + " ") and f" {second} " in bare:
            left, _, right = bare[len(first) :].partition(f" {second} ")
            start, end = _days(left), _days(right)
            if start is not None and end is not None and start[0] <= end[1]:
                return _span(start[0], end[1], text)
            # "from March to April 2023"
            both = named_days(bare[len(first) :].strip())
            return None if both is None else _span(*both, text)
    for words, at in ((wording.until, "until"), (wording.since, "since"), (wording.about, "")):
        rest = _after(bare, words)
        if rest is not None:
            # "until the end of 2024": the end of 2024 is a part of 2024, said no closer
            days = _days(rest) or _days(_after(rest.strip(), wording.about) or "")
            if days is None:
                return None
            first_day = None if at == "until" else days[0]
            last_day = None if at == "since" else days[1]
            return _span(first_day, last_day, text)
    for word in wording.onwards:
        if bare.endswith(f" {word}"):
            days = _days(bare.removesuffix(word))
            return None if days is None else _span(days[0], None, text)
    days = _days(bare)
    return None if days is None else _span(*days, text)


def _after(text: str, words: Iterable[str]) -> str | None:
    for word in words:
        if text.startswith(word) and not text[len(word) : len(word) + 1].isalpha():
            # "mid-2024"
            return text[len(word) :].lstrip(" -–")
    return None


def _span(start: date | None, end: date | None, text: str) -> TimeSpan:
    return TimeSpan(
        None if start is None else start.isoformat(), None if end is None else end.isoformat(), text
    )


def _days(text: str) -> Days | None:
    """The first and the last day that a date without words can mean."""
    cell = text.strip(" ,;:.()")
    match = _ISO.match(cell) or _YEAR_FIRST.match(cell)
    if match:
        return _of(int(match[1]), int(match[2]), int(match[3]) if match[3] else None)
    match = _THREE.match(cell)
    if match:
        return _either(int(match[1]), int(match[2]), _year(match[3]))
    match = _MONTH.match(cell)
    if match:
        return _of(_year(match[2]), int(match[1]), None)
    match = _YEAR.match(cell)
    if match:
        return date(int(match[1]), 1, 1), date(int(match[1]), 12, 31)
    match = _WORDS.match(cell)
    if match:
        return _named(match) or named_days(cell)
    match = _SERIAL.match(cell)
    if match:
        day = _EPOCH + timedelta(days=int(match[1]))
        return day, day
    return wider_days(cell, _days) or named_days(cell)


def _named(match: re.Match[str]) -> Days | None:
    month = _MONTHS.get(match[2].lower())
    day = match[1] or match[3]
    if month is None or (match[1] and match[3]):
        return None
    return _of(int(match[4]), month, int(day) if day else None)


def _either(one: int, other: int, year: int) -> Days | None:
    """Day and month in both orders; where neither is a day, the month that is one."""
    readings = [_of(year, month, day) for month, day in {(one, other), (other, one)}]
    exact: Sequence[Days] = [days for days in readings if days and days[0] == days[1]]
    found = exact or [days for days in readings if days]
    if not found:
        return None
    return min(days[0] for days in found), max(days[1] for days in found)


def _of(year: int, month: int, day: int | None) -> Days | None:
    if not 1 <= month <= 12 or not 1900 <= year <= 2100 or (day is not None and not 1 <= day <= 31):
        return None
    last = calendar.monthrange(year, month)[1]
    if day is None or day > last:
        return date(year, month, 1), date(year, month, last)
    return date(year, month, day), date(year, month, day)


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else _CENTURY + int(text)
