"""Done against denied: what was said to have happened and is denied (rule 7)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from intendance.ledger._fold.evidence import LAST
from intendance.ledger._fold.rows import Row
from intendance.ledger._fold.vocabulary import STAGE_RULES
from intendance.terms import Interval, Stage


def denied(
    stage: Stage, affirming: Sequence[Row], denying: Sequence[Row]
) -> tuple[list[Row], list[Row]]:
    """The rows on either side of the contradiction; both empty where there is none.

    A denial contradicts a statement for an overlapping or unknown time, unless the two speak of
    disjoint quantities. What has happened stays happened: of a delivery a later denial contradicts
    it too, and only an earlier one ("not yet") is history.
    """
    cumulative = STAGE_RULES[stage].cumulative
    done: dict[str, Row] = {}
    not_done: dict[str, Row] = {}
    for figure, rows in _by_figure(affirming):
        for against, denials in _by_figure(denying):
            if figure is None or against is None or figure.overlaps(against):
                for row in _touching(rows, denials, to_the_end=cumulative):
                    done[row.id] = row
                for row in _touching(denials, rows, from_the_start=cumulative):
                    not_done[row.id] = row
    return _ranked(done.values()), _ranked(not_done.values())


def _by_figure(rows: Iterable[Row]) -> list[tuple[Interval | None, list[Row]]]:
    groups: dict[object, tuple[Interval | None, list[Row]]] = {}
    for row in rows:
        figure = row.figure
        key = figure and (figure.low, figure.high, figure.low_open, figure.high_open)
        groups.setdefault(key, (figure, []))[1].append(row)
    return list(groups.values())


def _touching(
    rows: Sequence[Row],
    others: Sequence[Row],
    *,
    to_the_end: bool = False,
    from_the_start: bool = False,
) -> list[Row]:
    """The rows whose time overlaps that of one of the others.

    ``to_the_end``: a row holds from its time on; ``from_the_start``: the others do.
    """
    spans = sorted((row.t0, LAST if from_the_start else row.t1) for row in others)
    starts = [start for start, _ in spans]
    last: list[str] = []
    for _, end in spans:
        last.append(end if not last or end > last[-1] else last[-1])
    found = []
    for row in rows:
        place = bisect_right(starts, LAST if to_the_end else row.t1)
        if place and last[place - 1] >= row.t0:
            found.append(row)
    return found


def _ranked(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.at)
