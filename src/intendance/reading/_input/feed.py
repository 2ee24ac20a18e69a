"""Feeds (RSS 0.9 to 2.0, Atom): a piece for each entry, with what the feed says of it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final
from urllib.parse import urljoin

from lxml import etree

from intendance.reading._input._data import table
from intendance.reading._input.dates import parse_date
from intendance.reading._input.decode import decode
from intendance.reading._input.limits import DEFAULT_LIMITS, Limits
from intendance.reading._input.metadata import Metadata, clean, language_code, web_address
from intendance.reading._input.piece import Piece
from intendance.reading._input.raw import raw_hash, unpack
from intendance.terms import UNKNOWN_TIME, IntendanceError, TimeSpan

_DECLARATION: Final = re.compile(r"\A\s*<\?xml[^>]{0,300}\?>")
# Without declarations of its own it says nothing that is needed, and libxml2 would fetch it.
_DOCTYPE: Final = re.compile(r"<!DOCTYPE\s[^>\[]{0,500}>", re.IGNORECASE)
_ENTITIES: Final = re.compile(r"<!ENTITY", re.IGNORECASE)
_BEGIN: Final = re.compile(r"<(?:\w{1,20}:)?(?:rss|feed|RDF)[\s>]")
_NAMED: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TAG: Final = re.compile(r"<[^<>]{1,2000}>")
_MARKUP: Final = re.compile(r"<[a-zA-Z/!]|&(?:#|[a-zA-Z])")
_GZIP: Final = b"\x1f\x8b"
_MISTAKE: Final = 160  # characters of the parser's words


def feed_pieces(data: bytes, address: str, limits: Limits = DEFAULT_LIMITS) -> Iterator[Piece]:
    """The entries of a feed, in its order.

    Raises IntendanceError ``input.feed`` for a feed that declares entities, is no well-formed XML
    or has no entry; ``input.encoding`` and the like as for any file.
    """
    if data.startswith(_GZIP):
        data = unpack(data, address, limits)
    root = _parse(decode(data, address, markup=True).text, address)
    channel = next((each for each in root if _name(each) == "channel"), root)
    entries = [each for each in root.iter() if _name(each) in ("item", "atom:entry")]
    if not entries:
        raise _bad("a feed with entries", "none", address)
    shared = _feed_metadata(root, channel)
    home = next((link for each in channel if (link := _link(each, ""))), "")
    for number, entry in enumerate(entries, start=1):
        yield _piece(entry, shared, home, f"{address}, entry {number}")


def _parse(text: str, address: str) -> Any:
    """The root of the tree; nothing is fetched, no entity is expanded but those of HTML."""
    begin = _BEGIN.search(text)
    prologue = text[: begin.start()] if begin is not None else text
    if _ENTITIES.search(prologue):
        raise _declares(address)
    text = _DOCTYPE.sub("", prologue, count=1) + text[len(prologue) :]
    text = _DECLARATION.sub("", _FORBIDDEN.sub(" ", text), count=1)
    text = _NAMED.sub(_character, text)
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False,
        huge_tree=False, recover=False, remove_comments=True, remove_pis=True, collect_ids=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        mistake = " ".join(str(error).split())[:_MISTAKE]
        raise _bad("well-formed XML", f"'{mistake}'", address) from None
    types = root.getroottree().docinfo.internalDTD
    if types is not None and any(True for _ in types.iterentities()):
        raise _declares(address)
    return root


def _character(match: re.Match[str]) -> str:
    found = html.unescape(match[0])
    return match[0] if found in "<>&\"'" else found


def _feed_metadata(root: Any, channel: Any) -> Metadata:
    names = table("feeds")["feed"]
    language = _first(channel, names["language"]) or root.get(
        "{http://www.w3.org/XML/1998/namespace}lang"
    )
    return Metadata(
        publisher=_plain(_first(channel, names["publisher"])),
        language=language_code(language),
        terms=_plain(_first(channel, names["terms"])),
    )


def _piece(entry: Any, shared: Metadata, home: str, where: str) -> Piece:
    names = table("feeds")["entry"]
    published, notes = _published(entry)
    found = (link for name in names["address"] for link in _links(entry, name, home))
    address = next(found, None)
    stated = Metadata(
        title=_plain(_first(entry, names["title"])),
        publisher=_plain(_publisher(entry)) or shared.publisher,
        published=published,
        language=language_code(_first(entry, names["language"])) or shared.language,
        terms=_plain(_first(entry, names["terms"])) or shared.terms,
        address=address,
        notes=notes,
    )
    text, media = _text(entry)
    marks = "\0".join((stated.title or "", stated.published.text or "", text))
    data = text.encode("utf-8", "replace")
    return Piece(
        address=address or where,
        data=data,
        raw_hash=raw_hash(marks.encode("utf-8", "replace")),
        where=where if address is None else f"{where} ({address})",
        media=media,
        stated=stated,
        own=True,
    )


def _published(entry: Any) -> tuple[TimeSpan, tuple[str, ...]]:
    names = table("feeds")["entry"]
    notes: list[str] = []
    for name in names["published"]:
        for words in _values(entry, name):
            span = parse_date(words)
            if span.known:
                return span, tuple(notes)
            notes.append(f"{name} '{clean(words[:60])}' is no date, or could be two")
    if any(True for name in names["changed"] for _ in _values(entry, name)):
        notes.append("the feed states the date of a change only, not that of publication")
    return UNKNOWN_TIME, tuple(notes)


def _publisher(entry: Any) -> str | None:
    for name in table("feeds")["entry"]["publisher"]:
        for each in entry:
            if _name(each) == name:
                # Atom copies the head of the feed that an entry came from (RFC 4287, 4.2.11).
                words = _first(each, ["atom:title"]) if name == "atom:source" else each.text
                if words and not words.isspace():
                    return str(words)
    return None


def _links(entry: Any, name: str, home: str) -> Iterator[str]:
    for each in entry:
        if _name(each) == name and (link := _link(each, home)):
            yield link


def _link(element: Any, home: str) -> str | None:
    """The web address of a link, a permanent identifier or an Atom link to the page itself."""
    name = _name(element)
    if name == "atom:link":
        if element.get("rel", "alternate") != "alternate":
            return None
        words = element.get("href")
    elif name in ("link", "guid", "atom:id", "feedburner:origLink"):
        if name == "guid" and element.get("isPermaLink", "true").lower() == "false":
            return None
        words = element.text
    else:
        return None
    words = (words or "").strip()
    base = element.base or home
    if name not in ("guid", "atom:id") and words and base:
        try:
            words = urljoin(urljoin(home, base), words)
        except ValueError:
            return None
    return web_address(words)


def _text(entry: Any) -> tuple[str, str]:
    """The longest form of the entry's text that it holds, and its media type."""
    for name in table("feeds")["entry"]["text"]:
        for each in entry:
            if _name(each) != name or each.get("src"):
                continue
            text, media = _content(each)
            if text.strip():
                return text, media
    return "", "text/plain"


def _content(element: Any) -> tuple[str, str]:
    declared = (element.get("type") or "").lower()
    if len(element):
        return _inner(element), "text/html"
    text = element.text or ""
    if declared in ("text", "text/plain"):
        return text, "text/plain"
    marked = declared in ("html", "text/html", "xhtml") or _MARKUP.search(text) is not None
    return text, "text/html" if marked else "text/plain"


def _inner(element: Any) -> str:
    """What an element holds, as HTML: names without their namespaces."""
    for each in element.iter():
        if isinstance(each.tag, str):
            each.tag = etree.QName(each).localname
    etree.cleanup_namespaces(element)
    parts = [html.escape(element.text or "", quote=False)]
    parts += [etree.tostring(each, encoding="unicode", method="html") for each in element]
    return "".join(parts)


def _first(element: Any, names: list[str]) -> str | None:
    return next((words for name in names for words in _values(element, name)), None)


def _values(element: Any, name: str) -> Iterator[str]:
    """The words of the children of that name, if any."""
    for each in element:
        if _name(each) == name:
            words = "".join(each.itertext()).strip()
            if words:
                yield words


def _plain(words: str | None) -> str | None:
    """Words that may be HTML, on one line."""
    if words is None:
        return None
    if "<" in words or "&" in words:
        words = html.unescape(_TAG.sub(" ", html.unescape(words)))
    return clean(words)


@cache
def _prefixes() -> dict[str, str]:
    rows: dict[str, list[str]] = table("feeds")["namespaces"]
    return {address: prefix for prefix, each in rows.items() for address in each}


def _name(element: Any) -> str:
    """The element's name with the prefix of feeds.toml; empty for other namespaces."""
    if not isinstance(element.tag, str):
        return ""
    name = etree.QName(element)
    prefix = _prefixes().get(name.namespace or "")
    if prefix is None:
        return ""
    return f"{prefix}:{name.localname}" if prefix else str(name.localname)


def _declares(where: str) -> IntendanceError:
    return _bad("a feed that declares no entities", "'<!ENTITY'", where)


def _bad(expected: str, got: str, where: str) -> IntendanceError:
    return IntendanceError("input.feed", expected=expected, got=got, where=where)
