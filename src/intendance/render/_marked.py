"""A text with stretches marked in it and notes beside them, as one self-contained HTML file."""

from __future__ import annotations

from typing import Literal

import msgspec

from intendance.render._page import resource_text, style_hash, templates
from intendance.render._text import Language

Mark = Literal["plain", "said", "none", "skipped"]
"""``said`` gave statements, ``none`` could have and did not, ``skipped`` is no part of the text."""


class Stretch(msgspec.Struct, frozen=True):
    """A piece of a text, how it is marked, and what is noted of it."""

    text: str
    mark: Mark = "plain"
    notes: tuple[str, ...] = ()


class MarkedText(msgspec.Struct, frozen=True):
    """A whole text in stretches, in order; ``facts`` stand under the title."""

    title: str
    language: Language
    facts: tuple[str, ...]
    stretches: tuple[Stretch, ...]


def marked_html(texts: tuple[MarkedText, ...]) -> str:
    """The texts one after the other: no script, nothing fetched, styles allowed by their hash."""
    template = templates().get_template("marked.html")
    style = resource_text("marked.css")
    return template.render(texts=texts, style=style, style_hash=style_hash(style))
