"""What is wrong with a table: row and field, expected, got."""

from __future__ import annotations

from typing import Final

import msgspec

FIRST_ROW: Final = 2
"""Line 1 is the header."""


class Problem(msgspec.Struct, frozen=True):
    """One thing that is wrong; ``known`` are the names that could have been meant."""

    code: str
    table: str
    row: int
    field: str
    expected: str
    got: str
    known: tuple[str, ...] = ()
