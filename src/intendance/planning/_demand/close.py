"""Closing a round: its book is computed whole, then put in place at once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from intendance.planning._demand.book import (
    Submissions,
    asked_rows,
    rules_of,
    setup_shares,
    shared_out,
    warnings_of,
)
from intendance.planning._demand.folder import BOOK, SETTINGS, SUBMISSIONS, read_round, still_open
from intendance.planning._demand.requests import requests_of
from intendance.planning._demand.rows import (
    AllottedRow,
    AskedRow,
    Book,
    Demand,
    Output,
    PooledRow,
    Round,
    SetupRow,
)
from intendance.planning._demand.submit import LARGEST, demand_problems, digest, read_submission
from intendance.planning._inputs.problems import Problem, at
from intendance.planning._inputs.save import toml_text
from intendance.planning._rows import Request
from intendance.tables import nearest, read_table, write_csv
from intendance.terms import IntendanceError

SUMMARY: Final = "book.json"
OUTPUT: Final = "output.csv"
_TABLES: Final[dict[str, type[msgspec.Struct]]] = {
    "asked": AskedRow,
    "demand": PooledRow,
    "shares": AllottedRow,
    "setup": SetupRow,
}


class _Summary(msgspec.Struct, frozen=True):
    """``book.json``: the book without its tables."""

    name: str
    closed: str
    rules: tuple[str, ...]
    submissions: dict[str, str]
    silent: tuple[str, ...]
    warnings: tuple[str, ...]


def close_round(folder: Path, output: Path | None = None, now: datetime | None = None) -> Book:
    """Freezes the round and writes its book to ``folder/book``: all of it or nothing.

    ``output`` is a table of what industry is to deliver by item and year, with what setting up
    costs. ``now`` is the time that the book states. Raises ``demand.folder``,
    ``demand.settings``, ``demand.closed``, ``demand.empty`` where nobody submitted anything,
    ``demand.value``, or one of the codes of ``read_table``. Files that can't be written raise
    OSError.
    """
    found = read_round(folder)
    still_open(folder)
    submissions = _submissions(found, folder)
    if not any(submissions.values()):
        raise IntendanceError(
            "demand.empty", expected="a row of at least one nation", got="none", where=str(folder)
        )
    outputs = () if output is None else tuple(read_table(output, Output))
    for problem in _output_problems(found, outputs, str(output)):
        raise problem.error()
    stamp = (now or datetime.now(UTC)).astimezone(UTC)
    book = _book(found, submissions, outputs, stamp.isoformat(timespec="seconds"))
    new = folder / f".{BOOK}.new"
    if new.exists():
        shutil.rmtree(new)
    (new / SUBMISSIONS).mkdir(parents=True)
    for name, content in _files(found, submissions, outputs, book):
        (new / name).write_text(content, encoding="utf-8")
    try:
        new.rename(folder / BOOK)
    except OSError:
        shutil.rmtree(new)
        still_open(folder)  # somebody else may have closed it meanwhile
        raise
    return book


def read_book(folder: Path) -> Book:
    """The book of the closed round in ``folder``, computed anew from the frozen files.

    Raises ``demand.folder`` where the round is open or the book can't be read, and
    ``demand.changed`` where any file of it is no longer what closing wrote.
    """
    place = folder / BOOK
    try:
        summary = msgspec.json.decode((place / SUMMARY).read_bytes(), type=_Summary)
    except (OSError, msgspec.DecodeError) as fault:
        raise IntendanceError(
            "demand.folder", expected="a closed round, with its book", got=str(fault),
            where=str(folder),
        ) from None  # fmt: skip
    found = read_round(place)
    submissions = {
        nation: tuple(read_table(place / SUBMISSIONS / f"{nation}.csv", Demand))
        for nation in summary.submissions
    }
    outputs = tuple(read_table(place / OUTPUT, Output))
    book = _book(found, submissions, outputs, summary.closed)
    for name, content in _files(found, submissions, outputs, book):
        if (place / name).read_text(encoding="utf-8") != content:
            raise IntendanceError(
                "demand.changed",
                expected="what the round was closed with",
                got="something else",
                where=str(place / name),
            )
    return book


def _submissions(found: Round, folder: Path) -> Submissions:
    read = {nation: read_submission(folder, nation) for nation in found.nations}
    submissions = {nation: rows for nation, rows in read.items() if rows is not None}
    for nation, rows in submissions.items():
        # They were checked when submitted, but files can be changed by hand.
        for problem in demand_problems(found, rows, f"{SUBMISSIONS}/{nation}.csv"):
            raise problem.error()
    return submissions


def _book(found: Round, submissions: Submissions, outputs: tuple[Output, ...], closed: str) -> Book:
    asked = asked_rows(submissions)
    demand, shares = shared_out(found, asked, outputs)
    return Book(
        name=found.name,
        closed=closed,
        rules=rules_of(found),
        submissions={
            nation: digest(write_csv(rows, Demand)) for nation, rows in submissions.items()
        },
        silent=tuple(nation for nation in found.nations if nation not in submissions),
        warnings=tuple(warnings_of(set(submissions), asked, outputs)),
        asked=asked,
        demand=demand,
        shares=shares,
        setup=setup_shares(asked, shares, outputs),
    )


def _files(
    found: Round, submissions: Submissions, outputs: tuple[Output, ...], book: Book
) -> Iterator[tuple[str, str]]:
    """Every file of the book with its content."""
    yield SETTINGS, toml_text(found)
    for nation, rows in submissions.items():
        yield f"{SUBMISSIONS}/{nation}.csv", write_csv(rows, Demand)
    yield OUTPUT, write_csv(outputs, Output)
    for name, kind in _TABLES.items():
        yield f"{name}.csv", write_csv(getattr(book, name), kind)
    yield "requests.csv", write_csv(requests_of(found, book.asked), Request)
    fields = {field: getattr(book, field) for field in _Summary.__struct_fields__}
    summary = msgspec.json.format(msgspec.json.encode(_Summary(**fields)), indent=1)
    yield SUMMARY, summary.decode() + "\n"


def _output_problems(found: Round, outputs: tuple[Output, ...], where: str) -> Iterator[Problem]:
    seen: dict[tuple[str, int], int] = {}
    last = found.first_year + found.years - 1
    for index, row in enumerate(outputs):
        key = (row.item, row.year)
        twice = f"{row.item} {row.year} as in row {at(seen.get(key, 0))}"
        whole = not found.whole or row.quantity == row.quantity.to_integral_value()
        amount = f"a number from 0 to {LARGEST:.0e}"
        known = row.item in (found.items or (row.item,)) and row.item != ""
        in_years = found.first_year <= row.year <= last
        checks = (
            ("item, year", key not in seen, "each item once a year", twice),
            ("item", known, "an item of the round", repr(row.item)),
            ("year", in_years, f"a year from {found.first_year} to {last}", str(row.year)),
            ("quantity", 0 <= row.quantity <= LARGEST, amount, f"{row.quantity:f}"),
            ("quantity", whole, "a whole number", f"{row.quantity:f}"),
            ("setup_cost", 0 <= row.setup_cost <= LARGEST, amount, f"{row.setup_cost:f}"),
            ("setup_cost", row.setup_cost == round(row.setup_cost, 2), "an amount to the cent",
             f"{row.setup_cost:f}"),
        )  # fmt: skip
        seen.setdefault(key, index)
        for field, right, expected, got in checks:
            if not right:
                near = nearest(row.item, found.items) if field == "item" else None
                yield Problem("demand.value", where, at(index), field, expected, got, near)
