"""What comes with a request: its query, a form, a JSON object, files; bounded in size."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import msgspec
from litestar import Request
from litestar.datastructures import UploadFile

from intendance.terms import IntendanceError
from intendance.web._failures import plain
from intendance.web._parameters import Given, Stated
from intendance.web._routes import Route
from intendance.web._types import Upload

_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def query_of(request: Request[Any, Any, Any]) -> Given:
    """The query, each name with all its values."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, value in request.query_params.multi_items():
        if name != "language":
            found[name].append(value)
    return found


async def form_of(request: Request[Any, Any, Any], route: Route, most: int) -> Given:
    """The fields of a form or of a JSON object; nothing for what is only looked at.

    Raises IntendanceError ``web.media-type``, ``web.body`` or ``web.too-large``.
    """
    if route.method == "GET":
        return {}
    body = await _body(request, most)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        return _fields(body)
    if kind not in _FORMS:
        raise IntendanceError(
            "web.media-type", expected="application/json or a form", got=repr(kind[:60]),
            where="the request",
        )  # fmt: skip
    found: dict[str, list[Any]] = defaultdict(list)
    for name, value in (await request.form()).multi_items():
        found[name].append(await _upload(value) if isinstance(value, UploadFile) else value)
    return found


async def _body(request: Request[Any, Any, Any], most: int) -> bytes:
    """The whole body, or ``web.too-large`` as soon as there is more than ``most``."""
    length = request.headers.get("content-length", "0")
    if length.isdigit() and int(length) > most:
        raise plain(413)
    return await request.body()


async def _upload(file: UploadFile) -> Upload:
    return Upload(file.filename, await file.read(), file.content_type)


def _fields(body: bytes) -> Given:
    try:
        found = msgspec.json.decode(body)
    except msgspec.DecodeError as fault:
        raise _unreadable(str(fault)) from None
    if not isinstance(found, dict):
        raise _unreadable("JSON that is no object")
    return {name: [Stated(value)] for name, value in found.items() if value is not None}


def _unreadable(got: str) -> IntendanceError:
    return IntendanceError("web.body", expected="a JSON object", got=got[:200], where="the request")
