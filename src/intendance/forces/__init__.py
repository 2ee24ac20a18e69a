"""The room of positions: what ledger and inventories leave in stock, month by month."""

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
    "DonationEffect",
    "Interceptor",
    "RunOut",
    "air_defence",
    "air_table_texts",
    "check_air_defence",
    "check_mix",
    "class_name",
    "donation_effects",
    "load_air_defence",
    "range_classes",
    "run_outs",
    "threat_classes",
    "write_air_template",
]
