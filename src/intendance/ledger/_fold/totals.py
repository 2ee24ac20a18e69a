"""Totals beside tranches: a check on a sum, never an addend (rule 5)."""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

from intendance.ledger._fold.deal import Deal
from intendance.ledger._fold.sketch import PROGRESS, UNDATED, Sketch
from intendance.ledger._fold.vocabulary import STAGE_RULES
from intendance.terms import UNSPECIFIED, Interval, Stage, add, hull

_STAGES: Final[dict[int, Stage]] = {rule.order: stage for stage, rule in STAGE_RULES.items()}
"""The stages that something affirms, by their order."""


class Check(NamedTuple):
    """Totals of one stage that the sum of the parts certainly exceeds."""

    stage: Stage
    totals: list[Sketch]
    sum: Interval
    addends: list[Sketch]


class _Parts:
    """The tranches' figures of one stage, ready for sums "announced by then"."""

    def __init__(self, figures: Sequence[Sequence[Sketch]]) -> None:
        parts: list[tuple[Sketch, Interval]] = []
        for rows in figures:
            first = min(rows, key=lambda row: (row.p1, row.at)) if len(rows) > 1 else rows[0]
            parts.append((first, _hull(rows)))
        parts.sort(key=lambda part: (part[0].p1, part[0].at))
        self.rows = [row for row, _ in parts]
        self._ends = [row.p1 for row in self.rows]
        self._sums: list[Interval] = []
        self._same: dict[tuple[int, int], Interval] = {}
        for row, figure in parts:
            self._sums.append(add(self._sums[-1], figure) if self._sums else figure)
            span = (row.p0, row.p1)
            known = self._same.get(span)
            self._same[span] = figure if known is None else add(known, figure)

    def by(self, row: Sketch) -> tuple[int, Interval | None]:
        """How many were certainly announced by the row's publication, and their sum.

        What was published for the very same span (the same report, say) is announced by then.
        """
        count = bisect_right(self._ends, row.p0)
        total = self._sums[count - 1] if count else None
        same = self._same.get((row.p0, row.p1)) if row.p0 != row.p1 else None
        if same is not None:
            total = same if total is None else add(total, same)
        return count, total


def check_totals(
    base: Sequence[Sketch], tranches: Sequence[Deal]
) -> tuple[list[Check], list[Sketch]]:
    """Compare totals with the tranches announced by then; second, whose figures count for nothing.

    What states such a total keeps its place in the base, but adds nothing. So does a bare figure
    that is exactly the sum of several announced by then. An undated total beside tranches settles
    nothing and adds nothing.
    """
    owned: dict[int, list[Sketch]] = {}
    for row in base:
        if _counts(row):
            owned.setdefault(row.order, []).append(row)
    added: dict[int, list[list[Sketch]]] = {order: [] for order in owned}
    for tranche in tranches if owned else ():
        mine: dict[int, list[Sketch]] = {}
        for row in tranche.rows:
            if _counts(row) and row.order in added:
                mine.setdefault(row.order, []).append(row)
        for order, rows in mine.items():
            added[order].append(rows)
    found: list[Check] = []
    idle: list[Sketch] = []
    for order in sorted(owned, key=_STAGES.__getitem__):
        if added[order]:
            rows = sorted(owned[order], key=_published)
            check = _check(_STAGES[order], rows, _Parts(added[order]), idle)
            if check is not None:
                found.append(check)
    return found, idle


def _check(stage: Stage, rows: list[Sketch], parts: _Parts, idle: list[Sketch]) -> Check | None:
    own: Interval | None = None
    waiting: list[tuple[int, int, Sketch, Interval]] = []
    said: list[Sketch] = []
    failed: list[Sketch] = []
    worst: tuple[Interval, int, int] = UNSPECIFIED, 0, 0
    for row in rows:
        figure = row.figure or UNSPECIFIED
        total = row.total or row.cumulative
        if row.p0 == 0 or row.p1 == UNDATED:
            if total:
                idle.append(row)
            continue
        while waiting and waiting[0][0] < row.p0:
            _, _, earlier, value = heapq.heappop(waiting)
            own = value if own is None else hull([own, value])
            said.append(earlier)
        count, others = parts.by(row)
        if others is None:
            heapq.heappush(waiting, (row.p1, row.at, row, figure))
            continue
        whole = others if own is None else add(others, own)
        if total:
            idle.append(row)
            if _above(whole, figure):
                failed.append(row)
                worst = whole, len(said), max(count, 1)
        elif (own is not None or count > 1) and _is_sum(figure, whole):
            idle.append(row)
        else:
            heapq.heappush(waiting, (row.p1, row.at, row, figure))
    if not failed:
        return None
    total_of, own_rows, others_rows = worst
    return Check(stage, failed, total_of, said[:own_rows] + parts.rows[:others_rows])


def _counts(row: Sketch) -> bool:
    """Whether a row's figure is one so far; what was added at a later stage is none."""
    return row.figure is not None and row.live and row.route != PROGRESS


def _published(row: Sketch) -> tuple[int, int, int]:
    return row.p0, row.p1, row.at


def _hull(rows: Sequence[Sketch]) -> Interval:
    """The hull of what the rows say, in no words of theirs."""
    one = rows[0].figure
    if one is None or not one.known or any(row.figure is not one for row in rows):
        return hull([row.figure for row in rows if row.figure is not None])
    return Interval(one.low, one.high, one.low_open, one.high_open, one.approx, "", "stated")


def _above(whole: Interval, figure: Interval) -> bool:
    return (
        whole.low is not None
        and figure.high is not None
        and whole.low >= figure.high
        and not whole.overlaps(figure)
    )


def _is_sum(figure: Interval, whole: Interval) -> bool:
    return whole.low is not None and whole.low == whole.high == figure.low == figure.high
