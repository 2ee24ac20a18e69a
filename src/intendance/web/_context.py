"""The context of one request, which its view is given."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from litestar import Request

from intendance.render import LANGUAGES, Language
from intendance.web._desk import Desk
from intendance.web._office import Office
from intendance.web._routes import Route
from intendance.web._server import Server
from intendance.web._types import ViewContext
from intendance.web._who import Caller

LANGUAGE_COOKIE: Final = "intendance_language"


def language_of(request: Request[Any, Any, Any]) -> Language:
    """The language of the switch, else the browser's first that the program has."""
    chosen = request.query_params.get("language") or request.cookies.get(LANGUAGE_COOKIE)
    asked = [(1.0, chosen)] if chosen in LANGUAGES else []
    for part in request.headers.get("accept-language", "")[:200].split(","):
        name, _, weight = part.partition(";q=")
        asked.append((_weight(weight), name.strip()[:2].lower()))
    for _, name in sorted(asked, key=lambda each: -each[0]):
        for language in LANGUAGES:
            if name == language:
                return language
    return "en"


def _weight(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0


def context_of(
    server: Server, request: Request[Any, Any, Any], route: Route, caller: Caller, *, whole: bool
) -> ViewContext:
    """What the view of ``route`` works on, for this reader."""
    user = caller.user
    case = server.shelf.case_for(user)
    query = request.scope["query_string"].decode("ascii", "replace")
    return ViewContext(
        books=case.books,
        user=user,
        language=language_of(request),
        settings=server.settings,
        route=route.name,
        address=request.scope["path"] + (f"?{query}" if query else ""),
        csrf=caller.csrf,
        today=datetime.now(UTC).date(),
        case=case,
        desk=Desk(server.shelf, case, user, server.audit, server.settings, server.spool),
        office=Office(server, caller, _origin(request)),
        whole=whole,
        note=None if user.full else "web.note",
        last_visit=caller.last_visit,
    )


def _origin(request: Request[Any, Any, Any]) -> str:
    client = request.scope.get("client")
    return client[0] if client else ""
