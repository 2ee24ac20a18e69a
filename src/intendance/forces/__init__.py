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
    air_table_texts,
    write_air_template,
)
from intendance.forces._inputs.joined import join_supplied
from intendance.forces._inputs.load import Supplied, read_supplied
from intendance.forces._inputs.priorities import Priority, read_priorities
from intendance.forces._inputs.rows import InventoryRow, RequirementRow
from intendance.forces._inputs.template import (
    write_forces_example,
    write_inventory_template,
    write_priorities_template,
    write_requirements_template,
)
from intendance.forces._interop.answers import missing, shares, supply_chains, support
from intendance.forces._interop.outcome import (
    Chain,
    Missing,
    Rounds,
    Share,
    Support,
    TransitionYear,
)
from intendance.forces._interop.rows import (
    ApprovalRow,
    ChainRow,
    Chains,
    TransitionRow,
    read_interoperability,
)
from intendance.forces._interop.transition import complete_rounds, transition
from intendance.forces._match import Holder, Match, match
from intendance.forces._months import month_range
from intendance.forces._positions.ask import Asked, outlooks, positions, positions_of
from intendance.forces._types import Outlook, Position

__all__ = [
    "AirCover",
    "AirDefence",
    "AirDonation",
    "AirHolding",
    "AirLevel",
    "AirNeed",
    "AirPurchase",
    "AirSystem",
    "AirTables",
    "ApprovalRow",
    "Asked",
    "Chain",
    "ChainRow",
    "Chains",
    "DonationEffect",
    "Holder",
    "Interceptor",
    "InventoryRow",
    "Match",
    "Missing",
    "Outlook",
    "Position",
    "Priority",
    "RequirementRow",
    "Rounds",
    "RunOut",
    "Share",
    "Supplied",
    "Support",
    "TransitionRow",
    "TransitionYear",
    "air_defence",
    "air_table_texts",
    "check_air_defence",
    "check_mix",
    "class_name",
    "complete_rounds",
    "donation_effects",
    "join_supplied",
    "load_air_defence",
    "match",
    "missing",
    "month_range",
    "outlooks",
    "positions",
    "positions_of",
    "range_classes",
    "read_interoperability",
    "read_priorities",
    "read_supplied",
    "run_outs",
    "shares",
    "supply_chains",
    "support",
    "threat_classes",
    "transition",
    "write_air_template",
    "write_forces_example",
    "write_inventory_template",
    "write_priorities_template",
    "write_requirements_template",
]
