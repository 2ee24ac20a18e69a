"""Forces: what the ledger and the users' inventories mean for a nation (docs/forces.md)."""

from intendance.forces._air_defence.check import check_mix
from intendance.forces._air_defence.defence import air_defence, donation_effects, run_outs
from intendance.forces._air_defence.load import check_air_defence, load_air_defence
from intendance.forces._air_defence.outcome import (
    AirCover,
    AirDefence,
    AirLevel,
    AirPurchase,
    DonationEffect,
    RunOut,
)
from intendance.forces._air_defence.rows import (
    AirDonation,
    AirHolding,
    AirNeed,
    AirSystem,
    AirTables,
    Interceptor,
    class_name,
    range_classes,
    threat_classes,
)
from intendance.forces._air_defence.template import (
    AirColumn,
    AirTable,
    air_table_texts,
    write_air_template,
)
from intendance.forces._inputs.load import Supplied, read_supplied
from intendance.forces._inputs.rows import InventoryRow, RequirementRow
from intendance.forces._inputs.template import (
    write_forces_example,
    write_inventory_template,
    write_requirements_template,
)
from intendance.forces._months import month_range
from intendance.forces._positions.ask import Asked, outlooks, positions, positions_of
from intendance.forces._types import Outlook, Position

__all__ = [
    "AirColumn",
    "AirCover",
    "AirDefence",
    "AirDonation",
    "AirHolding",
    "AirLevel",
    "AirNeed",
    "AirPurchase",
    "AirSystem",
    "AirTable",
    "AirTables",
    "Asked",
    "DonationEffect",
    "Interceptor",
    "InventoryRow",
    "Outlook",
    "Position",
    "RequirementRow",
    "RunOut",
    "Supplied",
    "air_defence",
    "air_table_texts",
    "check_air_defence",
    "check_mix",
    "class_name",
    "donation_effects",
    "load_air_defence",
    "month_range",
    "outlooks",
    "positions",
    "positions_of",
    "range_classes",
    "read_supplied",
    "run_outs",
    "threat_classes",
    "write_air_template",
    "write_forces_example",
    "write_inventory_template",
    "write_requirements_template",
]
