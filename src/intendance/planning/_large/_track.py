"""A track: a run of first-order steps with a weight of its own that adapts."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from intendance.planning._large._instance import Floats
from intendance.planning._large._problem import Problem
from intendance.planning._large._scale import SharedSteps, Steps
from intendance.planning._large._state import State, copied
from intendance.planning._large._steps import SideRows, run

_SETTLED = 40


@dataclass
class Track:
    """Steps from a state. A weight that brings nothing for some rounds is changed.

    It goes to twice the first one, then half of it, four times, a quarter and so on.
    """

    p: Problem
    steps: tuple[Steps, SharedSteps]
    state: State
    side: SideRows
    weight: float
    pace: Floats = field(default_factory=lambda: np.array([0, 0, 0, 0, 200.0]))
    idle: int = 0
    factor: float = 2.0
    tried: int = 0

    def __post_init__(self) -> None:
        self.anchor = copied(self.state)

    def walk(self, count: int) -> None:
        """Takes steps."""
        own, shared = self.steps
        run(self.p, own, shared, self.state, self.anchor, self.side, self.weight, count, self.pace)

    def point(self) -> State:
        """Where the track stands: the anchor where it has only just set off from it."""
        return self.anchor if self.pace[0] < _SETTLED and self.pace[1] > _SETTLED else self.state

    def judge(self, improved: bool) -> None:
        """Changes the weight where it has brought nothing for four rounds."""
        self.idle = 0 if improved else self.idle + 1
        if self.idle < 4:
            return
        self.idle = 0
        self.weight *= self.factor
        self.tried += 1
        self.factor = 2.0 ** ((-1) ** self.tried * (1 + self.tried))
        for mine, now in zip(
            self.anchor.own + self.anchor.shared, self.state.own + self.state.shared, strict=True
        ):
            mine[...] = now
        self.pace[0] = 0.0
