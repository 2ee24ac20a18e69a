"""A reading: what one version of the reader found in one report."""

from __future__ import annotations

import msgspec

from intendance.terms.canonical import short_hash
from intendance.terms.report import Report
from intendance.terms.statement import Statement


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One report with its text and the statements read from it.

    ``text`` is the text that offsets count in (characters); ``reader`` the reader's version and
    ``catalogue`` the hash of the catalogue that it used; ``notes`` what was passed over and why.
    """

    report: Report
    text: str
    statements: tuple[Statement, ...]
    reader: str
    catalogue: str
    notes: tuple[str, ...] = ()


def reading_id(report: str, reader: str, catalogue: str) -> str:
    """``g`` and 20 hexadecimal digits over (report, reader version, catalogue hash)."""
    return "g" + short_hash((report, reader, catalogue))
