"""The reports in a file: one, or as many as a web archive has records or a feed entries."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final

from intendance.reading._input.document import read_source
from intendance.reading._input.feed import feed_pieces
from intendance.reading._input.limits import DEFAULT_LIMITS, Limits
from intendance.reading._input.paths import Skipped, Source
from intendance.reading._input.piece import PassedOver, Piece
from intendance.reading._input.raw import missing, raw_hash, unpack, unreadable
from intendance.reading._input.sniff import feed_suffixes, is_feed, suffix_of
from intendance.reading._input.warc import Archive, is_archive
from intendance.terms import IntendanceError

_WARC: Final = b"WARC/"
_GZIP: Final = b"\x1f\x8b\x08"


def holds_several(source: Source) -> bool:
    """Whether a source may hold several reports, told from its name alone."""
    return is_archive(source.address) or suffix_of(source.address) in feed_suffixes()


def pieces_of(
    source: Source, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Piece | Skipped | PassedOver]:
    """The reports of a source, in order; what of it can't be read, and what was passed over.

    An archive is read as a stream, a feed whole (at most ``limits.max_bytes``). Never raises
    IntendanceError: a file that can't be read is one ``Skipped``.
    """
    try:
        yield from _pieces(source, limits)
    except IntendanceError as error:
        yield Skipped(source.address, error.record())


def _pieces(source: Source, limits: Limits) -> Iterator[Piece | Skipped | PassedOver]:
    if is_archive(source.address) and source.data is None:
        yield from _archive(source, limits)
        return
    data = read_source(source, limits)
    several = holds_several(source) or source.data is not None
    content = unpack(data, source.address, limits) if several and _packed(data) else data
    if content.startswith(_WARC):
        yield from Archive(io.BytesIO(content), source.address, limits).pieces()
    elif is_feed(content):
        yield from feed_pieces(content, source.address, limits)
    else:
        yield Piece(source.address, data, raw_hash(data))


def _archive(source: Source, limits: Limits) -> Iterator[Piece | Skipped | PassedOver]:
    try:
        with open(source.path, "rb") as file:
            yield from Archive(file, source.address, limits).pieces()
    except FileNotFoundError:
        raise missing(source.address) from None
    except OSError as error:
        raise unreadable(error, source.address) from None


def _packed(data: bytes) -> bool:
    return data.startswith(_GZIP)
