"""Idempotency keys: a write that is sent again with its key is done once and answered alike."""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

import msgspec

from intendance.terms import IntendanceError
from intendance.web._access import Access

KEPT_SECONDS: Final = 24 * 3600.0
_MOST: Final = 10_000


class Reply(msgspec.Struct, frozen=True):
    """What a write was answered with."""

    request: str
    status: int
    body: bytes
    location: str | None
    at: float


class Replies:
    """The answers to writes that came with a key; in the file of users, or in memory without."""

    def __init__(self, access: Access | None, clock: Callable[[], float] = time.time) -> None:
        self._access = access
        self._clock = clock
        self._held: OrderedDict[tuple[str, str], Reply] = OrderedDict()
        self.lock = threading.Lock()

    def find(self, user: str, key: str, request: str) -> Reply | None:
        """The answer of before. Raises IntendanceError ``web.key-reused`` for another request."""
        found = self._load(user, key)
        if found is None or found.at < self._clock() - KEPT_SECONDS:
            return None
        if found.request != request:
            raise IntendanceError(
                "web.key-reused", expected="a key of this request's own",
                got="one that came with another request", where="Idempotency-Key",
            )  # fmt: skip
        return found

    def keep(self, user: str, key: str, reply: Reply) -> None:
        """Remembers an answer for a day."""
        if self._access is None:
            self._held[(user, key)] = reply
            while len(self._held) > _MOST:
                self._held.popitem(last=False)
            return
        with self._access.writing() as db:
            db.execute("DELETE FROM reply WHERE at < ?", (self._clock() - KEPT_SECONDS,))
            db.execute(
                "INSERT OR REPLACE INTO reply VALUES (?, ?, ?, ?, ?, ?, ?)",
                (user, key, reply.request, reply.status, reply.location, reply.body, reply.at),
            )

    def forget(self) -> None:
        """Lets go of all answers: something that they may hold was redacted (rule 12)."""
        self._held.clear()
        if self._access is not None:
            with self._access.writing() as db:
                db.execute("DELETE FROM reply")
            self._access.scrub()

    def made(self, request: str, status: int, body: bytes, location: str | None) -> Reply:
        """An answer as it is kept."""
        return Reply(request, status, body, location, self._clock())

    def _load(self, user: str, key: str) -> Reply | None:
        if self._access is None:
            return self._held.get((user, key))
        with self._access.reading() as db:
            query = "SELECT * FROM reply WHERE user = ? AND key = ?"
            row = db.execute(query, (user, key)).fetchone()
        if row is None:
            return None
        return Reply(row["request"], row["status"], row["body"], row["location"], row["at"])


def request_mark(method: str, path: str, body: bytes) -> str:
    """What tells one request from another."""
    return hashlib.sha256(b"\0".join((method.encode(), path.encode(), body))).hexdigest()
