"""One report inside a file: a file of its own, a record of a web archive, an entry of a feed."""

from __future__ import annotations

import msgspec

from intendance.reading._input.document import Document, document_from_bytes
from intendance.reading._input.http import unwrap
from intendance.reading._input.limits import DEFAULT_LIMITS, Limits
from intendance.reading._input.metadata import Metadata
from intendance.terms import IntendanceError, TimeSpan


class Piece(msgspec.Struct, frozen=True):
    """The bytes of one report, and what is known of it before they are looked at.

    ``address`` is where it was found; ``where`` says in errors which part of which file it is.
    ``raw_hash`` is the SHA-256 of a file's bytes; of a part of a file, that of the part's bytes.
    ``media`` is its media type, ``transfer`` and ``encoding`` how HTTP packed it (RFC 9110, 8.4;
    RFC 9112, 6.1). ``stated`` is what the feed says of its entry. ``own`` means that ``address``
    is the report's own, whatever its text says. ``cut`` tells that the record's end is missing.
    """

    address: str
    data: bytes
    raw_hash: str
    where: str = ""
    media: str | None = None
    transfer: str = ""
    encoding: str = ""
    stated: Metadata | None = None
    own: bool = False
    cut: bool = False


class PassedOver(msgspec.Struct, frozen=True):
    """How many parts of a file are no reports, by what they are."""

    address: str
    counts: dict[str, int]

    def note(self) -> str:
        """The counts in words."""
        parts = ", ".join(f"{count} {what}" for what, count in sorted(self.counts.items()))
        return f"passed over: {parts}"


def document_of(
    piece: Piece, *, published: TimeSpan | None = None, limits: Limits = DEFAULT_LIMITS
) -> Document:
    """The document of a piece; ``published`` is used where it states no date.

    Raises IntendanceError with a code ``input.*``; it says where the piece stands in its file.
    """
    try:
        return _document_of(piece, published, limits)
    except IntendanceError as error:
        if not piece.where:
            raise
        raise moved(error, piece.where) from None


def _document_of(piece: Piece, published: TimeSpan | None, limits: Limits) -> Document:
    if piece.stated is not None:
        from intendance.reading._input.entry import document_of_entry

        return document_of_entry(piece, piece.stated, published, limits)
    data = unwrap(piece.data, piece.transfer, piece.encoding, piece.where, limits)
    found = document_from_bytes(
        data, piece.address, piece.media, published=published, limits=limits
    )
    found = msgspec.structs.replace(found, raw_hash=piece.raw_hash)
    if piece.own:
        found = msgspec.structs.replace(found, address=piece.address)
    return _without_last_line(found) if piece.cut else found


def _without_last_line(document: Document) -> Document:
    """The last line of a page that was cut off is passed over: a number in it may lack its end."""
    start = document.text.rstrip().rfind("\n") + 1
    skip = [(begin, min(end, start)) for begin, end in document.skip if begin < start]
    return msgspec.structs.replace(
        document,
        skip=(*skip, (start, len(document.text))),
        notes=(*document.notes, "the record's end is missing; its last line was passed over"),
    )


def moved(error: IntendanceError, where: str) -> IntendanceError:
    """The same error with another place."""
    return IntendanceError(
        error.code, expected=error.expected, got=error.got, where=where, remedy=error.remedy
    )
