"""Uploaded files for as long as somebody decides about them: in a folder of this process alone."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Final

from intendance.terms import IntendanceError

_PREFIX: Final = "intendance-spool-"
_LOCK: Final = "lock"
_LONGEST: Final = 100
_NEW: Final = 60.0


class Spool:
    """A folder that only this system's user can open, gone when the server ends.

    What a server left that was killed is removed when the next one keeps its first file.
    """

    def __init__(self, above: Path | None = None) -> None:
        self._above = above or Path(tempfile.gettempdir())
        self._lock = threading.Lock()
        self._held: tuple[Path, int] | None = None

    def keep(self, name: str, content: bytes) -> Path:
        """Writes a file into a folder of its own, under its own name as far as that is safe.

        Raises IntendanceError ``ledger.full`` where there is no room; then nothing is kept.
        """
        folder = self._folder() / secrets.token_urlsafe(16)
        folder.mkdir(mode=0o700)
        path = folder / safe_name(name)
        try:
            with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
                out.write(content)
        except OSError as fault:
            self.drop(path)
            raise IntendanceError(
                "ledger.full", expected="room to keep an upload",
                got=fault.strerror or type(fault).__name__, where="the server's spool",
            ) from fault  # fmt: skip
        return path

    def drop(self, path: Path) -> None:
        """Removes a file with all that was put beside it."""
        shutil.rmtree(path.parent, ignore_errors=True)

    def close(self) -> None:
        """Removes everything."""
        with self._lock:
            if self._held is not None:
                folder, lock = self._held
                self._held = None
                shutil.rmtree(folder, ignore_errors=True)
                os.close(lock)

    def _folder(self) -> Path:
        with self._lock:
            if self._held is None:
                _sweep(self._above)
                folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=self._above))
                lock = os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
                _take(lock)
                self._held = (folder, lock)
            return self._held[0]


def safe_name(name: str) -> str:
    """The last part of a file's name without what means something to a system."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(each for each in last if each.isprintable()).lstrip(".~ ")
    stem, dot, suffix = plain.rpartition(".")
    if not dot:
        return plain.encode()[:_LONGEST].decode(errors="ignore") or "upload"
    kept = (stem or "upload").encode()[:_LONGEST].decode(errors="ignore")
    return f"{kept}.{suffix[:10]}"


def _sweep(above: Path) -> None:
    """Removes the folders of servers that are no more: nobody holds their lock."""
    for each in above.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            about = each.lstat()
            # One that was just made may not have its lock yet.
            if about.st_uid != os.getuid() or time.time() - about.st_mtime < _NEW:
                continue
            lock = os.open(each / _LOCK, os.O_RDWR)
            try:
                if _take(lock):
                    shutil.rmtree(each, ignore_errors=True)
            finally:
                os.close(lock)


def _take(lock: int) -> bool:
    """Takes a lock that ends with the process; whether it was free."""
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
