"""What a database driver raises, said in the program's own error codes."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from intendance.terms import IntendanceError

# SQLite's primary result codes (sqlite.org/rescode.html) and the code that says the same here.
_SQLITE = {
    sqlite3.SQLITE_BUSY: "ledger.locked",
    sqlite3.SQLITE_LOCKED: "ledger.locked",
    sqlite3.SQLITE_FULL: "ledger.full",
    sqlite3.SQLITE_READONLY: "ledger.read-only",
    sqlite3.SQLITE_CANTOPEN: "ledger.read-only",
    sqlite3.SQLITE_PERM: "ledger.read-only",
    sqlite3.SQLITE_NOTADB: "ledger.not-a-database",
    sqlite3.SQLITE_CORRUPT: "ledger.corrupt",
    sqlite3.SQLITE_IOERR: "ledger.full",
}
# PostgreSQL's SQLSTATE classes and codes (manual, appendix A).
_POSTGRES = {
    "53100": "ledger.full",
    "55P03": "ledger.locked",
    "25006": "ledger.read-only",
    "42501": "ledger.read-only",
    "08": "ledger.unreachable",
    "57": "ledger.unreachable",
    "28": "ledger.unreachable",
    "3D": "ledger.unreachable",
    "53": "ledger.unreachable",
}
_EXPECTED = {
    "ledger.locked": "a ledger that no other process is writing to",
    "ledger.full": "room on the disk",
    "ledger.read-only": "a ledger that can be opened and written to",
    "ledger.not-a-database": "a ledger of this program",
    "ledger.corrupt": "a database whose pages can be read",
    "ledger.unreachable": "a database server that answers",
}


@contextmanager
def told(where: str) -> Iterator[None]:
    """Turn a driver's failure inside the block into an IntendanceError that names ``where``.

    Failures that no code fits go through unchanged: they are defects of the program.
    """
    try:
        yield
    except DBAPIError as error:
        code = code_of(error.orig)
        if code is None:
            raise
        raise failure(code, error.orig, where) from error
    except sqlite3.Error as error:
        code = code_of(error)
        if code is None:
            raise
        raise failure(code, error, where) from error
    except OSError as error:
        code = {
            errno.ENOSPC: "ledger.full",
            errno.EDQUOT: "ledger.full",
            errno.EACCES: "ledger.read-only",
            errno.EPERM: "ledger.read-only",
            errno.EROFS: "ledger.read-only",
        }.get(error.errno or 0)
        if code is None:
            raise
        raise failure(code, error, where) from error


def code_of(error: BaseException | None) -> str | None:
    """The program's code for what a driver raised; None where there is none."""
    if isinstance(error, sqlite3.Error):
        return _SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    if error is None or not type(error).__module__.startswith("psycopg"):
        return None
    state = getattr(error, "sqlstate", None)
    if state is None:
        # No state: the connection was never made, or was lost.
        return "ledger.unreachable" if type(error).__name__ == "OperationalError" else None
    return _POSTGRES.get(state) or _POSTGRES.get(state[:2])


def failure(code: str, error: BaseException | None, where: str) -> IntendanceError:
    """The error of ``code`` with the driver's own words, on one line."""
    words = " ".join(str(error).split())[:300] or type(error).__name__
    return IntendanceError(code, expected=_EXPECTED[code], got=words, where=where)
