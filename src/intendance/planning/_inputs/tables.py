"""The tables of a scenario folder: their rows, their keys, which of them a start needs."""

from __future__ import annotations

from typing import Final

import msgspec

from intendance.planning import _rows as rows

SETTINGS: Final = "scenario.toml"

ROWS: Final[dict[str, type[msgspec.Struct]]] = {
    "nations": rows.Nation,
    "items": rows.Item,
    "requests": rows.Request,
    "lines": rows.Line,
    "stocks": rows.Stock,
    "targets": rows.Target,
    "expenditure": rows.Expenditure,
    "owed": rows.Owed,
    "capacities": rows.Capacity,
    "ramps": rows.Ramp,
    "components": rows.Component,
    "price_index": rows.PriceIndex,
    "payments": rows.Payment,
    "budgets": rows.Budget,
    "transfers": rows.TransferRule,
    "backfills": rows.Backfill,
    "absorption": rows.Absorption,
    "frameworks": rows.Framework,
    "framework_items": rows.FrameworkItem,
    "price_bands": rows.PriceBand,
    "records": rows.Record,
}
"""The type of the rows of each table, by the name of its file and of its field in ``Scenario``."""

REQUIRED: Final = ("nations", "items", "requests", "lines")
"""The tables that a start needs, beside the settings."""

KEYS: Final[dict[str, tuple[str, ...]]] = {
    "nations": ("nation",),
    "items": ("item",),
    "lines": ("line", "item"),
    "targets": ("nation", "item", "month"),
    "expenditure": ("nation", "item", "month", "priority"),
    "capacities": ("line", "month"),
    "ramps": ("ramp",),
    "components": ("item", "component"),
    "price_index": ("item", "month"),
    "payments": ("item", "months"),
    "budgets": ("nation", "year"),
    "transfers": ("sender", "recipient", "item"),
    "backfills": ("nation", "gives", "gets"),
    "frameworks": ("framework",),
    "framework_items": ("framework", "item"),
    "price_bands": ("framework", "item", "quantity"),
    "records": ("donor",),
}
"""What tells the rows of a table apart; rows of the other tables add up."""

ABSENT: Final[dict[str, tuple[str, str]]] = {
    "stocks": ("P1", "every nation starts with nothing"),
    "targets": ("P3", "no nation wants a stock, and none keeps a floor"),
    "expenditure": ("P2", "nothing is used up"),
    "owed": ("P1", "nothing is on its way from earlier contracts"),
    "components": ("P8", "nothing is made of components"),
    "ramps": ("P6", "no line can be widened"),
    "price_index": ("P9", "prices stay as they are"),
    "payments": ("P10", "everything is paid when it arrives"),
    "budgets": ("P10", "no nation's spending is limited"),
    "transfers": ("P12", "no nation gives anything to another"),
    "absorption": ("P13", "nations take whatever arrives"),
    "frameworks": ("P14", "everything is bought at its list price"),
}
"""What the lack of a table means."""
