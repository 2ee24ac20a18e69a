"""The prices that prove a bound, brought to the signs and order that the bound uses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from intendance.planning._large._bound import consistent
from intendance.planning._large._instance import Floats
from intendance.planning._large._problem import Problem
from intendance.planning._large._state import State


@dataclass(frozen=True)
class Proof:
    """The shared prices that a bound was computed from; the items' prices follow from these."""

    lines: Floats
    parts: Floats
    budgets: Floats
    sides: Floats


@dataclass(frozen=True)
class Prices:
    """What one unit more of each row is worth, none negative but those of cells.

    ``stock`` (I, N, T) a unit in stock, ``queues`` (I, K, N, T) a unit of what is asked, ``hubs``
    (I, T) a unit made; ``lines`` (L, T), ``parts`` (C, T), ``budgets`` (N, Y).
    """

    stock: Floats
    queues: Floats
    hubs: Floats
    lines: Floats
    parts: Floats
    budgets: Floats


def proof_of(state: State) -> Proof:
    """The shared prices of a state, in arrays of their own."""
    shared = state.shared
    return Proof(
        shared.lines.copy(), shared.parts.copy(), shared.budgets.copy(), shared.sides.copy()
    )


def taken_back(proof: Proof, state: State) -> None:
    """Puts shared prices into a state."""
    shared = state.shared
    shared.lines[...], shared.parts[...] = proof.lines, proof.parts
    shared.budgets[...], shared.sides[...] = proof.budgets, proof.sides


def price_of(p: Problem, state: State) -> Prices:
    """The prices of a state whose items hold those of their networks."""
    shared = state.shared
    lines = np.maximum(shared.lines, 0.0)
    budgets = np.where(np.isfinite(p.shared.budget), np.maximum(shared.budgets, 0.0), 0.0)
    return Prices(
        stock=state.own.prices[:, 0].copy(),
        queues=state.own.prices[:, 1:].copy(),
        hubs=state.own.hubs[:, 0].copy(),
        lines=lines,
        parts=consistent(p, lines, np.maximum(shared.parts, 0.0)),
        budgets=budgets,
    )
