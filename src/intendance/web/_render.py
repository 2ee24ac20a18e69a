"""Pages as HTML."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from intendance.render import text
from intendance.web._types import Page, ViewContext


def render_page(page: Page, context: ViewContext) -> str:
    """The HTML of a page, everything from outside escaped."""
    template = _environment().get_template(page.template)
    return template.render(page=page, context=context, **_words(context))


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("intendance.web"), autoescape=True, undefined=StrictUndefined
    )


def _words(context: ViewContext) -> dict[str, Any]:
    def say(key: str, **values: object) -> str:
        return text(key, context.language, **values)

    return {"say": say}
