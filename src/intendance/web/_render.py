"""Pages as HTML."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Final
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from intendance.render import LANGUAGES, Language, has_text, safe_link, text, visible
from intendance.terms import ErrorRecord
from intendance.web._charts import picture
from intendance.web._menu import menu
from intendance.web._static import static_address
from intendance.web._types import ChartSpec, Page, ViewContext

_QUIET: Final = {
    "allowEval": False,
    "allowScriptTags": False,
    "historyCacheSize": 0,
    "includeIndicatorStyles": False,
    "refreshOnHistoryMiss": True,
    "selfRequestsOnly": True,
}
"""What htmx must not do here: evaluate, inject style, keep pages, ask others."""


def render_page(page: Page, context: ViewContext) -> str:
    """The HTML of a page, everything from outside escaped."""
    template = _environment().get_template(page.template)
    return template.render(page=page, context=context, **page.data, **_words(context))


def error_page(error: ErrorRecord, status: int, language: Language) -> str:
    """An error for somebody at a browser: what was expected, what to do, a way back."""

    def say(key: str, **values: object) -> str:
        return text(key, language, **values)

    template = _environment().get_template("error.html")
    return template.render(error=error, status=status, language=language, say=say)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("intendance.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.do"],
    )
    made.filters["visible"] = visible
    made.filters["short"] = lambda id_: (id_ or "")[:8]
    made.tests["outside"] = safe_link
    made.globals.update(static=static_address, quiet=json.dumps(_QUIET), picture=_picture)
    return made


def _words(context: ViewContext) -> dict[str, Any]:
    language = context.language

    def say(key: str, **values: object) -> str:
        return text(key, language, **values)

    def file(name: str, suffix: str) -> str:
        path, _, query = context.address.partition("?")
        return f"{path.rstrip('/')}/{name}.{suffix}" + (f"?{query}" if query else "")

    return {
        "say": say,
        "words_or_name": lambda key: text(key, language) if has_text(key, language) else key,
        "file": file,
        "menu": menu(context),
        "languages": LANGUAGES,
        "here": context.address,
    }


def _picture(chart: ChartSpec) -> dict[str, Markup]:
    """A chart for a template: the drawing, and the specification for the script.

    The JSON stands in a script element that no browser runs; nothing in it can end the element.
    """
    svg, body = picture(chart)
    # Both are made here: the drawing by our own library, from escaped text.
    return {"svg": Markup(svg), "json": Markup(body)}  # noqa: S704


def address_with(path: str, **asked: str | int | None) -> str:
    """An address with a query of what is given."""
    held = {name: value for name, value in asked.items() if value not in (None, "")}
    return path + (f"?{urlencode(held)}" if held else "")


def segment(name: str) -> str:
    """A name as one part of a path."""
    return quote(name, safe="")
