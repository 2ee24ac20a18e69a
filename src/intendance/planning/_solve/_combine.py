"""Bounds of a level from multipliers of its own and of earlier levels (P21)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from intendance.planning._model import Problem
from intendance.planning._model._blocks import Floats

_POWERS = np.linspace(-3.0, 3.0, 13)
_ROUNDS = 3


@dataclass(frozen=True)
class Part:
    """A level's multipliers ``y``, reduced costs, and the value it is held at later."""

    y: Floats
    reduced: Floats
    held: float


def part_of(problem: Problem, costs: Floats, y: Floats, value: float) -> Part:
    """A level's part; its value is without the constant."""
    return Part(y, costs - problem.matrix.T @ y, value)


def _value(problem: Problem, parts: list[Part], strength: list[float]) -> float:
    """The bound of the last part, with the earlier ones held as strongly as said."""
    y = sum((s * part.y for s, part in zip(strength, parts, strict=True)), np.zeros(1))
    reduced = sum((s * part.reduced for s, part in zip(strength, parts, strict=True)), np.zeros(1))
    low, high = problem.row_lower, problem.row_upper
    # A multiplier of the wrong sign counts for nothing: its row leaves the sum again.
    wrong = ((y > 0) & np.isinf(low)) | ((y < 0) & np.isinf(high))
    if wrong.any():
        reduced = reduced + problem.matrix.T @ np.where(wrong, y, 0.0)
        y = np.where(wrong, 0.0, y)
    sides = np.where(y > 0, low, high)
    total = float((y * np.where(y == 0, 0.0, sides)).sum())
    ends = np.where(reduced >= 0, problem.lower, problem.reach)
    with np.errstate(invalid="ignore"):
        total += float(np.where(reduced == 0, 0.0, reduced * ends).sum())
    held = sum(s * part.held for s, part in zip(strength[:-1], parts[:-1], strict=True))
    return float(total - held)


def best_bound(
    problem: Problem, parts: list[Part], before: list[float], enough: float = np.inf
) -> tuple[float, list[float]]:
    """The best bound over the strengths of the earlier parts, from those best before.

    One that is ``enough`` ends the search.
    """
    if len(parts) == 1:
        return _value(problem, parts, [1.0]), [1.0]
    strength = list(before)
    best = _value(problem, parts, [*[0.0] * len(strength), 1.0])
    chosen = [0.0] * len(strength)
    groups = [list(range(len(strength))), *([k] for k in range(len(strength)))]
    width = 1.0
    found = _value(problem, parts, [*strength, 1.0])
    if found > best:
        best, chosen = found, strength
    for _ in range(_ROUNDS):
        for group in groups:
            if best >= enough:
                return best, [*chosen, 1.0]
            base = list(strength)
            for power in _POWERS * width:
                tried = [v * 10.0**power if k in group else v for k, v in enumerate(base)]
                found = _value(problem, parts, [*tried, 1.0])
                if found > best:
                    best, chosen, strength = found, tried, tried
        width /= 4.0
    return best, [*chosen, 1.0]
