"""The room of other people's formats: imports into statements, values, reconciliation, exports."""

from intendance.exchange._scenario.fill import Filled, LeftOut, fill_scenario

__all__ = ["Filled", "LeftOut", "fill_scenario"]
