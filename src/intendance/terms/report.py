"""A report: one document, as the ledger keeps it."""

from __future__ import annotations

import msgspec

from intendance.terms.acts import DateFrom, ReportKind
from intendance.terms.timespan import UNKNOWN_TIME, TimeSpan


class Report(msgspec.Struct, frozen=True):
    """One document (field names as in design, section 6).

    ``id`` is ``r`` and the first 20 hexadecimal digits of ``text_hash`` (SHA-256 of the normalised
    text); ``raw_hash`` is the SHA-256 of the file's bytes; ``copy_of`` the report that it repeats;
    ``statements`` a count.
    """

    id: str
    kind: ReportKind
    address: str
    raw_hash: str
    text_hash: str
    publisher: str | None = None
    published: TimeSpan = UNKNOWN_TIME
    date_from: DateFrom = "unknown"
    language: str = "und"
    title: str | None = None
    copy_of: str | None = None
    terms: str | None = None
    statements: int = 0
