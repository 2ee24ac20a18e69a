"""What was met in a run, as far as it matters: memory must not grow with what is read."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable
from typing import Final, Generic, TypeVar

_T = TypeVar("_T", bound=Hashable)

_KEPT: Final = 50_000
"""Far more than are read and not yet written; of what is written, the ledger knows."""


class Recent(Generic[_T]):
    """A set that forgets what was added first, once it holds too much."""

    def __init__(self, kept: int = _KEPT) -> None:
        self._kept = kept
        self._members: set[_T] = set()
        # The first of a dict is found slowly once many before it were deleted.
        self._order: deque[_T] = deque()

    def __contains__(self, member: _T) -> bool:
        return member in self._members

    def add(self, member: _T) -> None:
        """Adds a member; one that is there already is not younger for it."""
        if member in self._members:
            return
        self._members.add(member)
        self._order.append(member)
        if len(self._order) > self._kept:
            self._members.remove(self._order.popleft())

    def update(self, members: Iterable[_T]) -> None:
        """Adds them all."""
        for each in members:
            self.add(each)
