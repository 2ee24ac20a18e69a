"""How quickly pages come: an open loop of visitors and writers, then as many pages as there can be.

    python bench/web.py --db LEDGER           a ledger made by bench/_web_ledger.py
    python bench/web.py --size 100000         makes one first
    python bench/web.py --quick               small and short: does it run?

The open loop sends 20 pages a second from 50 sessions, and 2 writes a second, whether or not the
last have been answered; the time of a page counts from when it was due, so that waiting in line is
in it. The client runs beside the server on the same cores.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from _measure import machine
from _results import replace_section
from _servers import Server, datasette, ours, peer
from _visits import Session, Visit, peer_visits, visits

_HERE = Path(__file__).parent
_SESSIONS = 50
_PAGES = 20.0
_WRITES = 2.0


class Timed(msgspec.Struct):
    """One page: its kind, seconds from when it was due to its last byte, its status."""

    kind: str
    seconds: float
    status: int


async def open_loop(server: Server, plan: Sequence[Visit], seconds: float) -> list[Timed]:
    """Pages and writes as they fall due, from as many sessions as there are."""
    sessions = [Session(server.host, server.port) for _ in range(_SESSIONS)]
    begin = time.monotonic() + 0.2
    waiting = [
        asyncio.create_task(_at(sessions[number % _SESSIONS], begin + number / _PAGES, visit))
        for number, visit in zip(range(int(seconds * _PAGES)), plan, strict=False)
    ]
    writer = Session(server.host, server.port)
    writes = asyncio.create_task(_write(writer, begin, seconds))
    found = [await each for each in waiting] + await writes
    for each in (*sessions, writer):
        await each.close()
    return found


async def _at(session: Session, due: float, visit: Visit) -> Timed:
    await asyncio.sleep(max(0.0, due - time.monotonic()))
    status, _ = await session.get(visit.path)
    return Timed(visit.kind, time.monotonic() - due, status)


async def _write(session: Session, begin: float, seconds: float) -> list[Timed]:
    _, body = await session.get("/api/v1/statements?limit=200")
    ids = [each["id"] for each in msgspec.json.decode(body)["records"]]
    found = []
    for number in range(int(seconds * _WRITES)):
        due = begin + number / _WRITES
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        asked = {"kind": "grade", "ids": [ids[number % len(ids)]], "value": "B2", "why": "a bench"}
        status, _ = await session.post("/api/v1/decisions", asked)
        found.append(Timed("write", time.monotonic() - due, status))
    return found


async def closed_loop(server: Server, plan: Sequence[Visit], seconds: float) -> float:
    """Pages a second where each of eight sessions asks again as soon as it is answered."""
    end, rest, done = time.monotonic() + seconds, iter(plan), 0

    async def ask() -> None:
        nonlocal done
        session = Session(server.host, server.port)
        while time.monotonic() < end and (visit := next(rest, None)) is not None:
            await session.get(visit.path)
            done += 1
        await session.close()

    began = time.monotonic()
    await asyncio.gather(*(ask() for _ in range(8)))
    return done / (time.monotonic() - began)


async def one_by_one(server: Server, plan: Sequence[Visit]) -> list[Timed]:
    session = Session(server.host, server.port)
    found = []
    for visit in plan:
        began = time.monotonic()
        status, _ = await session.get(visit.path)
        found.append(Timed(visit.kind, time.monotonic() - began, status))
    await session.close()
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and with ``--write`` put the figures into RESULTS.md."""
    options = _options(arguments)
    with tempfile.TemporaryDirectory(prefix="web-bench-", dir=options.work) as folder:
        database = options.db or _made(Path(folder) / "bench.db", options.size, options.seed)
        lines = _measured(database, options)
    print("\n".join(lines[-12:]))
    if options.write:
        replace_section(_HERE / "RESULTS.md", "web", lines)
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--db", help="a ledger that is written to")
    parser.add_argument("--size", type=int, default=0, help="commitments of the ledger made")
    parser.add_argument("--seconds", type=float, default=0.0, help="of the open loop [60]")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", help="a folder with room for the database")
    parser.add_argument("--write", action="store_true", help="write RESULTS.md")
    options = parser.parse_args(arguments)
    options.size = options.size or (500 if options.quick else 1_000_000)
    options.seconds = options.seconds or (3.0 if options.quick else 60.0)
    return options


def _made(path: Path, size: int, seed: int) -> str:
    command = [sys.executable, str(_HERE / "_web_ledger.py"), str(path), str(size), str(seed)]
    subprocess.run(command, check=True)
    return str(path)


def _measured(database: str, options: argparse.Namespace) -> list[str]:
    cold, again = _demo_starts()
    chance = random.Random(options.seed)
    server = ours(database)
    try:
        began = time.monotonic()
        asyncio.run(one_by_one(server, [Visit("warm", "/ledger")]))
        warm = time.monotonic() - began
        plan = asyncio.run(visits(server.host, server.port, chance, 4000))
        asyncio.run(one_by_one(server, plan[:100]))
        counts = asyncio.run(_counts(server))
        used = server.processor_seconds()
        timed = asyncio.run(open_loop(server, plan[100:], options.seconds))
        used = (server.processor_seconds() - used) / len(timed)
        rate = asyncio.run(closed_loop(server, plan[2000:], options.seconds / 3))
        past = [Visit("past date", f"/ledger?as_of=202{chance.randint(3, 5)}-06-30&donor={donor}")
                for donor in ("USA", "DEU", "FRA", "POL")] * 3  # fmt: skip
        timed += asyncio.run(one_by_one(server, past))
        peak = server.peak_mebibytes()
    finally:
        server.stop()
    lines = _lines(counts, timed, options)
    lines += [
        "",
        (
            f"Closed loop of 8 sessions: {rate:.0f} pages/s; {used * 1000:.0f} ms of processor a"
            f" page in the open loop. Most memory: {peak:.0f} MiB."
        ),
        (
            f"First page of a cold server: {warm:.1f} s. Start on the demo: {cold:.1f} s where its"
            f" reports were never read before, {again:.1f} s after that."
        ),
        "",
    ]
    print("\n".join(lines), flush=True)
    return lines + _peer(database, options, rate)


def _peer(database: str, options: argparse.Namespace, rate: float) -> list[str]:
    """Datasette's pages on the same file, one after another and from eight sessions."""
    command = datasette()
    if command is None:
        return ["Datasette is not installed here: no peer.", ""]
    chance = random.Random(options.seed)
    name = Path(database).stem
    server = peer(command, database)
    try:
        plan = asyncio.run(peer_visits(server.host, server.port, name, chance, 400))
        timed = asyncio.run(one_by_one(server, plan[:30]))
        its = asyncio.run(closed_loop(server, plan[30:], options.seconds / 3))
        peak = server.peak_mebibytes()
    finally:
        server.stop()
    return [
        f"Datasette {server.version}, facets by recipient, item and live:",
        "",
        *_table(timed),
        "",
        (
            f"Closed loop of 8 sessions: {its:.1f} pages/s; ours to its: {rate / its:.1f}."
            f" Most memory: {peak:.0f} MiB."
        ),
        "",
    ]


def _demo_starts() -> tuple[float, float]:
    """Seconds to the first answer on the demo: with nothing kept, and the least of three after."""
    with tempfile.TemporaryDirectory(prefix="web-bench-") as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        found = []
        for _ in range(4):
            demo = ours(None)
            demo.stop()
            found.append(demo.start)
    return found[0], min(found[1:])


async def _counts(server: Server) -> dict[str, Any]:
    session = Session(server.host, server.port)
    _, body = await session.get("/api/v1/counts")
    await session.close()
    found: dict[str, Any] = msgspec.json.decode(body)
    return found


def _lines(counts: dict[str, Any], timed: list[Timed], options: argparse.Namespace) -> list[str]:
    held = f"{counts['commitments']:,} commitments, {counts['statements']:,} statements"
    sent = f"{_PAGES:.0f} pages/s from {_SESSIONS} sessions and {_WRITES:.0f} writes/s"
    return [
        "## Web: pages from a large ledger",
        "",
        (
            f"`python bench/web.py`, {held}, {machine()},"
            f" load average {os.getloadavg()[0]:.1f} at the end{_niceness()}."
        ),
        (
            f"Open loop of {sent} for {options.seconds:.0f} s, warm, client on the same cores; past"
            " dates one after another, each with a donor."
        ),
        "",
        *_table(timed),
    ]


def _niceness() -> str:
    """Says so where the processes were not of the usual priority."""
    level = os.nice(0)
    return f", priority raised (nice {level}) over what else ran" if level < 0 else ""


def _table(timed: list[Timed]) -> list[str]:
    lines = [
        "| page | asked | p50 ms | p95 ms | p99 ms | failed |",
        "| --- | --: | --: | --: | --: | --: |",
    ]
    pages = [each for each in timed if each.kind not in ("write", "past date")]
    for kind in ("all pages", *sorted({each.kind for each in timed})):
        held = pages if kind == "all pages" else [each for each in timed if each.kind == kind]
        cells = " | ".join(f"{_part(held, share) * 1000:.0f}" for share in (0.5, 0.95, 0.99))
        failed = sum(each.status >= 400 for each in held)
        lines.append(f"| {kind} | {len(held)} | {cells} | {failed} |")
    return lines


def _part(timed: list[Timed], share: float) -> float:
    """The seconds that this share of pages keeps below."""
    seconds = sorted(each.seconds for each in timed)
    return seconds[min(len(seconds) - 1, int(share * len(seconds)))]


if __name__ == "__main__":
    raise SystemExit(main())
