"""What a file is: text that we read, or something else, which is named."""

from __future__ import annotations

import codecs
import re
from functools import cache
from typing import cast

import msgspec

from intendance.reading._input._data import table
from intendance.terms import IntendanceError, ReportKind

_HEAD = 4096
_HTML = re.compile(
    r"(?>\s+|<\?xml[^>]{0,200}\?>|<!--(?:(?!-->).){0,2000}-->){0,20}+"
    r"<(?:!doctype\s+html|html|head|body|article|main|section|div|p|h1)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_FRONT = re.compile(
    r"---[ \t]*\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n){0,20}[A-Za-z_][\w. -]{0,40}:(?:\s|\Z)"
)
# A feed by its root element; a document type with declarations of its own is no page's.
_FEED = re.compile(
    rb"(?:\xef\xbb\xbf)?(?>\s+|<\?(?:(?!\?>).){0,500}\?>|<!--(?:(?!-->).){0,2000}-->"
    rb"|<!DOCTYPE\s[^>\[]{0,500}>){0,20}+"
    rb"<(?:rss[\s>]|feed[\s>]|(?:\w{1,20}:)?RDF[\s>]|!DOCTYPE\s[^>\[]{0,500}\[)",
    re.DOTALL | re.IGNORECASE,
)
_FEED_HEAD = 8_192
_CONTROLS = bytes(code for code in range(32) if chr(code) not in "\t\n\v\f\r\x1a\x1b")
# Stray control characters: one, or one in 200 bytes, or few in a short file. More is a binary file.
_MOST_CONTROLS = 200
_FEW_CONTROLS = 8
_FEW_IN = 20


class Format(msgspec.Struct, frozen=True):
    """One kind of file that is no text."""

    name: str
    magic: str
    at: int = 0
    contains: str = ""

    @property
    def bytes(self) -> bytes:
        """The first bytes."""
        return bytes.fromhex(self.magic)


@cache
def _formats() -> tuple[dict[int, list[Format]], list[Format]]:
    """The formats known by their first byte, by that byte, and those known by later bytes."""
    first: dict[int, list[Format]] = {}
    later: list[Format] = []
    for row in msgspec.convert(table("signatures")["format"], list[Format]):
        rows = later if row.at else first.setdefault(bytes.fromhex(row.magic)[0], [])
        rows.append(row)
    return first, later


def refuse_binary(data: bytes, where: str) -> None:
    """Raise ``input.binary``, naming what it is, where the bytes are a known format."""
    if not data:
        return
    first, later = _formats()
    for row in (*later, *first.get(data[0], ())):
        if data.startswith(row.bytes, row.at) and row.contains.encode() in data[:_HEAD]:
            raise binary(row.name, where)


def refuse_controls(data: bytes, where: str) -> int:
    """How many stray control characters these bytes (of an ASCII superset) hold.

    Raises IntendanceError ``input.binary`` for NUL, and for more than can be stray ones.
    """
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if not controls:
        return 0
    zero = data.find(b"\0")
    if zero >= 0:
        wide = data[:_HEAD].count(0) * 3 > len(data[:_HEAD])
        hint = " (UTF-16 without a byte order mark?)" if wide else ""
        raise binary(f"a NUL byte, at byte {zero}{hint}", where)
    few = controls <= _FEW_CONTROLS and controls * _FEW_IN <= len(data)
    if controls > 1 and controls * _MOST_CONTROLS > len(data) and not few:
        raise binary(f"{controls} control characters in {len(data)} bytes", where)
    return controls


def binary(what: str, where: str) -> IntendanceError:
    """The error for a file that is no text."""
    return IntendanceError("input.binary", expected="text, HTML or Markdown", got=what, where=where)


@cache
def suffix_kinds() -> dict[str, ReportKind]:
    """The kind of report by the ending of a file's name."""
    return cast("dict[str, ReportKind]", table("formats")["kinds"])


@cache
def other_suffixes() -> dict[str, str]:
    """What files with other endings are: nothing to read in a folder."""
    rows: dict[str, list[str]] = table("formats")["others"]
    return {suffix: what for what, suffixes in rows.items() for suffix in suffixes}


@cache
def feed_suffixes() -> frozenset[str]:
    """The endings of files that may be feeds."""
    return frozenset(table("formats")["feeds"]["suffixes"])


def is_feed(data: bytes) -> bool:
    """Whether these bytes begin like a feed (RSS, Atom, or XML that declares types of its own)."""
    head = data[:_FEED_HEAD]
    if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        head = head.decode("utf-16", "ignore").encode()
    return _FEED.match(head) is not None


def suffix_of(address: str) -> str:
    """The ending of a file's name in lower case, that of what is packed for ``.gz``."""
    name = address.rsplit("/", 1)[-1].lower()
    name = name.removesuffix(".gz")
    return name.rpartition(".")[2] if "." in name[1:] else ""


def kind_of(text: str, address: str, media: str | None) -> ReportKind:
    """Article, page or Markdown: by media type, by the ending of the name, then by the text."""
    if media:
        named = table("formats")["media"].get(media.partition(";")[0].strip().lower())
        if named is not None:
            return cast("ReportKind", named)
    kind = suffix_kinds().get(suffix_of(address))
    if kind in ("page", "markdown"):
        return kind
    if _HTML.match(text):
        return "page"
    return "markdown" if _FRONT.match(text) else "article"
