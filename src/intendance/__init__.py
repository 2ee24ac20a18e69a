"""Intendance: the books and the plan of a coalition's military support.

The names below are loaded when they are first asked for, so that ``import intendance`` is quick:

    import intendance

    with intendance.open_ledger("books.db") as ledger:
        print(ledger.read(["reports/"]))
        for conflict in ledger.conflicts():
            print(conflict.kind, [side.value for side in conflict.sides])
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from intendance.api import Books, Outcome, open_ledger
    from intendance.catalogue import Catalogue, load_catalogue
    from intendance.ledger import Filter, Ledger
    from intendance.reading import Reader
    from intendance.terms import IntendanceError

__all__ = [
    "Books",
    "Catalogue",
    "Filter",
    "IntendanceError",
    "Ledger",
    "Outcome",
    "Reader",
    "load_catalogue",
    "open_ledger",
]

_ROOMS = {
    "Books": "api",
    "Outcome": "api",
    "open_ledger": "api",
    "Catalogue": "catalogue",
    "load_catalogue": "catalogue",
    "Filter": "ledger",
    "Ledger": "ledger",
    "Reader": "reading",
    "IntendanceError": "terms",
}


def __getattr__(name: str) -> object:
    room = _ROOMS.get(name)
    if room is None:
        raise AttributeError(f"module 'intendance' has no attribute {name!r}")
    return getattr(import_module(f"intendance.{room}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
