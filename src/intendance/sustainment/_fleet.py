"""A fleet as arrays: what fails how often, where it is repaired and how long that takes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

import msgspec
import numpy as np

from intendance.sustainment._arrays import Floats
from intendance.sustainment._rows import DEPOT, EVERY, BatchRow, FleetTables, PartRow, RateRow

DAYS: Final = 365.0
"""Days in a year."""


class Fleet(msgspec.Struct, frozen=True):
    """Parts (I of them, parents before their parts) and fleets (J), rates and times in days.

    ``fitted[i, j]``: part i belongs to the system of fleet j. ``failures``: demand a day of each
    part fitted to a system. ``at_unit`` and ``at_depot``: shares of what fails at a fleet;
    ``depot_share``: of what fails in the depot's own repairs, the share that it repairs itself.
    """

    fleets: tuple[str, ...]
    systems: tuple[str, ...]
    nations: tuple[str, ...]
    number: Floats
    shipping: Floats
    parts: tuple[str, ...]
    parent: tuple[int, ...]
    quantity: Floats
    price: Floats
    share: Floats
    swap: tuple[bool, ...]
    fitted: Floats
    failures: Floats
    at_unit: Floats
    at_depot: Floats
    depot_share: Floats
    unit_days: Floats
    depot_days: Floats
    maker_days: Floats
    depot_stock: Floats
    stock: Floats

    def children(self, part: int) -> list[int]:
        """The parts of a part."""
        return [each for each, parent in enumerate(self.parent) if parent == part]

    def roots(self) -> list[int]:
        """The parts that are fitted to a system."""
        return [each for each, parent in enumerate(self.parent) if parent < 0]


def fleet_of(tables: FleetTables) -> Fleet:
    """The arrays of checked tables; what batches yield is added to the spares."""
    parts = _ordered(tables.parts)
    at = {part.part: index for index, part in enumerate(parts)}
    fleets = tables.fleets
    parent = tuple(at.get(part.parent, -1) for part in parts)
    system = _systems(parts, at)
    fitted = np.array([[float(system[p.part] == f.system) for f in fleets] for p in parts])
    rates = {(row.part, row.fleet): row for row in tables.rates}
    found = [[_rate(rates, p.part, f.fleet) for f in fleets] for p in parts]
    general = [_general(rates, p.part, row) for p, row in zip(parts, found, strict=True)]
    days: dict[tuple[str, str, str], float] = {
        (row.place, row.part, row.fleet): row.days for row in tables.shops
    }
    number = np.array([float(f.number) for f in fleets])
    quantity = np.array([float(p.quantity) for p in parts])
    a_year = np.array([[row.failures or 0.0 for row in line] for line in found])
    depot_stock, stock = _spares(tables, parts, at)
    return Fleet(
        fleets=tuple(f.fleet for f in fleets),
        systems=tuple(f.system for f in fleets),
        nations=tuple(f.nation for f in fleets),
        number=number,
        shipping=np.array([f.shipping for f in fleets]),
        parts=tuple(p.part for p in parts),
        parent=parent,
        quantity=quantity,
        price=np.array([p.price for p in parts]),
        share=np.array([p.share or 0.0 for p in parts]),
        swap=tuple(p.swap for p in parts),
        fitted=fitted,
        failures=a_year / DAYS * fitted * quantity[:, None] * number,
        at_unit=np.array([[row.at_unit for row in line] for line in found]),
        at_depot=np.array([[row.at_depot for row in line] for line in found]),
        depot_share=np.array([_of_depot(row) for row in general]),
        unit_days=np.array([[_days(days, "unit", p.part, f.fleet) for f in fleets] for p in parts]),
        depot_days=np.array([_days(days, "depot", p.part, EVERY) for p in parts]),
        maker_days=np.array([_days(days, "maker", p.part, EVERY) for p in parts]),
        depot_stock=depot_stock,
        stock=stock,
    )


def _ordered(parts: tuple[PartRow, ...]) -> list[PartRow]:
    """Parents before their parts, else as they stand."""
    names = {part.part for part in parts}
    left, done, found = list(parts), set[str](), list[PartRow]()
    while left:
        ready = [each for each in left if each.parent not in names or each.parent in done]
        found += ready
        done |= {each.part for each in ready}
        left = [each for each in left if each.part not in done]
    return found


def _systems(parts: list[PartRow], at: Mapping[str, int]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in parts:
        found[part.part] = found[part.parent] if part.parent in at else part.parent
    return found


def _rate(rates: Mapping[tuple[str, str], RateRow], part: str, fleet: str) -> RateRow:
    """The fleet's own row, else that of all fleets, else: all at the depot, nothing fails."""
    return rates.get((part, fleet)) or rates.get((part, EVERY)) or RateRow(part)


def _general(rates: Mapping[tuple[str, str], RateRow], part: str, rows: list[RateRow]) -> RateRow:
    return rates.get((part, EVERY)) or rows[0]


def _of_depot(row: RateRow) -> float:
    """Of what the unit doesn't repair, the share that the depot does."""
    away = 1 - row.at_unit
    return min(row.at_depot / away, 1.0) if away > 0 else 1.0


def _days(days: Mapping[tuple[str, str, str], float], place: str, part: str, fleet: str) -> float:
    for key in ((part, fleet), (part, EVERY), (EVERY, fleet), (EVERY, EVERY)):
        if (place, *key) in days:
            return days[(place, *key)]
    return 0.0


def _spares(
    tables: FleetTables, parts: list[PartRow], at: Mapping[str, int]
) -> tuple[Floats, Floats]:
    places = {DEPOT: 0} | {row.fleet: j for j, row in enumerate(tables.fleets, 1)}
    held = np.zeros((len(parts), len(places)))
    for row in tables.spares:
        held[at[row.part], places[row.place]] += row.stock
    for batch in tables.batches:
        for name, count in batch_yield(batch, parts).items():
            held[at[name], places[batch.place]] += count
    return held[:, 0], held[:, 1:]


def batch_yield(batch: BatchRow, parts: list[PartRow] | tuple[PartRow, ...]) -> dict[str, int]:
    """The spares that a batch in bad condition gives, by part.

    Of each part the usable share, rounded down, is taken whole; what can't be used is taken apart
    in turn for its own parts.
    """
    found: dict[str, int] = {}
    waiting = [(batch.system, batch.number)]
    while waiting:
        name, count = waiting.pop()
        for part in parts:
            if part.parent == name:
                there = count * part.quantity
                # 0.3 x 10 is 2.9999…: the share as it was written counts.
                found[part.part] = math.floor(there * batch.usable + 1e-9)
                waiting.append((part.part, there - found[part.part]))
    return found
