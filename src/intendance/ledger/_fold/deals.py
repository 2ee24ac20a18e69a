"""The deals of a group: what is promised again, what is added, what came of which (rule 5)."""

from __future__ import annotations

from collections.abc import Sequence

from intendance.ledger._fold.block import Kinds
from intendance.ledger._fold.deal import Deal
from intendance.ledger._fold.levels import Group
from intendance.ledger._fold.lines import place_lines
from intendance.ledger._fold.linker import Linker, Placed
from intendance.ledger._fold.sketch import (
    ADDED,
    BY_FIGURE,
    BY_FIT,
    BY_PACKAGE,
    BY_TIME,
    BY_TOTAL,
    DATELESS,
    MORE,
    NOWHERE,
    OPEN,
    PROGRESS,
    UNDATED,
    UNFIT,
    UNSURE,
    Sketch,
)


class Split:
    """A group as deals: the first one's rows (``base``), the others, and what stays open.

    ``base`` holds totals too, which speak of all deals. ``open`` are rows that can belong to
    several deals (or to none).
    """

    __slots__ = ("base", "deals", "first", "open")

    def __init__(self, base: list[Sketch], deals: list[Deal], first: Deal | None = None) -> None:
        self.base = base
        self.first = first
        self.deals = deals
        self.open: list[Sketch] = []


def split_group(group: Group, kinds: Kinds) -> Split:
    """Split a group's live rows into deals, and give its candidates to those that they fit.

    Promises first, the most specific items before the wider: dated ones with a figure or a package
    open deals or join them; then those that can only be told by their time; then the undated. What
    came later follows: by package, by figure, by time.
    """
    if len(group.firm) == 1:
        return Split(group.firm + group.loose, [])
    linker = Linker()
    promises, others, later = sorted_out(group, kinds)
    if any(row.line is not None for row in group.firm):
        promises, others, later = place_lines(linker, promises, others, later)
    left = _place_promises(promises, linker)
    base: list[Sketch] = []
    for row in others:
        if not place(row, home_of(row, linker)):
            stay(row, base, left)
    place_later(later, linker)
    return split_up(linker, base, left, group.loose)


def sorted_out(group: Group, kinds: Kinds) -> tuple[list[Sketch], list[Sketch], list[Sketch]]:
    """The promises in the order in which they are placed, what opens no deal, later increments."""
    promises: list[Sketch] = []
    others: list[Sketch] = []
    later: list[Sketch] = []
    for row in group.firm:
        (promises if row.promises else later if row.adds else others).append(row)
    items = {row.item for row in promises}
    if len(items) > 1:
        depth = {item: -len(kinds.above(item or "")) for item in items}
        promises.sort(key=lambda row: (depth[row.item], row.at))
    later.sort(key=lambda row: (row.order, row.at))
    return promises, others, later


def split_up(
    linker: Linker, base: list[Sketch], left: list[Sketch], loose: Sequence[Sketch]
) -> Split:
    """What a linker holds once all is placed but the candidates."""
    first = linker.base
    others = [each for each in linker.all if each is not first]
    split = Split(first.rows + base if first is not None else base, others, first)
    if len(linker.plain) <= 1:
        split.base = split.base + left
        if split.base or len(others) != 1:
            split.base += loose
        else:
            others[0].rows = others[0].rows + list(loose)
        return split
    split.open = left
    for row in loose:
        if not place(row, home_of(row, linker)):
            split.open.append(row)
    split.base = first.rows + base if first is not None else base
    return split


def route_of(row: Sketch) -> int:
    """The route of a promise that is not placed at once by a rule of its own; else 0."""
    if row.adds:
        return ADDED if row.day != UNDATED and row.figure is not None else UNSURE
    return DATELESS if row.day == UNDATED else 0


def _place_promises(promises: Sequence[Sketch], linker: Linker) -> list[Sketch]:
    """Place the promises; gives those that could be of several deals."""
    waiting: list[Sketch] = []
    unsure: list[Sketch] = []
    undated: list[Sketch] = []
    for row in promises:
        row.route = route_of(row)
        if row.route == ADDED:
            put_increment(row, linker.of_increment(row), linker)
        elif row.route == UNSURE:
            unsure.append(row)
        elif row.route == DATELESS:
            undated.append(row)
        else:
            placed = linker.of_promise(row)
            row.route = placed[0]
            if not linker.put(row, placed):
                waiting.append(row)
    for row in waiting:
        linker.put(row, linker.of_waiting(row))
    for row in unsure:
        linker.put_unsure(row, linker.of_unsure(row))
    return [row for row in undated if not put_dateless(row, linker)]


def put_increment(row: Sketch, home: Deal | None, linker: Linker) -> None:
    """Place an increment with date and number, in a deal of its own where it is none that is."""
    if home is None:
        linker.open(row, adds=True)
    else:
        linker.join(home, row)


def put_dateless(row: Sketch, linker: Linker) -> bool:
    """Place a promise without date; false where it could be of several deals."""
    if linker.put(row, linker.of_undated(row)):
        return True
    row.route, row.home = -DATELESS, OPEN
    return False


def place(row: Sketch, placed: Placed) -> bool:
    """Place what opens no deal; false where it is none's."""
    row.route, home = placed
    if home is None:
        row.route, row.home = -row.route, OPEN
        return False
    home.rows.append(row)
    row.home = home.anchor.number
    return True


def stay(row: Sketch, base: list[Sketch], left: list[Sketch]) -> None:
    """Keep what is no deal's: totals speak of all deals, the rest may be of any."""
    if row.total or row.cumulative:
        base.append(row)
        row.home = NOWHERE
    else:
        left.append(row)
        row.home = OPEN


def home_of(row: Sketch, linker: Linker) -> Placed:
    """The deal that a row which opens none belongs to.

    That of its package; of those promised by then the last of its figure, first among those that
    add nothing in words; else the last that has room for it. A total is no deal's, and a count so
    far, where something was added, only that of a deal of the same figure.
    """
    if row.total:
        return BY_TOTAL, None
    named = linker.by_package(row)
    if named is not None and not row.cumulative:
        return BY_PACKAGE, named
    bounds, day = row.whole, row.when
    counts_all = row.cumulative and len(linker.all) > len(linker.plain)
    if day is None:
        return BY_FIT, None if counts_all else linker.fitting(row, bounds)
    if bounds is not None:
        home = linker.of_figure(row, day, bounds, added=row.affirms and not counts_all)
        if home is not None:
            return BY_FIGURE, home
    elif counts_all:
        return BY_TOTAL, None
    route, home = linker.of_progress(row, day, None if row.parted else bounds)
    return (BY_TOTAL, None) if counts_all and route == UNFIT else (route, home)


def place_later(rows: Sequence[Sketch], linker: Linker) -> None:
    """Increments of later stages: progress of the deal that has room for them, else their own."""
    left = []
    for row in rows:
        home = _progress_of(row, linker)
        if home is None:
            left.append(row)
        else:
            home.rows.append(row)
            row.route, row.home = PROGRESS, home.anchor.number
    for row in left:
        row.route = MORE
        if route_of(row) == ADDED:
            put_increment(row, linker.of_increment(row), linker)
        else:
            linker.put_unsure(row, linker.of_unsure(row))


def _progress_of(row: Sketch, linker: Linker) -> Deal | None:
    named = linker.by_package(row)
    if named is not None:
        return named
    if row.when is not None:
        route, home = linker.of_progress(row, row.when, row.whole)
        return home if route == BY_TIME else None
    only = linker.all[0] if len(linker.all) == 1 else None
    return only if only is not None and not only.bars(row) and only.has_room(row.whole) else None
