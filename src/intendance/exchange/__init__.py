"""The room of other people's formats: imports into statements, values, reconciliation, exports."""

from intendance.exchange._kiel import read_kiel
from intendance.exchange._scenario.fill import Filled, LeftOut, fill_scenario
from intendance.exchange._types import Counts, Import

__all__ = ["Counts", "Filled", "Import", "LeftOut", "fill_scenario", "read_kiel"]
