"""Small invented tables of others, and a ledger with everything that an export must carry."""

from __future__ import annotations

import csv
import importlib.util
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

import intendance
from intendance.api import Books
from intendance.catalogue import Catalogue, load_catalogue
from intendance.terms import Link, Reading, TimeSpan, between, exactly, money

SHARED = Path(os.environ.get("INTENDANCE_SHARED", Path(__file__).resolve().parents[3] / "shared"))

KIEL = (
    "ID", "Countries", "Announcement Date", "Type of Aid General", "Type of Aid Specific",
    "Explanation", "Original Currency", "Monetary Value as Given by Source", "Items",
    "Type of Item", "Sub-type of item", "No. of Units",
    "No. of Units Delivered (in-kind military aid)", "Unit Price in USD", "Total ",
    "Source of Aid 1", "Source for Delivery", "value_source_commitments", "retrieved",
)  # fmt: skip
PLAIN = {
    "ID": "LUM1",
    "Countries": "Luxembourg",
    "Announcement Date": "2022-05-02 00:00:00",
    "Type of Aid General": "Military",
    "Type of Aid Specific": "Weapons and equipment",
    "Explanation": "An invented row.",
    "Original Currency": "EUR",
    "Source of Aid 1": "https://example.org/news/1",
    "value_source_commitments": "Value is given by the source",
    "retrieved": "02/01/2023, 10:00:00",
}

Rows = Iterable[Mapping[str, str]]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture
def kiel_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes a table of the tracker: each row is what differs from a plain one."""

    def write(
        rows: Rows,
        name: str = "snapshot.csv",
        *,
        header: Iterable[str] = KIEL,
        delimiter: str = ",",
        encoding: str = "utf-8",
    ) -> Path:
        path = tmp_path / name
        heads = list(header)
        with path.open("w", encoding=encoding, newline="") as stream:
            writer = csv.writer(stream, delimiter=delimiter)
            writer.writerow(heads)
            for row in rows:
                cells = {**dict.fromkeys(heads, "."), **PLAIN, **row}
                writer.writerow([cells.get(head, ".") for head in heads])
        return path

    return write


@pytest.fixture(scope="session")
def kiel_folder() -> Path:
    """The real snapshots, which are no part of the repository."""
    folder = SHARED / "data" / "kiel"
    if not folder.is_dir():
        pytest.skip(f"the snapshots of the tracker are not in {folder.parent.name}/kiel")
    return folder


BUILD = Path(__file__).parents[1] / "ledger" / "build.py"


@pytest.fixture(scope="session")
def build() -> ModuleType:
    """The functions that make readings."""
    spec = importlib.util.spec_from_file_location("exchange_tests_build", BUILD)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def euros(amount: str) -> object:
    return money(exactly(Decimal(amount)), "EUR")


def contracts(build: ModuleType) -> list[Reading]:
    """A framework of 900 million for howitzers and two firm orders in it, one order outside."""
    frame = build.reading_of(
        [
            (
                "France signed a framework for up to 900 million euros of Caesar howitzers.",
                {
                    "act": "frame", "certainty": "done", "actors": ("FRA",), "item": "caesar",
                    "recipients": ("UKR",), "suppliers": ("knds",), "money": euros("900000000"),
                    "time": TimeSpan("2024-02-01", "2024-02-01", "on 1 February"),
                },
            )
        ],
        "2024-02-02", title="A framework", terms="CC BY 4.0",
    )  # fmt: skip
    anchor = frame.statements[0].id
    orders = [
        build.reading_of(
            [
                (
                    f"Under the framework {count} Caesar were ordered for {amount} euros.",
                    {
                        "act": "order", "certainty": "done", "actors": ("FRA",), "item": "caesar",
                        "recipients": ("UKR",), "suppliers": ("knds",), "quantity": exactly(count),
                        "money": euros(amount), "basis": "increment",
                        "links": (Link("part_of", anchor),),
                    },
                )
            ],
            day,
        )
        for count, amount, day in ((6, "30000000", "2024-03-05"), (12, "66000000.50", "2024-09-09"))
    ]  # fmt: skip
    alone = build.reading_of(
        [
            (
                "Germany ordered between 10 and 12 Patriot systems.",
                {
                    "act": "order", "certainty": "done", "actors": ("DEU",), "item": "patriot",
                    "recipients": ("UKR",), "quantity": between(10, 12),
                },
            )
        ],
        "2024-05",
    )  # fmt: skip
    return [frame, *orders, alone]


def readings(build: ModuleType) -> list[Reading]:
    """Contracts, a conflict, copies, a joint donation, odd texts and one without a date."""
    filler = "The ministry's spokesman described at length how the parts are packed and sent. "
    filler += " ".join(f"Crate {number} holds part {number * 7}." for number in range(40)) + " "
    first = build.one("Poland promised 4 Leopard 2A6.", build.promise("POL", 4, "leopard-2a6"))
    odd = build.reading_of(
        [
            (
                '=HYPERLINK("x"), "Sweden", promised; 5\n"tanks"',
                build.promise("SWE", 5, "leopard-2"),
            ),
            ("-2 plus\ttab", build.promise("SWE", 2, "caesar")),
        ],
        "2023-04-04", title="@SUM(1)", publisher="+Courier",
    )  # fmt: skip
    joint = build.one(
        "Denmark and the Netherlands jointly promised 14 Leopard 2A4.",
        build.promise("DNK", 14, "leopard-2a4", joint=True) | {"actors": ("DNK", "NLD")},
        "2023-04-20",
    )
    copies = [
        build.reading_of(
            [("Poland has delivered 1 Leopard 2A6.", build.deliver("POL", 1, "leopard-2a6"))],
            day, filler=filler + extra, publisher=publisher,
        )
        for day, extra, publisher in (
            ("2023-05-02", "", "Agency"),
            ("2023-05-03", "More soon. ", "Daily Example"),
        )
    ]  # fmt: skip
    against = build.one(
        "Poland has delivered 3 Leopard 2A6.",
        build.deliver("POL", 3, "leopard-2a6"),
        "2023-05-02",
        publisher="Third Example",
    )
    silent = build.reading_of([("Nothing is said here about arms.", {})], "2023-01-01")
    return [*contracts(build), first, odd, joint, *copies, against, silent]


@pytest.fixture
def books(tmp_path: Path, build: ModuleType) -> Iterator[Books]:
    """The ledger, with decisions: one undone, a correction, a date."""
    with intendance.open_ledger(tmp_path / "books.db") as ledger:
        told = readings(build)
        ledger.add(told)
        # the same text elsewhere, and another version of the reader
        again = msgspec.structs.replace(
            told[0], report=msgspec.structs.replace(told[0].report, address="https://example.net/2")
        )
        ledger.add([again, build.again(told[5], reader="reader-2")])
        swedish = told[5].statements
        ledger.decide(
            "correct",
            [swedish[1].id],
            '{"quantity": {"low": 3, "high": 3, "state": "stated"}}',
            by="A",
            why="=typo",
        )
        undone = ledger.decide("retract", [swedish[0].id], by="B", why="it was withdrawn")
        ledger.undo(undone.id, "B", "it was not")
        ledger.decide(
            "correct", [told[4].report.id], '{"published": "2023-03"}', by="A", why="seen"
        )
        yield ledger
