"""Files of data over HTTP: the steps of the page, for programs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from intendance.ledger import Rejected
from intendance.terms import IntendanceError
from intendance.web._api.asked import paged, sliced
from intendance.web._imports.changes import CommitmentChange, changes_of
from intendance.web._imports.compared import RowChange
from intendance.web._imports.kinds import Audience
from intendance.web._imports.steps import FileForm, begin, find, go_on, state_of
from intendance.web._imports.work import FileOutcome
from intendance.web._jobs import Job
from intendance.web._markings import Label, strictest
from intendance.web._types import Listing, One, Upload, ViewContext

__all__ = ["add", "changes", "one", "rejected", "rows", "settle"]


def add(
    context: ViewContext,
    file: Upload | None,
    text: str | None,
    name: str | None,
    kind: str,
    mapping: str | None,
    published: str | None,
    sheet: str | None,
    encoding: str | None,
    audience: Audience | None,
    marking: list[str],
    round: str | None,  # noqa: A002
    nation: str | None,
) -> One:
    """Takes a file, or its text, and begins to look at it; nothing is written."""
    if (file is None) == (text is None):
        raise IntendanceError(
            "web.parameter", expected="a file or a text", got="both or neither", where="'file'"
        )
    upload = file or Upload(name or "table.csv", (text or "").encode(), "text/csv")
    form = FileForm(
        kind=kind, mapping=mapping, published=published, sheet=sheet, encoding=encoding,
        audience=audience, names=tuple(marking), round=round, nation=nation,
    )  # fmt: skip
    return _one(begin(context, upload, form), 202)


def one(context: ViewContext, id: str) -> One:  # noqa: A002
    """How far an import has come."""
    return _one(find(context, id), 200)


def settle(context: ViewContext, id: str, mapping: str | None) -> One:  # noqa: A002
    """Writes what was looked at, or looks again with a mapping that was mended."""
    return _one(go_on(context, id, mapping), 202)


def rows(context: ViewContext, id: str, **asked: Any) -> Listing:  # noqa: A002
    """The rows that are new, tell something otherwise, or are in the file no more."""
    job = find(context, id)
    found = job.outcome.changes.rows if isinstance(job.outcome, FileOutcome) else ()
    name: Callable[[RowChange], str] = lambda each: f"{each.row:>12}{each.what}"  # noqa: E731
    return _listing(context, job, {**asked, "id": id}, found, name)


def rejected(context: ViewContext, id: str, **asked: Any) -> Listing:  # noqa: A002
    """The rows that were set aside, with the reason."""
    job = find(context, id)
    found = job.outcome.rejected if isinstance(job.outcome, FileOutcome) else ()
    name: Callable[[Rejected], str] = lambda each: (  # noqa: E731
        f"{each.row:>12}{each.column}{each.reason}{each.got}"
    )
    return _listing(context, job, {**asked, "id": id}, found, name)


def changes(context: ViewContext, id: str, **asked: Any) -> Listing:  # noqa: A002
    """The commitments that it would make, change or end."""
    job = find(context, id)
    outcome = job.outcome
    found = changes_of(outcome.preview) if isinstance(outcome, FileOutcome) else []
    name: Callable[[CommitmentChange], str] = lambda each: each.id  # noqa: E731
    return _listing(context, job, {**asked, "id": id}, found, name)


def _one(job: Job, status: int) -> One:
    found = state_of(job)
    return One(found, status, f"/api/v1/imports/{found.id}", label=job.asked.label)


def _listing(
    context: ViewContext, job: Job, asked: Any, found: Sequence[Any], name: Callable[[Any], str]
) -> Listing:
    label: Label = strictest([job.asked.label, context.case.label])
    return paged(context, asked, sliced(found, name), lambda rows: [label for _ in rows], name)
