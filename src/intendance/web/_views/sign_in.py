"""Signing in and out."""

from __future__ import annotations

from intendance.render import text
from intendance.terms import IntendanceError
from intendance.web._types import Page, Redirect, ViewContext
from intendance.web._views.language import own_address

__all__ = ["leave", "page", "send"]


def page(context: ViewContext, next: str | None) -> Page:
    """The form of name and password."""
    return _page(context, own_address(next), None, 200)


def send(context: ViewContext, user: str, password: str, to: str | None) -> Page | Redirect:
    """Begins a session and goes on; what is wrong is said on the form."""
    try:
        secret = context.office.sign_in(user, password)
    except IntendanceError as error:
        keys = {"user.refused": ("sign_in.refused", 401), "web.too-many": ("sign_in.too_many", 429)}
        if error.code not in keys:
            raise
        key, status = keys[error.code]
        return _page(context, own_address(to), text(key, context.language), status)
    return Redirect(own_address(to), {context.office.cookie: secret})


def leave(context: ViewContext) -> Redirect:
    """Ends the session."""
    context.office.sign_out()
    return Redirect("/sign-in", {context.office.cookie: ""})


def _page(context: ViewContext, to: str, problem: str | None, status: int) -> Page:
    title = text("sign_in.title", context.language)
    return Page("sign_in.html", title, data={"to": to, "problem": problem}, status=status)
