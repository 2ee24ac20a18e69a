"""Stored reports read again, by this version of the reader and with this catalogue."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec

from intendance.api._inputs import Document, Reader, document_from_bytes
from intendance.ledger import Added, Ledger
from intendance.terms import IntendanceError, Reading, Report

_BATCH: Final = 500
_READ: Final = ("article", "page", "markdown")
"""The kinds of report that a reader reads; rows and entries are statements from the start."""


def reread(
    ledger: Ledger, reader: Reader, progress: Callable[[int, int], None] | None = None
) -> Added:
    """Reads every stored report again and folds the new readings; gives what they brought."""
    reports = [each for each in ledger.reports() if each.kind in _READ]
    total = Added()
    held: list[Reading] = []
    for done, report in enumerate(reports, start=1):
        held.append(reader.read_document(_document(report, ledger.text(report.id))))
        if len(held) == _BATCH or done == len(reports):
            total = _sum(total, ledger.reread(held))
            held = []
        if progress is not None:
            progress(done, len(reports))
    return total


def _document(report: Report, text: str) -> Document:
    """The document that the reader once made, from the stored text and what was known of it."""
    name = "stored.md" if report.kind == "markdown" else "stored.txt"
    try:
        found = document_from_bytes(text.encode("utf-8", "surrogatepass"), name)
    except IntendanceError as error:
        raise _changed(report, error.got) from error
    if found.text != text:
        raise _changed(report, "another text")
    return msgspec.structs.replace(
        found,
        kind=report.kind,
        address=report.address,
        raw_hash=report.raw_hash,
        title=report.title,
        publisher=report.publisher,
        published=report.published,
        date_from=report.date_from,
        language=None if report.language == "und" else report.language,
        terms=report.terms,
    )


def _changed(report: Report, got: str) -> IntendanceError:
    return IntendanceError(
        "ledger.damaged",
        expected="the stored text to be read as it was",
        got=got,
        where=f"report {report.id}",
    )


def _sum(one: Added, other: Added) -> Added:
    return Added(
        reports=one.reports + other.reports,
        copies=one.copies + other.copies,
        readings=one.readings + other.readings,
        statements=one.statements + other.statements,
        inactive=one.inactive + other.inactive,
        commitments=one.commitments + other.commitments,
        conflicts=one.conflicts + other.conflicts,
        redacted=(*one.redacted, *other.redacted),
        held_back=(*one.held_back, *other.held_back),
    )
