"""Starting the process that reads a file, and taking what it tells."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import msgspec

import intendance
from intendance.exchange._apart.asked import (
    AsMapping,
    AsStatements,
    AsTable,
    Done,
    Failed,
    Job,
    Told,
)
from intendance.exchange._apart.child import readings_in
from intendance.terms import IntendanceError, Reading

_CHILD: Final = "from intendance.exchange._apart.child import main; main()"
_READINGS: Final = "readings"


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """What reading one file may take: seconds, bytes of memory, rows."""

    seconds: float = 120.0
    memory: int = 3 << 30
    rows: int = 50_000


class Apart(msgspec.Struct, frozen=True):
    """A file that was read: what was told of it, and where its readings lie."""

    told: Done
    path: Path

    def readings(self) -> Iterator[Reading]:
        """The readings, as often as asked; none of a table that is kept as it is."""
        return readings_in(self.path) if self.path.exists() else iter(())


def read_apart(
    asked: AsStatements | AsTable | AsMapping,
    folder: Path,
    bounds: Bounds = Bounds(),  # noqa: B008  # a frozen struct
    progress: Callable[[int], None] | None = None,
) -> Apart:
    """Reads a table file in a process of its own; its readings are kept in ``folder``.

    ``progress`` is told how many rows are read. Raises what ``read_kiel``, ``read_sipri``,
    ``read_any`` or ``read_supply`` raise for the file; ``table.too-large`` where it takes more rows
    or memory than ``bounds`` allow, ``input.slow`` where it takes more time. Then nothing is left
    in ``folder``.
    """
    out = folder / _READINGS
    job = Job(asked=asked, readings=str(out), rows=bounds.rows, memory=bounds.memory)
    try:
        return Apart(_run(job, bounds, progress), out)
    except BaseException:
        out.unlink(missing_ok=True)
        raise


def _run(job: Job, bounds: Bounds, progress: Callable[[int], None] | None) -> Done:
    name = Path(job.asked.file).name
    # -P: nothing that lies in the folder the server was started in is taken for a module.
    command = [sys.executable, "-P", "-c", _CHILD]
    with subprocess.Popen(  # noqa: S603  # this very program, with nothing of the file's
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_environment()
    ) as child:
        assert child.stdin is not None and child.stdout is not None  # noqa: S101, PT018
        late = threading.Event()

        def stop() -> None:
            late.set()
            child.kill()

        timer = threading.Timer(bounds.seconds, stop)
        timer.start()
        try:
            child.stdin.write(msgspec.json.encode(job))
            child.stdin.close()
            for line in child.stdout:
                told = msgspec.json.decode(line, type=Told)
                if isinstance(told, Done):
                    return told
                if isinstance(told, Failed):
                    raise _error(told, Path(job.asked.file).parent)
                if progress is not None:
                    progress(told.rows)
        except (BrokenPipeError, msgspec.DecodeError):
            # It ended in mid-word; below is said why.
            pass
        finally:
            timer.cancel()
            child.kill()
    if late.is_set():
        raise IntendanceError(
            "input.slow", expected=f"a file that is read within {bounds.seconds:.0f} seconds",
            got="one that takes longer", where=name,
        )  # fmt: skip
    if child.returncode > 0:
        raise RuntimeError(f"a process that read a file ended with {child.returncode}")
    # It was ended by the system, as one that takes too much is.
    raise IntendanceError(
        "table.too-large", expected=f"a file that {bounds.memory:,} bytes of memory hold",
        got="more", where=name,
    )  # fmt: skip


def _error(told: Failed, folder: Path) -> IntendanceError:
    """The error, with the file called by its name: where it was put is nobody's business."""
    held = told.error

    def named(words: str) -> str:
        return words.replace(f"{folder}{os.sep}", "")

    return IntendanceError(
        held.code, expected=named(held.expected), got=named(held.got), where=named(held.where),
        remedy=held.remedy,
    )  # fmt: skip


def _environment() -> dict[str, str]:
    """That of this process, with the program found where this one found it."""
    home = str(Path(intendance.__file__).parents[1])
    paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
