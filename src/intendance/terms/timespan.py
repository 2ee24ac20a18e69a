"""Spans of days, for dates that a report gives in full, in part, or only in words."""

from __future__ import annotations

import calendar
import re
from datetime import date

import msgspec

from intendance.terms.errors import IntendanceError

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")


class TimeSpan(msgspec.Struct, frozen=True, rename={"start": "from", "end": "to"}):
    """From the first day to the last, both included (ISO 8601 dates); ``None`` where unresolved.

    ``text`` keeps the words of the report. In JSON the fields are ``from``, ``to`` and ``text``.
    """

    start: str | None = None
    end: str | None = None
    text: str = ""

    @property
    def known(self) -> bool:
        """True where at least one end is resolved."""
        return self.start is not None or self.end is not None

    def before(self, other: TimeSpan) -> bool:
        """True where every day of this span certainly lies before every day of ``other``."""
        return self.end is not None and other.start is not None and self.end < other.start


UNKNOWN_TIME = TimeSpan()


def span_of(text: str, where: str = "a date") -> TimeSpan:
    """The days that ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` covers.

    Raises IntendanceError ``date.invalid`` for anything else, also 2023-02-30.
    """
    match = _DATE.match(text)
    try:
        if match is None:
            raise ValueError
        year = int(match[1])
        first = date(year, int(match[2] or 1), int(match[3] or 1))
        last_month = int(match[2] or 12)
        last_day = int(match[3] or calendar.monthrange(year, last_month)[1])
        return TimeSpan(first.isoformat(), date(year, last_month, last_day).isoformat(), text)
    except ValueError:
        raise IntendanceError(
            "date.invalid", expected="YYYY, YYYY-MM or YYYY-MM-DD", got=repr(text[:40]), where=where
        ) from None
