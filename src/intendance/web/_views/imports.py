"""A file of data: uploaded, looked at row by row, written when its owner says so."""

from __future__ import annotations

from collections.abc import Sequence

from intendance.ledger import Rejected
from intendance.render import has_text, text
from intendance.terms import IntendanceError
from intendance.web._audience import names_in
from intendance.web._imports.changes import changes_of
from intendance.web._imports.compared import FieldChange, RowChange
from intendance.web._imports.kinds import Audience
from intendance.web._imports.steps import FileForm, begin, find, go_on, state_of
from intendance.web._imports.work import FileOutcome
from intendance.web._jobs import Job
from intendance.web._markings import Label, cell
from intendance.web._shown import Both, Cell, Field, tabled
from intendance.web._types import Page, Redirect, Upload, ViewContext
from intendance.web._views._cells import link_to, names_of
from intendance.web._views._changed import changes_table
from intendance.web._views._made import made_page

__all__ = ["begin_import", "go_on_import", "one"]


def begin_import(
    context: ViewContext,
    file: Upload,
    kind: str,
    mapping: Upload | None = None,
    published: str | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    audience: Audience | None = None,
    names: str | None = None,
    round: str | None = None,
    nation: str | None = None,
) -> Redirect:
    """Takes a file and begins to look at it; nothing is written."""
    form = FileForm(
        kind=kind,
        mapping=None if mapping is None or not mapping.content else _words(mapping),
        published=published,
        sheet=sheet,
        encoding=encoding,
        audience=audience,
        names=tuple(names_in(names)) if audience == "named" else (),
        round=round,
        nation=nation,
    )
    return Redirect(f"/imports/{begin(context, file, form).id}")


def go_on_import(context: ViewContext, id: str, mapping: str | None = None) -> Redirect:
    """Writes what was looked at, or looks again with a mapping that was mended."""
    return Redirect(f"/imports/{go_on(context, id, mapping).id}")


def one(context: ViewContext, id: str) -> Page:
    """How far an import has come; once it was looked at, what it would change."""
    job = find(context, id)
    outcome = job.outcome if isinstance(job.outcome, FileOutcome) else None
    label: Label = job.asked.label
    rows = () if outcome is None else outcome.changes.rows
    return made_page(
        "importing.html",
        text("web.import", context.language),
        tables={
            "changes": changes_table(
                context, [] if outcome is None else changes_of(outcome.preview), label
            ),
            "rows": _rows(
                context, rows, label, kept=outcome is not None and outcome.table is not None
            ),
            "rejected": _rejected(context, () if outcome is None else outcome.rejected, label),
        },
        label=label,
        job=job,
        state=state_of(job),
        outcome=outcome,
        marking=cell(label),
        reports=_reports(job, outcome),
    )


def _words(mapping: Upload) -> str:
    try:
        return mapping.content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise IntendanceError(
            "import.mapping", expected="a mapping in TOML, in UTF-8",
            got=f"byte {fault.start} of something else", where=repr(mapping.name[:80]),
        ) from None  # fmt: skip


def _reports(job: Job, outcome: FileOutcome | None) -> Sequence[tuple[str, str]]:
    if outcome is None or job.state != "done":
        return ()
    return [(link_to("reports", each), each[:8]) for each in outcome.reports]


def _rows(context: ViewContext, rows: Sequence[RowChange], label: Label, *, kept: bool) -> Both:
    names, language = names_of(context), context.language

    def told(each: FieldChange) -> str:
        key = f"import.field_{each.field}"
        name = text(key, language) if has_text(key, language) else each.field
        return f"{name}: {each.before or '–'} → {each.after or '–'}"

    about: list[Field[RowChange]] = [
        Field("donors", lambda each: list(each.donors), lambda each: names.donors(each.donors)),
        Field("recipients", lambda each: list(each.recipients),
              lambda each: names.all(each.recipients)),
        Field("item", lambda each: each.item, lambda each: names.item(each.item)),
    ]  # fmt: skip
    fields: list[Field[RowChange]] = [
        Field("row", lambda each: each.row, kind="number"),
        Field("what", lambda each: each.what,
              lambda each: text(f"import.row_{each.what}", language)),
        # A table that is kept as it is says nothing of donors: its rows stand in the quote.
        *(() if kept else about),
        Field("fields", lambda each: [_plain(one) for one in each.fields],
              lambda each: "; ".join(map(told, each.fields))),
        Field("quote", lambda each: each.quote, lambda each: Cell(each.quote), "wide"),
    ]  # fmt: skip
    return tabled(
        context, text("import.changed_rows", language), fields, rows, empty="import.no_rows",
        source="import.source", label=label,
    )  # fmt: skip


def _plain(each: FieldChange) -> dict[str, str]:
    return {"field": each.field, "before": each.before, "after": each.after}


def _rejected(context: ViewContext, rejected: Sequence[Rejected], label: Label) -> Both:
    language = context.language
    fields: list[Field[Rejected]] = [
        Field("row", lambda each: each.row, kind="number"),
        Field("column", lambda each: each.column),
        Field("reason", lambda each: each.reason,
              lambda each: text(f"rejected.{each.reason}", language)),
        Field("got", lambda each: each.got, kind="wide"),
    ]  # fmt: skip
    return tabled(
        context, text("import.set_aside", language), fields, rejected, empty="none.rejected",
        source="import.source", label=label,
    )  # fmt: skip
