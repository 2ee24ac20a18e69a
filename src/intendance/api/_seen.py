"""What is remembered of files, so that an unchanged one need not be opened (``trust_stat``).

Only a hint: whether the ledger holds a file's content is still asked of the ledger, by hash.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

_SETTLED_NS: Final = 2_000_000_000
"""A file changed less than this ago could change again within the same tick of its clock."""


class Seen:
    """Hashes of files by path, size, time and inode; kept in the user's cache folder."""

    def __init__(self) -> None:
        self._place = _cache_folder() / "files.seen"
        self._known: dict[str, tuple[int, int, int, str]] = {}
        self._changed = False
        with suppress(OSError, msgspec.DecodeError, msgspec.ValidationError):
            raw = self._place.read_bytes()
            self._known = msgspec.msgpack.decode(raw, type=dict[str, tuple[int, int, int, str]])

    def hash_of(self, path: str) -> str | None:
        """The hash of the file as it was seen last, if it looks the same."""
        known = self._known.get(os.path.abspath(path))
        if known is None:
            return None
        with suppress(OSError):
            if _mark(path) == known[:3]:
                return known[3]
        return None

    def remember(self, path: str, raw_hash: str) -> None:
        """Keeps what a file looked like when it had this hash."""
        with suppress(OSError):
            mark = _mark(path)
            if time.time_ns() - mark[1] > _SETTLED_NS:
                self._known[os.path.abspath(path)] = (*mark, raw_hash)
                self._changed = True

    def save(self) -> None:
        """Writes all down; a cache that can't be written is no cache, and no error."""
        if not self._changed:
            return
        with suppress(OSError):
            self._place.parent.mkdir(parents=True, exist_ok=True)
            new = self._place.with_suffix(f".{os.getpid()}")
            new.write_bytes(msgspec.msgpack.encode(self._known))
            new.replace(self._place)


def _mark(path: str) -> tuple[int, int, int]:
    found = os.stat(path)
    return found.st_size, found.st_mtime_ns, found.st_ino


def _cache_folder() -> Path:
    named = os.environ.get("XDG_CACHE_HOME")
    return (Path(named) if named else Path.home() / ".cache") / "intendance"
