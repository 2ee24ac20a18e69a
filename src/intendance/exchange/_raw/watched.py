"""A file that must stay as it is while it is read."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from intendance.tables import MAX_BYTES
from intendance.terms import IntendanceError

_CHUNK: Final = 1 << 18
_HEAD: Final = 1 << 16
_LARGEST: Final = 16 * MAX_BYTES


class Watched:
    """A file's digest when it was opened; ``check`` tells whether that still holds.

    Raises IntendanceError ``input.missing``, ``input.unreadable`` or ``table.too-large``.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.nul = False
        self.digest, self.head = self._read()
        self._stamp = self._look()

    def check(self, *, bytes_too: bool = True) -> None:
        """Raises ``import.changed`` where the file is another one than when it was opened."""
        # Who looks at the clock only would miss a change within one tick: the bytes decide.
        changed = self._look() != self._stamp
        if changed or (bytes_too and self._read()[0] != self.digest):
            raise IntendanceError(
                "import.changed",
                expected="a file that stays as it is while it is read",
                got="another size, time or content than at the start",
                where=self.path.name,
            )

    def _look(self) -> tuple[int, int]:
        try:
            found = self.path.stat()
        except OSError:
            return (-1, -1)
        return (found.st_size, found.st_mtime_ns)

    def _read(self) -> tuple[str, bytes]:
        state, head, size = hashlib.sha256(), b"", 0
        chunk = bytearray(_CHUNK)
        view = memoryview(chunk)
        try:
            with self.path.open("rb", buffering=0) as stream:
                while got := stream.readinto(chunk):
                    head = head or bytes(view[: min(got, _HEAD)])
                    self.nul = self.nul or chunk.find(0, 0, got) >= 0
                    size += got
                    if size > _LARGEST:
                        raise IntendanceError(
                            "table.too-large",
                            expected=f"at most {_LARGEST} bytes",
                            got="a larger file",
                            where=self.path.name,
                        )
                    state.update(view[:got])
        except FileNotFoundError:
            raise IntendanceError(
                "input.missing", expected="a table file", got="nothing", where=str(self.path)
            ) from None
        except OSError as fault:
            raise IntendanceError(
                "input.unreadable",
                expected="a table file that can be read",
                got=fault.strerror or type(fault).__name__,
                where=str(self.path),
            ) from fault
        return state.hexdigest(), head
