"""Adding: reports uploaded or pasted, looked at before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intendance.ledger import Preview
from intendance.render import text
from intendance.terms import Commitment, ErrorRecord, IntendanceError
from intendance.web._jobs import JOBS
from intendance.web._shown import Both, Cell, Field, tabled
from intendance.web._types import Page, Redirect, Upload, ViewContext
from intendance.web._views._cells import figure_text, link_to, names_of, owed
from intendance.web._views._made import made_page

__all__ = ["commit", "look", "page", "progress"]

_MOST_FILES = 200


@dataclass(frozen=True)
class _Change:
    """One commitment that the upload would make, change or end."""

    what: str
    now: Commitment | None
    then: Commitment | None

    @property
    def one(self) -> Commitment:
        """Whichever there is."""
        found = self.then or self.now
        if found is None:
            raise ValueError("a change of nothing")
        return found


def page(context: ViewContext) -> Page:
    """The forms: upload files, or paste a text."""
    return made_page(
        "add.html", text("web.add", context.language), most=context.settings.most_upload
    )


def look(
    context: ViewContext,
    file: Sequence[Upload] = (),
    pasted: str | None = None,
    published: str | None = None,
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
    job = JOBS.add(context.user.name, tuple(uploads), published)
    desk = context.desk
    JOBS.start(
        job,
        lambda step: desk.read(job.uploads, published=published, dry=True, progress=step),
        "previewed",
    )
    return Redirect(f"/add/{job.id}")


def commit(context: ViewContext, id: str) -> Redirect:
    """Writes what was looked at."""
    job = JOBS.find(id, context.user.name)
    desk = context.desk
    if job.state == "previewed":
        JOBS.start(
            job,
            lambda step: desk.read(job.uploads, published=job.published, progress=step),
            "done",
        )
    return Redirect(f"/add/{job.id}")


def progress(context: ViewContext, id: str) -> Page:
    """How far an upload has come; once it was looked at, what it would change."""
    job = JOBS.find(id, context.user.name)
    outcome = job.outcome
    preview = outcome.preview if outcome is not None else None
    changes = [] if preview is None else _changes(preview)
    return made_page(
        "adding.html",
        text("web.add", context.language),
        tables={
            "changes": _table(context, changes),
            "skipped": _skipped(context, () if outcome is None else outcome.skipped),
        },
        job=job,
        outcome=outcome,
        preview=preview,
        reports=[] if outcome is None else [(link_to("reports", each), each[:8])
                                           for each in outcome.reports],
        names=[each.name for each in job.uploads],
    )  # fmt: skip


def _changes(preview: Preview) -> list[_Change]:
    """What there would be anew, otherwise, or no more; the same is left out."""
    before = {each.id: each for each in preview.before}
    after = {each.id: each for each in preview.after}
    found = [_Change("new", None, each) for id_, each in after.items() if id_ not in before]
    found += [
        _Change("changed", before[id_], each)
        for id_, each in after.items()
        if id_ in before and before[id_] != each
    ]
    found += [_Change("gone", each, None) for id_, each in before.items() if id_ not in after]
    return found


def _table(context: ViewContext, changes: Sequence[_Change]) -> Both:
    names, language = names_of(context), context.language

    def told(each: Commitment | None) -> str:
        if each is None:
            return ""
        figures = (
            (names.word("stage", "promised"), figure_text(owed(each), language)),
            (names.word("stage", "delivered"),
             figure_text(each.stages.get("delivered"), language)),
        )  # fmt: skip
        return ", ".join(f"{name} {figure}" for name, figure in figures if figure)

    fields: list[Field[_Change]] = [
        Field("what", lambda each: each.what,
              lambda each: text(f"pages.change_{each.what}", language)),
        Field("item", lambda each: each.one.item, lambda each: Cell(
            names.item(each.one.item),
            link_to("commitments", each.now.id) if each.now else "")),
        Field("donors", lambda each: list(each.one.donors),
              lambda each: names.donors(each.one.donors)),
        Field("recipient", lambda each: each.one.recipient,
              lambda each: names.one(each.one.recipient)),
        Field("now", lambda each: told(each.now)),
        Field("then", lambda each: told(each.then)),
    ]  # fmt: skip
    return tabled(context, text("pages.changes", language), fields, changes,
                  empty="pages.no_changes")  # fmt: skip


def _skipped(context: ViewContext, skipped: Sequence[ErrorRecord]) -> Both:
    fields: list[Field[ErrorRecord]] = [
        Field("where", lambda each: each.where),
        Field("why", lambda each: each.message, kind="wide"),
        Field("remedy", lambda each: each.remedy, kind="wide"),
    ]
    return tabled(context, text("pages.skipped", context.language), fields, skipped)
