"""What all requests share: settings, books, users, and the threads that views run in."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, TypeVar

import anyio
from anyio.to_thread import run_sync

from intendance.terms import IntendanceError
from intendance.web._access import Access
from intendance.web._accounts import Accounts
from intendance.web._audit import Audit
from intendance.web._imports.spool import Spool
from intendance.web._replies import Replies
from intendance.web._settings import Settings
from intendance.web._shelf import Shelf
from intendance.web._vault import Vault
from intendance.web._who import Gate

_T = TypeVar("_T")
_THREADS: Final = 4
"""More would only wait for each other: the interpreter runs one at a time."""


class Server:
    """The state of one running server."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.access: Access | None = None
        if settings.auth:
            if settings.access is None:
                raise IntendanceError(
                    "access.missing", expected="a file of users", got="none named", where="serve"
                )
            self.access = Access(settings.access)
        vault = None if self.access is None else Vault(self.access)
        self.accounts = None if self.access is None else Accounts(self.access)
        self.audit = Audit(self.access)
        self.replies = Replies(self.access)
        self.gate = Gate(settings, self.accounts)
        self.shelf = Shelf(settings.database, settings.catalogue, vault)
        self.spool = Spool()
        self._limit: anyio.CapacityLimiter | None = None

    def warm(self) -> None:
        """Begins to make the projection, so that the first page need not wait for all of it."""
        case = self.shelf.plain

        def begin() -> None:
            # What fails here fails again for the page that needs it, and is told there.
            with suppress(Exception):
                case.queue.current()
                case.keeper.current()

        threading.Thread(target=begin, name="projection", daemon=True).start()

    async def in_thread(self, work: Callable[..., _T], *given: Any) -> _T:
        """Runs ``work`` in one of the server's few threads."""
        if self._limit is None:
            self._limit = anyio.CapacityLimiter(_THREADS)
        return await run_sync(work, *given, limiter=self._limit)

    def close(self) -> None:
        """Lets go of the database and the file of users."""
        self.spool.close()
        self.shelf.close()
        if self.access is not None:
            self.access.close()
