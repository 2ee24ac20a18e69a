"""An entry of a feed as a document: its title, then its text."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from intendance.reading._input._data import table
from intendance.reading._input.document import Document, build_document, empty
from intendance.reading._input.html import read_fragment
from intendance.reading._input.limits import Limits
from intendance.reading._input.metadata import Metadata, clean
from intendance.terms import TimeSpan

if TYPE_CHECKING:
    from intendance.reading._input.piece import Piece

_LETTER = re.compile(r"[^\W_]")


def document_of_entry(
    piece: Piece, stated: Metadata, published: TimeSpan | None, limits: Limits
) -> Document:
    """The document of a feed's entry. Raises IntendanceError with a code ``input.*``."""
    text = piece.data.decode("utf-8", "replace")
    if piece.media == "text/html":
        text = read_fragment(text, piece.where, limits)
    text = _with_title(text.strip(), stated.title)
    if _LETTER.search(text) is None:
        raise empty(piece.where, text)
    found = build_document(text, "page", piece.address, piece.raw_hash, published, stated, ())
    return _without_tail(found)


def _with_title(text: str, title: str | None) -> str:
    """The text under its title, unless it begins with it."""
    if title is None or clean(text.split("\n", 1)[0]) == title:
        return text
    return f"{title}\n\n{text}" if text else title


def _without_tail(document: Document) -> Document:
    """The line that says where the entry appeared first is passed over."""
    start = document.text.rstrip().rfind("\n") + 1
    end = len(document.text)
    if not start or not _tail().fullmatch(document.text[start:end].strip()):
        return document
    if any(first < end and start < last for first, last in document.skip):
        return document
    return msgspec.structs.replace(document, skip=(*document.skip, (start, end)))


@cache
def _tail() -> re.Pattern[str]:
    lines: list[str] = table("feeds")["tail"]["lines"]
    return re.compile("|".join(lines))
