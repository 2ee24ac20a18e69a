"""Work that takes longer than a page: done in turn, looked at while it goes on."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from intendance.terms import ErrorRecord, IntendanceError
from intendance.web._failures import failure_of
from intendance.web._users import User

Progress = Callable[[int, int], None]

_MOST: Final = 64
_MOST_EACH: Final = 8
"""Uploads that one user may have waiting at a time."""

_MOST_BYTES: Final = 200_000_000
_KEPT: Final = 3_600.0
"""Seconds that an upload waits for its owner to say what becomes of it."""

_THREADS: Final = 2


State = Literal["waiting", "running", "asks", "previewed", "done", "failed"]


@dataclass
class Job:
    """One upload on its way: first only looked at, then, if its owner says so, written.

    ``asked`` is what was uploaded and how it is to be read, ``outcome`` what came of it; ``drop``
    lets go of what is held of it outside. One that ``asks`` lacks something to be looked at.
    """

    id: str
    owner: User
    asked: Any
    names: tuple[str, ...]
    size: int
    drop: Callable[[], None]
    state: State = "waiting"
    done: int = 0
    total: int = 0
    outcome: Any = None
    error: ErrorRecord | None = None
    begun: float = field(default_factory=time.monotonic)
    gone: bool = False

    @property
    def busy(self) -> bool:
        """Whether it is still at work."""
        return self.state in ("waiting", "running")

    def step(self, done: int, total: int) -> None:
        """Tells how far it has come."""
        self.done, self.total = done, total

    def release(self) -> None:
        """Lets go of what is held of it, at the end of its work where it is at work."""
        self.gone = True
        if not self.busy:
            self.drop()


class Jobs:
    """All uploads of a process; old ones and the largest crowd are let go."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.RLock()
        self._workers = ThreadPoolExecutor(_THREADS, thread_name_prefix="intendance-add")

    def add(
        self,
        owner: User,
        asked: Any,
        names: tuple[str, ...],
        size: int,
        drop: Callable[[], None] = lambda: None,
    ) -> Job:
        """Keeps an upload; nothing is done with it yet.

        Raises IntendanceError ``web.too-many`` where its owner has as many at work as one may.
        """
        job = Job(secrets.token_urlsafe(16), owner, asked, names, size, drop, total=len(names))
        with self._lock:
            mine = [each for each in self._held.values() if each.owner.name == owner.name]
            if sum(each.busy for each in mine) >= _MOST_EACH:
                raise IntendanceError(
                    "web.too-many", expected=f"{_MOST_EACH} uploads at work at a time at most",
                    got="one more", where="the request",
                    remedy="Wait until one of them is done, then send it again.",
                )  # fmt: skip
            idle = [each for each in mine if not each.busy]
            for each in idle[: max(0, len(mine) + 1 - _MOST_EACH)]:
                self._let_go(each)
            self._held[job.id] = job
            self._clear()
        self._later()
        return job

    def find(self, id_: str, owner: User, asked: type) -> Job:
        """The upload of that owner that asks for such a thing; another's is as one that there is
        not, and so is one of when the owner might see other rows.

        Raises IntendanceError ``id.unknown``.
        """
        with self._lock:
            self._clear()
            job = self._held.get(id_)
        if job is None or _sight(job.owner) != _sight(owner) or not isinstance(job.asked, asked):
            raise IntendanceError(
                "id.unknown", expected="an upload that is kept", got=repr(id_[:60]),
                where="the address", remedy="Upload it again: uploads are kept for an hour.",
            )  # fmt: skip
        return job

    def start(
        self, job: Job, work: Callable[[Progress], Any], good: State = "previewed",
        bad: State = "failed",
    ) -> None:  # fmt: skip
        """Has what was uploaded looked at in its turn; ``good`` and ``bad`` say what it is then."""
        self._workers.submit(self._run, job, work, good, bad)

    def again(self, job: Job, asked: Any) -> bool:
        """Takes what it lacked, once: whether it is to be looked at again."""
        with self._lock:
            if job.state != "asks":
                return False
            job.asked, job.state, job.error = asked, "waiting", None
            return True

    def settle(self, job: Job, work: Callable[[Progress], Any]) -> bool:
        """Has it written in its turn, once: not while it is at work, and not again.

        Where that fails nothing was written, and it may be tried again.
        """
        with self._lock:
            if job.state != "previewed":
                return False
            job.state, job.error = "waiting", None
        self._workers.submit(self._run, job, work, "done", "previewed")
        return True

    def forget(self) -> None:
        """Lets go of all uploads: something that they may show was taken out."""
        with self._lock:
            for job in list(self._held.values()):
                self._let_go(job)

    def _run(self, job: Job, work: Callable[[Progress], Any], good: State, bad: State) -> None:
        job.state = "running"
        try:
            job.outcome = work(job.step)
        except Exception as fault:  # noqa: BLE001  # told to the owner on the page
            job.error = failure_of(fault).record()
            job.state = bad
        else:
            job.state = good
        if job.gone or job.state in ("done", "failed"):
            job.drop()

    def _later(self) -> None:
        """Nobody may ask again: what is old goes of itself."""
        timer = threading.Timer(_KEPT + 1, self._expire)
        timer.daemon = True
        timer.start()

    def _expire(self) -> None:
        with self._lock:
            self._clear()

    def _clear(self) -> None:
        now = time.monotonic()
        for job in list(self._held.values()):
            crowd = len(self._held) > _MOST or self._bytes() > _MOST_BYTES
            if not job.busy and (crowd or now - job.begun > _KEPT):
                self._let_go(job)

    def _let_go(self, job: Job) -> None:
        self._held.pop(job.id, None)
        job.release()

    def _bytes(self) -> int:
        return sum(job.size for job in self._held.values())


def _sight(user: User) -> tuple[str, bool, frozenset[str]]:
    """Who somebody is, and what that one may see."""
    return user.name, user.full, user.groups


JOBS: Final = Jobs()
"""The uploads of this process."""
