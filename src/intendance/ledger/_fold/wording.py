"""Values as readable canonical text, for the sides of a conflict."""

from __future__ import annotations

from decimal import Decimal

from intendance.ledger._fold.evidence import FIRST, LAST
from intendance.terms import Interval, Money, Number, TimeSpan

_MONTH_ENDS = {
    "01": "31", "03": "31", "04": "30", "05": "31", "06": "30", "07": "31", "08": "31",
    "09": "30", "10": "31", "11": "30", "12": "31",
}  # fmt: skip


def number_text(value: Number) -> str:
    """A number in plain digits, without an exponent or needless zeros."""
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def interval_text(value: Interval) -> str:
    """``4``, ``about 4``, ``>= 3``, ``> 3``, ``<= 9``, ``< 9``, ``3 to 9``, ``above 3 to 9``."""
    about = "about " if value.approx else ""
    low, high = value.low, value.high
    if low is None:
        if high is None:
            return value.state
        return f"{about}{'<' if value.high_open else '<='} {number_text(high)}"
    if high is None:
        return f"{about}{'>' if value.low_open else '>='} {number_text(low)}"
    if low == high:
        return about + number_text(low)
    least = f"above {number_text(low)}" if value.low_open else number_text(low)
    most = f"below {number_text(high)}" if value.high_open else number_text(high)
    return f"{about}{least} to {most}"


def money_text(value: Money) -> str:
    """The amount as ``interval_text`` gives it, and the currency."""
    return f"{interval_text(value.interval())} {value.currency}"


def time_text(value: TimeSpan) -> str:
    """``2023``, ``2023-03`` or ``2023-03-05`` where the span is just that, else both ends."""
    start, end = value.start or FIRST, value.end or LAST
    if start == end:
        return start
    if start == FIRST:
        return f"until {end}"
    if end == LAST:
        return f"from {start}"
    if start[:4] == end[:4] and start.endswith("-01-01") and end.endswith("-12-31"):
        return start[:4]
    if start[:7] == end[:7] and start.endswith("-01") and end[8:] == _month_end(start):
        return start[:7]
    return f"{start} to {end}"


def _month_end(day: str) -> str:
    year, month = int(day[:4]), day[5:7]
    if month == "02":
        return "29" if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else "28"
    return _MONTH_ENDS[month]
