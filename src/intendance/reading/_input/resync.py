"""Where the next record of a damaged web archive begins, and whether a packed one is whole."""

from __future__ import annotations

import re
import zlib
from typing import BinaryIO, Final

_VERSION: Final = re.compile(rb"(?:\A|(?<=\n))WARC/[01]\.[0-9]{1,2}\r?\n")
_MEMBER: Final = b"\x1f\x8b\x08"
_WARC: Final = b"WARC/"
_BLOCK: Final = 1 << 20
_OVERLAP: Final = 64
_HEAD: Final = 4_096


def next_record(file: BinaryIO, after: int, *, packed: bool) -> int | None:
    """The first byte behind ``after`` where a record begins; None where none does.

    A packed archive is looked through for a gzip member that unpacks to the beginning of a
    record, a plain one for the line that a record begins with.
    """
    position = after
    carried = b""
    while True:
        file.seek(position)
        block = file.read(_BLOCK)
        if not block:
            return None
        found = _in_block(file, carried + block, position - len(carried), packed)
        if found is not None and found >= after:
            return found
        carried = block[-_OVERLAP:]
        position += len(block)


def _in_block(file: BinaryIO, data: bytes, base: int, packed: bool) -> int | None:
    if not packed:
        for match in _VERSION.finditer(data):
            # the first byte of a block that is not the archive's first has its line before it
            if match.start() or not base:
                return base + match.start()
        return None
    at = data.find(_MEMBER)
    while at >= 0:
        if _begins_record(file, base + at):
            return base + at
        at = data.find(_MEMBER, at + 1)
    return None


def _begins_record(file: BinaryIO, position: int) -> bool:
    file.seek(position)
    try:
        return zlib.decompressobj(wbits=31).decompress(file.read(_HEAD), len(_WARC)) == _WARC
    except zlib.error:
        return False


def whole_member(file: BinaryIO, position: int) -> bool:
    """Whether the gzip member that begins there is intact to its end, with its check sum."""
    return member_end(file, position) is not None


def member_end(file: BinaryIO, position: int) -> int | None:
    """The byte behind the gzip member that begins there; None where it is not intact."""
    member = zlib.decompressobj(wbits=31)
    file.seek(position)
    try:
        while not member.eof:
            piece = file.read(_BLOCK)
            if not piece:
                return None
            while piece and not member.eof:
                member.decompress(piece, _BLOCK)
                piece = member.unconsumed_tail
    except zlib.error:
        return None
    return file.tell() - len(member.unused_data)


def left_behind(file: BinaryIO, last: int) -> int | None:
    """Where records begin behind the one at ``last``, that a reader of members took for the end.

    A damaged flag of a gzip header can make all that follows a part of that header.
    """
    return next_record(file, member_end(file, last) or last + 1, packed=True)
