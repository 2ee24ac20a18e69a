"""Tables that users supply: prices, exchange rates, lines, budgets, inventories, requirements."""

from intendance.exchange._supplied.tables import (
    SUPPLIED,
    TEMPLATES,
    ExchangeRateRow,
    PriceRow,
    read_supply,
    write_supply_template,
)

__all__ = [
    "SUPPLIED",
    "TEMPLATES",
    "ExchangeRateRow",
    "PriceRow",
    "read_supply",
    "write_supply_template",
]
