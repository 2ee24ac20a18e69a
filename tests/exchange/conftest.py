"""Small invented tables in the shape of those that others keep."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from intendance.catalogue import Catalogue, load_catalogue

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
