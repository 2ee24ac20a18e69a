"""How much one report may ask of the program before it is refused."""

from __future__ import annotations

import time

import msgspec

from intendance.terms import IntendanceError


class Limits(msgspec.Struct, frozen=True):
    """Bounds for one report; what lies beyond is one clear error, never a hang.

    ``max_bytes``: bytes of the file, and of what a compressed file unpacks to. ``max_ratio``:
    how many times larger than itself a compressed file may become (looked at from
    ``ratio_from`` unpacked bytes on). ``max_depth``: elements of a page inside one another.
    ``max_nesting``: their depths, summed over all elements (what extraction costs).
    ``max_elements``: start tags of a page. ``max_attributes``: attributes of one tag (a parser
    compares each with all before it). ``max_formatting``: elements that formatting left open
    would make a parser repeat. ``max_seconds``: how long reading it may take.
    """

    max_bytes: int = 20_000_000
    max_ratio: int = 200
    ratio_from: int = 1_000_000
    max_depth: int = 400
    max_nesting: int = 4_000_000
    max_elements: int = 60_000
    max_attributes: int = 200
    max_formatting: int = 2_000_000
    max_seconds: float = 60.0


DEFAULT_LIMITS = Limits()


class Deadline:
    """The time that one report may take, from now on.

    What is over it is not kept in part: what a report says must not depend on the machine.
    """

    def __init__(self, seconds: float, where: str) -> None:
        self._seconds = seconds
        self._where = where
        self._end = time.monotonic() + seconds

    def check(self) -> None:
        """Raises IntendanceError ``input.slow`` once the time is over."""
        if time.monotonic() > self._end:
            raise IntendanceError(
                "input.slow",
                expected=f"a report that is read in {self._seconds:g} seconds",
                got="more",
                where=self._where,
            )
