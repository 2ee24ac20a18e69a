"""One report as a document: its text, what it says about itself, and what in it is no report."""

from __future__ import annotations

import re

import msgspec

from intendance.reading._input._data import table
from intendance.reading._input.boilerplate import boilerplate
from intendance.reading._input.dates import leading_date, parse_date
from intendance.reading._input.decode import decode
from intendance.reading._input.html import read_page
from intendance.reading._input.language import UNSURE, detect_language, is_other_cyrillic
from intendance.reading._input.limits import DEFAULT_LIMITS, Limits
from intendance.reading._input.markdown import FrontMatter, first_heading, front_matter
from intendance.reading._input.metadata import Metadata, clean, language_code, web_address
from intendance.reading._input.paths import Source
from intendance.reading._input.raw import raw_hash, read_file, unpack
from intendance.reading._input.sniff import kind_of, refuse_binary, suffix_of
from intendance.terms import UNKNOWN_TIME, DateFrom, IntendanceError, ReportKind, TimeSpan

_LETTER = re.compile(r"[^\W_]")
_BIDI = tuple(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*+<[!?a-z]", re.IGNORECASE)


class Document(msgspec.Struct, frozen=True):
    """One report, ready to be read.

    ``text`` is the text that offsets count in (characters): for plain text and Markdown the
    decoded file unchanged, for HTML the text extracted. ``address`` is the web address that the
    document states, else the file's. ``raw_hash`` is the SHA-256 of the file's bytes.
    ``language`` is declared, else None. ``skip`` are the spans of ``text`` that are no part of
    the report (front matter, a leading date, boilerplate): sorted, disjoint, ends excluded.
    ``notes`` say what was passed over, and why.
    """

    text: str
    kind: ReportKind
    address: str
    raw_hash: str
    title: str | None = None
    publisher: str | None = None
    published: TimeSpan = UNKNOWN_TIME
    date_from: DateFrom = "unknown"
    language: str | None = None
    terms: str | None = None
    skip: tuple[tuple[int, int], ...] = ()
    notes: tuple[str, ...] = ()


def load_document(
    source: Source, *, published: TimeSpan | None = None, limits: Limits = DEFAULT_LIMITS
) -> Document:
    """The document of a source; ``published`` is used where the document states no date.

    Raises IntendanceError with a code ``input.*``, never anything else.
    """
    data = read_source(source, limits)
    return document_from_bytes(data, source.address, published=published, limits=limits)


def read_source(source: Source, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The bytes of a source as they stand on the disk, at most ``limits.max_bytes``."""
    if source.data is not None:
        return source.data
    return read_file(source.path, source.address, limits)


def document_from_bytes(
    data: bytes,
    address: str,
    media: str | None = None,
    *,
    published: TimeSpan | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Document:
    """The document that these bytes are.

    ``media`` is a media type where one is known (``text/html; charset=utf-8``); else the ending
    of the address and the content decide. Raises IntendanceError with a code ``input.*``.
    """
    digest = raw_hash(data)
    if len(data) > limits.max_bytes:
        raise IntendanceError(
            "input.too-large",
            expected=f"at most {limits.max_bytes} bytes a report",
            got=str(len(data)),
            where=address,
        )
    data = unpack(data, address, limits)
    refuse_binary(data, address)
    text, notes = _decoded(data, address, media)
    if _LETTER.search(text) is None:
        raise empty(address, text)
    kind = kind_of(text, address, media)
    if kind == "page":
        page = read_page(text, address, limits)
        if _LETTER.search(page.text) is None:
            raise empty(address, page.text)
        return build_document(page.text, kind, address, digest, published, page.metadata, notes)
    front = front_matter(text, address) if kind == "markdown" else None
    stated = _front_metadata(front) if front is not None else Metadata()
    start = front.end if front is not None else 0
    if kind == "markdown" and stated.title is None:
        stated = msgspec.structs.replace(stated, title=clean(first_heading(text, start)))
    if _LETTER.search(text, start) is None:
        raise empty(address, text[start:])
    return build_document(text, kind, address, digest, published, stated, notes, start)


def language_of(document: Document) -> str:
    """The declared language, else the one that the text outside the skipped spans is in.

    A text that declares Ukrainian and is in another Cyrillic language is in neither.
    """
    if document.language == "uk" and is_other_cyrillic(_kept(document)):
        return UNSURE
    if document.language is not None:
        return document.language
    return detect_language(_kept(document))


def empty(where: str, text: str) -> IntendanceError:
    """The error for a file without a letter or a digit."""
    got = "nothing" if not text else "no letter and no digit"
    return IntendanceError("input.empty", expected="some text", got=got, where=where)


def _kept(document: Document) -> str:
    parts: list[str] = []
    done = 0
    for start, end in document.skip:
        parts.append(document.text[done:start])
        done = end
    parts.append(document.text[done:])
    return "\n".join(parts)


def _decoded(data: bytes, address: str, media: str | None) -> tuple[str, tuple[str, ...]]:
    charset = _CHARSET.search(media) if media else None
    markup = suffix_of(address) in ("html", "htm", "xhtml") or _MARKUP.match(data) is not None
    decoded = decode(data, address, charset[1] if charset else None, markup=markup)
    notes = decoded.notes
    text = decoded.text
    turned = not text.isascii() and any(map(text.__contains__, _BIDI))
    marks = sum(map(text.count, _BIDI)) if turned else 0
    if marks:
        notes += (f"{marks} characters that turn the direction of writing were left in the text",)
    return text, notes


def build_document(
    text: str,
    kind: ReportKind,
    address: str,
    digest: str,
    option: TimeSpan | None,
    stated: Metadata,
    notes: tuple[str, ...],
    start: int = 0,
) -> Document:
    """The document with this text; what is no part of the report is marked in it from ``start``.

    ``option`` is the date of reports that state none; ``stated`` what the report says of itself.
    """
    skip: list[tuple[int, int]] = [(0, start)] if start else []
    notes += stated.notes
    published = UNKNOWN_TIME
    date_from: DateFrom = "unknown"
    leading = leading_date(text, start)
    if leading is not None:
        published, end, note = leading
        skip = [(0, end)]
        start = end
        notes += (note,) if note else ()
        date_from = "text"
    if not published.known:
        published, date_from = stated.published, "metadata"
    if not published.known and option is not None:
        published, date_from = option, "option"
    return Document(
        text=text,
        kind=kind,
        address=stated.address or address,
        raw_hash=digest,
        title=stated.title,
        publisher=stated.publisher,
        published=published,
        date_from=date_from if published.known else "unknown",
        language=stated.language,
        terms=stated.terms,
        skip=(*skip, *boilerplate(text, start)),
        notes=notes,
    )


def _front_metadata(front: FrontMatter) -> Metadata:
    keys: dict[str, list[str]] = table("html")["front"]
    values = {name: front.first(tuple(each)) for name, each in keys.items()}

    def value(name: str) -> str | None:
        found = values[name]
        return found[1] if found is not None else None

    published = UNKNOWN_TIME
    notes: tuple[str, ...] = ()
    for key in keys["published"]:
        words = front.fields.get(key)
        if not words:
            continue
        published = parse_date(words)
        if published.known:
            break
        notes += (f"{key} '{clean(words[:60])}' is no date, or could be two",)
    address = value("address")
    source = front.fields.get("source")
    return Metadata(
        title=clean(value("title")),
        publisher=clean(value("publisher")) or (None if web_address(source) else clean(source)),
        published=published,
        language=language_code(value("language")),
        terms=clean(value("terms")),
        address=web_address(address),
        notes=notes,
    )
