"""The machine, and what a process and its children take of its memory (Linux: /proc)."""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

_MIB = 1 << 20


class Used(msgspec.Struct, frozen=True):
    """What a command took: wall and processor seconds, peak memory of it and all below (MiB).

    ``peak`` counts every page of every process, also the database's own pages, which each process
    maps; ``own`` leaves file pages out (they are the system's cache). ``busiest``: processor
    seconds of the one process that took most, as last seen. ``course``: ``own`` in each tenth of
    the time, at its highest.
    """

    seconds: float
    processor: float
    peak: float
    own: float
    output: str
    busiest: float = 0.0
    course: tuple[float, ...] = ()


def machine() -> str:
    """Cores, memory, processor, system, Python: what figures are to be read with."""
    return (
        f"{len(os.sched_getaffinity(0))} cores, {_total_memory() / (1 << 30):.0f} GiB memory, "
        f"{_processor()}, {platform.system()} {platform.release().split('-')[0]}, "
        f"Python {platform.python_version()}"
    )


def _processor() -> str:
    fields = dict(
        line.split("\t: ", 1)
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if "\t: " in line
    )
    name = " ".join(fields.get("model name\t", fields.get("model name", "?")).split())
    return f"{name} (family {fields.get('cpu family', '?')}, model {_model()})"


def _model() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.split(":")[0].strip() == "model":
            return line.split(":")[1].strip()
    return "?"


def _total_memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def run(command: Sequence[str | Path], *, extra: dict[str, str] | None = None) -> Used:
    """Run a Python command to its end and watch it; its standard output comes back whole.

    Raises RuntimeError with what it printed where it fails.
    """
    start, before = time.monotonic(), _children()
    process = subprocess.Popen(
        [sys.executable, *map(str, command)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | (extra or {}),
    )
    watch = _Watch(process.pid)
    watch.start()
    output, _ = process.communicate()
    seconds = time.monotonic() - start
    watch.end.set()
    watch.join()
    if process.returncode:
        raise RuntimeError(f"{command}: exit status {process.returncode}\n{output}")
    # a process whose parent never waits for it (a fork server's) is in no account but the watch's
    processor = max(_children() - before, watch.processor())
    return Used(
        seconds, processor, watch.peak / _MIB, watch.own / _MIB, output, watch.busiest(),
        watch.course(),
    )  # fmt: skip


def _children() -> float:
    """Processor seconds of all processes started and ended so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _Watch(threading.Thread):
    """Adds up the memory of a process tree ten times a second."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process = process
        self.peak = self.own = 0
        self._used: dict[int, float] = {}
        self._seen: list[int] = []
        self.end = threading.Event()

    def run(self) -> None:
        """Until ``end`` is set."""
        while not self.end.wait(0.1):
            resident = own = 0
            for process in _tree(self.process):
                all_pages, files = _memory(process)
                resident += all_pages
                own += all_pages - files
                self._used[process] = max(_ticks(process), self._used.get(process, 0))
            self.peak, self.own = max(self.peak, resident), max(self.own, own)
            self._seen.append(own)

    def course(self) -> tuple[float, ...]:
        """The highest of each tenth of what was seen (MiB)."""
        count = len(self._seen)
        tenths = [self._seen[at * count // 10 : (at + 1) * count // 10] for at in range(10)]
        return tuple(max(part) / _MIB for part in tenths if part)

    def processor(self) -> float:
        """Processor seconds of all processes, as last seen of each."""
        return sum(self._used.values())

    def busiest(self) -> float:
        """Processor seconds of the process that took most, all its threads together."""
        return max(self._used.values(), default=0.0)


def _ticks(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _tree(process: int) -> list[int]:
    found, waiting = [], [process]
    while waiting:
        each = waiting.pop()
        found.append(each)
        try:
            for task in Path(f"/proc/{each}/task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


def _memory(process: int) -> tuple[int, int]:
    """Resident bytes, and how many of them are pages of files or shared."""
    try:
        pages = Path(f"/proc/{process}/statm").read_text().split()
    except OSError:
        return 0, 0
    size = os.sysconf("SC_PAGE_SIZE")
    return int(pages[1]) * size, int(pages[2]) * size
