"""The context of one request, which its view is given."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from litestar import Request

from intendance.render import LANGUAGES, Language
from intendance.web._desk import Desk
from intendance.web._routes import Route
from intendance.web._server import Server
from intendance.web._types import ViewContext
from intendance.web._users import User

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
    server: Server, request: Request[Any, Any, Any], route: Route, user: User, *, whole: bool
) -> ViewContext:
    """What the view of ``route`` works on, for this reader."""
    books = server.shelf.books
    query = request.scope["query_string"].decode("ascii", "replace")
    return ViewContext(
        books=books,
        user=user,
        language=language_of(request),
        settings=server.settings,
        route=route.name,
        address=request.scope["path"] + (f"?{query}" if query else ""),
        csrf="",
        today=datetime.now(UTC).date(),
        make_projection=server.shelf.keeper.current,
        desk=Desk(books, user),
        whole=whole,
        note=None if user.full else "web.note",
    )
