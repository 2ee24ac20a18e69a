"""Rows put aside while a table is looked through, to be told without reading the file again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from tempfile import TemporaryFile
from typing import BinaryIO, Final, cast
from weakref import finalize

import msgspec

Row = tuple[int, list[str] | int | None]
"""A row's number with its cells; how many it has where that is wrong; None where it is blank."""

_BATCH: Final = 500
_IN_MEMORY: Final = 1 << 23
"""A longer table's rows are put into a file without a name, in the folder for such (TMPDIR)."""


class Spill:
    """Rows in the order in which they came; read once, then they are gone."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0
        self._file: BinaryIO | None = None
        self._sizes: list[int] = []
        self._waiting: list[tuple[int, Sequence[str] | int | None]] = []
        self._encode = msgspec.msgpack.Encoder().encode

    def add(self, number: int, cells: Sequence[str] | int | None) -> None:
        """Put a row aside."""
        self._waiting.append((number, cells))
        if len(self._waiting) == _BATCH:
            self._write()

    def rows(self) -> Iterator[Row]:
        """All rows, once."""
        self._write()
        decode = msgspec.msgpack.Decoder(list[Row]).decode
        if self._file is not None:
            self._file.seek(0)
            for size in self._sizes:
                yield from decode(self._file.read(size))
            self._file.close()
        parts, self._parts = self._parts, []
        for part in parts:
            yield from decode(part)

    def _write(self) -> None:
        self._parts.append(self._encode(self._waiting))
        self._waiting = []
        self._size += len(self._parts[-1])
        if self._size > _IN_MEMORY:
            self._spill()

    def _spill(self) -> None:
        """What waits in memory goes to the file, which closes when nobody asks for it any more."""
        if self._file is None:
            self._file = cast("BinaryIO", TemporaryFile())  # noqa: SIM115  # lives with this object
            finalize(self, self._file.close)
        self._sizes += [self._file.write(part) for part in self._parts]
        self._parts, self._size = [], 0
