"""Adding: reports uploaded or pasted, looked at before anything is written."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from intendance.render import text
from intendance.terms import ErrorRecord, IntendanceError
from intendance.web._audience import label_for, names_in, own_nations
from intendance.web._demand.seen import may_submit, rounds_seen
from intendance.web._imports.changes import changes_of
from intendance.web._imports.kinds import Audience, import_kinds
from intendance.web._jobs import JOBS
from intendance.web._markings import Label, cell
from intendance.web._shown import Both, Field, tabled
from intendance.web._types import Page, Redirect, Upload, ViewContext
from intendance.web._views._cells import link_to
from intendance.web._views._changed import changes_table
from intendance.web._views._made import made_page
from intendance.web._views._supplied import supplied_table

__all__ = ["commit", "look", "page", "progress"]

_MOST_FILES = 200


class ReportsAsked(msgspec.Struct, frozen=True):
    """Reports that were uploaded, and by whom they are to be seen."""

    uploads: tuple[Upload, ...]
    published: str | None
    label: Label


def page(context: ViewContext) -> Page:
    """The forms: reports as files or a text, and a file of data."""
    return made_page(
        "add.html", text("web.add", context.language), most=context.settings.most_upload,
        groups=_groups(), nations=own_nations(context.user, context.books.catalogue),
        rounds=_open_rounds(context), tables={"supplied": supplied_table(context)},
    )  # fmt: skip


def _open_rounds(context: ViewContext) -> list[tuple[str, str, str]]:
    """The rounds that take demand, with the nations that the reader may submit for."""
    catalogue, user = context.books.catalogue, context.user
    found = []
    for each in rounds_seen(context):
        own = may_submit(catalogue, user, each.settings)
        if own and each.about.closed is None:
            found.append((each.about.id, each.about.name, ", ".join(own)))
    return found


def _groups() -> dict[str, list[str]]:
    """The kinds of files by what becomes of their rows."""
    found: dict[str, list[str]] = {}
    for name, kind in import_kinds().items():
        found.setdefault(kind.becomes, []).append(name)
    return found


def look(
    context: ViewContext,
    file: Sequence[Upload] = (),
    pasted: str | None = None,
    published: str | None = None,
    audience: Audience | None = None,
    names: str | None = None,
) -> Redirect:
    """Takes an upload and begins to look at it; nothing is written."""
    uploads = [each for each in file if each.content]
    if pasted and pasted.strip():
        uploads.append(Upload("pasted.txt", pasted.encode(), "text/plain"))
    if not uploads or len(uploads) > _MOST_FILES:
        raise IntendanceError(
            "web.parameter", expected=f"a file or a text, {_MOST_FILES} files at most",
            got=f"{len(uploads)}" if uploads else "none", where="'file'",
        )  # fmt: skip
    label = label_for(
        context.user, context.books.catalogue, audience or "everybody", names_in(names),
        auth=context.settings.auth,
    )  # fmt: skip
    asked = ReportsAsked(tuple(uploads), published, label)
    files = tuple(each.name for each in uploads)
    job = JOBS.add(context.user, asked, files, sum(len(each.content) for each in uploads))
    desk = context.desk
    JOBS.start(
        job,
        lambda step: desk.anew().read(
            asked.uploads, published=published, dry=True, progress=step
        ),
    )  # fmt: skip
    return Redirect(f"/add/{job.id}")


def commit(context: ViewContext, id: str) -> Redirect:
    """Writes what was looked at."""
    job = JOBS.find(id, context.user, ReportsAsked)
    asked: ReportsAsked = job.asked
    desk = context.desk
    JOBS.settle(
        job,
        lambda step: desk.anew().read(
            asked.uploads, published=asked.published, label=asked.label, progress=step
        ),
    )
    return Redirect(f"/add/{job.id}")


def progress(context: ViewContext, id: str) -> Page:
    """How far an upload has come; once it was looked at, what it would change."""
    job = JOBS.find(id, context.user, ReportsAsked)
    outcome = job.outcome
    preview = outcome.preview if outcome is not None else None
    changes = [] if preview is None else changes_of(preview)
    return made_page(
        "adding.html",
        text("web.add", context.language),
        tables={
            "changes": changes_table(context, changes, job.asked.label),
            "skipped": _skipped(context, () if outcome is None else outcome.skipped),
        },
        job=job,
        outcome=outcome,
        preview=preview,
        reports=[] if outcome is None else [(link_to("reports", each), each[:8])
                                           for each in outcome.reports],
        names=job.names,
        label=job.asked.label,
        marking=cell(job.asked.label),
    )  # fmt: skip


def _skipped(context: ViewContext, skipped: Sequence[ErrorRecord]) -> Both:
    fields: list[Field[ErrorRecord]] = [
        Field("where", lambda each: each.where),
        Field("why", lambda each: each.message, kind="wide"),
        Field("remedy", lambda each: each.remedy, kind="wide"),
    ]
    return tabled(context, text("pages.skipped", context.language), fields, skipped)
