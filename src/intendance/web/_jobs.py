"""Work that takes longer than a page: done by one thread in turn, looked at while it goes on."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from intendance.terms import ErrorRecord, IntendanceError
from intendance.web._failures import failure_of

if TYPE_CHECKING:
    from intendance.web._desk import Outcome
    from intendance.web._types import Upload

Progress = Callable[[int, int], None]

_MOST: Final = 64
_MOST_BYTES: Final = 200_000_000
_KEPT: Final = 3_600.0
"""Seconds that an upload waits for its owner to say what becomes of it."""


@dataclass
class Job:
    """One upload on its way: first only looked at, then, if its owner says so, written."""

    id: str
    owner: str
    uploads: tuple[Upload, ...]
    published: str | None
    state: Literal["waiting", "running", "previewed", "done", "failed"] = "waiting"
    done: int = 0
    total: int = 0
    outcome: Outcome | None = None
    error: ErrorRecord | None = None
    begun: float = field(default_factory=time.monotonic)

    @property
    def size(self) -> int:
        """The bytes that it holds."""
        return sum(len(each.content) for each in self.uploads)

    @property
    def busy(self) -> bool:
        """Whether it is still at work."""
        return self.state in ("waiting", "running")

    def step(self, done: int, total: int) -> None:
        """Tells how far it has come."""
        self.done, self.total = done, total


class Jobs:
    """All uploads of a server; old ones and the largest crowd are let go."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="intendance-add")

    def add(self, owner: str, uploads: tuple[Upload, ...], published: str | None) -> Job:
        """Keeps an upload; nothing is done with it yet."""
        job = Job(secrets.token_urlsafe(12), owner, uploads, published, total=len(uploads))
        with self._lock:
            self._held[job.id] = job
            self._clear()
        return job

    def find(self, id_: str, owner: str) -> Job:
        """The upload of that owner; another's is as one that there is not.

        Raises IntendanceError ``id.unknown``.
        """
        with self._lock:
            self._clear()
            job = self._held.get(id_)
        if job is None or job.owner != owner:
            raise IntendanceError(
                "id.unknown", expected="an upload that is kept", got=repr(id_[:60]),
                where="the address",
            )  # fmt: skip
        return job

    def start(self, job: Job, work: Callable[[Progress], Outcome], end: str) -> None:
        """Has ``work`` done in its turn; ``end`` is the state that it leads to."""
        job.state = "waiting"

        def run() -> None:
            job.state = "running"
            try:
                job.outcome = work(job.step)
            except Exception as fault:  # noqa: BLE001  # told to the owner on the page
                job.error = failure_of(fault).record()
                job.state = "failed"
            else:
                job.state = "done" if end == "done" else "previewed"

        self._worker.submit(run)

    def _clear(self) -> None:
        now = time.monotonic()
        for id_, job in list(self._held.items()):
            crowd = len(self._held) > _MOST or self._bytes() > _MOST_BYTES
            if not job.busy and (crowd or now - job.begun > _KEPT):
                del self._held[id_]

    def _bytes(self) -> int:
        return sum(job.size for job in self._held.values())


JOBS: Final = Jobs()
"""The uploads of this process."""
