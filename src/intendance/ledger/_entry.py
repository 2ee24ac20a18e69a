"""What analysts enter by hand: statements with an author, at words of a report."""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec

from intendance.catalogue import Catalogue
from intendance.ledger._analyst import check_names
from intendance.ledger._fold import check_correction
from intendance.ledger._intake import HAND
from intendance.terms import IntendanceError, Reading, Report, Statement, with_id

_AROUND: Final = 32
_WHERE: Final = "a statement by hand"


def entered(
    report: Report,
    text: str,
    quote: str,
    fields: dict[str, Any],
    by: str,
    nth: int,
    catalogue: Catalogue,
) -> Reading:
    """A reading with the one statement that an analyst enters.

    ``quote`` are words of the report's ``text`` (runs of white space count as one space), ``nth``
    which of their occurrences is meant. ``fields`` are those of a statement; ``act`` and
    ``certainty`` must be among them. Raises IntendanceError ``statement.quote``,
    ``statement.field``, ``catalogue.unknown`` or ``decision.invalid``.
    """
    if not by.strip():
        raise IntendanceError(
            "decision.invalid", expected="words for 'by'", got="none", where=_WHERE
        )
    missing = [each for each in ("act", "certainty") if each not in fields]
    if missing:
        raise IntendanceError(
            "statement.field",
            expected="an act and how certain it is",
            got="no " + " and no ".join(missing),
            where=_WHERE,
        )
    check_names(check_correction(msgspec.json.encode(fields).decode(), _WHERE), catalogue, _WHERE)
    start, end = _place(report, text, quote, nth)
    whole = bool(fields.get("actors")) and bool(fields.get("item") or fields.get("money"))
    made = msgspec.convert(
        {
            "live": whole,
            **fields,
            "report": report.id,
            "author": by,
            "quote": text[start:end],
            "prefix": text[max(0, start - _AROUND) : start],
            "suffix": text[end : end + _AROUND],
            "start": start,
            "end": end,
            "rule": "hand",
            "language": report.language,
        },
        Statement,
    )
    return Reading(report=report, text=text, statements=(with_id(made),), reader=HAND, catalogue="")


def _place(report: Report, text: str, quote: str, nth: int) -> tuple[int, int]:
    words = quote.split()
    if words:
        # white space in the call need not be that of the report
        pattern = r"\s+".join(map(re.escape, words))
        found = [match.span() for match in re.finditer(pattern, text)]
        if 0 < nth <= len(found):
            return found[nth - 1]
        got = f"{quote[:80]!r}, {len(found)} times there" if found else repr(quote[:80])
    else:
        got = "none"
    raise IntendanceError(
        "statement.quote",
        expected="words of the report" + (f", {nth} times or more" if nth > 1 else ""),
        got=got,
        where=report.address,
    )
