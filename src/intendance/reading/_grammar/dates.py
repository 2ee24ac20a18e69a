"""Dates and spans of time, resolved against the day of publication only where that is known."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from intendance.reading._language import Grammar
from intendance.reading._tokens import Token
from intendance.terms import TimeSpan

_FIRST_YEAR, _LAST_YEAR = 1990, 2060


class Moment(NamedTuple):
    """A time at ``tokens[first:last]``."""

    first: int
    last: int
    span: TimeSpan


def read_moments(grammar: Grammar, tokens: Sequence[Token], published: TimeSpan) -> list[Moment]:
    """Every time that a sentence names, in order."""
    found: list[Moment] = []
    at = 0
    words = grammar.time_words
    while at < len(tokens):
        form = tokens[at].form
        if form not in words and not form[0].isdigit():
            at += 1
            continue
        moment = _moment(grammar, tokens, at, published)
        if moment is None:
            at += 1
        else:
            found.append(moment)
            at = moment.last
    return found


def _moment(
    grammar: Grammar, tokens: Sequence[Token], at: int, published: TimeSpan
) -> Moment | None:
    form = tokens[at].form
    if form in grammar.relative_times:
        days = _relative(grammar.relative_times[form], published)
        return _made(grammar, tokens, at, at + 1, days)
    part = form if form in grammar.month_parts else None
    index = at + 1 if part is not None else at
    while (
        part is not None
        and index < len(tokens)
        and grammar.listed(tokens[index].form, "date_part_link")
    ):
        index += 1
    if index >= len(tokens):
        return None
    calendar_day = _day_month(grammar, tokens, index, published)
    if calendar_day is not None:
        first, last, after = calendar_day
        if part is not None:
            first, last = _part_of_month(first, last, grammar.month_parts[part])
        return _made(grammar, tokens, at, after, (first, last))
    year = _year(tokens, index)
    if year is not None and (part is not None or _dated(grammar, tokens, at)):
        low, high = grammar.year_parts[part] if part is not None else (1, 12)
        return _made(grammar, tokens, at, index + 1, (date(year, low, 1), _month_end(year, high)))
    if form in grammar.seasons and not tokens[at].auxiliaries:
        return _season(grammar, tokens, at, published)
    if form in grammar.weekdays:
        return _made(grammar, tokens, at, at + 1, _weekday(grammar.weekdays[form], published))
    return None


def _made(
    grammar: Grammar,
    tokens: Sequence[Token],
    first: int,
    last: int,
    days: tuple[date, date] | None,
) -> Moment:
    by = first > 0 and _until(grammar, tokens, first)
    words = " ".join(token.form for token in tokens[max(0, first - 1 if by else first) : last])
    if days is None:
        return Moment(first, last, TimeSpan(None, None, words))
    start = None if by else days[0].isoformat()
    return Moment(first, last, TimeSpan(start, days[1].isoformat(), words))


def _until(grammar: Grammar, tokens: Sequence[Token], first: int) -> bool:
    """ "by", "until the", "d'ici à" right before a time: it ends then."""
    before = tokens[first - 1].form
    if grammar.listed(before, "date_by") or grammar.listed(before, "date_by_elided"):
        return True
    if first < 2:
        return False
    farther = tokens[first - 2].form
    if grammar.listed(before, "date_by_article"):
        return grammar.listed(farther, "date_by")
    return grammar.listed(before, "date_to") and grammar.listed(farther, "date_by_elided")


def _day_month(
    grammar: Grammar, tokens: Sequence[Token], at: int, published: TimeSpan
) -> tuple[date, date, int] | None:
    """ "12 octobre 2022", "1er mars", "octobre 2022", "October 12, 2022", "12. Oktober"."""
    day: int | None = None
    index = at
    if tokens[index].number and tokens[index].form.isdecimal() and len(tokens[index].form) <= 2:
        day = int(tokens[index].form)
        index += 1
        while index < len(tokens) and grammar.listed(tokens[index].form, "day_mark"):
            index += 1
    if index >= len(tokens) or tokens[index].form not in grammar.months:
        return None
    if day is None and not _small_month(grammar) and not tokens[index].capital:
        return None
    month = grammar.months[tokens[index].form]
    index += 1
    if day is None and index < len(tokens) and _is_day(tokens[index].form):
        day = int(tokens[index].form)
        index += 1
    after_comma = index + 1 if index < len(tokens) and tokens[index].form == "," else index
    year = _year(tokens, after_comma)
    if year is not None:
        index = after_comma + 1
    else:
        year = _year_near(month, published)
    if year is None or (day is not None and not 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    if day is not None:
        return date(year, month, day), date(year, month, day), index
    return date(year, month, 1), _month_end(year, month), index


def _small_month(grammar: Grammar) -> bool:
    return grammar.small_months


def _is_day(form: str) -> bool:
    return form.isdecimal() and len(form) <= 2 and 1 <= int(form) <= 31


def _year(tokens: Sequence[Token], at: int) -> int | None:
    if at >= len(tokens) or len(tokens[at].form) != 4 or not tokens[at].form.isdecimal():
        return None
    year = int(tokens[at].form)
    return year if _FIRST_YEAR <= year <= _LAST_YEAR else None


def _dated(grammar: Grammar, tokens: Sequence[Token], at: int) -> bool:
    """A bare year counts as a time only after a word such as "en", "since", "bis"."""
    if at == 0:
        return False
    return grammar.listed(tokens[at - 1].form, "before_year")


def _year_near(month: int, published: TimeSpan) -> int | None:
    """The year of a month said without one: the one nearest to the day of publication."""
    if published.end is None or published.start is None:
        return None
    first, last = date.fromisoformat(published.start), date.fromisoformat(published.end)
    if (last - first).days > 92:
        return None
    middle = first + (last - first) / 2
    return min(
        (middle.year - 1, middle.year, middle.year + 1),
        key=lambda year: (abs((date(year, month, 15) - middle).days), year),
    )


def _relative(steps: dict[str, int], published: TimeSpan) -> tuple[date, date] | None:
    if published.end is None or published.start is None:
        return None
    start, end = date.fromisoformat(published.start), date.fromisoformat(published.end)
    if "days" in steps:
        shift = timedelta(days=steps["days"])
        return start + shift, end + shift
    if "weeks" in steps:
        shift = timedelta(weeks=steps["weeks"])
        monday = start - timedelta(days=start.weekday()) + shift
        return monday, end - timedelta(days=end.weekday()) + shift + timedelta(days=6)
    if "months" in steps:
        first, last = _shift_month(start, steps["months"]), _shift_month(end, steps["months"])
        return first, _month_end(last.year, last.month)
    if "years" in steps:
        return date(start.year + steps["years"], 1, 1), date(end.year + steps["years"], 12, 31)
    if "month_end" in steps:
        last = _shift_month(end, steps["month_end"])
        return start, _month_end(last.year, last.month)
    if "year_end" in steps:
        return start, date(end.year + steps["year_end"], 12, 31)
    return None


def _shift_month(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _part_of_month(first: date, last: date, days: tuple[int, int]) -> tuple[date, date]:
    low, high = days
    return first.replace(day=low), first.replace(day=min(high, last.day))


def _season(
    grammar: Grammar, tokens: Sequence[Token], at: int, published: TimeSpan
) -> Moment | None:
    year = _year(tokens, at + 1)
    low, high = grammar.seasons[tokens[at].form]
    last = at + 1
    if year is not None:
        last += 1
    elif published.start is not None:
        year = _year_near(low, published)
    if year is None:
        return _made(grammar, tokens, at, last, None)
    until = year + 1 if high < low else year
    return _made(grammar, tokens, at, last, (date(year, low, 1), _month_end(until, high)))


def _weekday(weekday: int, published: TimeSpan) -> tuple[date, date] | None:
    """The last such day up to publication: news name the days just past."""
    if published.end is None or published.start != published.end:
        return None
    day = date.fromisoformat(published.end)
    found = day - timedelta(days=(day.weekday() - weekday) % 7)
    return found, found
