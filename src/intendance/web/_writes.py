"""What was written to some books, as their watchers are told."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from intendance.api import Books

_STEPS: Final = 10
_STEP: Final = 0.005
"""Seconds: watchers are told just after a write is done, perhaps by another thread."""


class Writes:
    """Which commitments each write touched, kept until it is asked for."""

    def __init__(self, books: Books) -> None:
        self._told: dict[int, frozenset[str] | None] = {}
        books.watch(self._told.__setitem__)

    def between(self, before: int, version: int) -> frozenset[str] | None:
        """The commitments that came, went or changed behind the write ``before`` up to ``version``.

        None where that may be any: somebody else wrote, or everything was folded anew.
        """
        numbers = range(before + 1, version + 1)
        for _ in range(_STEPS):
            if all(each in self._told for each in numbers):
                break
            time.sleep(_STEP)
        told = [self._told.pop(each, None) for each in numbers]
        for each in [one for one in list(self._told) if one <= version]:
            self._told.pop(each, None)
        known = [each for each in told if each is not None]
        return frozenset().union(*known) if len(known) == len(told) else None
