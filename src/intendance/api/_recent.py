"""What was met in a run, as far as it matters: memory must not grow with what is read."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Final, Generic, TypeVar

_T = TypeVar("_T", bound=Hashable)

_KEPT: Final = 50_000
"""Far more than are read and not yet written; of what is written, the ledger knows."""


class Recent(Generic[_T]):
    """A set that forgets what was added first, once it holds too much."""

    def __init__(self, kept: int = _KEPT) -> None:
        self._kept = kept
        self._members: dict[_T, None] = {}

    def __contains__(self, member: _T) -> bool:
        return member in self._members

    def add(self, member: _T) -> None:
        """Adds a member; one that is there already is not younger for it."""
        self._members[member] = None
        if len(self._members) > self._kept:
            del self._members[next(iter(self._members))]

    def update(self, members: Iterable[_T]) -> None:
        """Adds them all."""
        for each in members:
            self.add(each)
