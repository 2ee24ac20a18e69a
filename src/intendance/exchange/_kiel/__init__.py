"""The Ukraine Support Tracker of the Kiel Institute for the World Economy: its main table."""

from intendance.exchange._kiel.snapshot import READER, read_kiel

__all__ = ["READER", "read_kiel"]
