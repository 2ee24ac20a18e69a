"""Rows and sketches as bytes, so that a block can be folded again without its statements."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import msgspec

from intendance.ledger._fold.rows import Row
from intendance.ledger._fold.sketch import Sketch

_encode: Final = msgspec.msgpack.Encoder().encode
_row: Final[Callable[[bytes], Row]] = msgspec.msgpack.Decoder(Row).decode
_raws: Final[Callable[[bytes], list[bytes]]] = msgspec.msgpack.Decoder(list[bytes]).decode
_sketches: Final[Callable[[bytes], list[Sketch]]] = msgspec.msgpack.Decoder(list[Sketch]).decode


class Placing(msgspec.Struct, array_like=True):
    """Where the sketches of one block were placed when it was folded last, in their order.

    ``homes`` with which outline (its key, unique in the block); ``names`` the commitments of
    these, ``states`` a hash of what else they were made from.
    """

    homes: bytes
    names: dict[int, str]
    states: dict[int, bytes]

    def spread(self, sketches: Sequence[Sketch]) -> bool:
        """Tell the sketches where they were placed; false where these are not the same."""
        homes = array("q", self.homes)
        if len(sketches) != len(homes):
            return False
        for each, home in zip(sketches, homes, strict=True):
            each.home = home
        return True


_placing: Final[Callable[[bytes], Placing]] = msgspec.msgpack.Decoder(Placing).decode


def stamp(row: Row) -> None:
    """Keep the row as bytes in itself; it must not have been folded yet."""
    row.at, row.raw = 0, b""
    row.raw = _encode(row)


def pack_rows(rows: Iterable[Row]) -> bytes:
    """Stamped rows as they were then."""
    return _encode([row.raw for row in rows])


def unpack_rows(body: bytes) -> list[Row]:
    """The inverse of ``pack_rows``; the rows are stamped."""
    found = []
    for raw in _raws(body):
        row = _row(raw)
        row.raw = raw
        found.append(row)
    return found


def pack_sketches(sketches: Sequence[Sketch]) -> bytes:
    """Sketches that have not been placed yet."""
    return _encode(sketches)


def unpack_sketches(parts: Iterable[bytes]) -> list[Sketch]:
    """The sketches of all parts, in the ledger's order."""
    found = [each for part in parts for each in _sketches(part)]
    found.sort(key=_rank)
    return found


def same_sketch(one: Sketch, other: Sketch) -> bool:
    """Whether two sketches say the same, wherever they were placed."""
    bare = [msgspec.structs.replace(each, at=0, route=0, home=0) for each in (one, other)]
    return _encode(bare[0]) == _encode(bare[1])


def pack_placing(placing: Placing) -> bytes:
    """Where sketches were placed, as bytes."""
    return _encode(placing)


def unpack_placing(body: bytes) -> Placing:
    """The inverse of ``pack_placing``."""
    return _placing(body)


def _rank(each: Sketch) -> bytes:
    return each.rank
