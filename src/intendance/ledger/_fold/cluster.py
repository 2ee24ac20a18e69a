"""Clusters: which statements speak of one commitment, before and after an analyst's decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from intendance.ledger._fold.block import Kinds
from intendance.ledger._fold.deals import Split, split_group
from intendance.ledger._fold.decisions import Ties
from intendance.ledger._fold.levels import Group, group_items
from intendance.ledger._fold.rows import Row
from intendance.ledger._fold.sketch import NOWHERE, OPEN, Sketch
from intendance.ledger._fold.totals import Check, check_totals
from intendance.terms import Interval, Stage


class Outline:
    """The sketches of one commitment, in order.

    ``could_be`` holds other outlines that it may belong to; ``checks`` totals that its tranches
    exceed, ``idle`` totals that add nothing. ``key`` is the number of the deal's anchor, or NOWHERE
    or OPEN where it is none's. The rest is for folding again: ``name`` the commitment's identifier
    once that is known, ``state`` a hash of what it is made from beside its rows, ``was`` the key
    that an outline of the same rows had.
    """

    __slots__ = ("checks", "could_be", "idle", "key", "name", "rows", "state", "was")

    def __init__(self, rows: list[Sketch], key: int = NOWHERE) -> None:
        self.rows = rows
        self.key = key
        self.name = ""
        self.state: bytes | None = None
        self.was = 0
        self.could_be: list[Outline] = []
        self.checks: list[Check] = []
        self.idle: list[Sketch] = []


Outlines = list[tuple[Group, list[Outline]]]
"""Groups of one strand or more, each with its outlines."""


class Cluster:
    """The rows of one commitment, in order.

    ``could_be`` holds the first rows of other clusters that it may belong to; ``checks`` totals
    that its tranches exceed; ``tied`` is true where a merge brought rows together.
    """

    __slots__ = ("checks", "could_be", "rows", "tied")

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows
        self.could_be: list[Row] = []
        self.checks: list[RowCheck] = []
        self.tied = False


class RowCheck(NamedTuple):
    """A check of totals, of rows."""

    stage: Stage
    totals: list[Row]
    sum: Interval
    addends: list[Row]


def cluster_rows(rows: Sequence[Row], sketches: Sequence[Sketch], kinds: Kinds) -> Outlines:
    """The outlines of any number of blocks by the rules alone, by strand and group.

    ``sketches`` are those of the rows, each ``at`` the place of its row.
    """
    strands: dict[tuple[str, str], list[Sketch]] = {}
    for each in sketches:
        strands.setdefault((rows[each.at].key, each.strand), []).append(each)
    return [found for strand in strands.values() for found in outline_strand(strand, kinds)]


def outline_strand(rows: list[Sketch], kinds: Kinds) -> Outlines:
    """The groups of a strand, each with its outlines."""
    groups = group_items(rows, kinds)
    made = {id(group): outline(split_group(group, kinds)) for group in groups}
    widen(groups, made)
    return [(group, made[id(group)]) for group in groups]


def cluster_again(
    sketches: Sequence[Sketch],
    came: Set[int],
    kinds: Kinds,
) -> Outlines:
    """The outlines of a block, but for groups that those who ``came`` can't have changed."""
    strands: dict[str, list[Sketch]] = {}
    for each in sketches:
        strands.setdefault(each.strand, []).append(each)
    found: Outlines = []
    for strand in strands.values():
        if any(each.number in came for each in strand):
            groups = group_items(strand, kinds)
            if not _regroups(strand, came):
                groups = _touched(groups, came)
            made = {id(each): outline(split_group(each, kinds)) for each in groups}
            widen(groups, made)
            found += [(group, made[id(group)]) for group in groups]
    return found


def _regroups(rows: list[Sketch], came: Set[int]) -> bool:
    """Whether what came makes other groups: live items make them."""
    known = {row.item for row in rows if row.live and row.number not in came}
    return any(row.live and row.item not in known for row in rows if row.number in came)


def _touched(groups: list[Group], came: Set[int]) -> list[Group]:
    """The groups that hold what came, or have to do with others."""
    named = {id(other) for group in groups for other in group.open_to}
    return [
        group
        for group in groups
        if group.open_to
        or id(group) in named
        or any(row.number in came for row in (*group.firm, *group.loose))
    ]


def widen(groups: Sequence[Group], made: Mapping[int, Sequence[Outline]]) -> None:
    """Tell each outline of a wider item which of the narrower ones it may belong to."""
    for group in groups:
        for each in made[id(group)] if group.open_to else ():
            for other in group.open_to:
                each.could_be += made[id(other)]


def outline(split: Split) -> list[Outline]:
    """The outlines of one group."""
    found: list[Outline] = []
    of_deal: dict[int, Outline] = {}
    if split.base:
        key = NOWHERE if split.first is None else split.first.anchor.number
        found.append(_outline(split.base, key))
        if split.deals:
            found[0].checks, found[0].idle = check_totals(split.base, split.deals)
        if split.first is not None:
            of_deal[id(split.first)] = found[0]
    for deal in split.deals:
        of_deal[id(deal)] = _outline(deal.rows, deal.anchor.number)
        found.append(of_deal[id(deal)])
    for deal in split.deals:
        if deal.open_to:
            of_deal[id(deal)].could_be += [of_deal[id(each)] for each in deal.open_to]
    if split.open:
        unplaced = _outline(split.open, OPEN)
        unplaced.could_be += found
        found.append(unplaced)
    return found


def _outline(rows: list[Sketch], key: int) -> Outline:
    rows.sort(key=_at)
    return Outline(rows, key)


def filled(outline: Outline, rows: Mapping[int, Row] | Sequence[Row]) -> Cluster:
    """The cluster of an outline, with the rows at the places of its sketches.

    What it could be is left to the caller: that is told by the other outlines' rows or names.
    """
    cluster = Cluster([rows[each.at] for each in outline.rows])
    cluster.checks = [
        RowCheck(
            each.stage,
            [rows[total.at] for total in each.totals],
            each.sum,
            [rows[addend.at] for addend in each.addends],
        )
        for each in outline.checks
    ]
    for each in outline.idle:
        rows[each.at].figure = None
    return cluster


def _at(row: Row | Sketch) -> int:
    return row.at


def apply_ties(clusters: list[Cluster], ties: Ties) -> list[Cluster]:
    """The clusters after merges and splits.

    First a statement that must lie apart from an earlier one of its cluster leaves it, with what
    is tied to it; then whole clusters unite where a merge names rows of both; where that brings
    together what must lie apart, the later again leaves.
    """
    apart = [part for cluster in clusters for part in _eject(cluster, ties)]
    united = _unite(apart, ties)
    return [part for cluster in united for part in _eject(cluster, ties)]


def _eject(cluster: Cluster, ties: Ties) -> list[Cluster]:
    bound = [row for row in cluster.rows if row.id in ties.named]
    if not bound or len(cluster.rows) == 1:
        return [cluster]
    heads = dict.fromkeys(ties.head(row.id) for row in bound)
    staying: list[str] = []
    leaving: list[str] = []
    for head in heads:
        alone = not ties.alone.isdisjoint(ties.together(head))
        barred = alone or any(ties.apart(head, other) for other in staying)
        (leaving if barred else staying).append(head)
    if not leaving:
        return [cluster]
    moved = {head: [row for row in bound if ties.head(row.id) == head] for head in leaving}
    gone = {row.id for rows in moved.values() for row in rows}
    left = [row for row in cluster.rows if row.id not in gone]
    parts = [Cluster(rows) for rows in moved.values()]
    for part in parts:
        part.tied = cluster.tied and len(part.rows) > 1
    if left:
        cluster.rows = left
        parts.insert(0, cluster)
    return parts


def _unite(clusters: list[Cluster], ties: Ties) -> list[Cluster]:
    home = {row.id: number for number, cluster in enumerate(clusters) for row in cluster.rows}
    into = list(range(len(clusters)))

    def top(number: int) -> int:
        while into[number] != number:
            number = into[number]
        return number

    for name in sorted(ties.named):
        places = sorted({top(home[each]) for each in ties.together(name) if each in home})
        for place in places[1:]:
            into[place] = places[0]
    kept: dict[int, Cluster] = {}
    for number, cluster in enumerate(clusters):
        first = kept.setdefault(top(number), cluster)
        if first is not cluster:
            first.rows = sorted(first.rows + cluster.rows, key=_at)
            first.could_be += cluster.could_be
            first.checks += cluster.checks
            first.tied = True
    return list(kept.values())
