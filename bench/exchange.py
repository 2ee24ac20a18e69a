"""Imports of the aid tracker: `python bench/exchange.py [--copies 100] [--store 10] [--write]`.

The snapshot of 2022-11 and so many copies of it, a tenth and three times as many, perturbed
(`_perturbed`): to statements in memory
in one process on one core, and, apart, into SQLite in one transaction, folding included. Memory is
that of the whole command. Beside it stands what Python's `csv` alone takes to read the same file
then. On the real snapshots: rows, packages, commitments, what was matched between two of them by
content, and what was not understood. The snapshots lie outside the repository.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

from _export import lines as lines_of_exports
from _measure import machine, run
from _perturbed import write_perturbed
from _results import replace_section

from intendance.catalogue import Catalogue, load_catalogue
from intendance.exchange import compare_editions, read_kiel, read_sipri
from intendance.ledger import Ledger
from intendance.terms import Statement

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("INTENDANCE_SHARED", HERE.parents[1] / "shared"))
KIEL = SHARED / "data" / "kiel"
SNAPSHOTS = ("ust_2022-11.csv", "ust_2023-01.csv", "ust_2024-06_part.csv")
REGISTER = SHARED / "data" / "sipri" / "trade_register_ukraine.csv"
SEED = 5


def in_memory(path: Path) -> dict[str, Any]:
    """One file to statements in this process; processor seconds."""
    catalogue = load_catalogue()
    catalogue.known("no name of it")  # names are put in order once a process
    start = time.process_time()
    with path.open(encoding="utf-8", newline="") as stream:
        plain = sum(1 for _ in csv.reader(stream)) - 1
    reading = time.process_time() - start
    start = time.process_time()
    made = read_kiel(path, catalogue)
    statements = sum(len(each.statements) for each in made)
    taken = time.process_time() - start
    return {
        "rows": plain, "statements": statements, "rejected": len(made.rejected),
        "csv": reading, "seconds": taken,
    }  # fmt: skip


def into_sqlite(path: Path) -> dict[str, Any]:
    """One file into a new ledger in one transaction; wall-clock seconds."""
    with _fresh(load_catalogue()) as ledger:
        start = time.monotonic()
        made = read_kiel(path, ledger.catalogue)
        added = ledger.bring(made, lambda: made.rejected)
        seconds = time.monotonic() - start
    return {
        "rows": made.counts.rows, "statements": added.statements,
        "commitments": added.commitments, "seconds": seconds,
    }  # fmt: skip


@contextmanager
def _fresh(catalogue: Catalogue) -> Iterator[Ledger]:
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.open(Path(folder) / "ledger.db", catalogue=catalogue) as ledger,
    ):
        yield ledger


def _measured(name: str, path: Path) -> tuple[dict[str, Any], float]:
    used = run([__file__, "--one", name, path])
    return json.loads(used.output), used.peak


def _real(catalogue: Catalogue) -> list[str]:
    lines = [
        "| snapshot | rows | packages | statements | commitments | conflicts | set aside |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    said: dict[str, list[Statement]] = {}
    for name in (*SNAPSHOTS, REGISTER.name):
        path = REGISTER if name == REGISTER.name else KIEL / name
        with _fresh(catalogue) as ledger:
            made = (read_sipri if path == REGISTER else read_kiel)(path, catalogue)
            readings = list(made)
            said[name] = [each for reading in readings for each in reading.statements]
            added = ledger.add(readings)
        counts = made.counts
        share = len(made.rejected) / counts.rows
        lines.append(
            f"| {name} | {counts.rows:,} | {counts.packages:,} | {counts.statements:,} "
            f"| {added.commitments:,} | {added.conflicts:,} | {len(made.rejected)} ({share:.1%}) |"
        )
    lines += [
        "",
        "| from | to | matched | changed | only in the first | of donors in both | new |",
        "|---|---|--:|--:|--:|--:|--:|",
    ]
    for old, new in pairwise(SNAPSHOTS):
        found = compare_editions(said[old], said[new])
        donors = {each.actors for each in said[new]}
        of_row = {
            each.source_row.split(":")[0]: each.actors for each in said[old] if each.source_row
        }
        both = sum(of_row[row] in donors for row in found.only_old)
        lines.append(
            f"| {old} | {new} | {found.matched:,} | {found.changed:,} | {len(found.only_old):,} "
            f"| {both:,} | {len(found.only_new):,} |"
        )
    return lines


def _speed(copies: int, stored: int, folder: Path) -> list[str]:
    lines = [
        "| copies | rows | statements | rows/s, one core | `csv` alone, s | all, s | peak, MiB |",
        "|--:|--:|--:|--:|--:|--:|--:|",
    ]
    source = KIEL / SNAPSHOTS[0]
    for count in (max(1, copies // 10), copies, 3 * copies):
        path = folder / f"{count}.csv"
        write_perturbed(source, path, count, SEED)
        got, peak = _measured("memory", path)
        lines.append(
            f"| {count} | {got['rows']:,} | {got['statements']:,} "
            f"| **{got['rows'] / got['seconds']:,.0f}** | {got['csv']:.2f} | {got['seconds']:.2f} "
            f"| {peak:,.0f} |"
        )
    path = folder / "stored.csv"
    write_perturbed(source, path, stored, SEED)
    got, peak = _measured("store", path)
    lines += [
        "",
        _stored(got, peak),
        "",
    ]
    return lines


def _stored(got: dict[str, Any], peak: float) -> str:
    return (
        f"Into SQLite, one transaction, folded: {got['rows']:,} rows as {got['statements']:,} "
        f"statements and {got['commitments']:,} commitments in {got['seconds']:.1f} s "
        f"({got['rows'] / got['seconds']:,.0f} rows/s), peak memory {peak:,.0f} MiB."
    )


def main() -> None:
    """Measure and print, or one measurement in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, default=100)
    parser.add_argument("--store", type=int, default=10)
    parser.add_argument("--write", action="store_true")
    parser.add_argument(
        "--export", metavar="DB", type=Path,
        help="exports instead, of this ledger (bench/_web_ledger.py makes one) and the real data",
    )  # fmt: skip
    parser.add_argument("--one", nargs=2, metavar=("WHAT", "FILE"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        what, path = given.one
        found = in_memory(Path(path)) if what == "memory" else into_sqlite(Path(path))
        json.dump(found, sys.stdout)
        return
    if not KIEL.is_dir():
        sys.exit(
            f"no snapshots in {KIEL.name}: set INTENDANCE_SHARED to the folder that holds data/"
        )
    load = os.getloadavg()[0]
    if given.export:
        told = lines_of_exports(1, given.export, SHARED, load)
        print("\n".join(told))
        if given.write:
            replace_section(HERE / "RESULTS.md", "exchange-export", told)
        return
    with tempfile.TemporaryDirectory() as folder:
        lines = [
            "## Imports of the aid tracker and the trade register",
            "",
            f"`python bench/exchange.py`, seed {SEED}. {machine()}; load {load:.1f} when it began.",
            "Rows a second are by processor time of one process; target 20,000.",
            "",
            *_speed(given.copies, given.store, Path(folder)),
            *_real(load_catalogue()),
        ]
    print("\n".join(lines))
    if given.write:
        replace_section(HERE / "RESULTS.md", "exchange-import", lines)


if __name__ == "__main__":
    main()
