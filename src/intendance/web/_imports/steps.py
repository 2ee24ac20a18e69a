"""The steps of an import, the same for pages and programs: upload, look, mend, write."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from intendance.exchange import Bounds
from intendance.terms import ErrorRecord, IntendanceError
from intendance.web._audience import label_for, own_nations
from intendance.web._demand.uploads import DemandFor, demand_for
from intendance.web._imports import work
from intendance.web._imports.changes import changes_of
from intendance.web._imports.kinds import Audience, import_kinds
from intendance.web._imports.work import FileAsked, FileOutcome
from intendance.web._jobs import JOBS, Job, Progress, State
from intendance.web._markings import Label, plain

if TYPE_CHECKING:
    from intendance.web._types import Upload, ViewContext

BOUNDS: Final = Bounds()


class FileForm(msgspec.Struct, frozen=True, kw_only=True):
    """What comes with a file: of what kind it is, how it is read, who may see it."""

    kind: str
    mapping: str | None = None
    published: str | None = None
    encoding: str | None = None
    sheet: str | None = None
    audience: Audience | None = None
    names: tuple[str, ...] = ()
    round: str | None = None
    nation: str | None = None


class ImportState(msgspec.Struct, frozen=True, kw_only=True):
    """How far an import has come.

    One that ``asks`` has a ``mapping`` to be mended and sent back; ``previewed`` is one that waits
    to be written. Rows are those of the file; ``gone`` those that the edition before it had.
    ``commitments`` counts those that would be ``new``, ``changed`` and ``gone``.
    """

    id: str
    state: State
    kind: str
    file: str
    marking: list[list[str]]
    rows: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0
    rejected: int = 0
    reasons: dict[str, int] = {}
    statements: int = 0
    commitments: dict[str, int] = {}
    reports: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    mapping: str | None = None
    error: ErrorRecord | None = None


def begin(context: ViewContext, upload: Upload, form: FileForm) -> Job:
    """Keeps an uploaded file and begins to look at it; nothing is written."""
    if not upload.content:
        raise IntendanceError(
            "web.parameter", expected="a file that holds something", got="an empty one",
            where="'file'",
        )  # fmt: skip
    target = _target(context, form)
    label = _label(context, form, target)
    spool = context.desk.spool
    path = spool.keep(upload.name, upload.content)
    try:
        asked = FileAsked(
            kind=form.kind, name=path.name, path=path, label=label, mapping=form.mapping,
            published=form.published, encoding=form.encoding, sheet=form.sheet,
            owner=_owner(context, target), target=target,
        )  # fmt: skip
        size = len(upload.content)
        job = JOBS.add(context.user, asked, (path.name,), size, lambda: spool.drop(path))
    except BaseException:
        spool.drop(path)
        raise
    _start(context, job)
    return job


def _target(context: ViewContext, form: FileForm) -> DemandFor | None:
    """The round and nation of a file of demand; any other kind has none."""
    if import_kinds()[form.kind].becomes == "demand":
        return demand_for(context, form.round, form.nation)
    if form.round or form.nation:
        raise IntendanceError(
            "web.parameter", expected="none: only demand is for a round and a nation",
            got=repr((form.round or form.nation or "")[:60]), where="'round' or 'nation'",
        )  # fmt: skip
    return None


def _label(context: ViewContext, form: FileForm, target: DemandFor | None) -> Label:
    """Who is to see it; by default its owner, where it is of a kind that has one."""
    audience = form.audience or ("named" if form.names else import_kinds()[form.kind].audience)
    own = target.own if target is not None and context.settings.auth else None
    if own is not None and audience == "owner" and not form.names:
        return own
    return label_for(
        context.user, context.books.catalogue, audience, form.names, auth=context.settings.auth
    )


def _owner(context: ViewContext, target: DemandFor | None) -> str:
    if target is not None:
        return target.nation
    return "-".join(own_nations(context.user, context.books.catalogue)) or "all"


def find(context: ViewContext, id_: str) -> Job:
    """The import of this user; raises IntendanceError ``id.unknown``."""
    return JOBS.find(id_, context.user, FileAsked)


def go_on(context: ViewContext, id_: str, mapping: str | None) -> Job:
    """Writes what was looked at, once; of one that asks for a mapping, looks with that."""
    job = find(context, id_)
    if job.state == "asks":
        if not mapping:
            raise IntendanceError(
                "web.parameter", expected="a mapping", got="none", where="'mapping'"
            )
        if JOBS.again(job, msgspec.structs.replace(job.asked, mapping=mapping)):
            _start(context, job)
        return job
    desk = context.desk

    def write(_: Progress) -> FileOutcome:
        return work.write(desk.anew(), job.asked, job.outcome)

    JOBS.settle(job, write)
    return job


def state_of(job: Job) -> ImportState:
    """An import as programs are told of it."""
    asked: FileAsked = job.asked
    outcome = job.outcome
    about = ImportState(
        id=job.id,
        state=job.state,
        kind=asked.kind,
        file=asked.name,
        marking=plain(asked.label),
        rows=job.done,
        mapping=asked.mapping,
        error=job.error,
    )
    if not isinstance(outcome, FileOutcome):
        return about
    changes = outcome.changes
    return msgspec.structs.replace(
        about,
        rows=outcome.rows,
        new=changes.new,
        changed=changes.changed,
        same=changes.same,
        gone=changes.gone,
        rejected=len(outcome.rejected),
        reasons=outcome.reasons,
        statements=outcome.statements,
        commitments=dict(Counter(each.what for each in changes_of(outcome.preview))),
        reports=outcome.reports,
        dropped=outcome.dropped,
        notes=outcome.notes,
    )


def _start(context: ViewContext, job: Job) -> None:
    asked: FileAsked = job.asked
    desk, catalogue = context.desk, tuple(Path(each) for each in context.settings.catalogue)
    if import_kinds()[asked.kind].mapping and asked.mapping is None:

        def guess(_: Progress) -> None:
            made = work.guess(asked, BOUNDS)
            job.asked = msgspec.structs.replace(asked, mapping=made)

        JOBS.start(job, guess, "asks")
        return

    def look(step: Progress) -> FileOutcome:
        return work.look(desk.anew(), asked, catalogue, BOUNDS, lambda rows: step(rows, 0))

    # A mapping that does not fit can be mended; of any other file, that was all.
    JOBS.start(job, look, bad="asks" if asked.mapping is not None else "failed")
