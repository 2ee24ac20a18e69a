"""One request from beginning to end: who asks, may they, with what, and the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from litestar import Request

from intendance.terms import IntendanceError
from intendance.web._context import context_of
from intendance.web._failures import failure_of, plain, status_of
from intendance.web._forms import form_of, query_of
from intendance.web._parameters import read_parameters
from intendance.web._respond import (
    Answer,
    error_answer,
    file_answer,
    listing_answer,
    one_answer,
    page_answer,
    redirect_answer,
    with_headers,
)
from intendance.web._routes import Route, view_of
from intendance.web._server import Server
from intendance.web._static import static_answer
from intendance.web._types import Listing, One, Page, Redirect
from intendance.web._users import User, allowed


async def handle(
    server: Server, route: Route, request: Request[Any, Any, Any], file: str | None = None
) -> Answer:
    """Answers one request; ``file`` names the table or chart of a page that is wanted."""
    try:
        user = server.local_user()
        _admit(route, user)
        form = await form_of(request, route, server.settings.most_upload)
        path = {name: str(value) for name, value in request.path_params.items()}
        given = read_parameters(route, path, query_of(request), form)
        answer = await server.in_thread(_answer, server, route, request, user, given, file)
    except Exception as fault:  # noqa: BLE001  # every failure is told in the envelope
        error = failure_of(fault)
        answer = error_answer(error, status_of(error))
    return with_headers(answer, secure=server.settings.secure)


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
    user: User,
    given: Mapping[str, Any],
    file: str | None,
) -> Answer:
    if route.kind == "static":
        return static_answer(given["file"])
    context = context_of(server, request, route, user, whole=file is not None)
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
        return listing_answer(found)
    if isinstance(found, One):
        return one_answer(found)
    raise TypeError(f"route {route.name}: a view gave {type(found).__name__}")
