"""Tables of prices, rates, lines and budgets: what no reckoning could use is refused."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import msgspec

from intendance.catalogue import Catalogue
from intendance.ledger import Supplied
from intendance.terms import IntendanceError

_FIRST_ROW = 2
_AMOUNTS = {
    "line": ("capacity", "lead", "use", "batch", "setup_cost", "setup_time", "qualification"),
    "budget": ("amount",),
}


def check_numbers(catalogue: Catalogue, table: Supplied) -> None:
    """Raises ``table.value`` for the first row whose figures can't be such.

    Prices and rates as ``intendance value`` checks them when it uses them; the amounts of lines and
    budgets are numbers that are not below zero.
    """
    rows = list(table.rows)
    if table.kind == "price":
        from intendance.exchange._value.prices import Price, checked_price

        for number, row in enumerate(msgspec.convert(rows, list[Price], strict=False), _FIRST_ROW):
            checked_price(row, catalogue, table.file, number)
    elif table.kind == "exchange-rate":
        from intendance.exchange._value.rates import Rate, checked_rates

        checked_rates(msgspec.convert(rows, list[Rate], strict=False), table.file)
    else:
        for number, each in enumerate(rows, _FIRST_ROW):
            _check_amounts(table, number, each)


def _check_amounts(table: Supplied, number: int, row: Mapping[str, Any]) -> None:
    for name in _AMOUNTS.get(table.kind, ()):
        value = row.get(name)
        if value is not None and not (math.isfinite(value) and value >= 0):
            raise IntendanceError(
                "table.value", expected="a number that is not below zero", got=str(value),
                where=f"{table.file}, row {number}, field '{name}'",
            )  # fmt: skip
