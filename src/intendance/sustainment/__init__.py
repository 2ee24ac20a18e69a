"""The room of readiness: fleets, failure and repair rates, spares; availability and what to buy."""

from intendance.sustainment._arrays import LARGEST
from intendance.sustainment._backorders import (
    negative_binomial_backorder_variance,
    negative_binomial_backorders,
    poisson_backorder_variance,
    poisson_backorders,
    poisson_fill_rate,
    poisson_probability,
)
from intendance.sustainment._fleet import batch_yield
from intendance.sustainment._inputs.load import check_fleet, load_fleet
from intendance.sustainment._inputs.template import (
    fleet_table_texts,
    write_fleet_template,
)
from intendance.sustainment._items import item_backorders
from intendance.sustainment._readiness import (
    FleetReadiness,
    PartReadiness,
    Readiness,
    readiness,
)
from intendance.sustainment._rows import (
    BatchRow,
    FleetRow,
    FleetTables,
    PartRow,
    RateRow,
    ShopRow,
    SpareRow,
)
from intendance.sustainment._simulate import Simulated, SimulatedFleet, simulate
from intendance.sustainment._spares.curve import SparesCurve, SparesList, spares_curve
from intendance.sustainment._spares.rows import CurvePoint, SpareToBuy
from intendance.sustainment._two_echelon import METHODS, Method, TwoEchelon, two_echelon
from intendance.sustainment._under_repair import RepairTimes, UnderRepair, under_repair

__all__ = [
    "LARGEST",
    "METHODS",
    "BatchRow",
    "CurvePoint",
    "FleetReadiness",
    "FleetRow",
    "FleetTables",
    "Method",
    "PartReadiness",
    "PartRow",
    "RateRow",
    "Readiness",
    "RepairTimes",
    "ShopRow",
    "Simulated",
    "SimulatedFleet",
    "SpareRow",
    "SpareToBuy",
    "SparesCurve",
    "SparesList",
    "TwoEchelon",
    "UnderRepair",
    "batch_yield",
    "check_fleet",
    "fleet_table_texts",
    "item_backorders",
    "load_fleet",
    "negative_binomial_backorder_variance",
    "negative_binomial_backorders",
    "poisson_backorder_variance",
    "poisson_backorders",
    "poisson_fill_rate",
    "poisson_probability",
    "readiness",
    "simulate",
    "spares_curve",
    "two_echelon",
    "under_repair",
    "write_fleet_template",
]
