"""The Python interface: reading and ledger joined (docs/python.md).

What reads is loaded when it is first asked for: a ledger that is only looked at needs no reader.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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

_HOMES = {
    "Books": "_books",
    "Note": "_outcome",
    "Outcome": "_outcome",
    "Progress": "_read",
    "executor": "_executor",
    "explain": "_explain",
    "fields_of": "_fields",
    "open_ledger": "_books",
    "reader_with": "_work",
}
"""The module of this room that each name is at home in."""


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'intendance.api' has no attribute {name!r}")
    return getattr(import_module(f"intendance.api.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
