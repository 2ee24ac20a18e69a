"""The room of other people's formats: imports into statements, values, reconciliation, exports.

The names below are loaded when they are first asked for: most need libraries of their own.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from intendance.exchange._apart import (
        Apart,
        AsMapping,
        AsStatements,
        AsTable,
        Bounds,
        Source,
        read_apart,
    )
    from intendance.exchange._export.contracts import OCID_PREFIX
    from intendance.exchange._export.export import FORMATS, Exported, export
    from intendance.exchange._kiel import read_kiel
    from intendance.exchange._mapping import Mapping, guess_mapping, read_any, read_mapping
    from intendance.exchange._match import Change, Compared, compare_editions
    from intendance.exchange._package.read import Imported, import_package
    from intendance.exchange._reconcile.reconcile import Match, Reconciled, reconcile
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
    from intendance.exchange._types import BESIDE, Counts, Import
    from intendance.exchange._value.lines import Line
    from intendance.exchange._value.totals import By, Total
    from intendance.exchange._value.value import Valued, value

__all__ = [
    "BESIDE",
    "FORMATS",
    "OCID_PREFIX",
    "SUPPLIED",
    "TEMPLATES",
    "Apart",
    "AsMapping",
    "AsStatements",
    "AsTable",
    "Bounds",
    "By",
    "Change",
    "Compared",
    "Counts",
    "ExchangeRateRow",
    "Exported",
    "Filled",
    "Import",
    "Imported",
    "LeftOut",
    "Line",
    "Mapping",
    "Match",
    "PriceRow",
    "Reconciled",
    "Source",
    "Total",
    "Valued",
    "compare_editions",
    "export",
    "fill_scenario",
    "guess_mapping",
    "import_package",
    "read_any",
    "read_apart",
    "read_kiel",
    "read_mapping",
    "read_sipri",
    "read_supply",
    "reconcile",
    "value",
    "write_supply_template",
]

_HOMES = {
    "FORMATS": "_export.export",
    "OCID_PREFIX": "_export.contracts",
    "SUPPLIED": "_supplied",
    "Source": "_apart",
    "TEMPLATES": "_supplied",
    "Apart": "_apart",
    "AsMapping": "_apart",
    "AsStatements": "_apart",
    "AsTable": "_apart",
    "Bounds": "_apart",
    "By": "_value.totals",
    "Change": "_match",
    "Compared": "_match",
    "BESIDE": "_types",
    "Counts": "_types",
    "ExchangeRateRow": "_supplied",
    "Exported": "_export.export",
    "Filled": "_scenario.fill",
    "Import": "_types",
    "Imported": "_package.read",
    "LeftOut": "_scenario.fill",
    "Line": "_value.lines",
    "Mapping": "_mapping",
    "Match": "_reconcile.reconcile",
    "PriceRow": "_supplied",
    "Reconciled": "_reconcile.reconcile",
    "Total": "_value.totals",
    "Valued": "_value.value",
    "compare_editions": "_match",
    "export": "_export.export",
    "fill_scenario": "_scenario.fill",
    "guess_mapping": "_mapping",
    "import_package": "_package.read",
    "read_any": "_mapping",
    "read_apart": "_apart",
    "read_kiel": "_kiel",
    "read_mapping": "_mapping",
    "read_sipri": "_sipri",
    "read_supply": "_supplied",
    "reconcile": "_reconcile.reconcile",
    "value": "_value.value",
    "write_supply_template": "_supplied",
}
"""The module of this room that each name is at home in."""


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'intendance.exchange' has no attribute {name!r}")
    return getattr(import_module(f"intendance.exchange.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
