"""One request from beginning to end: who asks, may they, with what, and the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

import anyio
from litestar import Request, Response

from intendance.terms import IntendanceError
from intendance.web._context import context_of
from intendance.web._failures import failure_of, plain
from intendance.web._forms import form_of, query_of
from intendance.web._parameters import Stated, read_parameters
from intendance.web._replies import request_mark
from intendance.web._respond import (
    JSON,
    Answer,
    file_answer,
    listing_answer,
    one_answer,
    page_answer,
    redirect_answer,
    told,
    with_headers,
)
from intendance.web._routes import Route, view_of
from intendance.web._server import Server
from intendance.web._static import static_answer
from intendance.web._types import Listing, One, Page, Redirect
from intendance.web._users import User, allowed
from intendance.web._views._large import refuse_to_fold_all
from intendance.web._who import Caller

_PATIENCE: Final = 60.0
"""Seconds that a request may take to arrive."""


async def handle(
    server: Server, route: Route, request: Request[Any, Any, Any], file: str | None = None
) -> Answer:
    """Answers one request; ``file`` names the table or chart of a page that is wanted."""
    try:
        answer = await _handled(server, route, request, file)
    except Exception as fault:  # noqa: BLE001  # every failure is told in the envelope
        answer = told(server, route, request, failure_of(fault))
    return with_headers(answer, secure=server.settings.secure)


async def _handled(
    server: Server, route: Route, request: Request[Any, Any, Any], file: str | None
) -> Answer:
    caller = await server.in_thread(server.gate.caller, request)
    _admit(route, caller.user)
    with anyio.fail_after(_PATIENCE):
        form = await form_of(request, route, server.settings.most_upload)
    token = form.get("csrf", [""])[0]
    token = token.value if isinstance(token, Stated) else token
    server.gate.check_forgery(request, route, caller, token)
    fields = {name: values for name, values in form.items() if name != "csrf"}
    path = {name: str(value) for name, value in request.path_params.items()}
    given = read_parameters(route, path, query_of(request), fields)
    work = partial(_answer, server, route, request, caller, given, file)
    key = request.headers.get("idempotency-key")
    if route.kind != "api" or route.method == "GET" or key is None:
        return await server.in_thread(work)
    mark = request_mark(route.method, request.scope["path"], await request.body())
    return await server.in_thread(_once, server, caller, key[:200], mark, work)


def _once(
    server: Server, caller: Caller, key: str, mark: str, work: Callable[[], Answer]
) -> Answer:
    """The answer of before where this was done before, else the answer, which is remembered."""
    replies, user = server.replies, caller.user.name
    with replies.lock:
        known = replies.find(user, key, mark)
        if known is not None:
            headers = {"Idempotent-Replayed": "true"}
            if known.location:
                headers["Location"] = known.location
            return Response(known.body, media_type=JSON, status_code=known.status, headers=headers)
        answer = work()
        if (answer.status_code or 500) < 300 and isinstance(answer.content, bytes):
            location = answer.headers.get("Location")
            made = replies.made(mark, answer.status_code or 200, answer.content, location)
            replies.keep(user, key, made)
        return answer


def _admit(route: Route, user: User) -> None:
    if allowed(route.permission, user.role):
        return
    if not user.role:
        raise IntendanceError(
            "web.signed-out", expected="somebody who is signed in", got="nobody",
            where="the request",
        )  # fmt: skip
    raise IntendanceError(
        "web.forbidden", expected=f"a role that may {route.permission}", got=user.role,
        where="the request",
    )  # fmt: skip


def _answer(
    server: Server,
    route: Route,
    request: Request[Any, Any, Any],
    caller: Caller,
    given: Mapping[str, Any],
    file: str | None,
) -> Answer:
    if route.kind == "static":
        return static_answer(given["file"])
    context = context_of(server, request, route, caller, whole=file is not None)
    if route.folds:
        refuse_to_fold_all(context, given)
    found = view_of(route)(context, **given)
    if isinstance(found, Page):
        if file is None:
            return page_answer(found, context)
        if file.partition(".")[0] not in {*found.tables, *found.charts}:
            raise plain(404)
        return file_answer(found, file, context)
    if isinstance(found, Redirect):
        return redirect_answer(found, secure=server.settings.secure)
    if isinstance(found, Listing):
        return listing_answer(found, context)
    if isinstance(found, One):
        return one_answer(found, context)
    raise TypeError(f"route {route.name}: a view gave {type(found).__name__}")
