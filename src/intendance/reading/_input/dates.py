"""Dates as documents write them; what is no date, or could be two, is unknown and noted."""

from __future__ import annotations

import re
from functools import cache

from intendance.reading._input._data import table
from intendance.terms import UNKNOWN_TIME, IntendanceError, TimeSpan, span_of

_EARLIEST = "1900"  # software writes year 1 where it knows no date
_LEADING = re.compile(
    r"\s{0,200}date[ \t]*:?[ \t]+(\d{4}(?:-\d{1,4}){0,2})(?![\w-])[ \t]*", re.IGNORECASE
)
_ISO = re.compile(r"(\d{4}(?:-\d{2}){0,2})(?=\Z|[Tt\s])(?!\s*-)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[Tt]?\d{4,6}\w*)?\Z")
_NUMBERS = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})(?=\Z|[\s,])")
_SLASHED = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?=\Z|[\s,])")
_DAY_FIRST = re.compile(
    r"(?:[^\W\d]+\.?,?\s+){0,2}(\d{1,2})(?:\.|er|st|nd|rd|th)?[\s-]+(?:of\s+)?([^\W\d]+)\.?,?[\s-]+(\d{4})\b"
)
_MONTH_FIRST = re.compile(
    r"(?:[^\W\d]+\.?,\s+)?([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b"
)
_MONTH_ONLY = re.compile(r"([^\W\d]+)\.?,?\s+(\d{4})\Z")


def leading_date(text: str, start: int = 0) -> tuple[TimeSpan, int, str | None] | None:
    """The ``date YYYY[-MM[-DD]]`` that a text begins with: the span, where it ends, a note.

    None where the text begins otherwise. A date that is none (2023-02-30) gives an unknown span
    and a note.
    """
    match = _LEADING.match(text, start)
    if match is None:
        return None
    span = _span(match[1], match[1])
    note = None if span.known else f"'date {match[1]}' at the start of the text is no date"
    return span, match.end(), note


def parse_date(words: str) -> TimeSpan:
    """The days that a date in metadata means; unknown where it is none or could be two.

    Taken: ISO 8601 (the day as written, in its own time zone), YYYYMMDD, RFC 5322, a day, a
    month's name and a year in either order, DD.MM.YYYY. ``03/04/2022`` could be two days and is
    unknown; ``16/03/2022`` is one.
    """
    words = " ".join(words.split())[:80]
    for pattern, build in _FORMS:
        match = pattern.match(words)
        if match is not None:
            stated = build(match)
            return _span(stated, words) if stated else UNKNOWN_TIME
    return UNKNOWN_TIME


def _span(stated: str, words: str) -> TimeSpan:
    if stated < _EARLIEST:
        return UNKNOWN_TIME
    try:
        span = span_of(stated)
    except IntendanceError:
        return UNKNOWN_TIME
    return TimeSpan(span.start, span.end, words)


@cache
def _months() -> dict[str, int]:
    rows: dict[str, list[str]] = table("dates")["months"]
    return {name: int(number) for number, names in rows.items() for name in names}


def _named(day: str, month: str, year: str) -> str | None:
    number = _months().get(month.lower())
    return f"{year}-{number:02d}-{int(day):02d}" if number else None


def _numbers(match: re.Match[str]) -> str | None:
    first, mark, second, year = int(match[1]), match[2], int(match[3]), match[4]
    if mark == "/" and first != second and first <= 12 and second <= 12:
        return None
    day, month = (second, first) if mark == "/" and second > 12 else (first, second)
    return f"{year}-{month:02d}-{day:02d}"


def _month_only(match: re.Match[str]) -> str | None:
    number = _months().get(match[1].lower())
    return f"{match[2]}-{number:02d}" if number else None


_FORMS = (
    (_ISO, lambda match: match[1]),
    (_COMPACT, lambda match: f"{match[1]}-{match[2]}-{match[3]}"),
    (_NUMBERS, _numbers),
    (_SLASHED, lambda match: f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}"),
    (_DAY_FIRST, lambda match: _named(match[1], match[2], match[3])),
    (_MONTH_FIRST, lambda match: _named(match[2], match[1], match[3])),
    (_MONTH_ONLY, _month_only),
)
