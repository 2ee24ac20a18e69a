"""What the overview counts: commitments by donor, class and month that reached a stage."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from intendance.catalogue import Catalogue
from intendance.ledger import Quote
from intendance.terms import Commitment, Stage, StageState

COUNTED: Final[tuple[Stage, ...]] = ("promised", "contracted", "delivered")


class Reached(msgspec.Struct, frozen=True):
    """How many commitments of one donor or class reached each stage."""

    name: str
    promised: int
    contracted: int
    delivered: int


class Month(msgspec.Struct, frozen=True):
    """How many commitments had reached a stage by the end of a month."""

    month: str
    stage: str
    count: int


def by_donor(commitments: Iterable[Commitment]) -> list[Reached]:
    """Live commitments by donor, the donor of most first; joint ones count for each donor."""
    return _reached((donor, each) for each in commitments for donor in each.donors or ("",))


def by_class(commitments: Iterable[Commitment], catalogue: Catalogue) -> list[Reached]:
    """Live commitments by the class of their item."""
    return _reached((catalogue.class_of(each.item or "") or "", each) for each in commitments)


def by_month(commitments: Iterable[Commitment], quotes: Mapping[str, Quote]) -> list[Month]:
    """Cumulative counts by month; a stage without a date counts when it was first reported."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for each in commitments:
        for stage in _stages(each):
            month = _month(each.stages[stage], quotes)
            if month is not None:
                found[month][stage] += 1
    held: Counter[str] = Counter()
    rows = []
    for month in sorted(found):
        held += found[month]
        rows += [Month(month, stage, held[stage]) for stage in COUNTED]
    return rows


def _stages(each: Commitment) -> list[Stage]:
    """The stages that a live commitment reached by live statements; delivered is promised too."""
    if not each.live:
        return []
    return [stage for stage in COUNTED if stage in each.stages and each.stages[stage].witnesses > 0]


def _reached(pairs: Iterable[tuple[str, Commitment]]) -> list[Reached]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for name, each in pairs:
        for stage in _stages(each):
            counts[name][stage] += 1
    rows = [Reached(name, *(held[stage] for stage in COUNTED)) for name, held in counts.items()]
    return sorted(rows, key=lambda row: (-row.promised - row.delivered - row.contracted, row.name))


def _month(state: StageState, quotes: Mapping[str, Quote]) -> str | None:
    day = state.time.start or state.time.end
    if day is None:
        published = [quotes[one].published for one in state.statements if one in quotes]
        day = min((each for each in published if each), default=None)
    return None if day is None else day[:7]
