"""A scenario: the settings and rows that a plan is made from."""

from __future__ import annotations

from typing import Literal

import msgspec

from intendance.planning import _rows as rows

Level = Literal["unmet", "shortfall", "cost"]

LEVELS: tuple[Level, ...] = ("unmet", "shortfall", "cost")


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``scenario.toml``. ``start`` is the first month (YYYY-MM), ``months`` how many there are."""

    name: str
    start: str
    months: int
    currency: str = "EUR"
    levels: tuple[Level, ...] = LEVELS
    weights: dict[Level, float] | None = None
    priority_weights: tuple[float, ...] = (100.0, 10.0, 1.0)
    late: Literal["back-order", "lost"] = "back-order"
    opening: Literal["low", "middle", "high"] = "low"
    firm_months: int = 12
    ramp_slips: tuple[int, ...] = (0, 0, 3, 6)


class Assumption(msgspec.Struct, frozen=True):
    """What was taken for granted because the inputs leave it open (P20)."""

    rule: str
    where: str
    text: str


class Scenario(msgspec.Struct, frozen=True):
    """Every row of a scenario folder, checked: names known, months inside, numbers sane."""

    settings: Settings
    nations: tuple[rows.Nation, ...]
    items: tuple[rows.Item, ...]
    requests: tuple[rows.Request, ...]
    lines: tuple[rows.Line, ...]
    stocks: tuple[rows.Stock, ...] = ()
    targets: tuple[rows.Target, ...] = ()
    expenditure: tuple[rows.Expenditure, ...] = ()
    owed: tuple[rows.Owed, ...] = ()
    capacities: tuple[rows.Capacity, ...] = ()
    ramps: tuple[rows.Ramp, ...] = ()
    components: tuple[rows.Component, ...] = ()
    price_index: tuple[rows.PriceIndex, ...] = ()
    payments: tuple[rows.Payment, ...] = ()
    budgets: tuple[rows.Budget, ...] = ()
    transfers: tuple[rows.TransferRule, ...] = ()
    backfills: tuple[rows.Backfill, ...] = ()
    absorption: tuple[rows.Absorption, ...] = ()
    frameworks: tuple[rows.Framework, ...] = ()
    framework_items: tuple[rows.FrameworkItem, ...] = ()
    price_bands: tuple[rows.PriceBand, ...] = ()
    records: tuple[rows.Record, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    warnings: tuple[Assumption, ...] = ()
