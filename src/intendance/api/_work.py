"""Reading documents, here or in worker processes; results come in the order of the work."""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from intendance.api._inputs import Deadline, Limits, Piece, Reader, document_of
from intendance.catalogue import Catalogue, load_catalogue
from intendance.terms import ErrorRecord, IntendanceError, Reading, TimeSpan

_AHEAD: Final = 2
"""How many tasks a worker has waiting, so that it never idles and memory stays bounded."""


class Task(msgspec.Struct, frozen=True):
    """Some reports, and how to read them."""

    pieces: tuple[Piece, ...]
    published: TimeSpan | None
    limits: Limits


Result = Reading | ErrorRecord


class Workers:
    """Does tasks with one reader, or with as many as there are jobs."""

    def __init__(self, reader: Reader, executor: Executor | None, jobs: int) -> None:
        self._reader = reader
        self._executor = executor
        self._room = jobs * _AHEAD

    def results(self, tasks: Iterable[Task]) -> Iterator[list[Result]]:
        """The results of each task, in order."""
        if self._executor is None:
            for task in tasks:
                yield read_task(self._reader, task)
            return
        waiting: deque[Future[list[Result]]] = deque()
        try:
            for task in tasks:
                waiting.append(self._executor.submit(_in_worker, task))
                if len(waiting) > self._room:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


@contextmanager
def workers(reader: Reader, catalogue: Catalogue, jobs: int) -> Iterator[Workers]:
    """Workers for ``jobs`` processes; one job reads in this process."""
    if jobs == 1:
        yield Workers(reader, None, 1)
        return
    # Spawned, not forked: a copy of an open database connection must never exist.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        jobs, mp_context=context, initializer=_start, initargs=(catalogue.paths,)
    ) as pool:
        _start_all(pool, jobs)
        yield Workers(reader, pool, jobs)


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


def read_task(reader: Reader, task: Task) -> list[Result]:
    """A reading or an error for each report of the task; one bad report harms no other."""
    return [_read(reader, piece, task) for piece in task.pieces]


def _read(reader: Reader, piece: Piece, task: Task) -> Result:
    clock = Deadline(task.limits.max_seconds, piece.where or piece.address)
    try:
        document = document_of(piece, published=task.published, limits=task.limits)
        return reader.read_document(document, clock.check)
    except IntendanceError as error:
        return error.record()
    except Exception as fault:  # noqa: BLE001  # a slip over one report must not lose the others
        return IntendanceError(
            "internal",
            expected="a report that can be read",
            got=f"{type(fault).__name__}: {fault}"[:300],
            where=piece.where or piece.address,
        ).record()


_reader: Reader | None = None


def _start(paths: tuple[Path, ...]) -> None:
    global _reader  # noqa: PLW0603  # one reader per worker process, made once
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the writer decides when to stop
    _reader = Reader(load_catalogue(paths))


def _in_worker(task: Task) -> list[Result]:
    if _reader is None:
        raise RuntimeError("the worker was not started")
    return read_task(_reader, task)
