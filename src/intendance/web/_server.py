"""What all requests share: settings, books, users, and the threads that views run in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import anyio
from anyio.to_thread import run_sync

from intendance.web._settings import Settings
from intendance.web._shelf import Shelf
from intendance.web._users import User

_T = TypeVar("_T")
_THREADS = 4
"""More would only wait for each other: the interpreter runs one at a time."""


class Server:
    """The state of one running server."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.shelf = Shelf(settings.database, settings.catalogue)
        self._limit: anyio.CapacityLimiter | None = None

    def local_user(self) -> User:
        """Who everybody is where users are off: the one at this machine."""
        return User(name=self.settings.analyst, role="administrator", full=True)

    async def in_thread(self, work: Callable[..., _T], *given: Any) -> _T:
        """Runs ``work`` in one of the server's few threads."""
        if self._limit is None:
            self._limit = anyio.CapacityLimiter(_THREADS)
        return await run_sync(work, *given, limiter=self._limit)

    def close(self) -> None:
        """Lets go of the database."""
        self.shelf.close()
