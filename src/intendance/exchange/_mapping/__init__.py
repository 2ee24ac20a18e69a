"""Any table, by a mapping of its columns."""

from intendance.exchange._mapping.guess import guess_mapping
from intendance.exchange._mapping.mapping import Mapping, read_mapping
from intendance.exchange._mapping.rows import read_any

__all__ = ["Mapping", "guess_mapping", "read_any", "read_mapping"]
