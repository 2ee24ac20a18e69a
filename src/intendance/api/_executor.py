"""Something that runs work elsewhere: processes of this machine, or a Dask cluster."""

from __future__ import annotations

import logging
import multiprocessing
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager

from intendance.api._cluster import connected, program_version
from intendance.terms import IntendanceError


@contextmanager
def executor(jobs: int, scheduler: str | None = None) -> Iterator[Executor | None]:
    """An executor on the cluster of that scheduler, else of ``jobs`` processes; None for one job.

    What has not begun when the block is left is given up. Raises ``cluster.unreachable``,
    ``cluster.mismatch`` (a worker with another version of the program) or
    ``cluster.extra-missing``.
    """
    if scheduler is not None:
        with connected(scheduler) as client:
            own = program_version()
            for worker, other in sorted(client.run(program_version, on_error="return").items()):
                if other != own:
                    raise IntendanceError(
                        "cluster.mismatch",
                        expected=f"intendance {own}",
                        got=f"'{other}'"[:200],
                        where=worker,
                    )
            logging.getLogger("distributed").setLevel(logging.CRITICAL)
            there: Executor = client.get_executor(pure=False)
            try:
                yield there
            finally:
                there.shutdown(wait=False)
    elif jobs == 1:
        yield None
    else:
        # Spawned, not forked: the solver's threads would not survive a fork.
        pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))
        try:
            yield pool
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
