"""Rows of one block as bytes, so that a block can be folded again without its statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from typing import Final

import msgspec

from intendance.ledger._fold.rows import Row, rank

_MARK: Final = 12
"""Bytes of a row's mark; rows of one commitment are told apart by them, and nothing else is."""

_encode: Final = msgspec.msgpack.Encoder().encode
_decode: Final[Callable[[bytes], list[Row]]] = msgspec.msgpack.Decoder(list[Row]).decode


def mark(row: Row) -> None:
    """Set the row's mark, a hash of everything else in it; it must not have been folded yet."""
    row.at, row.mark = 0, b""
    row.mark = blake2b(_encode(row), digest_size=_MARK).digest()


def pack(rows: Sequence[Row]) -> bytes:
    """Marked rows, not folded yet, as bytes."""
    return _encode(rows)


def unpack(parts: Iterable[bytes]) -> list[Row]:
    """The rows of all parts; of two rows of one statement that of the later part."""
    found: dict[int, Row] = {}
    for part in parts:
        found.update((row.number, row) for row in _decode(part))
    return list(found.values())


def in_order(rows: Iterable[Row]) -> list[Row]:
    """The rows in the ledger's order, each with its place in it."""
    ranked = sorted(rows, key=rank)
    for at, row in enumerate(ranked):
        row.at = at
    return ranked
