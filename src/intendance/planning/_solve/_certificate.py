"""The multipliers of a model's rows as rows of a certificate, named by rule (P21)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec
import numpy as np

from intendance.planning._model._blocks import Block, Floats, Problem
from intendance.planning._plan import CertificateRow, Plan
from intendance.planning._scenario import Scenario
from intendance.planning.checker import certified_bound
from intendance.terms import IntendanceError

_NUMBERED: Final = ("floor", "arrived", "released", "kept", "unsent")
_OF_A_FRAMEWORK: Final = ("ceiling money", "ceiling", "minimum")
_OWN: Final = ("own", "hub", "through", "fund", "ramp")
"""Rows of the model's own making, which follow from the rules and need no multiplier."""


_WHOLE: Final = ("balance", "queue")
"""Rows whose lack means that nothing can be there yet: those with multiplier 0 are told too."""


def certificate_of(
    problem: Problem, multipliers: Sequence[Floats | None], held: Sequence[int] = ()
) -> tuple[CertificateRow, ...]:
    """The multipliers by stage and row; those of 0 are left out where that changes nothing.

    ``held``: the stages that rows of their own held, whose multipliers follow those of the model.
    """
    found: list[CertificateRow] = []
    for stage, y in enumerate(_without_held(len(problem.row_lower), multipliers, held)):
        if y is not None:
            for block in problem.rows.values():
                found += _rows(stage, block, y)
    return tuple(found)


def _without_held(
    rows: int, multipliers: Sequence[Floats | None], held: Sequence[int]
) -> Iterator[Floats | None]:
    """Multipliers of each stage alone: what holds an earlier one brings that one's with it."""
    own: list[Floats | None] = []
    for y in multipliers:
        alone = None if y is None else y[:rows].copy()
        if y is not None and alone is not None:
            for earlier, strength in zip(held, y[rows:].tolist(), strict=False):
                before = own[earlier]
                if before is not None:
                    alone += strength * before
        own.append(alone)
        yield alone


def _rows(stage: int, block: Block, y: Floats) -> Iterator[CertificateRow]:
    kind = _kind(block.name)
    if kind.split(" ")[0] in _OWN or not y.size:
        return
    told = (y[block.at] != 0.0) | (kind in _WHOLE)
    places = np.argwhere((block.at >= 0) & told)
    for place in places.tolist():
        at = place[-len(block.labels) :]
        key = [name for labels, k in zip(block.labels, at, strict=True) for name in labels[k]]
        named = key[:1] if kind in _OF_A_FRAMEWORK else key
        yield CertificateRow(stage, (kind, *map(str, named)), float(y[block.at[tuple(place)]]))


def _kind(name: str) -> str:
    for kind in _OF_A_FRAMEWORK:
        if name.startswith(f"{kind} "):
            return kind
    if name.startswith("band "):
        return name.rsplit(" ", 1)[1]
    first = name.split(" ")[0]
    return first if first in _NUMBERED else name


def certified(scenario: Scenario, plan: Plan) -> Plan:
    """The plan with its bound recomputed by the checker.

    Raises ``plan.solver`` where that bound says that the plan can't exist.
    """
    found = certified_bound(scenario, plan)
    for bound, value in found:
        if bound > value + SLACK * max(1.0, abs(value)):
            raise IntendanceError(
                "plan.solver", expected=f"a bound that is not above {value:g}", got=f"{bound:g}",
                where=scenario.settings.name,
            )  # fmt: skip
    return msgspec.structs.replace(plan, certified=tuple(bound for bound, _ in found))


SLACK: Final = 1e-6
"""A plan keeps to its rules within the checker's tolerance, so it can be under a bound by this."""
