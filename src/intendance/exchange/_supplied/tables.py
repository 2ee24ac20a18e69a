"""What users fill in a spreadsheet, read with a schema: file, row and field in every error."""

from __future__ import annotations

from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Literal

import msgspec

from intendance.catalogue import Catalogue
from intendance.exchange._data import table
from intendance.exchange._raw.watched import Watched
from intendance.ledger import Ledger, Supplied
from intendance.tables import read_table, write_new
from intendance.terms import IntendanceError


class PriceRow(msgspec.Struct, frozen=True, kw_only=True):
    """The price of an item (to ``high`` where it is a span), of a ``unit`` that is no single one.

    ``kind`` is ``book`` (what it is worth in the donor's books) or ``replacement`` (a new one).
    """

    item: str
    price: Decimal
    currency: str
    date: str
    kind: Literal["book", "replacement"]
    source: str
    high: Decimal | None = None
    unit: str = ""


class ExchangeRateRow(msgspec.Struct, frozen=True, kw_only=True):
    """So many of a currency for one euro, in a year, a month or on a day."""

    date: str
    currency: str
    per_euro: Decimal
    source: str


SUPPLIED: Final[dict[str, type[msgspec.Struct] | tuple[str, str]]] = {
    "price": PriceRow,
    "exchange-rate": ExchangeRateRow,
    "line": ("intendance.planning", "Line"),
    "budget": ("intendance.planning", "Budget"),
    "inventory": ("intendance.forces", "InventoryRow"),
    "requirement": ("intendance.forces", "RequirementRow"),
    "fleets": ("intendance.sustainment", "FleetRow"),
    "parts": ("intendance.sustainment", "PartRow"),
    "rates": ("intendance.sustainment", "RateRow"),
    "shops": ("intendance.sustainment", "ShopRow"),
    "spares": ("intendance.sustainment", "SpareRow"),
    "batches": ("intendance.sustainment", "BatchRow"),
}
"""The kinds of tables and the type of their rows; of another room, its name there."""

_NOT_KEPT: Final[dict[str, tuple[str, str]]] = {"demand": ("intendance.planning", "Demand")}
"""Kinds that are read as the others are, but kept elsewhere than in the ledger."""

TEMPLATES: Final = ("price", "exchange-rate", "line", "budget")
"""The kinds that this room writes a template of; the others are written by their own rooms."""


def read_supply(
    ledger: Ledger,
    kind: str,
    path: Path,
    *,
    name: str | None = None,
    owner: str | None = None,
    marking: str | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
) -> Supplied:
    """Reads a filled table and keeps it in the ledger; a newer one of that name supersedes it.

    ``name`` is the file's without its suffix where none is given. Raises IntendanceError
    ``table.*``, ``input.*``, ``import.changed``, ``catalogue.unknown`` for an item that the
    catalogue lacks.
    """
    plain, digest = read_rows(ledger.catalogue, kind, path, encoding=encoding, sheet=sheet)
    return ledger.supply(
        kind,
        name or path.stem,
        plain,
        file=path.name,
        file_hash=digest,
        owner=owner,
        marking=marking,
    )


def read_rows(
    catalogue: Catalogue,
    kind: str,
    path: Path,
    *,
    encoding: str | None = None,
    sheet: str | None = None,
) -> tuple[list[dict[str, Any]], str]:
    """The checked rows of a filled table as plain objects, and the file's digest.

    Raises as ``read_supply``.
    """
    watched = Watched(path)
    rows = read_table(path, row_type(kind), encoding=encoding, sheet=sheet)
    watched.check()
    plain: list[dict[str, Any]] = [msgspec.to_builtins(row) for row in rows]
    for number, row in enumerate(plain, 2):
        _check(catalogue, kind, path, number, row)
    return plain, watched.digest


def row_type(kind: str) -> type[msgspec.Struct]:
    """The type of the rows of a kind of table."""
    found = SUPPLIED.get(kind) or _NOT_KEPT[kind]
    if isinstance(found, tuple):
        made: type[msgspec.Struct] | None = getattr(import_module(found[0]), found[1], None)
        if made is None:
            raise IntendanceError(
                "setting.invalid",
                expected="a kind of table that this version reads",
                got=repr(kind),
                where="--as",
            )
        return made
    return found


def write_supply_template(kind: str, folder: Path) -> list[Path]:
    """Writes KIND.csv with headings and an example row; FileExistsError where it is there."""
    found = table("supplied/tables")[kind]
    text = f"{','.join(found['columns'])}\n{found['example']}\n"
    return write_new({folder / f"{kind}.csv": text})


def _check(catalogue: Catalogue, kind: str, path: Path, number: int, row: dict[str, Any]) -> None:
    """Items of prices must be the catalogue's; the tables of a plan may name their own."""
    if kind != "price" or catalogue.known(str(row["item"])) is not None:
        return
    raise IntendanceError(
        "catalogue.unknown",
        expected="an item of the catalogue, by identifier or name",
        got=repr(row["item"]),
        where=f"{path.name}, row {number}, field 'item'",
    )
