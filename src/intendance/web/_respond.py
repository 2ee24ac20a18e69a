"""Answers: pages, their files, records of the API, errors."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import msgspec
from litestar import Request, Response
from litestar.response import Redirect as Go
from litestar.response import Stream

from intendance.render import json_line, text
from intendance.terms import IntendanceError
from intendance.web._charts import drawn
from intendance.web._context import language_of
from intendance.web._failures import status_of
from intendance.web._headers import HEADERS, OVER_TLS
from intendance.web._markings import EVERYBODY, Label, cell
from intendance.web._markings import plain as plain_label
from intendance.web._render import error_page, render_page
from intendance.web._routes import Route
from intendance.web._types import Listing, One, Page, Redirect, TableData, ViewContext

if TYPE_CHECKING:
    from intendance.web._server import Server

Answer = Response[Any]

JSON: Final = "application/json"
LINES: Final = "application/x-ndjson"
_BATCH: Final = 200
_PASSING: Final = ("web.too-many", "ledger.locked", "ledger.unreachable", "cluster.unreachable")
"""What may be over when the same is asked again a little later."""

_YEAR: Final = 31_536_000
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def page_answer(page: Page, context: ViewContext) -> Answer:
    """A page as HTML."""
    return Response(
        render_page(page, context), media_type="text/html", status_code=page.status,
        headers={**_marking(context, page), **page.headers},
    )  # fmt: skip


def file_answer(page: Page, name: str, context: ViewContext) -> Answer:
    """A table or chart of a page as a file: ``name`` is as ``donors.csv``."""
    stem, _, suffix = name.partition(".")
    chart = page.charts.get(stem)
    table = chart.table if chart is not None else page.tables[stem]
    if suffix == "svg" and chart is not None:
        return Response(drawn(chart), media_type="image/svg+xml", headers=_marking(context, page))
    if suffix == "metadata.json":
        told = msgspec.json.encode(metadata(table, context, name, page.label))
        return Response(told, media_type=JSON, headers=_marking(context, page))
    if suffix == "json":
        lines = (json_line(_record(row, table)) for row in table.rows)
        return _stream(lines, LINES, name, _marking(context, page))
    return _stream(_csv(table), "text/csv", name, _marking(context, page))


def _marking(context: ViewContext, page: Page) -> dict[str, str]:
    """The header of a page or file: the strictest marking of all that its reader sees (W5)."""
    label = context.case.label | page.label
    return {"Intendance-Marking": cell(label)} if label else {}


def metadata(
    table: TableData, context: ViewContext, name: str, label: Label = EVERYBODY
) -> dict[str, Any]:
    """What has to be known of a table to use it: title, units, source, day, how to cite, terms."""
    day = table.as_of or context.today.isoformat()
    return {
        "title": table.title,
        "address": context.address,
        "columns": [
            {"name": each.name, "title": each.title, "unit": each.unit or None}
            for each in table.columns
        ],
        "source": table.source,
        "as_of": day,
        "cite": f"Intendance, {table.title}, {day}, {name.partition('.')[0]}",
        "terms": table.terms,
        "note": context.note_words,
        "marking": plain_label(context.case.label | label),
    }


def listing_answer(found: Listing, context: ViewContext) -> Answer:
    """A page of records: ``{"records": [...], "next": cursor or null}``, or a stream of all."""
    records = labelled(found, context)
    if found.stream:
        return _stream((json_line(each) for each in records), LINES, None)
    body = {"records": list(records), "next": found.next}
    if context.note is not None:
        body["note"] = text(context.note, "en")
    return Response(msgspec.json.encode(body), media_type=JSON)


def labelled(found: Listing, context: ViewContext) -> Iterable[Any]:
    """The records; with users on, each with its marking (W5)."""
    if not context.settings.auth or found.labels is None:
        return found.records
    return _labelled(found.records, found.labels)


def _labelled(
    records: Iterable[msgspec.Struct], labels: Callable[[Sequence[Any]], Sequence[Label]]
) -> Iterator[dict[str, Any]]:
    rest = iter(records)
    while part := list(islice(rest, _BATCH)):
        for each, label in zip(part, labels(part), strict=True):
            fields = {
                field.encode_name: getattr(each, field.name)
                for field in msgspec.structs.fields(each)
            }
            yield {**fields, "marking": plain_label(label)}


def one_answer(found: One, context: ViewContext) -> Answer:
    """One record."""
    headers = {"Location": found.location} if found.location else {}
    body = msgspec.json.encode(found.record)
    if context.settings.auth and found.label is not None:
        headers["Intendance-Marking"] = cell(found.label)
    return Response(body, media_type=JSON, status_code=found.status, headers=headers)


def redirect_answer(found: Redirect, *, secure: bool) -> Answer:
    """On to another page of this server, with the cookies set or taken back on the way."""
    inside = found.to.startswith("/") and not found.to.startswith(("//", "/\\"))
    answer: Answer = Go(found.to if inside else "/", status_code=303)
    for name, value in found.cookies.items():
        age = _YEAR if value else 0
        answer.set_cookie(
            name, value, max_age=age, httponly=True, samesite="lax", secure=secure, path="/"
        )
    return answer


def told(
    server: Server, route: Route, request: Request[Any, Any, Any], error: IntendanceError
) -> Answer:
    """An error: the envelope; for one who opens a page without being signed in, the way there."""
    status = status_of(error)
    if error.code == "web.signed-out" and route.kind in ("page", "form"):
        back = quote(request.scope["path"]) if route.kind == "page" else "/"
        return redirect_answer(Redirect(f"/sign-in?next={back}"), secure=server.settings.secure)
    answer = error_answer(error, status)
    wanted = request.headers.get("accept", "")
    if route.kind in ("page", "form") and "text/html" in wanted:
        page = error_page(error.record(), status, language_of(request))
        headers = {name: value for name, value in answer.headers.items() if name != "content-type"}
        return Response(page, media_type="text/html", status_code=status, headers=headers)
    return answer


def error_answer(error: IntendanceError, status: int) -> Answer:
    """The error envelope."""
    headers = {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if error.code in _PASSING:
        headers["Retry-After"] = "5"
    body = msgspec.json.encode(error.record())
    return Response(body, media_type=JSON, status_code=status, headers=headers)


def with_headers(answer: Answer, *, secure: bool) -> Answer:
    """The answer with the headers that every answer has, where it has none of its own."""
    for name, value in (HEADERS | (OVER_TLS if secure else {})).items():
        answer.headers.setdefault(name, value)
    return answer


def _stream(
    lines: Iterable[str], kind: str, name: str | None, more: Mapping[str, str] | None = None
) -> Answer:
    headers = dict(more or {})
    if name is not None:
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return Stream(_batches(lines), media_type=kind, headers=headers)


def _batches(lines: Iterable[str]) -> Iterator[bytes]:
    """A few lines at a time: one at a time would cost more than the lines."""
    held: list[str] = []
    for line in lines:
        held.append(line)
        if len(held) == _BATCH:
            yield "".join(held).encode()
            held.clear()
    yield "".join(held).encode()


def _csv(table: TableData) -> Iterator[str]:
    names = [each.name for each in table.columns]
    yield _csv_line(names)
    for row in table.rows:
        record = _record(row, table)
        yield _csv_line([_cell(record[name]) for name in names])


def _csv_line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def _cell(value: Any) -> str:
    """A cell; what a spreadsheet would take for a formula is quoted with an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, bool | int | float):
        return str(value)
    return msgspec.json.encode(value).decode()


def _record(row: Mapping[str, Any] | msgspec.Struct, table: TableData) -> dict[str, Any]:
    """A row as an object with the table's columns, in their order."""
    if isinstance(row, Mapping):
        return {each.name: row.get(each.name) for each in table.columns}
    return {each.name: getattr(row, each.name, None) for each in table.columns}
