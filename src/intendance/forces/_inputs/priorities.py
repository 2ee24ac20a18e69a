"""Priorities: which items are wanted first."""

from __future__ import annotations

from os import PathLike, fspath
from pathlib import PurePath

import msgspec

from intendance.catalogue import Catalogue
from intendance.forces._inputs.check import Spot
from intendance.tables import read_table


class Priority(msgspec.Struct, frozen=True):
    """A kind or class and its priority, 1 for the highest."""

    item: str
    priority: int


def read_priorities(path: str | PathLike[str], catalogue: Catalogue) -> tuple[Priority, ...]:
    """The rows of a table of priorities, items as identifiers.

    Raises IntendanceError ``forces.value``, ``forces.unknown-name``, ``forces.duplicate`` or one of
    the codes of ``read_table``.
    """
    file = PurePath(fspath(path)).name
    found: dict[str, Priority] = {}
    for index, row in enumerate(read_table(path, Priority)):
        spot = Spot(file, index)
        item = spot.item_or_class(row.item, catalogue)
        if row.priority < 1:
            spot.fail("forces.value", "priority", "1 or more", str(row.priority))
        if item in found:
            spot.fail("forces.duplicate", "item", "one row for each item", f"{item} a second time")
        found[item] = Priority(item, row.priority)
    return tuple(found.values())
