"""The rows of the tables that a user supplies (docs/forces.md tells what each column means)."""

from __future__ import annotations

from decimal import Decimal

import msgspec


class InventoryRow(msgspec.Struct, frozen=True, kw_only=True):
    """What a nation holds of an item when a month begins: ``low`` to ``high``, or exactly ``low``.

    ``repair_low`` to ``repair_high`` of them are in repair; ``fit_percent`` of the others are fit.
    """

    nation: str
    item: str
    month: str
    low: Decimal
    high: Decimal | None = None
    repair_low: Decimal | None = None
    repair_high: Decimal | None = None
    fit_percent: Decimal | None = None


class RequirementRow(msgspec.Struct, frozen=True, kw_only=True):
    """What a nation wants to hold of an item from a year on: units, or rate x days x allowance."""

    nation: str
    item: str
    year: int
    units: Decimal | None = None
    rate_per_day: Decimal | None = None
    days: Decimal | None = None
    allowance: Decimal | None = None
    floor: Decimal | None = None


class Held(msgspec.Struct, frozen=True):
    """An inventory row with its names resolved: ``where`` is ``FILE:ROW``, ``month`` a number."""

    nation: str
    item: str
    month: int
    low: Decimal
    high: Decimal
    repair: tuple[Decimal, Decimal] | None
    fit_percent: Decimal | None
    where: str


class Required(msgspec.Struct, frozen=True):
    """A requirement row, names resolved; ``need`` in units, ``rate`` a day with its allowance."""

    nation: str
    item: str
    month: int
    need: Decimal | None
    rate: Decimal | None
    floor: Decimal | None
    where: str
