"""A page of sections, tables and cited lines, as Markdown and as one self-contained HTML file."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources

import jinja2
import msgspec

from intendance.render._charts import Figure
from intendance.render._table import Table, markdown_escape, markdown_table
from intendance.render._text import Language, text
from intendance.render._visible import visible


class Citation(msgspec.Struct, frozen=True):
    """The words that a line rests on: quote, where it stands, when it was published."""

    quote: str
    source: str
    published: str
    address: str = ""
    statement: str = ""


class Line(msgspec.Struct, frozen=True):
    """One finding and the quotes that it rests on; ``level`` 1 stands under the line before it."""

    text: str
    citations: tuple[Citation, ...] = ()
    level: int = 0


class Section(msgspec.Struct, frozen=True):
    """A heading, an explanation, perhaps charts and a table, and lines."""

    title: str
    intro: str = ""
    table: Table | None = None
    lines: tuple[Line, ...] = ()
    figures: tuple[Figure, ...] = ()


class Page(msgspec.Struct, frozen=True):
    """A whole page; ``facts`` stand under the title, ``foot`` at the end."""

    title: str
    language: Language
    facts: tuple[str, ...]
    sections: tuple[Section, ...]
    foot: str = ""


def page_markdown(page: Page) -> str:
    """The page as Markdown; texts from outside can't become markup."""
    parts = [f"# {markdown_escape(page.title)}\n"]
    parts += [f"{markdown_escape(fact)}  " for fact in page.facts]
    for section in page.sections:
        parts.append(f"\n## {markdown_escape(section.title)}\n")
        if section.intro:
            parts.append(f"{markdown_escape(section.intro)}\n")
        parts += [_markdown_figure(each) for each in section.figures]
        if section.table is not None:
            parts.append(markdown_table(section.table))
        for line in section.lines:
            indent = "  " * line.level
            parts.append(f"{indent}- {markdown_escape(line.text)}")
            parts += [_markdown_citation(each, indent, page.language) for each in line.citations]
    if page.foot:
        parts.append(f"\n---\n{markdown_escape(page.foot)}")
    return "\n".join(parts) + "\n"


def page_html(page: Page) -> str:
    """The page as HTML: no script, nothing fetched, styles allowed by their hash alone."""
    template = templates().get_template("page.html")
    style = resource_text("page.css")
    return template.render(page=page, style=style, style_hash=style_hash(style))


def safe_link(address: str) -> bool:
    """Whether an address may be a link: only the web's own schemes, never ``javascript:``."""
    return address.startswith(("https://", "http://"))


def _markdown_figure(figure: Figure) -> str:
    words = markdown_escape(f"{figure.title}. {figure.caveat}")
    return f"![{words}]({figure.file})\n" if figure.file else f"{words}\n"


def _markdown_citation(citation: Citation, indent: str, language: Language) -> str:
    source = ", ".join(filter(None, (citation.source, citation.published, citation.statement)))
    quote = text("page.quote", language, words=markdown_escape(citation.quote))
    return f"{indent}  > {quote}\n{indent}  > — {markdown_escape(source)}\n"


@cache
def templates() -> jinja2.Environment:
    """The templates of this room; texts from outside are escaped and made visible."""
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(resource_text),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["visible"] = visible
    environment.tests["link"] = safe_link
    return environment


def resource_text(name: str) -> str:
    """A template or a style sheet by its name."""
    return resources.files(__package__).joinpath("templates", name).read_text(encoding="utf-8")


def style_hash(style: str) -> str:
    """What a content security policy calls a style sheet by."""
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
