"""Numbers, intervals, money and dates as people read them, exact to the last digit."""

from __future__ import annotations

import calendar
from datetime import date
from decimal import Context, Decimal
from typing import Final

from intendance.render._text import Language, text
from intendance.render._visible import visible
from intendance.terms import Interval, Money, Number, TimeSpan

_MARK: Final[dict[Language, str]] = {"en": ".", "fr": ","}
_GROUP: Final[dict[Language, str]] = {"en": ",", "fr": "\u202f"}
_BETWEEN: Final[dict[Language, str]] = {"en": ", ", "fr": " ; "}
_SCALES: Final = ((Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))
_DECIMALS_OF_A_SCALE: Final = 3
_EXACT: Final = Context(prec=100)  # more digits than any amount has


def number_text(value: Number, language: Language = "en") -> str:
    """``1234.5`` as ``1,234.5`` or ``1 234,5``; no digit is dropped, trailing zeros are."""
    digits = format(Decimal(value), "f")
    whole, _, part = digits.partition(".")
    part = part.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", _GROUP[language])
    if whole.startswith("-") and int(whole) == 0:
        grouped = f"-{grouped}"
    return grouped + (_MARK[language] + part if part else "")


def interval_text(interval: Interval, language: Language = "en") -> str:
    """An interval as ``4``, ``≈ 4``, ``≥ 100``, ``< 8`` or ``[1, 4]``; what is not said says so."""
    if not interval.known:
        return text(f"state.{interval.state}", language)
    shown = _ends(interval, language, Decimal(1))
    return f"≈ {shown}" if interval.approx else shown


def interval_cell(interval: Interval, language: Language = "en") -> str:
    """An interval for a table, where ``?`` stands for "not stated"."""
    hidden = not interval.known and interval.state != "undisclosed"
    return "?" if hidden else interval_text(interval, language)


def money_text(money: Money, language: Language = "en") -> str:
    """An amount as ``≥ 100 bn USD`` or ``2,4 Md EUR``; a scale is used only where it is exact."""
    if not money.interval().known:
        return f"{text(f'state.{money.state}', language)} {money.currency}".strip()
    ends = [end for end in (money.low, money.high) if end is not None]
    scale, unit = _scale(ends)
    shown = _ends(money.interval(), language, scale)
    name = f" {text(f'scale.{unit}', language)}" if unit else ""
    about = "≈ " if money.approx else ""
    return f"{about}{shown}{name} {money.currency}".strip()


def date_text(span: TimeSpan, language: Language = "en") -> str:
    """A span of days in full: ``25 January 2023``, ``January 2023``, ``2023``, or its own words."""
    if not span.known:
        return f"“{visible(span.text)}”" if span.text else text("date.unknown", language)
    if span.start is None:
        return text("date.until", language, end=_day(str(span.end), language))
    if span.end is None:
        return text("date.since", language, start=_day(span.start, language))
    short = _whole(span)
    if short is not None:
        return _day(short, language)
    return text(
        "date.range", language, start=_day(span.start, language), end=_day(span.end, language)
    )


def date_short(span: TimeSpan) -> str:
    """A span of days for a table: ``2023-01-25``, ``2023-01``, ``2023``, ``2023-01-25/02-03``.

    An open end is ``..`` (ISO 8601-2); unresolved words stand in quotation marks, nothing is ``-``.
    """
    if not span.known:
        return f"“{visible(span.text)}”" if span.text else "-"
    return _whole(span) or f"{span.start or '..'}/{_abbreviated(span)}"


def _abbreviated(span: TimeSpan) -> str:
    """The end without what it shares with the start (ISO 8601-1, 5.5.2.3)."""
    if span.end is None:
        return ".."
    if span.start is not None and span.start[:8] == span.end[:8]:
        return span.end[8:]
    return span.end[5:] if span.start is not None and span.start[:5] == span.end[:5] else span.end


def _ends(interval: Interval, language: Language, scale: Decimal) -> str:
    def shown(value: Number) -> str:
        return number_text(_EXACT.divide(Decimal(value), scale), language)

    low, high = interval.low, interval.high
    if low is None and high is not None:
        return f"{'<' if interval.high_open else '≤'} {shown(high)}"
    if high is None and low is not None:
        return f"{'>' if interval.low_open else '≥'} {shown(low)}"
    if low is None or high is None:
        return ""
    if low == high:
        return shown(low)
    # ISO 80000-2 writes an open end as a bracket turned outwards.
    opening, closing = "]" if interval.low_open else "[", "[" if interval.high_open else "]"
    return f"{opening}{shown(low)}{_BETWEEN[language]}{shown(high)}{closing}"


def _scale(ends: list[Decimal]) -> tuple[Decimal, str]:
    least = min((abs(end) for end in ends if end), default=Decimal(0))
    for scale, unit in _SCALES:
        if least < scale:
            continue
        step = scale.scaleb(-_DECIMALS_OF_A_SCALE)
        if all(_EXACT.remainder(end, step) == 0 for end in ends):
            return scale, unit
    return Decimal(1), ""


def _whole(span: TimeSpan) -> str | None:
    """The year, month or day that the span is exactly, or None."""
    if span.start is None or span.end is None:
        return None
    if span.start == span.end:
        return span.start
    first, last = date.fromisoformat(span.start), date.fromisoformat(span.end)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return span.start[:4]
    days = calendar.monthrange(first.year, first.month)[1]
    one_month = (first.year, first.month) == (last.year, last.month)
    return span.start[:7] if one_month and (first.day, last.day) == (1, days) else None


def _day(iso: str, language: Language) -> str:
    year, *rest = iso.split("-")
    if not rest:
        return year
    month = text(f"month.{int(rest[0])}", language)
    if len(rest) == 1:
        return f"{month} {year}"
    day = text("date.first", language) if int(rest[1]) == 1 else str(int(rest[1]))
    return f"{day} {month} {year}"
