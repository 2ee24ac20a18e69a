"""Inventories and requirements from files or rows to checked entries."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from os import PathLike, fspath
from pathlib import PurePath
from typing import Final

import msgspec

from intendance.catalogue import Catalogue
from intendance.forces._inputs.check import Spot
from intendance.forces._inputs.rows import Held, InventoryRow, Required, RequirementRow
from intendance.forces._months import month_number
from intendance.tables import read_table

_YEARS: Final = (1900, 2200)
_ONE: Final = Decimal(1)


class Supplied(msgspec.Struct, frozen=True):
    """What users supplied beside the ledger: opening stocks and requirements."""

    inventory: tuple[Held, ...] = ()
    requirements: tuple[Required, ...] = ()


def read_supplied(
    catalogue: Catalogue,
    inventory: str | PathLike[str] | None = None,
    requirements: str | PathLike[str] | None = None,
) -> Supplied:
    """The checked rows of an inventory and a requirements file (CSV, XLSX, Parquet).

    Raises IntendanceError with file, row and field: ``forces.value`` (a negative stock, a rate
    over 100 %, ends in the wrong order), ``forces.unknown-name``, ``forces.month`` (months out of
    order), ``forces.duplicate``, ``forces.requirement`` (a requirement without inventory),
    ``date.invalid``, or one of the codes of ``read_table``.
    """
    held: tuple[Held, ...] = ()
    if inventory is not None:
        held = held_of(read_table(inventory, InventoryRow), catalogue, _name(inventory))
    required: tuple[Required, ...] = ()
    if requirements is not None:
        rows = read_table(requirements, RequirementRow)
        required = required_of(rows, catalogue, _name(requirements), held)
    return Supplied(held, required)


def _name(path: str | PathLike[str]) -> str:
    return PurePath(fspath(path)).name


def held_of(rows: Sequence[InventoryRow], catalogue: Catalogue, file: str) -> tuple[Held, ...]:
    """The checked rows of an inventory; ``file`` is what errors and ``from`` call it."""
    latest: dict[tuple[str, str], str] = {}
    found = []
    for index, row in enumerate(rows):
        spot = Spot(file, index)
        nation, item = spot.nation(row.nation, catalogue), spot.item(row.item, catalogue)
        month = month_number(row.month, f"{file}, row {index + 2}, field 'month'")
        key = (nation, item)
        spot.in_order("month", row.month, latest.get(key), f"{nation} {item}")
        latest[key] = row.month
        low = spot.not_negative("low", row.low) or Decimal(0)
        high = spot.not_negative("high", low if row.high is None else row.high) or Decimal(0)
        if high < low:
            spot.fail("forces.value", "high", f"{low} or more, as 'low' says", str(high))
        fit = spot.percent("fit_percent", row.fit_percent)
        repair = _repair(spot, row, high)
        found.append(Held(nation, item, month, low, high, repair, fit, spot.row))
    return tuple(found)


def _repair(spot: Spot, row: InventoryRow, most: Decimal) -> tuple[Decimal, Decimal] | None:
    low = spot.not_negative("repair_low", row.repair_low)
    high = spot.not_negative("repair_high", row.repair_high)
    if low is None and high is None:
        return None
    low = Decimal(0) if low is None else low
    high = low if high is None else high
    if high < low:
        spot.fail("forces.value", "repair_high", f"{low} or more, as 'repair_low' says", str(high))
    if low > most:
        spot.fail("forces.value", "repair_low", f"at most the stock, {most}", str(low))
    return low, high


def required_of(
    rows: Sequence[RequirementRow], catalogue: Catalogue, file: str, held: Sequence[Held]
) -> tuple[Required, ...]:
    """The checked rows of requirements; each must have inventory among ``held``."""
    stocked = {(each.nation, each.item) for each in held}
    latest: dict[tuple[str, str], str] = {}
    found = []
    for index, row in enumerate(rows):
        spot = Spot(file, index)
        nation, item = spot.nation(row.nation, catalogue), spot.item(row.item, catalogue)
        if not _YEARS[0] <= row.year <= _YEARS[1]:
            expected = f"a year from {_YEARS[0]} to {_YEARS[1]}"
            spot.fail("forces.value", "year", expected, str(row.year))
        key = (nation, item)
        spot.in_order("year", str(row.year), latest.get(key), f"{nation} {item}")
        latest[key] = str(row.year)
        if key not in stocked:
            spot.fail(
                "forces.requirement", "item", f"an inventory row of {nation} {item}", "none",
                "Add the opening stock to the inventory, 0 if there is none.",
            )  # fmt: skip
        need, rate = _need(spot, row)
        floor = spot.not_negative("floor", row.floor)
        found.append(Required(nation, item, row.year * 12, need, rate, floor, spot.row))
    return tuple(found)


def _need(spot: Spot, row: RequirementRow) -> tuple[Decimal | None, Decimal | None]:
    """The units needed and the rate a day with its allowance."""
    units = spot.not_negative("units", row.units)
    rate = spot.not_negative("rate_per_day", row.rate_per_day)
    days = spot.not_negative("days", row.days)
    allowance = spot.not_negative("allowance", row.allowance)
    if units is not None and days is not None:
        spot.fail("forces.value", "days", "either units or rate_per_day and days", "both")
    if rate is None and (days is not None or allowance is not None):
        field = "days" if days is not None else "allowance"
        spot.fail("forces.value", "rate_per_day", f"a rate, as '{field}' is there", "none")
    if units is None and rate is None and row.floor is None:
        spot.fail("forces.value", "units", "units, a rate or a floor", "none of them")
    effective = None if rate is None else rate * (_ONE if allowance is None else allowance)
    if effective is not None and days is not None:
        return effective * days, effective
    return units, effective
