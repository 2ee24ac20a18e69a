"""How a web archive is read: seconds, peak memory, and what a second process brings.

    python bench/warc.py                       # 20,000 records, one process and two
    python bench/warc.py --records 1000000 --jobs 1

The archive is generated: pages of some 300 words made of a fixed vocabulary, one in twenty of
which tells of a delivery. `walk` takes the records out of the archive and does nothing with them;
`read` is the whole command, from an empty ledger to the last fold.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from _measure import Used, machine, run

PLACES = ("valley", "harbour", "market", "station", "library", "bridge", "forest", "island")
DEEDS = ("opened", "closed", "moved", "painted", "visited", "repaired", "crossed", "described")
THINGS = ("windows", "benches", "lanterns", "orchards", "ferries", "clocks", "gardens", "roofs")
TIMES = ("yesterday", "again", "slowly", "together", "quietly", "early", "late", "twice")
DONORS = ("France", "Germany", "Poland", "Sweden", "Norway", "Denmark", "Italy", "Spain")
ITEMS = ("Caesar howitzers", "Leopard 2A4 tanks", "IRIS-T SLM systems", "M109 howitzers")
WALK = """
import sys
from intendance.reading._input import Piece, Source, pieces_of
print(sum(isinstance(p, Piece) for p in pieces_of(Source(sys.argv[1], sys.argv[1]))))
"""


def page(number: int, chance: random.Random) -> bytes:
    """One page; one in twenty tells of a delivery."""
    pick = chance.choice
    sentences = [
        f"In the {pick(PLACES)} they {pick(DEEDS)} the {pick(THINGS)} {pick(TIMES)}, and the "
        f"{pick(THINGS)} of the {pick(PLACES)} were {pick(DEEDS)} {pick(TIMES)}."
        for _ in range(16)
    ]
    if number % 20 == 0:
        donor, item = pick(DONORS), pick(ITEMS)
        sentences[4] = f"{donor} has delivered {chance.randrange(2, 90)} {item} to Ukraine."
    body = "".join(f"<p>{' '.join(sentences[at : at + 4])}</p>" for at in range(0, 16, 4))
    day = f"2023-{1 + number % 12:02}-{1 + number % 28:02}"
    return (
        f"<!doctype html><html lang=en><head><title>Page {number}</title>"
        f"<meta property='article:published_time' content='{day}'></head><body><nav><ul><li>"
        f"<a href=/>Home</a></li></ul></nav><article><h1>Page {number}</h1>{body}</article>"
        "<footer><p>Imprint</p></footer></body></html>"
    ).encode()


def record(number: int, body: bytes) -> bytes:
    """The page as a record of its own."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    return (
        b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Date: 2024-01-01T00:00:00Z\r\n"
        b"WARC-Record-ID: <urn:uuid:%032d>\r\nWARC-Target-URI: https://example.org/%d\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
        % (number, number, len(http))
    ) + http + b"\r\n\r\n"  # fmt: skip


def write(path: Path, records: int) -> None:
    """The archive, each record a gzip member."""
    chance = random.Random(1)
    with path.open("wb") as file:
        for number in range(records):
            file.write(gzip.compress(record(number, page(number, chance)), 1, mtime=0))


def measured(archive: Path, records: int, jobs: list[int]) -> Iterator[str]:
    """The lines of the table."""
    size = archive.stat().st_size / 1e6
    yield f"{records:,} records, {size:,.0f} MB packed. {machine()}"
    yield ""
    yield (
        "| what | seconds | processor seconds | records a second | peak memory, MiB | statements "
        "| ledger |"
    )
    yield "|---|--:|--:|--:|--:|--:|---|"
    courses: list[str] = []
    used = run(["-c", WALK, archive])
    assert int(used.output) == records
    yield row("walk", used, records, "", "")
    for each in jobs:
        with tempfile.TemporaryDirectory(dir=archive.parent) as folder:
            ledger = Path(folder) / "made.db"
            command = ["-m", "intendance.cli"]
            options = ["--db", ledger, "--jobs", str(each), "--json"]
            used = run([*command, "read", archive, *options])
            counts = json.loads(used.output.splitlines()[-1])
            assert counts["read"] + counts["copies"] == records
            shown = json.loads(run([*command, "verify", "--db", ledger, "--json"]).output)
            courses.append(", ".join(f"{memory:,.0f}" for memory in used.course))
            yield row(
                f"read, {each} process{'es' if each > 1 else ''}", used, records,
                f"{counts['statements']:,}", f"`{shown['digest'][:16]}`",
            )  # fmt: skip
    yield ""
    for each, course in zip(jobs, courses, strict=True):
        yield f"Memory (MiB) in each tenth of the time, {each} reading: {course}."


def row(what: str, used: Used, records: int, statements: str, digest: str) -> str:
    """One line of the table."""
    return (
        f"| {what} | {used.seconds:,.1f} | {used.processor:,.1f} "
        f"| {records / used.seconds:,.0f} | {used.own:,.0f} | {statements} | {digest} |"
    )


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--records", type=int, default=20_000)
    options.add_argument("--jobs", type=int, nargs="*", default=[1, 2])
    options.add_argument("--archive", type=Path, help="where it is kept, and taken if it is there")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        archive = given.archive or Path(folder) / "generated.warc.gz"
        if not archive.exists():
            write(archive, given.records)
        for line in measured(archive, given.records, given.jobs):
            print(line, flush=True)


if __name__ == "__main__":
    main()
