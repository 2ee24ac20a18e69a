"""A nation's demand: read, checked row by row, kept; an earlier one is set aside."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Final

from intendance.planning._demand.folder import (
    BOOK,
    EARLIER,
    SUBMISSIONS,
    member,
    read_round,
    still_open,
    submission,
)
from intendance.planning._demand.rows import TIERS, Demand, Receipt, Round
from intendance.planning._inputs.problems import Problem, at
from intendance.tables import nearest, read_table, write_csv
from intendance.terms import IntendanceError

LARGEST: Final = Decimal(10) ** 12
"""No quantity may be larger, as in a scenario."""
LOWEST_PRIORITY: Final = 99


def submit_demand(folder: Path, nation: str, file: Path) -> Receipt:
    """Keeps the demand in ``file`` (CSV, XLSX or Parquet) as that of ``nation``.

    What the nation had submitted before is moved to ``submissions/earlier``. Raises
    ``demand.folder``, ``demand.settings``, ``demand.nation``, ``demand.closed``,
    ``demand.value`` for the first row that is wrong, or one of the codes of ``read_table``; then
    nothing has changed.
    """
    found = read_round(folder)
    member(found, nation)
    still_open(folder)
    rows = tuple(read_table(file, Demand))
    for problem in demand_problems(found, rows, str(file)):
        raise problem.error()
    content = write_csv(rows, Demand)
    path = submission(folder, nation)
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    new.write_text(content, encoding="utf-8")
    earlier = _set_aside(folder, path)
    new.replace(path)
    _kept_before_closing(folder, nation, content)
    return Receipt(nation, len(rows), digest(content), str(path), str(earlier or ""))


def demand_problems(found: Round, rows: tuple[Demand, ...], where: str) -> Iterator[Problem]:
    """What is wrong with a nation's rows; ``where`` names their file."""
    seen: dict[tuple[str, int], int] = {}
    for index, row in enumerate(rows):
        if (row.item, row.year) in seen:
            got = f"{row.item} {row.year} as in row {at(seen[row.item, row.year])}"
            yield _problem(where, index, "item, year", "each item once a year", got)
        seen.setdefault((row.item, row.year), index)
        for field, right, expected, got in _cells(found, row):
            if not right:
                named = field in ("item", "variants")
                near = nearest(got, found.items) if named else None
                yield _problem(where, index, field, expected, repr(got) if named else got, near)


def _cells(found: Round, row: Demand) -> Iterator[tuple[str, bool, str, str]]:
    known = row.item in found.items if found.items else bool(row.item.strip())
    expected = "one of " + ", ".join(found.items) if found.items else "an item"
    yield "item", known, expected, row.item
    last = found.first_year + found.years - 1
    right = found.first_year <= row.year <= last
    yield "year", right, f"a year from {found.first_year} to {last}", str(row.year)
    for tier in TIERS:
        quantity = getattr(row, tier)
        yield tier, 0 <= quantity <= LARGEST, f"a number from 0 to {LARGEST:.0e}", f"{quantity:f}"
        right = not found.whole or quantity == quantity.to_integral_value()
        yield tier, right, "a whole number", f"{quantity:f}"
    right = 1 <= row.priority <= LOWEST_PRIORITY
    yield "priority", right, f"1 to {LOWEST_PRIORITY}", str(row.priority)
    for variant in row.variants:
        right = bool(variant.strip()) and variant != row.item
        yield "variants", right, "items other than the one asked for", variant
        if found.items:
            yield "variants", variant in found.items, expected, variant


def _problem(
    where: str, index: int, field: str, expected: str, got: str, remedy: str | None = None
) -> Problem:
    return Problem("demand.value", where, at(index), field, expected, got, remedy)


def read_submission(folder: Path, nation: str) -> tuple[Demand, ...] | None:
    """What a nation has submitted, None where it has not."""
    path = submission(folder, nation)
    return tuple(read_table(path, Demand)) if path.exists() else None


def digest(content: str) -> str:
    """A hash of what a nation submitted."""
    return hashlib.sha256(content.encode()).hexdigest()


def _set_aside(folder: Path, path: Path) -> Path | None:
    """Copies what a nation had submitted to a name that is free: the first is NATION-1.csv."""
    if not path.exists():
        return None
    number = 1
    while True:
        earlier = folder / SUBMISSIONS / EARLIER / f"{path.stem}-{number}.csv"
        try:
            with earlier.open("xb") as file:
                file.write(path.read_bytes())
        except FileExistsError:
            number += 1
        else:
            return earlier


def _kept_before_closing(folder: Path, nation: str, content: str) -> None:
    """Closing may have come between: what is not in the book was not submitted."""
    frozen = folder / BOOK / SUBMISSIONS / f"{nation}.csv"
    if (folder / BOOK).exists() and (
        not frozen.exists() or frozen.read_text(encoding="utf-8") != content
    ):
        raise IntendanceError(
            "demand.closed",
            expected="a round that is open",
            got="one that was closed meanwhile",
            where=str(folder),
        )
