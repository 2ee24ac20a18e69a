"""Exports: a million commitments to Parquet, and the real data out and back as a data package.

    python bench/_export.py parquet DB
    python bench/_export.py back FOLDER

Each prints one line of JSON. `parquet` writes the table of commitments of the ledger DB with the
command as a user calls it (in a process of its own) and reads the file's number of rows from its
footer; beside it stands what fetching the stored lines alone takes then. `back` reads the reports
and data sets of FOLDER into a ledger, exports it as a data package and every other format, takes
the package into an empty ledger and compares digests; and it reconciles the fact sheet of
2022-03-16 with the first snapshot.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any, Final

import msgspec
from _measure import machine, run

RUNS: Final = 3
DONORS: Final = ("USA", "DEU", "GBR", "POL", "CAN")
RATE: Final = 1.05
"""Dollars for a euro: the tracker's own, which it uses for all of the snapshot."""

SHEET_DAY: Final = "2022-03-16"


def parquet(db: Path) -> dict[str, Any]:
    """The table of commitments of a ledger as Parquet."""
    from pyarrow.parquet import ParquetFile

    start, used = time.monotonic(), time.process_time()
    with sqlite3.connect(f"file:{db}?mode=ro", uri=True) as connection:
        size = sum(len(body) for (body,) in connection.execute("select body from commitment"))
    alone = {"wall": time.monotonic() - start, "processor": time.process_time() - used}
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        command = ["-m", "intendance.cli", "export", "parquet", "--table", "commitments"]
        took = [run([*command, "--force", "--db", db, "--out", out]) for _ in range(RUNS)]
        written = out / "commitments.parquet"
        rows = ParquetFile(written).metadata.num_rows
        megabytes = written.stat().st_size / 1e6
    return {
        "rows": rows, "seconds": sorted(each.seconds for each in took),
        "processor": min(each.processor for each in took), "peak": max(each.peak for each in took),
        "megabytes": megabytes, "lines": size / 1e6, "alone": alone,
    }  # fmt: skip


def back(shared: Path) -> dict[str, Any]:
    """The real reports and data sets: into a ledger, out in every format, back from the package."""
    from intendance.api import open_ledger
    from intendance.exchange import FORMATS, export, import_package, read_kiel, read_sipri

    data = shared / "data"
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        with open_ledger(root / "one.db") as ledger:
            ledger.read([data / "reports"])
            for path in sorted((data / "kiel").glob("*.csv")):
                ledger.add(read_kiel(path, ledger.catalogue))
            for path in sorted((data / "sipri").glob("*.csv")):
                ledger.add(read_sipri(path, ledger.catalogue))
            formats = {}
            for form in FORMATS:
                start = time.monotonic()
                done = export(ledger, form, root / form)
                formats[form] = {
                    "seconds": time.monotonic() - start, "counts": done.counts,
                    "megabytes": _size(root / form) / 1e6,
                }  # fmt: skip
            sheets = reconciled(ledger)
            counts, digest = ledger.counts(), ledger.digest()
        with open_ledger(root / "two.db") as other:
            start = time.monotonic()
            came = import_package(other, root / "package")
            seconds = time.monotonic() - start
            same = came.same is True and other.digest() == digest == other.verify().digest
    return {
        **counts, "formats": formats, "same": same, "seconds": seconds, "reconciled": sheets,
        "values": valued(shared),
    }  # fmt: skip


def reconciled(ledger: Any) -> dict[str, Any]:
    """The fact sheet and the first snapshot's rows of its day, with and without its second list."""
    from intendance.exchange import reconcile

    (sheet,) = [each.id for each in ledger.reports() if each.published.start == SHEET_DAY]
    found = reconcile(ledger, sheet, "ust_2022-11").matches
    day = [e for e in found if e.b is not None and e.b.time.start == SHEET_DAY and e.b.item]
    before = [e for e in found if e.a is not None and e.a.past]
    return {
        "rows": dict(Counter(each.verdict for each in day)),
        "lost": sorted(each for e in day for each in e.lost),
        "before": dict(Counter(each.verdict for each in before)),
    }


def valued(shared: Path) -> list[dict[str, Any]]:
    """Totals of a snapshot by donor, beside the sums of the tracker's own columns (millions)."""
    import csv

    from intendance.api import open_ledger
    from intendance.exchange import read_kiel, value

    path = shared / "data" / "kiel" / "ust_2023-01.csv"
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "one.db") as ledger:
        ledger.add(read_kiel(path, ledger.catalogue))
        found = value(ledger, by=("donor",), reported=True, currency="USD").totals
        mine = {(each.donors, each.stage): each for each in found}
        code = ledger.catalogue.known
        theirs: Counter[tuple[str, str]] = Counter()
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                donor = code(row["Countries"]) or row["Countries"]
                first = row["Total_value_dummy (1 is first row in the package)"] in ("1", "1.0")
                if first:
                    theirs[(donor, "promised")] += _number(row["Converted Value in EUR"])
                theirs[(donor, "delivered")] += _number(
                    row["Value Delivered (own estimate, in USD)"]
                )
    return [
        {
            "donor": donor,
            "stated": _millions([mine.get(((donor,), "promised"))], ("stated",)),
            "promised": _millions(
                [mine.get(((donor,), stage)) for stage in ("promised", "allocated")],
                ("stated", "priced", "general"),
            ),
            "their_promised": theirs[(donor, "promised")] * RATE / 1e6,
            "delivered": _millions([mine.get(((donor,), "delivered"))], ("priced", "general")),
            "their_delivered": theirs[(donor, "delivered")] / 1e6,
        }
        for donor in DONORS
    ]


def _millions(totals: list[Any], parts: tuple[str, ...]) -> list[float]:
    """The ends of a sum over parts of totals."""
    known = [total for total in totals if total is not None]
    amounts = [
        getattr(total, part) if part in ("stated", "priced") else total.apart.get(part)
        for total in known
        for part in parts
    ]
    found = [each for each in amounts if each is not None]
    return [sum(float(end(each) or 0) for each in found) / 1e6 for end in (_low, _high)]


def _low(amount: Any) -> Any:
    return amount.low


def _high(amount: Any) -> Any:
    return amount.high


def _number(cell: str) -> float:
    try:
        return float(cell.replace(",", ""))
    except ValueError:
        return 0.0


def _size(path: Path) -> int:
    parts = path.rglob("*") if path.is_dir() else [path]
    return sum(each.stat().st_size for each in parts if each.is_file())


def lines(seed: int, db: Path | None, shared: Path, load: float) -> list[str]:
    """The section of RESULTS.md."""
    found = msgspec.json.decode(run([__file__, "back", shared]).output)
    told = [
        "## Exports",
        "",
        f"`python bench/exchange.py --export DB`. {machine()}; load {load:.1f} when it began.",
        "",
    ]
    if db is not None:
        got = msgspec.json.decode(run([__file__, "parquet", db]).output)
        told += [_parquet(got, seed), ""]
    told += [
        _held(found),
        "",
        "| format | seconds | MB | rows or objects |",
        "|---|--:|--:|---|",
    ]
    for name, each in found["formats"].items():
        counts = ", ".join(f"{what} {count:,}" for what, count in each["counts"].items())
        told.append(f"| {name} | {each['seconds']:.1f} | {each['megabytes']:.1f} | {counts} |")
    same = "the same digest" if found["same"] else "ANOTHER DIGEST"
    told += [
        "",
        f"The package into an empty ledger: {same}, {found['seconds']:.1f} s.",
        "",
        _sheet(found["reconciled"]),
        "",
        *_values(found["values"]),
    ]
    return told


def _values(found: list[dict[str, Any]]) -> list[str]:
    about = (
        "`intendance value --reported` on the snapshot of 2023-01, millions of dollars, beside the "
        "sums of the tracker's own columns, which convert all at one rate. *All*: promised or "
        "allocated, stated and priced, with what is of a class alone."
    )
    rows = [
        f"| {each['donor']} | {_between(each['stated'])} | {_between(each['promised'])} "
        f"| {each['their_promised']:,.0f} | {_between(each['delivered'])} "
        f"| {each['their_delivered']:,.0f} |"
        for each in found
    ]
    return [
        about,
        "",
        "| donor | promised, stated | all | the tracker | delivered, priced | the tracker |",
        "|---|--:|--:|--:|--:|--:|",
        *rows,
    ]


def _between(ends: list[float]) -> str:
    return " to ".join(dict.fromkeys(f"{end:,.0f}" for end in ends))


def _parquet(got: dict[str, Any], seed: int) -> str:
    best, *others = got["seconds"]
    also = " and ".join(f"{each:.1f}" for each in others)
    return (
        f"{got['rows']:,} commitments of one ledger (`bench/_web_ledger.py DB 1000000 {seed}`, "
        f"{got['lines']:,.0f} MB of lines) to Parquet, whole command: **{best:.1f} s**, {also} s "
        f"in the other runs (target of 10 s {'met' if got['seconds'][-1] <= 10 else 'missed'}), "
        f"{got['processor']:.1f} s of processor time, {got['peak']:,.0f} MiB at most, "
        f"{got['megabytes']:.0f} MB written. Fetching the lines alone with `sqlite3` took "
        f"{got['alone']['wall']:.1f} s then ({got['alone']['processor']:.1f} s of processor time)."
    )


def _held(found: dict[str, Any]) -> str:
    return (
        f"The four reports, the three snapshots and the register: {found['reports']} reports, "
        f"{found['statements']:,} statements, {found['commitments']:,} commitments."
    )


def _sheet(found: dict[str, Any]) -> str:
    return (
        f"The fact sheet of {SHEET_DAY} and the snapshot's rows of that day: "
        f"{_said(found['rows'])} (lost: {', '.join(found['lost']) or 'nothing'}); the sheet's list "
        f"of what was sent before: {_said(found['before'])}."
    )


def _said(counts: dict[str, int]) -> str:
    return ", ".join(f"{verdict} {count}" for verdict, count in sorted(counts.items()))


if __name__ == "__main__":
    work = parquet if sys.argv[1] == "parquet" else back
    print(msgspec.json.encode(work(Path(sys.argv[2]))).decode())
