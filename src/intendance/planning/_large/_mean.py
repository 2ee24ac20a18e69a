"""The mean of what a track has come by: plans swing about the best one before they settle."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

from intendance.planning._large._instance import Floats
from intendance.planning._large._upper import Candidate

_MEMORY = 8


@dataclass
class Mean:
    """Takes candidates in; each of the first counts alike, later ones for an eighth."""

    count: int = 0
    candidate: Candidate | None = None

    def add(self, other: Candidate) -> Candidate:
        """The mean with one candidate more; it must be as complete as the first."""
        self.count = min(self.count + 1, _MEMORY)
        if self.candidate is None:
            self.candidate = deepcopy(other)
            return self.candidate
        for mine, now in zip(self.candidate, other, strict=True):
            if mine is not None and now is not None:
                _towards(mine, now, 1.0 / self.count)
        return self.candidate


def _towards(mine: Floats, now: Floats, part: float) -> None:
    mine *= 1.0 - part
    mine += part * now
