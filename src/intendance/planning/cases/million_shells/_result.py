"""The case solved: a band of new production, the gap that it leaves, and the ramp worth most."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from intendance.planning._plan import Plan
from intendance.planning._scenario import Assumption, Scenario
from intendance.planning.cases.million_shells._figures import Figure, assumed
from intendance.planning.cases.million_shells._vintage import (
    ENDS,
    End,
    Vintage,
    scenario_of,
    vintage,
)

Solver = Callable[[Scenario], Plan]


class RampWorth(msgspec.Struct, frozen=True):
    """Rounds within the twelve months that a rise of capacity brings: plans with it and without."""

    figure: str
    low: float
    high: float


class Shells(msgspec.Struct, frozen=True):
    """New production for Ukraine over the twelve months and what it leaves of the promise.

    ``gap`` is to be met from stocks or from exports sent elsewhere; ``redirected`` is what those
    exports come to. Each is (low, high) in rounds.
    """

    as_of: str
    promise: float
    produced: tuple[float, float]
    gap: tuple[float, float]
    redirected: tuple[float, float]
    ramps: tuple[RampWorth, ...]
    figures: tuple[Figure, ...]
    delivered: tuple[Figure, ...]
    assumptions: tuple[Assumption, ...]

    @property
    def best(self) -> RampWorth | None:
        """The rise of capacity that is worth most."""
        return max(self.ramps, key=lambda ramp: (ramp.high, ramp.low), default=None)


def million_shells(
    solver: Solver, as_of: str, changes: Mapping[str, float] | None = None
) -> Shells:
    """Plans both ends of what was known by ``as_of`` and each once more without each ramp.

    ``solver`` makes a checked plan of a scenario. Nothing is stored: every number comes from
    figures.csv, case.toml and ``changes`` (see ``vintage``).
    """
    known = vintage(as_of, changes)
    lead = int((changes or {}).get("production_lead", assumed().production_lead))
    most = {end: _received(solver, known, end, lead) for end in ENDS}
    names = sorted({step.figure for steps in known.steps.values() for step in steps})
    ramps = []
    for name in names:
        worth = {
            end: most[end] - _received(solver, known, end, lead, name)
            if any(step.figure == name for step in known.steps[end])
            else 0.0
            for end in ENDS
        }
        ramps.append(RampWorth(name, worth["low"], worth["high"]))
    low, high = most["low"], most["high"]
    elsewhere = _elsewhere(low, known.share[1]), _elsewhere(high, known.share[0])
    return Shells(
        as_of=as_of,
        promise=known.promise,
        produced=(low, high),
        gap=(max(0.0, known.promise - high), max(0.0, known.promise - low)),
        redirected=(min(elsewhere), max(elsewhere)),
        ramps=tuple(ramps),
        figures=known.used,
        delivered=known.delivered,
        assumptions=known.assumptions,
    )


def _received(
    solver: Solver, known: Vintage, end: End, lead: int, without: str | None = None
) -> float:
    """Rounds that reach Ukraine within the plan from new production."""
    scenario = scenario_of(known, end, lead, without)
    decisions = solver(scenario).decisions
    sent = sum(row.quantity for row in decisions.transfers if row.recipient == "UKR")
    bought = sum(row.quantity for row in decisions.orders if row.nation == "UKR")
    return sent + bought + sum(row.quantity for row in scenario.owed)


def _elsewhere(received: float, share: float) -> float:
    return received * share / (1.0 - share) if share < 1.0 else 0.0
