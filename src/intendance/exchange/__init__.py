"""The room of other people's formats: imports into statements, values, reconciliation, exports."""

from intendance.exchange._kiel import read_kiel
from intendance.exchange._mapping import Mapping, guess_mapping, read_any, read_mapping
from intendance.exchange._match import Change, Compared, compare_editions
from intendance.exchange._scenario.fill import Filled, LeftOut, fill_scenario
from intendance.exchange._sipri import read_sipri
from intendance.exchange._supplied import (
    SUPPLIED,
    TEMPLATES,
    ExchangeRateRow,
    PriceRow,
    read_supply,
    write_supply_template,
)
from intendance.exchange._types import Counts, Import

__all__ = [
    "SUPPLIED",
    "TEMPLATES",
    "Change",
    "Compared",
    "Counts",
    "ExchangeRateRow",
    "Filled",
    "Import",
    "LeftOut",
    "Mapping",
    "PriceRow",
    "compare_editions",
    "fill_scenario",
    "guess_mapping",
    "read_any",
    "read_kiel",
    "read_mapping",
    "read_sipri",
    "read_supply",
    "write_supply_template",
]
