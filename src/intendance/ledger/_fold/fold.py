"""The fold: a pure function from a set of statements and decisions to commitments (rule 3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from intendance.ledger._fold.block import Kinds, block_key, kinds_of
from intendance.ledger._fold.cluster import (
    Cluster,
    Outline,
    Outlines,
    apply_ties,
    cluster_rows,
    filled,
)
from intendance.ledger._fold.commitment import Builder, anchor_of
from intendance.ledger._fold.corrections import apply_corrections
from intendance.ledger._fold.decisions import Ties, effective
from intendance.ledger._fold.evidence import Evidence, FoldCatalogue, Folded, sorted_set
from intendance.ledger._fold.rows import Row, rows_of
from intendance.ledger._fold.sketch import Sketch, sketch_of
from intendance.terms import Decision


def fold_block(
    evidence: Iterable[Evidence], decisions: Sequence[Decision], catalogue: FoldCatalogue
) -> Folded:
    """The commitments and conflicts of one block, or of several that merges bind together.

    The evidence may come in any order and with repetitions; corrections are already in it. Of the
    decisions those that name none of its statements change nothing: pass the others only, for
    speed. Statements whose act forms no commitment are passed over and not in ``assigned``.
    """
    return fold_rows(rows_in_order(evidence, catalogue), decisions, catalogue)[0]


def rows_in_order(evidence: Iterable[Evidence], catalogue: FoldCatalogue) -> list[Row]:
    """What the fold works on: the rows of a set of evidence, each statement once, in order."""
    return rows_of(sorted_set(evidence), kinds_of(catalogue))


def fold_rows(
    rows: Sequence[Row],
    decisions: Sequence[Decision],
    catalogue: FoldCatalogue,
    sketches: Sequence[Sketch] | None = None,
) -> tuple[Folded, Outlines]:
    """``fold_block`` of rows in order. The rows change: they can't be folded twice.

    ``sketches`` are those of the rows in the same order, where they are at hand. Second come the
    outlines that the commitments were made from, unless there are decisions.
    """
    kinds = kinds_of(catalogue)
    settled = _Settled(rows, decisions) if decisions else _NOTHING
    if sketches is None:
        sketches = [sketch_of(row) for row in rows]
    for at, (row, each) in enumerate(zip(rows, sketches, strict=True)):
        row.at = each.at = at
        each.live = row.live
    groups = cluster_rows(rows, sketches, kinds)
    outlines = [each for _, found in groups for each in found]
    clusters = [filled(each, rows) for each in outlines]
    anchors = [anchor_of(each.rows, kinds) for each in clusters]
    for outline, cluster, anchor in zip(outlines, clusters, anchors, strict=True):
        cluster.could_be = [rows[each.rows[0].at] for each in outline.could_be]
        outline.name = "c" + anchor.id[1:]
    if settled.ties:
        clusters = apply_ties(clusters, settled.ties)
        anchors = [anchor_of(each.rows, kinds) for each in clusters]
    anchored = sorted(zip(anchors, clusters, strict=True), key=_by_id)
    home = {row.id: anchor.id for anchor, cluster in anchored for row in cluster.rows}
    folded = Folded([], [], {})
    for anchor, cluster in anchored:
        name = "c" + anchor.id[1:]
        could_be = {"c" + home[row.id][1:] for row in cluster.could_be} - {name}
        touching = settled.touching(cluster)
        built = Builder(cluster, anchor, kinds, settled.prefers, tuple(sorted(could_be)), touching)
        _take(folded, cluster, built)
    folded.conflicts.sort(key=lambda each: each.id)
    return folded, [] if decisions else groups


def fold_outline(outline: Outline, rows: Mapping[int, Row], kinds: Kinds, folded: Folded) -> None:
    """Add the commitment of one named outline, on which no decision bears, to what is folded."""
    cluster = filled(outline, rows)
    could_be = tuple(sorted({each.name for each in outline.could_be} - {outline.name}))
    built = Builder(cluster, anchor_of(cluster.rows, kinds), kinds, {}, could_be, ())
    _take(folded, cluster, built)


def _take(folded: Folded, cluster: Cluster, built: Builder) -> None:
    folded.commitments.append(built.commitment)
    folded.conflicts += built.conflicts
    folded.assigned.update((row.id, built.id) for row in cluster.rows)


def fold_all(
    evidence: Iterable[Evidence], decisions: Sequence[Decision], catalogue: FoldCatalogue
) -> Folded:
    """The whole ledger at once: corrections, blocks, merges over blocks, then each block's fold."""
    held = effective(decisions)
    corrected = {name for each in held if each.kind == "correct" for name in each.statements}
    blocks: dict[str, list[Evidence]] = {}
    home: dict[str, str] = {}
    for given in evidence:
        each = _corrected(given, held) if given.statement.id in corrected else given
        key = block_key(each.statement, catalogue)
        if key is not None:
            blocks.setdefault(key, []).append(each)
            home[each.statement.id] = key
    bound = _bound_blocks(held, home)
    groups: dict[str, list[str]] = {}
    for key in sorted(blocks):
        groups.setdefault(_top(bound, key), []).append(key)
    named: dict[str, dict[str, Decision]] = {}
    for decision in held:
        for name in decision.statements:
            if name in home:
                named.setdefault(_top(bound, home[name]), {})[decision.id] = decision
    folded = Folded([], [], {})
    for top, keys in groups.items():
        part = [each for key in keys for each in blocks[key]]
        found = fold_block(part, list(named.get(top, {}).values()), catalogue)
        folded.commitments += found.commitments
        folded.conflicts += found.conflicts
        folded.assigned |= found.assigned
    folded.commitments.sort(key=lambda each: each.id)
    folded.conflicts.sort(key=lambda each: each.id)
    return folded


def _corrected(each: Evidence, decisions: Sequence[Decision]) -> Evidence:
    statement = apply_corrections(each.statement, decisions)
    return Evidence(statement, each.published, each.report_hash, each.witness)


class _Settled:
    """What the decisions mean for these rows; retracted rows are taken out of every figure."""

    def __init__(self, rows: Sequence[Row], decisions: Sequence[Decision]) -> None:
        present = {row.id: row for row in rows}
        held = [
            each
            for each in effective(decisions)
            if any(name in present for name in each.statements)
        ]
        self.ties: Ties | None = Ties(held) or None
        self.prefers: dict[str, str] = {}
        self._touched: dict[str, list[Decision]] = {}
        for decision in held:
            for name in decision.statements:
                self._touched.setdefault(name, []).append(decision)
                if decision.kind == "retract" and name in present:
                    present[name].live = False
                elif decision.kind == "prefer":
                    self.prefers.pop(name, None)
                    self.prefers[name] = decision.id

    def touching(self, cluster: Cluster) -> tuple[str, ...]:
        """The decisions that name a statement of the cluster, in (when, id) order."""
        if not self._touched:
            return ()
        found: dict[str, Decision] = {}
        for row in cluster.rows:
            for decision in self._touched.get(row.id, ()):
                found[decision.id] = decision
        return tuple(sorted(found, key=lambda name: (found[name].when, name)))


_NOTHING = _Settled((), ())


def _by_id(pair: tuple[Row, Cluster]) -> str:
    return pair[0].id


def _bound_blocks(decisions: Iterable[Decision], home: dict[str, str]) -> dict[str, str]:
    """Blocks that a merge ties together, as a forest over block keys."""
    bound: dict[str, str] = {}
    for decision in decisions:
        if decision.kind == "merge":
            keys = [home[name] for name in decision.statements if name in home]
            for key in keys[1:]:
                first, second = sorted((_top(bound, keys[0]), _top(bound, key)))
                if first != second:
                    bound[second] = first
    return bound


def _top(bound: dict[str, str], key: str) -> str:
    while key in bound:
        key = bound[key]
    return key
