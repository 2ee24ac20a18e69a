"""Clusters: which statements speak of one commitment, before and after an analyst's decisions."""

from __future__ import annotations

from collections.abc import Sequence

from intendance.ledger._fold.block import Kinds
from intendance.ledger._fold.deals import split_group
from intendance.ledger._fold.decisions import Ties
from intendance.ledger._fold.levels import Group, group_items
from intendance.ledger._fold.rows import Row
from intendance.ledger._fold.totals import Check, check_totals


class Cluster:
    """The rows of one commitment, in order.

    ``could_be`` holds the first rows of other clusters that it may belong to; ``checks`` totals
    that its tranches exceed; ``tied`` is true where a merge brought rows together.
    """

    __slots__ = ("checks", "could_be", "rows", "tied")

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows
        self.could_be: list[Row] = []
        self.checks: list[Check] = []
        self.tied = False


def cluster_rows(
    rows: Sequence[Row], kinds: Kinds, new: frozenset[str] | None = None
) -> tuple[list[Cluster], list[Row]]:
    """The clusters of any number of blocks, by the rules alone.

    With ``new``, the identifiers of the statements that have come or changed since these blocks
    were folded last, groups that these can't have changed are left out; their rows come second.
    """
    strands: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        strands.setdefault((row.key, row.strand), []).append(row)
    clusters: list[Cluster] = []
    left: list[Row] = []
    for strand in strands.values():
        if new is not None and all(row.id not in new for row in strand):
            left += strand
        else:
            clusters += _strand(strand, kinds, new, left)
    return clusters, left


def _strand(
    rows: list[Row], kinds: Kinds, new: frozenset[str] | None, left: list[Row]
) -> list[Cluster]:
    groups = group_items(rows, kinds)
    if new is not None and len(groups) > 1:
        same = _unchanged(rows, groups, new)
        left += [row for group in same for row in (*group.firm, *group.loose)]
        groups = [group for group in groups if group not in same]
    made: dict[int, list[Cluster]] = {}
    for group in groups:
        made[id(group)] = _from_group(group, kinds)
    for group in groups:
        for cluster in made[id(group)]:
            for other in group.open_to:
                cluster.could_be += [each.rows[0] for each in made[id(other)]]
    return [cluster for group in groups for cluster in made[id(group)]]


def _unchanged(rows: list[Row], groups: list[Group], new: frozenset[str]) -> list[Group]:
    """The groups that hold nothing new and have to do with no other; live items make the groups."""
    known = {row.item for row in rows if row.live and row.id not in new}
    if any(row.live and row.item not in known for row in rows if row.id in new):
        return []
    named = {id(other) for group in groups for other in group.open_to}
    return [
        group
        for group in groups
        if not group.open_to and id(group) not in named
        if all(row.id not in new for row in (*group.firm, *group.loose))
    ]


def _from_group(group: Group, kinds: Kinds) -> list[Cluster]:
    split = split_group(group, kinds)
    checks = check_totals(split.base, split.deals) if split.base and split.deals else []
    clusters: list[Cluster] = []
    if split.base:
        clusters.append(_cluster(split.base))
        clusters[0].checks = checks
    of_deal: dict[int, Cluster] = {}
    if split.base and split.first is not None:
        of_deal[id(split.first)] = clusters[0]
    for deal in split.deals:
        of_deal[id(deal)] = _cluster(deal.rows)
        clusters.append(of_deal[id(deal)])
    for deal in split.deals:
        if deal.open_to:
            could_be = of_deal[id(deal)].could_be
            could_be += [of_deal[id(each)].rows[0] for each in deal.open_to]
    if split.open:
        unplaced = _cluster(split.open)
        unplaced.could_be = [each.rows[0] for each in clusters]
        clusters.append(unplaced)
    return clusters


def _cluster(rows: list[Row]) -> Cluster:
    return Cluster(sorted(rows, key=_at))


def _at(row: Row) -> int:
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
