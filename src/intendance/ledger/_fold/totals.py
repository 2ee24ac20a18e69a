"""Totals beside tranches: a check on a sum, never an addend (rule 5)."""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from intendance.ledger._fold.deal import Deal, countable
from intendance.ledger._fold.evidence import FIRST, LAST
from intendance.ledger._fold.rows import Row
from intendance.terms import UNSPECIFIED, Interval, Stage, add, hull


class Check(NamedTuple):
    """Totals of one stage that the sum of the parts certainly exceeds."""

    stage: Stage
    totals: list[Row]
    sum: Interval
    addends: list[Row]


class _Parts:
    """The tranches' figures of one stage, ready for sums "announced by then"."""

    def __init__(self, stage: Stage, tranches: Sequence[Deal]) -> None:
        parts: list[tuple[Row, Interval]] = []
        for tranche in tranches:
            rows = [row for row in tranche.rows if row.stage == stage and _counts(row)]
            if rows:
                first = min(rows, key=lambda row: (row.p1, row.at))
                parts.append((first, hull([row.figure for row in rows if row.figure is not None])))
        parts.sort(key=lambda part: (part[0].p1, part[0].at))
        self.rows = [row for row, _ in parts]
        self._ends = [row.p1 for row in self.rows]
        self._sums: list[Interval] = []
        self._same: dict[tuple[str, str], Interval] = {}
        for row, figure in parts:
            self._sums.append(add(self._sums[-1], figure) if self._sums else figure)
            span = (row.p0, row.p1)
            known = self._same.get(span)
            self._same[span] = figure if known is None else add(known, figure)

    def by(self, row: Row) -> tuple[int, Interval | None]:
        """How many were certainly announced by the row's publication, and their sum.

        What was published for the very same span (the same report, say) is announced by then.
        """
        count = bisect_right(self._ends, row.p0)
        total = self._sums[count - 1] if count else None
        same = self._same.get((row.p0, row.p1)) if row.p0 != row.p1 else None
        if same is not None:
            total = same if total is None else add(total, same)
        return count, total


def check_totals(base: Sequence[Row], tranches: Sequence[Deal]) -> list[Check]:
    """Compare totals with the tranches announced by then; take their figures out of the base.

    A row whose figure is such a total keeps its place in the base, but its ``figure`` is dropped:
    it adds nothing. So does a bare figure that is exactly the sum of several announced by then.
    An undated total beside tranches settles nothing and adds nothing.
    """
    stages = {row.stage for tranche in tranches for row in tranche.rows if _counts(row)}
    found = []
    for stage in sorted(stages):
        rows = [row for row in base if row.stage == stage and _counts(row)]
        if rows:
            check = _check(stage, sorted(rows, key=_published), _Parts(stage, tranches))
            if check is not None:
                found.append(check)
    return found


def _check(stage: Stage, rows: list[Row], parts: _Parts) -> Check | None:
    own: Interval | None = None
    waiting: list[tuple[str, int, Row, Interval]] = []
    said: list[Row] = []
    failed: list[Row] = []
    worst: tuple[Interval, int, int] = UNSPECIFIED, 0, 0
    for row in rows:
        figure = row.figure or UNSPECIFIED
        total = row.said.basis in ("total", "cumulative")
        if row.p0 == FIRST or row.p1 == LAST:
            row.figure = None if total else figure
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
            row.figure = None
            if _above(whole, figure):
                failed.append(row)
                worst = whole, len(said), max(count, 1)
        elif (own is not None or count > 1) and _is_sum(figure, whole):
            row.figure = None
        else:
            heapq.heappush(waiting, (row.p1, row.at, row, figure))
    if not failed:
        return None
    total_of, own_rows, others_rows = worst
    return Check(stage, failed, total_of, said[:own_rows] + parts.rows[:others_rows])


def _counts(row: Row) -> bool:
    return countable(row) is not None and row.sense == "affirms" and row.live


def _published(row: Row) -> tuple[str, str, int]:
    return row.p0, row.p1, row.at


def _above(whole: Interval, figure: Interval) -> bool:
    return (
        whole.low is not None
        and figure.high is not None
        and whole.low >= figure.high
        and not whole.overlaps(figure)
    )


def _is_sum(figure: Interval, whole: Interval) -> bool:
    return whole.low is not None and whole.low == whole.high == figure.low == figure.high
