"""Reports and statements over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import msgspec

from intendance.api import reader_with
from intendance.ledger import Filter, Why
from intendance.terms import IntendanceError, Reading, Report, Statement, span_of
from intendance.web._api.asked import filter_of, paged, sliced
from intendance.web._audience import label_for
from intendance.web._desk import MOST_UNPACKED
from intendance.web._markings import EVERYBODY, Label
from intendance.web._taken import take
from intendance.web._types import Listing, One, Upload, ViewContext
from intendance.web._views._large import refuse_past_statements

if TYPE_CHECKING:
    from intendance.api import Books

_AT_ONCE: Final = 500
"""Statements that are looked at for one act at a time."""

__all__ = [
    "add_reports", "add_statement", "explain", "report", "reports", "statement", "statements",
    "text", "why",
]  # fmt: skip


class ReportText(msgspec.Struct, frozen=True):
    """The text of a report; offsets of statements count its characters."""

    id: str
    text: str


def reports(context: ViewContext, **asked: Any) -> Listing:
    """The reports that were read."""
    books = context.books
    if asked["as_of"] or asked["recorded"]:
        page = sliced(books.reports(as_of=asked["as_of"], recorded=asked["recorded"]))
    else:
        page = books.reports_after
    return paged(context, asked, page, lambda rows: _report_labels(context, rows))


def report(context: ViewContext, id: str) -> One:  # noqa: A002
    """One report."""
    found = context.books.report(id)
    return One(found, label=context.case.reports.get(found.id, EVERYBODY))


def text(context: ViewContext, id: str) -> One:  # noqa: A002
    """The text of a report."""
    found = context.books.report(id)
    label = context.case.reports.get(found.id, EVERYBODY)
    return One(ReportText(found.id, context.books.text(found.id)), label=label)


def statements(context: ViewContext, act: str | None, **asked: Any) -> Listing:
    """What the reports say, one record a statement."""
    books, wanted = context.books, filter_of(asked)
    if asked["as_of"] or asked["recorded"]:
        refuse_past_statements(context)
        found = books.statements(wanted, asked["as_of"], asked["recorded"])
        page = sliced([each for each in found if act is None or each.act == act])
    else:
        page = lambda after, limit: _of_act(books, wanted, act, after, limit)  # noqa: E731
    return paged(
        context, {**asked, "act": act}, page,
        lambda rows: [context.case.label_of_statements([each.id]) for each in rows],
    )  # fmt: skip


def _of_act(
    books: Books, wanted: Filter, act: str | None, after: str, limit: int
) -> list[Statement]:
    """A page of the statements that a filter lets through, of one act where it is named."""
    if act is None:
        return books.statements_after(after, limit, wanted)
    found: list[Statement] = []
    while len(found) < limit:
        part = books.statements_after(after, _AT_ONCE, wanted)
        found += [each for each in part if each.act == act]
        if len(part) < _AT_ONCE:
            break
        after = part[-1].id
    return found[:limit]


def statement(context: ViewContext, id: str) -> One:  # noqa: A002
    """One statement, as said."""
    found = context.books.why(id)
    said: list[Statement] = [each.statement for each in found.statements]
    if found.kind != "statement" or not said:
        raise IntendanceError(
            "id.unknown", expected="the identifier of a statement", got=repr(id[:60]),
            where="an identifier",
        )  # fmt: skip
    return One(said[0], label=context.case.label_of_statements([said[0].id]))


def why(context: ViewContext, id: str, as_of: str | None, recorded: str | None) -> One:  # noqa: A002
    """What something rests on: figures, rules, statements with their quotes, decisions."""
    found: Why = context.books.why(id, as_of=as_of, recorded=recorded)
    label = context.case.label_of_statements(each.statement.id for each in found.statements)
    return One(found, label=label)


def add_statement(context: ViewContext, report: str, quote: str, fields: Any, nth: int) -> One:
    """Adds a statement by hand at words of a stored report."""
    if not isinstance(fields, dict):
        raise IntendanceError(
            "web.parameter", expected="an object", got=type(fields).__name__, where="'fields'"
        )
    made = context.desk.enter(report, quote, fields, nth)
    return One(made, 201, f"/api/v1/statements/{made.id}")


def add_reports(
    context: ViewContext,
    file: list[Upload],
    text: str | None,
    address: str | None,
    published: str | None,
    marking: list[str],
    dry: bool,
) -> One:
    """Reads uploaded files or a pasted text into the ledger; with ``dry`` only a preview."""
    uploads = list(file)
    if text:
        uploads.append(Upload(address or "pasted.txt", text.encode(), "text/plain"))
    if not uploads:
        raise IntendanceError(
            "web.parameter", expected="a file or a text", got="neither", where="'file'"
        )
    label = label_for(
        context.user, context.books.catalogue, "named" if marking else "everybody", marking,
        auth=context.settings.auth,
    )  # fmt: skip
    found = context.desk.read(uploads, published=published, label=label, dry=dry)
    return One(found, 200 if dry else 201)


def explain(context: ViewContext, text: str, address: str | None, published: str | None) -> One:
    """What the reader makes of a text; nothing is stored."""
    span = span_of(published, "published") if published else None
    reader = reader_with(context.books.catalogue)
    data = text.encode()
    taken = take(reader, address or "pasted.txt", data, published=span, max_bytes=MOST_UNPACKED)
    if not taken.readings:
        first = taken.skipped[0]
        raise IntendanceError(first.code, expected=first.expected, got=first.got, where=first.where)
    found: Reading = taken.readings[0]
    return One(found)


def _report_labels(context: ViewContext, rows: Sequence[Report]) -> Sequence[Label]:
    return [context.case.reports.get(each.id, EVERYBODY) for each in rows]
