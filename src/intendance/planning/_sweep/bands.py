"""From the outcomes of a sweep to bands, and to decisions that are right in nearly all."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import msgspec

from intendance.planning._sweep.outcome import Outcome

NEARLY: Final = 0.9
"""From this share of scenarios on a decision is right in nearly all."""


class BandRow(msgspec.Struct, frozen=True):
    """A figure over all scenarios: its 5th, 50th and 95th percentile and its ends."""

    what: str
    where: str
    month: str
    low: float
    p5: float
    p50: float
    p95: float
    high: float


class SteadyRow(msgspec.Struct, frozen=True):
    """A decision of the firm months: in what share of scenarios it is taken, and if it is steady.

    ``right`` is "do" or "don't" where that share is at least ``NEARLY`` or at most one less it,
    else "depends".
    """

    decision: str
    share: float
    right: str


def band_rows(outcomes: Sequence[Outcome], name: Callable[[int], str]) -> list[BandRow]:
    """Bands of the levels, of firm orders, and month by month of stocks and of what waits."""
    planned = [each for each in outcomes if each.state == "planned"]
    if not planned:
        return []
    rows = [
        _band("level", level, "", [getattr(each.objective, level) for each in planned])
        for level in ("unmet", "shortfall", "cost")
    ]
    places = sorted({place for each in planned for place in each.orders})
    for place in places:
        values = [each.orders.get(place, 0.0) for each in planned]
        rows.append(_band("firm orders", place, "", values))
    for kind in ("stock", "waiting"):
        series: defaultdict[str, list[Sequence[float]]] = defaultdict(list)
        for each in planned:
            for place, values in getattr(each, kind).items():
                series[place].append(values)
        for place, found in sorted(series.items()):
            rows += [
                _band(kind, place, name(month), of_month)
                for month, of_month in enumerate(zip(*found, strict=True))
            ]
    return rows


def steady_rows(outcomes: Iterable[Outcome]) -> list[SteadyRow]:
    """Each ramp and framework, the steadiest first."""
    planned = [each for each in outcomes if each.state == "planned"]
    counts: defaultdict[str, int] = defaultdict(int)
    for each in planned:
        for decision, taken in each.decisions.items():
            counts[decision] += taken
    rows = []
    for decision, count in counts.items():
        share = count / len(planned)
        right = "do" if share >= NEARLY else "don't" if 1 - share >= NEARLY else "depends"
        rows.append(SteadyRow(decision, share, right))
    return sorted(rows, key=lambda row: (-abs(row.share - 0.5), row.decision))


def _band(what: str, where: str, month: str, values: Sequence[float]) -> BandRow:
    ordered = sorted(values)
    return BandRow(
        what,
        where,
        month,
        ordered[0],
        _quantile(ordered, 0.05),
        _quantile(ordered, 0.5),
        _quantile(ordered, 0.95),
        ordered[-1],
    )


def _quantile(ordered: Sequence[float], share: float) -> float:
    """The value at a share, between neighbours in proportion (the usual definition, type 7)."""
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
