"""Cells that stand for the one above: ditto marks, and empty ones where the mapping says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from intendance.exchange._data import table


class Above:
    """What the cells of the row before were; ``repeat`` are the fields that go on when empty.

    A cell is filled in as a spreadsheet's merged cells are: the row then says it itself.
    """

    def __init__(self, fields: Mapping[str, tuple[int, ...]], repeat: Iterable[str]) -> None:
        self._columns = [at for each in fields.values() for at in each]
        self._on = {at for field in repeat for at in fields[field]}
        self._same = frozenset(table("table/cells")["same"])
        self._last: dict[int, str] = {}

    def filled(self, cells: Sequence[str]) -> list[str]:
        """The row with what stands for the cell above put in its place."""
        found = list(cells)
        for at in self._columns:
            said = found[at].strip()
            if at in self._last and (
                said.casefold() in self._same or (not said and at in self._on)
            ):
                found[at] = self._last[at]
            elif said or at not in self._on:
                self._last[at] = found[at]
        return found
