"""Answers: pages, their files, records of the API, errors."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec
from litestar import Response
from litestar.response import Redirect as Go
from litestar.response import Stream

from intendance.render import json_line
from intendance.terms import IntendanceError
from intendance.web._charts import drawn
from intendance.web._headers import HEADERS, OVER_TLS
from intendance.web._render import render_page
from intendance.web._types import Listing, One, Page, Redirect, TableData, ViewContext

Answer = Response[Any]

JSON: Final = "application/json"
LINES: Final = "application/x-ndjson"
_BATCH: Final = 200
_YEAR: Final = 31_536_000
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def page_answer(page: Page, context: ViewContext) -> Answer:
    """A page as HTML."""
    return Response(
        render_page(page, context), media_type="text/html", status_code=page.status,
        headers=dict(page.headers),
    )  # fmt: skip


def file_answer(page: Page, name: str, context: ViewContext) -> Answer:
    """A table or chart of a page as a file: ``name`` is as ``donors.csv``."""
    stem, _, suffix = name.partition(".")
    chart = page.charts.get(stem)
    table = chart.table if chart is not None else page.tables[stem]
    if suffix == "svg" and chart is not None:
        return Response(drawn(chart), media_type="image/svg+xml")
    if suffix == "metadata.json":
        return Response(msgspec.json.encode(metadata(table, context, name)), media_type=JSON)
    if suffix == "json":
        lines = (json_line(_record(row, table)) for row in table.rows)
        return _stream(lines, LINES, name)
    return _stream(_csv(table), "text/csv", name)


def metadata(table: TableData, context: ViewContext, name: str) -> dict[str, Any]:
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
        "note": context.note,
    }


def listing_answer(found: Listing) -> Answer:
    """A page of records: ``{"records": [...], "next": cursor or null}``."""
    body = {"records": list(found.records), "next": found.next}
    return Response(msgspec.json.encode(body), media_type=JSON)


def one_answer(found: One) -> Answer:
    """One record."""
    headers = {"Location": found.location} if found.location else {}
    body = msgspec.json.encode(found.record)
    return Response(body, media_type=JSON, status_code=found.status, headers=headers)


def redirect_answer(found: Redirect, *, secure: bool) -> Answer:
    """On to another page, with the cookies that are set or taken back on the way."""
    answer: Answer = Go(found.to, status_code=303)
    for name, value in found.cookies.items():
        age = _YEAR if value else 0
        answer.set_cookie(
            name, value, max_age=age, httponly=True, samesite="lax", secure=secure, path="/"
        )
    return answer


def error_answer(error: IntendanceError, status: int) -> Answer:
    """The error envelope."""
    headers = {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if status in (429, 503):
        headers["Retry-After"] = "5"
    body = msgspec.json.encode(error.record())
    return Response(body, media_type=JSON, status_code=status, headers=headers)


def with_headers(answer: Answer, *, secure: bool) -> Answer:
    """The answer with the headers that every answer has, where it has none of its own."""
    for name, value in (HEADERS | (OVER_TLS if secure else {})).items():
        answer.headers.setdefault(name, value)
    return answer


def _stream(lines: Iterable[str], kind: str, name: str | None) -> Answer:
    headers = {} if name is None else {"Content-Disposition": f'attachment; filename="{name}"'}
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
    if isinstance(value, bool | int | float):
        return str(value)
    return msgspec.json.encode(value).decode()


def _record(row: Mapping[str, Any] | msgspec.Struct, table: TableData) -> dict[str, Any]:
    """A row as an object with the table's columns, in their order."""
    if isinstance(row, Mapping):
        return {each.name: row.get(each.name) for each in table.columns}
    return {each.name: getattr(row, each.name, None) for each in table.columns}
