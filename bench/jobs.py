"""Two processes against one: `python bench/jobs.py [--files 3000] [--repeat 3] [--write]`.

`intendance read FOLDER --jobs N` on generated files (`_texts.mixed`, one in five dense, each with
a number of its own), the whole command with its start, its ledger and its folding, one process and
two by turns. Two ask for two workers and the process that writes. Beside each pair stands what the
machine had to give at that moment: how much more a bare loop gets done in two processes than in
one. On a machine that others use, too, the command cannot do better than that loop.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

from _measure import machine, run
from _results import replace_section
from _texts import mixed

HERE = Path(__file__).resolve().parent
LOOP = "for _ in range(60_000_000): pass"


class Pair(NamedTuple):
    """Wall-clock seconds with one process and with two, processor seconds, the bare loop's gain."""

    one: float
    two: float
    processor_one: float
    processor_two: float
    busiest: float
    ceiling: float
    load: float

    @property
    def possible(self) -> float:
        """The gain on two idle cores, by processor time: no less than half of all, or of one."""
        return self.processor_one / max(self.busiest, self.processor_two / 2)


def write_files(folder: Path, count: int, seed: int) -> int:
    """The files, a thousand to a folder; their bytes."""
    total = 0
    for number, (_, text) in enumerate(mixed(count, seed, share=5)):
        place = folder / f"{number // 1000:03}"
        place.mkdir(parents=True, exist_ok=True)
        day = f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"
        data = f"date {day}\n\n{text}\n\nDépêche numéro {number}.\n".encode()
        (place / f"{number:06}.txt").write_bytes(data)
        total += len(data)
    return total


def ceiling() -> float:
    """How much more two processes get done than one, with nothing in common but the machine."""

    def seconds(count: int) -> float:
        start = time.monotonic()
        running = [subprocess.Popen([sys.executable, "-c", LOOP]) for _ in range(count)]
        for each in running:
            each.wait()
        return time.monotonic() - start

    return 2 * seconds(1) / seconds(2)


def measure(folder: Path, scratch: Path, repeat: int) -> Iterator[Pair]:
    """One process and two, by turns, each with a new ledger."""
    for number in range(repeat):
        load, before = os.getloadavg()[0], ceiling()
        used = {}
        for jobs in (1, 2) if number % 2 else (2, 1):
            database = scratch / f"{number}-{jobs}.db"
            command = ["-m", "intendance.cli", "read", folder, "--db", database, "--json"]
            cache = {"XDG_CACHE_HOME": str(scratch / f"cache-{number}-{jobs}")}
            used[jobs] = run([*command, "--jobs", str(jobs)], extra=cache)
        one, two = used[1], used[2]
        yield Pair(
            one.seconds, two.seconds, one.processor, two.processor, two.busiest,
            (before + ceiling()) / 2, load,
        )  # fmt: skip


def section(chosen: argparse.Namespace) -> Iterator[str]:
    """The lines of the section."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "files"
        size = write_files(folder, chosen.files, chosen.seed)
        pairs = list(measure(folder, Path(scratch), chosen.repeat))
    yield "## Reading: two processes against one"
    yield ""
    yield (
        f"`python bench/jobs.py --files {chosen.files} --repeat {chosen.repeat}`: "
        f"`intendance read` on {chosen.files:,} files ({size / 1e6:.1f} MB). {machine()}."
    )
    yield ""
    yield (
        "| 1 process, s | 2 processes, s | gain | bare loop's gain | processor s, 1 | 2 "
        "| of these the busiest process | gain by processor time | load |"
    )
    yield "|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
    for each in pairs:
        yield (
            f"| {each.one:.1f} | {each.two:.1f} | {each.one / each.two:.2f} | {each.ceiling:.2f} "
            f"| {each.processor_one:.1f} | {each.processor_two:.1f} | {each.busiest:.1f} "
            f"| {each.possible:.2f} | {each.load:.1f} |"
        )
    gain = median(each.one / each.two for each in pairs)
    loop = median(each.ceiling for each in pairs)
    possible = median(each.possible for each in pairs)
    met = "met" if gain >= 1.8 else "missed"
    yield ""
    yield f"Median gain {gain:.2f} (target 1.8 {met}); the bare loop's is {loop:.2f}. By"
    yield f"processor time two idle cores would give {possible:.2f} at most."


def main() -> int:
    """Print the section; with ``--write`` put it into RESULTS.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--files", type=int, default=3000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="write bench/RESULTS.md")
    chosen = parser.parse_args()
    lines = list(section(chosen))
    print("\n".join(lines))
    if chosen.write:
        replace_section(HERE / "RESULTS.md", "jobs", ["", *lines, ""])
    return 0


if __name__ == "__main__":
    sys.exit(main())
