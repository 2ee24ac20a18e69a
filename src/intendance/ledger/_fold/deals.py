"""The deals of a group: what is promised again, what is added, what came of which (rule 5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from intendance.ledger._fold.block import Kinds
from intendance.ledger._fold.deal import UNDATED, Deal, countable, day_of, span
from intendance.ledger._fold.deal import day_number as number
from intendance.ledger._fold.evidence import FIRST, LAST
from intendance.ledger._fold.levels import Group
from intendance.ledger._fold.linker import Linker
from intendance.ledger._fold.rows import Row
from intendance.ledger._fold.vocabulary import STAGE_RULES

_PROMISED: Final = STAGE_RULES["promised"].order
_TOTALS: Final = ("total", "cumulative")


class Split:
    """A group as deals: the first one's rows (``base``), the others, and what stays open.

    ``base`` holds totals too, which speak of all deals. ``open`` are rows that can belong to
    several deals (or to none).
    """

    __slots__ = ("base", "deals", "first", "open")

    def __init__(self, base: list[Row], deals: list[Deal], first: Deal | None = None) -> None:
        self.base = base
        self.first = first
        self.deals = deals
        self.open: list[Row] = []


def split_group(group: Group, kinds: Kinds) -> Split:
    """Split a group's live rows into deals, and give its candidates to those that they fit.

    Promises first, the most specific items before the wider: dated ones with a figure or a package
    open deals or join them; then those that can only be told by their time; then the undated. What
    came later follows: by package, by figure, by time.
    """
    if len(group.firm) == 1:
        return Split(group.firm + group.loose, [])
    linker = Linker()
    promises = [row for row in group.firm if _promises(row)]
    promises.sort(key=lambda row: (-len(kinds.above(row.item or "")), row.at))
    left = _place_promises(promises, linker)
    base: list[Row] = []
    later: list[Row] = []
    for row in group.firm:
        if _promises(row):
            continue
        if _adds(row):
            later.append(row)
        elif not _place(row, linker):
            (base if row.said.basis in _TOTALS else left).append(row)
    _place_later(later, linker)
    return _split(linker, base, left, group.loose)


def _split(linker: Linker, base: list[Row], left: list[Row], loose: list[Row]) -> Split:
    first = linker.base
    others = [each for each in linker.all if each is not first]
    split = Split(first.rows + base if first is not None else base, others, first)
    if len(linker.plain) <= 1:
        split.base = split.base + left
        if split.base or len(others) != 1:
            split.base += loose
        else:
            others[0].rows = others[0].rows + loose
        return split
    split.open = left
    for row in loose:
        home = _home(row, linker)
        (split.open if home is None else split.base if home is first else home.rows).append(row)
    return split


def _place_promises(promises: Sequence[Row], linker: Linker) -> list[Row]:
    """Place the promises; gives those that could be of several deals."""
    waiting: list[Row] = []
    unsure: list[Row] = []
    undated: list[Row] = []
    for row in promises:
        dated = day_of(row) != UNDATED
        if _adds(row):
            if dated and countable(row) is not None:
                linker.add(row)
            else:
                unsure.append(row)
        elif not dated:
            undated.append(row)
        elif not linker.promise(row):
            waiting.append(row)
    for row in waiting:
        linker.settle(row)
    for row in unsure:
        linker.add_unsure(row)
    return [row for row in undated if not linker.undated(row)]


def _place(row: Row, linker: Linker) -> bool:
    home = _home(row, linker)
    if home is None:
        return False
    home.rows.append(row)
    return True


def _home(row: Row, linker: Linker) -> Deal | None:
    """The deal that a row which opens none belongs to.

    That of its package; of those promised by then the last of its figure, first among those that
    add nothing in words; else the last that has room for it. A total is no deal's, and a count so
    far, where something was added, only that of a deal of the same figure.
    """
    if row.said.basis == "total":
        return None
    named = linker.by_package(row)
    if named is not None and row.said.basis != "cumulative":
        return named
    whole = row.part or countable(row)
    bounds = None if whole is None else span(whole)
    day, published = _days(row)
    counts_all = row.said.basis == "cumulative" and len(linker.all) > len(linker.plain)
    if day is None:
        return None if counts_all else linker.fitting(row, bounds)
    if bounds is not None:
        same = [
            each
            for each in linker.plain_of(bounds)
            if each.first <= published and not each.bars(row)
        ]
        if same:
            return _latest(same, day)
        added = linker.added(row, bounds) if row.sense == "affirms" and not counts_all else []
        if len(added) == 1:
            return added[0]
    if counts_all:
        return None
    return linker.last_before(row, day, published, None if row.part is not None else bounds)


def _latest(deals: Iterable[Deal], day: int) -> Deal:
    """The deal first promised nearest before the day, else nearest after it."""
    return min(deals, key=lambda each: (each.first > day, abs(day - each.first), each.anchor.at))


def _days(row: Row) -> tuple[int | None, int]:
    """On which day it happened, and by which it was published; None where neither is known."""
    happened = None if row.t0 == FIRST or row.t1 == LAST else number(row.t1)
    published = None if row.p0 == FIRST or row.p1 == LAST else number(row.p1)
    if published is None:
        return happened, UNDATED
    return (published if happened is None else happened), published


def _place_later(rows: list[Row], linker: Linker) -> None:
    """Increments of later stages: progress of the one added deal that they fit, else their own."""
    rows.sort(key=lambda row: (STAGE_RULES[row.stage].order, row.at))
    left = []
    for row in rows:
        whole = row.part or countable(row)
        home = linker.by_package(row)
        if home is None and whole is not None:
            fits = linker.added(row, span(whole))
            home = fits[0] if len(fits) == 1 else None
        if home is None:
            left.append(row)
        else:
            home.rows.append(row)
    for row in left:
        if day_of(row) != UNDATED and countable(row) is not None:
            linker.add(row)
        else:
            linker.add_unsure(row)


def _promises(row: Row) -> bool:
    return (
        row.sense == "affirms"
        and STAGE_RULES[row.stage].order <= _PROMISED
        and row.said.basis not in _TOTALS
    )


def _adds(row: Row) -> bool:
    return row.said.basis == "increment" and row.sense == "affirms"
