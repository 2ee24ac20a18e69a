"""Perturbed copies of a snapshot of the aid tracker: other days, numbers, amounts, identifiers."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Sequence
from pathlib import Path

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d) ")
_PACKAGE = re.compile(r"\b([A-Z]{2,4}[HMF])(\d+)\b")
_NUMBERS = ("No. of Units", "No. of Units delivered (in-kind military aid)")
_AMOUNTS = ("Monetary Value as Given by Source", "Total ", "Unit Price in USD")


def write_perturbed(source: Path, target: Path, copies: int, seed: int) -> int:
    """Writes all rows of ``source`` ``copies`` times, the first as they are; gives how many.

    Each copy has packages of its own, days moved by up to 90, numbers and amounts multiplied by
    0.5 to 2 and words of its own in each explanation. Fractions stay, so that their wholes do.
    """
    draw = random.Random(seed)
    with source.open(encoding="utf-8", newline="") as lines:
        header, *rows = list(csv.reader(lines))
    places = {name: at for at, name in enumerate(header)}
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows(rows)
        for copy in range(1, copies):
            writer.writerows(_perturbed(row, places, copy, draw) for row in rows)
    return len(rows) * copies


def _perturbed(
    row: Sequence[str], places: dict[str, int], copy: int, draw: random.Random
) -> list[str]:
    cells = list(row)
    cells[places["ID"]] += f"{copy:03}"
    at = places["Explanation"]
    cells[at] = _PACKAGE.sub(rf"\g<0>{copy:03}", cells[at]) + f" Copy {copy}."
    at = places["Announcement Date"]
    cells[at] = _DAY.sub(lambda m: f"{m[1]}-{m[2]}-{draw.randint(1, 28):02} ", cells[at])
    for name in _NUMBERS:
        at = places[name]
        if cells[at].isdecimal() and cells[at] != "0":
            cells[at] = str(max(1, round(int(cells[at]) * draw.uniform(0.5, 2))))
    for name in _AMOUNTS:
        at = places[name]
        if cells[at].isdecimal() and cells[at] != "0":
            cells[at] = str(round(int(cells[at]) * draw.uniform(0.5, 2)))
    return cells
