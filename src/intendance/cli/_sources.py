"""Statements with their reports, by identifier: what quotes are made from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from intendance.api import Books
from intendance.terms import Report, Statement

_FEW: Final = 100
"""Up to so many are asked for one by one; more are found in one pass over all."""


class Quoted(msgspec.Struct, frozen=True):
    """A statement and the report that it stands in."""

    statement: Statement
    report: Report


def sources(ledger: Books, ids: Iterable[str]) -> dict[str, Quoted]:
    """The statements of ``ids`` that the ledger holds, by identifier."""
    wanted = set(ids)
    if len(wanted) <= _FEW:
        asked = (ledger.why(id_).statements for id_ in sorted(wanted))
        found = (each for some in asked for each in some)
        return {each.statement.id: Quoted(each.statement, each.report) for each in found}
    reports = {report.id: report for report in ledger.reports()}
    return {
        each.id: Quoted(each, reports[each.report])
        for each in ledger.statements()
        if each.id in wanted
    }


def source_name(report: Report) -> str:
    """What a reader knows a report by: its title and publisher, else its address."""
    named = [name for name in (report.title, report.publisher) if name]
    return ", ".join(named) or report.address or report.id
