"""Who sends a request: a session's cookie, a program's token, or the one user at this machine."""

from __future__ import annotations

import hmac
import secrets
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec
from litestar import Request

from intendance.terms import IntendanceError
from intendance.web._accounts import Accounts
from intendance.web._routes import Route
from intendance.web._settings import Settings
from intendance.web._users import NOBODY, User

Asked = Request[Any, Any, Any]

_BEARER: Final = "bearer "


class Caller(msgspec.Struct, frozen=True):
    """Who asks. ``csrf`` is what that one's forms carry, ``secret`` the session's own."""

    user: User
    csrf: str
    secret: str = ""
    by_token: bool = False
    last_visit: str | None = None


class Gate:
    """Tells callers apart and turns forged requests away."""

    def __init__(self, settings: Settings, accounts: Accounts | None) -> None:
        self._settings = settings
        self._accounts = accounts
        self._secret = secrets.token_urlsafe(24)
        # A name with this prefix is only taken over TLS, and from this very host.
        self.cookie = ("__Host-" if settings.secure else "") + "intendance_session"

    def caller(self, request: Asked) -> Caller:
        """Who asks; NOBODY where that is not known. Raises IntendanceError ``web.host``."""
        if self._accounts is None:
            self._check_host(request)
            user = User(name=self._settings.analyst, role="administrator", full=True)
            return Caller(user, self._secret, last_visit=request.cookies.get("intendance_since"))
        given = request.headers.get("authorization", "")
        if given[: len(_BEARER)].lower() == _BEARER:
            found = self._accounts.bearer(given[len(_BEARER) :].strip())
            return Caller(found or NOBODY, "", by_token=True)
        secret = request.cookies.get(self.cookie, "")
        session = self._accounts.session(secret) if secret else None
        if session is None:
            return Caller(NOBODY, self._secret)
        return Caller(session.user, session.csrf, secret, last_visit=session.last_visit)

    def check_forgery(self, request: Asked, route: Route, caller: Caller, given: Any) -> None:
        """Turns away what another site's page made a browser send (``web.forgery``).

        A program's token is sent by no browser of itself. JSON cannot be sent across sites without
        leave, which this server never gives; all else carries the token of the session.
        """
        if route.method == "GET" or caller.by_token:
            return
        origin = request.headers.get("origin")
        host = request.headers.get("host", "")
        if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
            raise _forged("a request from this server's own pages", "one from elsewhere")
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            raise _forged("a request from this server's own pages", "one from elsewhere")
        if route.kind == "api" and _is_json(request):
            return
        token = request.headers.get("x-csrf-token") or given
        if not isinstance(token, str) or not hmac.compare_digest(
            token.encode("utf-8", "replace"), caller.csrf.encode()
        ):
            raise _forged("the token of the session", "another or none")

    def _check_host(self, request: Asked) -> None:
        """Without users, a name of another's that leads here must not open the ledger to it."""
        wanted = self._settings.hosts
        host = (urlsplit("//" + request.headers.get("host", "")).hostname or "").lower()
        if wanted and host not in wanted:
            raise IntendanceError(
                "web.host", expected="one of " + ", ".join(wanted), got=repr(host[:80]),
                where="the request",
            )  # fmt: skip


def _is_json(request: Asked) -> bool:
    kind = request.headers.get("content-type", "").partition(";")[0]
    return kind.strip().lower() == "application/json"


def _forged(expected: str, got: str) -> IntendanceError:
    return IntendanceError("web.forgery", expected=expected, got=got, where="the request")
