"""Keys of a long table: which there are, and which came again, in eight bytes a row."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from itertools import groupby, islice
from typing import Final

PARTS: Final = 16
"""Keys are put in order a part at a time: what that takes beside them is small."""


class Keys:
    """Hashes of keys, one for each row: ``add[key % PARTS](key)``, then ask for those of several.

    There is no method for the first, as a million calls take a while.
    """

    def __init__(self) -> None:
        self._parts = [array("q") for _ in range(PARTS)]
        self.add: Final = [part.append for part in self._parts]

    def of(self, rows: int) -> Known:
        """The keys that at least so many rows have."""
        return Known([_often(part, rows) for part in self._parts])


class Known:
    """Which keys there are; ``in`` takes a key's hash."""

    def __init__(self, parts: list[array[int]]) -> None:
        self._parts = parts

    def __contains__(self, key: int) -> bool:
        part = self._parts[key % PARTS]
        at = bisect_left(part, key)
        return at < len(part) and part[at] == key

    def __len__(self) -> int:
        return sum(map(len, self._parts))


def _often(part: array[int], rows: int) -> array[int]:
    return array(
        "q",
        (key for key, same in groupby(sorted(part)) if len(tuple(islice(same, rows))) == rows),
    )
