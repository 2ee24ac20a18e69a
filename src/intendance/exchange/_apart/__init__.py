"""A table file read in a process of its own, which may take so much time and memory and no more."""

from intendance.exchange._apart.apart import Apart, Bounds, read_apart
from intendance.exchange._apart.asked import AsMapping, AsStatements, AsTable, Source

__all__ = ["Apart", "AsMapping", "AsStatements", "AsTable", "Bounds", "Source", "read_apart"]
