"""The Python interface: reading and ledger joined (docs/python.md)."""

from intendance.api._books import Books, open_ledger
from intendance.api._outcome import Note, Outcome
from intendance.api._read import Progress

__all__ = ["Books", "Note", "Outcome", "Progress", "open_ledger"]
