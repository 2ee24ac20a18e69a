"""The Python interface: reading and ledger joined (docs/python.md)."""

from intendance.api._books import Books, open_ledger
from intendance.api._executor import executor
from intendance.api._explain import explain
from intendance.api._fields import fields_of
from intendance.api._outcome import Note, Outcome
from intendance.api._read import Progress
from intendance.api._work import reader_with

__all__ = [
    "Books",
    "Note",
    "Outcome",
    "Progress",
    "executor",
    "explain",
    "fields_of",
    "open_ledger",
    "reader_with",
]
