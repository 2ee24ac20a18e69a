"""Reading documents, here or in worker processes; results come in the order of the work."""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Final

from intendance.api._inputs import Reader
from intendance.api._task import Result, Task, read_task
from intendance.catalogue import Catalogue, load_catalogue

_AHEAD: Final = 2
"""How many tasks a worker has waiting, so that it never idles and memory stays bounded."""
_AHEAD_FAR: Final = 4
"""The same on a cluster, where a task that is done again must not let the others wait."""


class Workers:
    """Does tasks, as many at a time as there is room for; results come in the tasks' order."""

    def __init__(
        self,
        submit: Callable[[Task], Future[list[Result]]],
        wait: Callable[[Future[list[Result]]], list[Result]],
        room: int,
    ) -> None:
        self._submit = submit
        self._wait = wait
        self._room = room

    def results(self, tasks: Iterable[Task]) -> Iterator[list[Result]]:
        """The results of each task, in order."""
        waiting: deque[Future[list[Result]]] = deque()
        try:
            for task in tasks:
                waiting.append(self._submit(task))
                if len(waiting) > self._room:
                    yield self._wait(waiting.popleft())
            while waiting:
                yield self._wait(waiting.popleft())
        finally:
            for future in waiting:
                future.cancel()


class Here:
    """Does tasks in this process."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def results(self, tasks: Iterable[Task]) -> Iterator[list[Result]]:
        """The results of each task, in order."""
        for task in tasks:
            yield read_task(self._reader, task)


@lru_cache(maxsize=2)
def reader_with(catalogue: Catalogue) -> Reader:
    """The reader with that catalogue; its automata take a while to build, so they are kept."""
    return Reader(catalogue)


@contextmanager
def workers(
    catalogue: Catalogue, jobs: int, scheduler: str | None = None
) -> Iterator[Workers | Here]:
    """Workers on the cluster of that scheduler, else ``jobs`` processes; one job reads here.

    Raises IntendanceError ``cluster.*``.
    """
    if scheduler is not None:
        from intendance.api._cluster import cluster

        with cluster(scheduler, catalogue) as there:
            yield Workers(there.submit, there.wait, there.threads * _AHEAD_FAR)
    elif jobs == 1:
        yield Here(reader_with(catalogue))
    else:
        with ProcessPoolExecutor(
            jobs, mp_context=_context(), initializer=_start, initargs=(catalogue.paths,)
        ) as pool:
            _start_all(pool, jobs)
            yield Workers(
                lambda task: pool.submit(_in_worker, task),
                lambda future: future.result(),
                jobs * _AHEAD,
            )


def _context() -> BaseContext:
    """How worker processes begin: never as copies of this one, with its database connection.

    They are copies of a process that has made a reader and nothing else, or begin from nothing.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["intendance.api._warm"])
    return context


def _start_all(pool: ProcessPoolExecutor, jobs: int) -> None:
    """Start every worker while Ctrl-C is held off: one that is still loading would die of it."""
    if threading.current_thread() is not threading.main_thread():
        return
    held = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        for started in [pool.submit(_ready) for _ in range(jobs)]:
            started.result()
    finally:
        signal.signal(signal.SIGINT, held)


def _ready() -> bool:
    return _reader is not None


_reader: Reader | None = None


def _start(paths: tuple[Path, ...]) -> None:
    global _reader  # noqa: PLW0603  # one reader per worker process, made once
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the writer decides when to stop
    if paths:
        _reader = Reader(load_catalogue(paths))
    else:
        from intendance.api._warm import READER

        _reader = READER


def _in_worker(task: Task) -> list[Result]:
    if _reader is None:
        raise RuntimeError("the worker was not started")
    return read_task(_reader, task)
