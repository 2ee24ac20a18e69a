"""The application: a handler for each row of the table of routes, and nothing else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Litestar, Request, Response
from litestar.enums import HttpMethod
from litestar.handlers import HTTPRouteHandler

from intendance.web._failures import failure_of, status_of
from intendance.web._handle import handle
from intendance.web._respond import error_answer, with_headers
from intendance.web._routes import Route, routes
from intendance.web._server import Server
from intendance.web._settings import Settings

_Handler = Callable[[Request[Any, Any, Any]], Awaitable[Response[Any]]]


def build_app(settings: Settings) -> Litestar:
    """The application for a ledger; raises IntendanceError ``ledger.*`` where it can't be opened.

    It lets go of the ledger when it is shut down.
    """
    server = Server(settings)
    handlers = [_handler(each, _answering(server, each)) for each in routes()]

    async def stop() -> None:
        server.close()

    async def start() -> None:
        server.warm()

    return Litestar(
        on_startup=[start],
        route_handlers=handlers,
        openapi_config=None,
        on_shutdown=[stop],
        exception_handlers={Exception: _failed},
        # Whoever embeds the server, or runs it, says what is logged; defects go to stderr.
        logging_config=None,
        request_max_body_size=settings.most_upload,
    )


def _handler(route: Route, answering: _Handler) -> HTTPRouteHandler:
    """The handler of a route and of the files beside it."""
    base = route.path.rstrip("/")
    paths = [_path(each) for each in (route.path, *(f"{base}/{name}" for name in route.files))]
    methods: list[HttpMethod] = [HttpMethod(route.method)]
    if route.method == "GET":
        methods.append(HttpMethod.HEAD)
    return HTTPRouteHandler(paths, http_method=methods)(answering)


def _answering(server: Server, route: Route) -> _Handler:
    files, depth = frozenset(route.files), route.path.rstrip("/").count("/") + 1

    async def answer(request: Request[Any, Any, Any]) -> Response[Any]:
        before, _, last = request.scope["path"].rstrip("/").rpartition("/")
        inside = before.count("/") + 1 == depth and last in files
        return await handle(server, route, request, last if inside else None)

    return answer


def _path(path: str) -> str:
    """A path of the table as Litestar writes it: ``{id}`` is one segment, ``{file}`` the rest."""
    return path.replace("{file}", "{file:path}").replace("{id}", "{id:str}")


def _failed(request: Request[Any, Any, Any], fault: Exception) -> Response[Any]:
    """What goes wrong before a route is found."""
    del request
    error = failure_of(fault)
    return with_headers(error_answer(error, status_of(error)), secure=False)
