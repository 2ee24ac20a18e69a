"""What an HTML page says about itself: what is marked as such, nothing guessed from its text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec
from resiliparse.parse.html import DocumentNode

from intendance.reading._input._data import table
from intendance.reading._input.dates import parse_date
from intendance.terms import UNKNOWN_TIME, TimeSpan

_LANGUAGE = re.compile(r"([a-z]{2,3})(?=\Z|[-_])", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"']{3,2000}\Z", re.IGNORECASE)
_LONGEST = 1_000_000  # characters of one JSON-LD block
_DEEPEST = 8  # levels of JSON-LD at which an article may stand
_MOST = 500  # meta and time elements looked at
_WORDS = 500  # characters of a title or a name


class Metadata(msgspec.Struct, frozen=True):
    """What a document says about itself; what it does not say is None or unknown."""

    title: str | None = None
    publisher: str | None = None
    published: TimeSpan = UNKNOWN_TIME
    language: str | None = None
    terms: str | None = None
    address: str | None = None
    notes: tuple[str, ...] = ()


def page_metadata(document: DocumentNode, linked_data: tuple[str, ...]) -> Metadata:
    """The metadata of a parsed page from its meta elements, its JSON-LD and its marked dates."""
    names = table("html")
    metas = _metas(document)
    article = _article(linked_data)
    published, notes = _published(document, metas, article)
    return Metadata(
        title=clean(_meta(metas, names["title"]))
        or clean(article.get("headline"))
        or _heading(document),
        publisher=clean(_meta(metas, names["publisher"][:1]))
        or clean(_name(article.get("publisher")))
        or clean(_meta(metas, names["publisher"])),
        published=published,
        language=_language(document, metas),
        terms=clean(_meta(metas, names["terms"])) or clean(_name(article.get("license"))),
        address=_address(document, metas),
        notes=notes,
    )


def clean(value: object) -> str | None:
    """Words on one line, without what no name holds; None where nothing is left."""
    if not isinstance(value, str):
        return None
    words = value.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
    return " ".join(words.split())[:_WORDS].rstrip() or None


def language_code(value: object) -> str | None:
    """The language of a tag such as ``fr-FR`` or ``en_GB``; None where it is no tag."""
    match = _LANGUAGE.match(value.strip()) if isinstance(value, str) else None
    return match[1].lower() if match else None


def web_address(value: object) -> str | None:
    """An address that begins with http:// or https://; None for anything else."""
    words = clean(value)
    return words if words and _ADDRESS.match(words) else None


def _metas(document: DocumentNode) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in document.query_selector_all("meta[content]").values()[:_MOST]:
        content = element.getattr("content")
        for kind in ("property", "name", "itemprop", "http-equiv"):
            key = element.getattr(kind)
            if key and content and not content.isspace():
                found.setdefault(key.strip().lower(), content)
    return found


def _meta(metas: dict[str, str], names: list[str]) -> str | None:
    return next((metas[name] for name in names if name in metas), None)


def _article(linked_data: tuple[str, ...]) -> dict[str, Any]:
    """The first object of JSON-LD that stands for the article, a page only if there is none."""
    types: list[str] = table("html")["articles"]
    best: dict[str, Any] = {}
    best_rank = len(types) + 1
    for each in _objects(linked_data):
        kinds = each.get("@type")
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            name = str(kind).rpartition("/")[2].lower()
            rank = (1 if name == "webpage" else 0) if name in types else best_rank
            if rank < best_rank:
                best, best_rank = each, rank
    return best


def _objects(linked_data: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for block in linked_data:
        if len(block) > _LONGEST:
            continue
        try:
            level: list[Any] = [json.loads(block, strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(_DEEPEST):
            below: list[Any] = []
            for each in level:
                if isinstance(each, dict):
                    yield each
                    below.extend(each.values())
                elif isinstance(each, list):
                    below.extend(each)
            level = below


def _name(value: object) -> object:
    if isinstance(value, list):
        value = value[0] if value else None
    return (value.get("name") or value.get("url")) if isinstance(value, dict) else value


def _published(
    document: DocumentNode, metas: dict[str, str], article: dict[str, Any]
) -> tuple[TimeSpan, tuple[str, ...]]:
    notes: list[str] = []
    for origin, words in _stated_dates(document, metas, article):
        span = parse_date(words)
        if span.known:
            return span, tuple(notes)
        notes.append(f"{origin} '{clean(words[:60])}' is no date, or could be two")
    spans = [span for words in _times(document) if (span := parse_date(words)).known]
    if len({span.start for span in spans}) == 1:
        return spans[0], tuple(notes)
    return UNKNOWN_TIME, tuple(notes)


def _stated_dates(
    document: DocumentNode, metas: dict[str, str], article: dict[str, Any]
) -> Iterator[tuple[str, str]]:
    names = table("html")
    yield from ((name, metas[name]) for name in names["published"] if name in metas)
    if isinstance(words := article.get("datePublished"), str) and words.strip():
        yield "datePublished", words
    yield from ((name, metas[name]) for name in names["published_also"] if name in metas)
    for selector in names["published_elements"]:
        element = document.query_selector(selector)
        if element is not None:
            for name in ("datetime", "content", "title"):
                if words := element.getattr(name):
                    yield selector, words
                    break


def _times(document: DocumentNode) -> list[str]:
    found = document.query_selector_all("time[datetime]").values()[:_MOST]
    return [element.getattr("datetime") or "" for element in found]


def _language(document: DocumentNode, metas: dict[str, str]) -> str | None:
    root = document.query_selector("html")
    stated = root.getattr("lang") or root.getattr("xml:lang") if root is not None else None
    return language_code(stated) or language_code(_meta(metas, table("html")["language"]))


def _address(document: DocumentNode, metas: dict[str, str]) -> str | None:
    link = document.query_selector("link[rel=canonical]")
    stated = web_address(link.getattr("href")) if link is not None else None
    return stated or web_address(_meta(metas, table("html")["address"]))


def _heading(document: DocumentNode) -> str | None:
    headings = document.query_selector_all("h1").values()
    return clean(headings[0].text) if len(headings) == 1 else None
