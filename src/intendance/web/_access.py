"""Users, their sessions and tokens, the audit trail and marked rows: one file beside the ledger.

The ledger itself holds rows without a marking only, so that no copy of it gives a marked one away.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from intendance.terms import IntendanceError

_FORMAT: Final = 1
_TABLES: Final = """
CREATE TABLE user (
  name TEXT PRIMARY KEY, password TEXT NOT NULL, role TEXT NOT NULL, groups TEXT NOT NULL,
  every INTEGER NOT NULL, active INTEGER NOT NULL, made TEXT NOT NULL);
CREATE TABLE session (
  hash TEXT PRIMARY KEY, user TEXT NOT NULL REFERENCES user(name), csrf TEXT NOT NULL,
  ends REAL NOT NULL, last_visit TEXT);
CREATE TABLE token (
  hash TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, user TEXT NOT NULL REFERENCES user(name),
  what TEXT NOT NULL, made TEXT NOT NULL, ends REAL NOT NULL);
CREATE TABLE visit (user TEXT PRIMARY KEY, at TEXT NOT NULL);
CREATE TABLE audit (
  number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who TEXT NOT NULL,
  what TEXT NOT NULL, about TEXT NOT NULL, label TEXT NOT NULL, outcome TEXT NOT NULL);
CREATE TABLE marked (
  number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, label TEXT NOT NULL,
  kind TEXT NOT NULL, body BLOB NOT NULL);
CREATE TABLE reply (
  user TEXT NOT NULL, key TEXT NOT NULL, request TEXT NOT NULL, status INTEGER NOT NULL,
  location TEXT, body BLOB NOT NULL, at REAL NOT NULL, PRIMARY KEY (user, key));
"""


class Access:
    """The file; every method of others that works on it goes through ``reading`` or ``writing``."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._secret: bytes | None = None
        if not path.exists():
            if not create:
                raise IntendanceError(
                    "access.missing", expected="a file of users", got="no such file",
                    where=str(path),
                )  # fmt: skip
            _create(path)
        self._connection = _open(path)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to look at."""
        with self._lock, _told(self.path):
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection to write with: all of the block or nothing."""
        with self._lock, _told(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                # A full disk has ended it already.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def secret(self) -> bytes:
        """What this file alone knows; made when it is first asked for."""
        if self._secret is None:
            with self.writing() as db:
                db.execute("CREATE TABLE IF NOT EXISTS secret (key BLOB NOT NULL)")
                row = db.execute("SELECT key FROM secret").fetchone()
                made = secrets.token_bytes(32) if row is None else bytes(row["key"])
                if row is None:
                    db.execute("INSERT INTO secret VALUES (?)", (made,))
            self._secret = made
        return self._secret

    def scrub(self) -> None:
        """Leaves nothing of what was deleted in the file or beside it."""
        with self.reading() as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Lets go of the file."""
        with self._lock:
            self._connection.close()


def _create(path: Path) -> None:
    """Made whole beside its place, readable by its owner only."""
    new = path.with_name(f".{path.name}.new-{os.getpid()}")
    with _told(path):
        new.unlink(missing_ok=True)
        os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        try:
            connection = sqlite3.connect(new, isolation_level=None)
            connection.executescript(_TABLES + f"PRAGMA user_version = {_FORMAT};")
            connection.close()
            with suppress(FileExistsError):
                os.link(new, path)
        finally:
            new.unlink(missing_ok=True)


def _open(path: Path) -> sqlite3.Connection:
    with _told(path):
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=2)
        connection.row_factory = sqlite3.Row
        found = connection.execute("PRAGMA user_version").fetchone()[0]
        if found != _FORMAT:
            connection.close()
            raise IntendanceError(
                "access.newer", expected=f"a file of users of format {_FORMAT}",
                got=f"format {found}", where=str(path),
            )  # fmt: skip
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON",
                       "secure_delete = ON"):  # fmt: skip
            connection.execute(f"PRAGMA {pragma}")
    return connection


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the database raises, in the program's own codes."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except (sqlite3.Error, OSError) as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        full = code == sqlite3.SQLITE_FULL or getattr(error, "errno", 0) == 28
        locked = code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        raise IntendanceError(
            "ledger.full" if full else "ledger.locked" if locked else "access.unusable",
            expected="a file of users that can be read and written",
            got=" ".join(str(error).split())[:200], where=str(path),
        ) from error  # fmt: skip


Row = Any
"""One row of a table, its columns by name."""
