"""Two plans side by side."""

from __future__ import annotations

from collections import defaultdict

import msgspec

from intendance.planning._plan import Decisions, Levels, Plan


class Difference(msgspec.Struct, frozen=True):
    """One figure in both plans; ``what`` says of which kind, ``where`` of whom or what."""

    what: str
    where: str
    first: float
    second: float

    @property
    def change(self) -> float:
        """The second less the first."""
        return self.second - self.first


class Comparison(msgspec.Struct, frozen=True):
    """The levels' changes, and every figure by nation, item, line or ramp that differs."""

    levels: Levels
    rows: tuple[Difference, ...]


def compare(first: Plan, second: Plan) -> Comparison:
    """What changes from the first plan to the second, the largest relative changes first.

    Figures: units ordered, met and sent by nation and item, units made by line and item, times
    that a ramp is taken, money by nation and year. Differences below a millionth are left out.
    """
    one, two = _figures(first.decisions), _figures(second.decisions)
    rows = [
        Difference(what, where, one.get((what, where), 0.0), two.get((what, where), 0.0))
        for what, where in sorted({*one, *two})
    ]
    changed = [r for r in rows if abs(r.change) > 1e-6 * max(1.0, abs(r.first), abs(r.second))]
    changed.sort(key=lambda r: -abs(r.change) / max(abs(r.first), abs(r.second)))
    return Comparison(
        levels=Levels(
            unmet=second.objective.unmet - first.objective.unmet,
            shortfall=second.objective.shortfall - first.objective.shortfall,
            cost=second.objective.cost - first.objective.cost,
        ),
        rows=tuple(changed),
    )


def _figures(decided: Decisions) -> dict[tuple[str, str], float]:
    found: defaultdict[tuple[str, str], float] = defaultdict(float)
    for order in decided.orders:
        found["ordered", f"{order.nation} {order.item}"] += order.quantity
    for met in decided.met:
        found["met", f"{met.nation} {met.item}"] += met.quantity
    for sent in decided.transfers:
        found["sent", f"{sent.sender} {sent.recipient} {sent.item}"] += sent.quantity
    for made in decided.production:
        found["made", f"{made.line} {made.item}"] += made.quantity
    for ramp in decided.ramps:
        found["ramp", ramp.ramp] += ramp.count
    for payment in decided.payments:
        found["paid", f"{payment.nation} {payment.year}"] += payment.amount
    return dict(found)
