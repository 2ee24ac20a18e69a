"""Reading on a Dask cluster: what a worker must be and do, and what may go wrong.

The scheduler gives a lost worker's work to another one; nothing but the work in its hands is done
again. The ledger is written by the calling process alone, so its digest is that of one machine.
"""

from __future__ import annotations

import logging
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

import msgspec

from intendance.api._inputs import VERSION, Reader
from intendance.api._task import Result, Task, read_task
from intendance.catalogue import Catalogue, load_catalogue
from intendance.terms import IntendanceError

_ANSWER: Final = 10.0
"""Seconds that the scheduler may take to answer, and the first worker to be there."""
_ALONE: Final = 60.0
"""Seconds without any worker after which the work is given up."""
_LOOK: Final = 2.0


class Kit(msgspec.Struct, frozen=True):
    """What decides how a report is read; ``files`` are catalogue files of the user's own."""

    program: str
    reader: str
    catalogue: str
    files: tuple[tuple[str, bytes], ...] = ()

    def told(self) -> str:
        """The versions in words."""
        return f"intendance {self.program}, reader {self.reader}, catalogue {self.catalogue[:12]}"


class Cluster:
    """A cluster of at least one worker that reads as this process does."""

    def __init__(self, client: Any, executor: Executor, kit: Kit, address: str) -> None:
        self.threads = max(1, sum(client.nthreads().values()))
        self._client = client
        self._executor = executor
        self._kit = kit
        self._address = address

    def submit(self, task: Task) -> Future[list[Result]]:
        """Hands a task to the cluster."""
        with _quiet():
            return self._executor.submit(read_on_worker, self._kit, task)

    def wait(self, future: Future[list[Result]]) -> list[Result]:
        """The results of a task; raises IntendanceError ``cluster.*`` where there will be none."""
        alone: float | None = None
        while True:
            try:
                return future.result(timeout=_LOOK)
            except IntendanceError:
                raise
            except (TimeoutError, CancelledError) as error:
                if isinstance(error, CancelledError):
                    raise self._failed("one that lost the work or went away") from None
            except Exception as fault:  # noqa: BLE001  # whatever Dask makes of a lost worker
                what = f"'{type(fault).__name__}: {str(fault)[:200]}'"
                raise self._failed(what) from None
            now = time.monotonic()
            alone = None if self._workers() else alone or now
            if alone is not None and now - alone > _ALONE:
                raise self._failed(f"no worker for {_ALONE:g} seconds")

    def _workers(self) -> int:
        try:
            return len(self._client.scheduler_info(n_workers=-1)["workers"])
        except (OSError, RuntimeError, KeyError):
            return 0

    def _failed(self, got: str) -> IntendanceError:
        return IntendanceError(
            "cluster.failed", expected="a cluster that does the work", got=got, where=self._address
        )


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """A client of the scheduler with that address, which has at least one worker.

    Raises IntendanceError ``cluster.unreachable`` or ``cluster.extra-missing``.
    """
    try:
        import distributed
    except ImportError:
        raise IntendanceError(
            "cluster.extra-missing", expected="the package distributed", got="none", where=address
        ) from None
    connect: Callable[..., Any] = distributed.Client
    with ExitStack() as stack:
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        with _quiet():
            try:
                client = stack.enter_context(
                    connect(address, timeout=_ANSWER, set_as_default=False)
                )
                client.wait_for_workers(1, timeout=_ANSWER)
            except (OSError, ValueError, TypeError, RuntimeError) as error:
                raise _unreachable(address, error) from None
        yield client


@contextmanager
def cluster(address: str, catalogue: Catalogue) -> Iterator[Cluster]:
    """The cluster whose scheduler has that address, its workers looked at.

    Raises IntendanceError ``cluster.unreachable``, ``cluster.mismatch`` or
    ``cluster.extra-missing``.
    """
    kit = kit_of(catalogue)
    with ExitStack() as stack:
        client = stack.enter_context(connected(address))
        with _quiet():
            _compare(client, kit)
            executor = client.get_executor(pure=False)
            # What is not done by then is not wanted: waiting for it could last for ever.
            stack.callback(executor.shutdown, wait=False)
        yield Cluster(client, executor, kit, address)


def kit_of(catalogue: Catalogue) -> Kit:
    """What this process reads with."""
    files = tuple((path.name, path.read_bytes()) for path in catalogue.paths)
    return Kit(program_version(), VERSION, catalogue.hash, files)


def program_version() -> str:
    """The version of the program as it is installed."""
    try:
        return version("intendance")
    except PackageNotFoundError:
        return "not installed"


def read_on_worker(kit: Kit, task: Task) -> list[Result]:
    """Reads a task in a worker, one at a time in a process; refuses where it would read otherwise.

    Workers may join the cluster while work is under way, so each task brings what it needs.
    """
    with _one_at_a_time:
        return read_task(_reader_for(kit), task)


def check_worker(kit: Kit) -> str | None:
    """Why this worker can't be used, if it can't."""
    try:
        _reader_for(kit)
    except IntendanceError as error:
        return error.got
    return None


_one_at_a_time = threading.Lock()


@lru_cache(maxsize=2)
def _reader_for(kit: Kit) -> Reader:
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, (name, content) in enumerate(kit.files):
            path = Path(folder) / f"{number}-{name}"
            path.write_bytes(content)
            paths.append(path)
        catalogue = load_catalogue(paths)
    own = Kit(program_version(), VERSION, catalogue.hash)
    if msgspec.structs.replace(kit, files=()) != own:
        raise _mismatch(kit, own.told(), "a worker")
    return Reader(catalogue)


def _compare(client: Any, kit: Kit) -> None:
    """Ask every worker whether it would read as this process does."""
    answers = client.run(check_worker, kit, on_error="return")
    for worker, answer in sorted(answers.items()):
        if answer is None:
            continue
        got = answer if isinstance(answer, str) else f"'{type(answer).__name__}: {answer}'"[:200]
        raise _mismatch(kit, got, worker)


def _mismatch(kit: Kit, got: str, where: str) -> IntendanceError:
    return IntendanceError("cluster.mismatch", expected=kit.told(), got=got, where=where)


def _unreachable(address: str, error: Exception) -> IntendanceError:
    reason = " ".join(str(error).split())[:200] or type(error).__name__
    return IntendanceError(
        "cluster.unreachable",
        expected=f"a scheduler with a worker that answers within {_ANSWER:g} seconds",
        got=f"'{reason}'",
        where=address,
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Dask's own warnings (of large messages, of its versions) say nothing to our users."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
