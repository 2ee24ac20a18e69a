"""Reading an unchanged folder again: the command itself, on generated reports."""

from __future__ import annotations

import json
import os
import random
from datetime import date
from pathlib import Path
from typing import Final

import msgspec
from _generate import filler
from _measure import Used, run
from _world import World

from intendance.catalogue import load_catalogue

_COMMAND: Final = ("-m", "intendance.cli", "read")


class Reread(msgspec.Struct, frozen=True):
    """The first reading, the second, and the second with ``--trust-stat``; bytes of all reports."""

    reports: int
    size: int
    first: Used
    second: Used
    trusting: Used


def reread(folder: Path, count: int, jobs: int, seed: int = 1) -> Reread:
    """Write ``count`` reports, read them, read them again; raises where that isn't what happens."""
    size = write_reports(folder / "reports", count, seed)
    database = folder / "reread.db"
    command = [*_COMMAND, str(folder / "reports"), "--db", str(database), "--json"]
    cache = {"XDG_CACHE_HOME": str(folder / "cache")}
    first = run([*command, "--jobs", str(jobs)], extra=cache)
    second = run(command, extra=cache)
    _check(second, count)
    run([*command, "--trust-stat"], extra=cache)
    trusting = run([*command, "--trust-stat"], extra=cache)
    _check(trusting, count)
    return Reread(count, size, first, second, trusting)


def write_reports(folder: Path, count: int, seed: int) -> int:
    """Small text files, a thousand to a folder, half of them with something for the ledger.

    Gives their bytes. Donors and items are as uneven as in the generated world.
    """
    chance = random.Random(f"files {seed}")
    catalogue = load_catalogue()
    world = World(catalogue, seed, 2000)
    total = 0
    for number in range(count):
        place = folder / f"{number // 1000:03}"
        place.mkdir(parents=True, exist_ok=True)
        day = date.fromordinal(date(2022, 3, 1).toordinal() + chance.randrange(1200))
        parts = [f"date {day.isoformat()}\n\n", filler(chance), " "]
        if number % 2:
            deal = chance.choice(world.deals)
            donor = catalogue.label((deal.donors or ("DEU",))[0])
            item = catalogue.label(deal.kind)
            parts.append(f"{donor} will deliver {chance.randint(2, 90)} {item} to Ukraine. ")
        parts += [filler(chance), "\n"]
        data = "".join(parts).encode()
        (place / f"{number:06}.txt").write_bytes(data)
        total += len(data)
    # A file younger than two seconds may still change unseen: --trust-stat rightly opens it.
    before = os.stat(folder).st_mtime - 3600
    for path in folder.rglob("*.txt"):
        os.utime(path, (before, before))
    return total


def _check(used: Used, count: int) -> None:
    told = json.loads(used.output.strip().splitlines()[-1])
    if told["read"] or told["unchanged"] != count:
        raise RuntimeError(f"{count} unchanged reports expected, got {used.output}")
