"""The switch between languages."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from intendance.web._context import LANGUAGE_COOKIE
from intendance.web._types import Redirect, ViewContext

__all__ = ["switch"]


def switch(context: ViewContext, chosen: str, to: str | None) -> Redirect:
    """Keeps the language that was chosen and goes back to the page."""
    del context
    return Redirect(own_address(to), {LANGUAGE_COOKIE: chosen})


def own_address(to: str | None) -> str:
    """An address of this server, without a language of its own; anything else is the first page."""
    if not to or not to.startswith("/") or to.startswith(("//", "/\\")):
        return "/"
    path, _, query = to.partition("?")
    kept = [(name, value) for name, value in parse_qsl(query) if name != "language"]
    return path + (f"?{urlencode(kept)}" if kept else "")
