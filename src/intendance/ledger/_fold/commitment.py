"""One commitment from one cluster of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from intendance.ledger._fold.block import UNKNOWN, Kinds
from intendance.ledger._fold.cluster import Cluster
from intendance.ledger._fold.conflicts import conflict_of
from intendance.ledger._fold.evidence import LAST
from intendance.ledger._fold.rows import Row
from intendance.ledger._fold.settle import latest_preferred
from intendance.ledger._fold.stages import StageFold, by_stage
from intendance.ledger._fold.vocabulary import ACT_RULES, STAGE_RULES
from intendance.ledger._fold.wording import interval_text
from intendance.terms import (
    STAGES,
    UNSPECIFIED,
    Commitment,
    Conflict,
    ConflictKind,
    Interval,
    Stage,
    StageState,
    at_least,
    subtract,
)

_ORDER: Final[dict[Stage, int]] = {stage: rule.order for stage, rule in STAGE_RULES.items()}
_PROMISED: Final = _ORDER["promised"]
_DONE: Final = frozenset(stage for stage, rule in STAGE_RULES.items() if rule.cumulative)
_ADDRESSED: Final = frozenset(
    act for act, rule in ACT_RULES.items() if rule.donors == ("suppliers",)
)
"""Acts whose suppliers are the donors themselves: they are addressed, or give."""


def anchor_of(rows: Sequence[Row], kinds: Kinds) -> Row:
    """The row that a commitment is named after: live, of the most specific item, the first."""
    live = [row for row in rows if row.live] or rows
    first = live[0]
    best, depth = first, -1
    for row in live:
        if row.item != first.item:
            break
    else:
        return first
    for row in live:
        steps = len(kinds.above(row.item)) if row.item is not None else -1
        if steps > depth:
            best, depth = row, steps
    return best


class Builder:
    """Builds the commitment of one cluster; ``conflicts`` and ``commitment`` are the outcome."""

    def __init__(
        self,
        cluster: Cluster,
        anchor: Row,
        kinds: Kinds,
        prefers: Mapping[str, str],
        could_be: tuple[str, ...],
        decisions: tuple[str, ...],
    ) -> None:
        self.rows = rows = cluster.rows
        self.prefers = prefers
        self.id = "c" + anchor.id[1:]
        self.conflicts: list[Conflict] = []
        _mark_withdrawals(rows)
        self._stages()
        if cluster.checks:
            self._sums(cluster)
        if cluster.tied:
            self._merged(kinds)
        recipient, donors = _sides(anchor, rows if cluster.tied else ())
        financed, supplied = _parties(rows)
        anchor_id = anchor.id
        self.commitment = Commitment(
            id=self.id,
            former_ids=tuple(sorted(["c" + row.id[1:] for row in rows if row.id != anchor_id])),
            anchor=anchor_id,
            donors=donors,
            recipient=recipient,
            item=anchor.item,
            stages=self.stages,
            furthest_stage=self._furthest(),
            outstanding=self._outstanding(),
            financed_by=financed,
            supplied_by=supplied,
            made_by=tuple(each for each in supplied if kinds.table(each) == "maker"),
            general=anchor.item is None or kinds.catalogue.is_class(anchor.item),
            candidates=could_be,
            conflicts=tuple(sorted([each.id for each in self.conflicts])),
            decisions=decisions,
            live=any(row.live for row in rows),
        )

    def _stages(self) -> None:
        found = by_stage(self.rows)
        self.stages: dict[Stage, StageState] = {}
        self.reached: list[Stage] = []
        offers: tuple[Stage, ...] = ("considered", "promised")
        sums = any(found[each].rows or found[each].implied for each in offers if each in found)
        for stage in STAGES if len(found) > 1 else found:
            if stage not in found:
                continue
            fold = StageFold(self.id, stage, found[stage], self.prefers, sums=sums)
            self.stages[stage] = fold.state
            self.conflicts += fold.conflicts
            if fold.reached:
                self.reached.append(stage)

    def _ended(self) -> Stage | None:
        """Refused or withdrawn, where nothing published later says otherwise."""
        refusals = [row for row in self.rows if row.live and row.sense == "refuses"]
        if not refusals:
            return None
        last = max(refusals, key=lambda row: (row.p0, row.at))
        for row in self.rows:
            offers = row.live and row.sense == "affirms" and _ORDER[row.stage] > 1
            if offers and row.p1 >= last.p0:
                return None
        return last.stage if last.stage in self.reached else None

    def _furthest(self) -> Stage | None:
        self.ended = self._ended()
        furthest = max(self.reached, key=_ORDER.__getitem__, default=None)
        if self.ended is not None and furthest not in _DONE:
            return self.ended
        if furthest is not None and _ORDER[furthest] == 0:
            # A refusal that something later contradicts, and nothing else was reached.
            return max(self.reached, key=STAGES.index)
        return furthest

    def _outstanding(self) -> Interval:
        """Promised less delivered; nothing is owed any more after a withdrawal."""
        promised = self.stages.get("promised")
        if promised is None or self.ended is not None:
            return UNSPECIFIED
        owed = promised.quantity
        if not owed.known or "delivered" not in self.reached:
            return owed
        delivered = self.stages["delivered"].quantity
        return subtract(owed, delivered if delivered.known else at_least(0))

    def _sums(self, cluster: Cluster) -> None:
        for check in cluster.checks:
            sides: dict[str, list[Row]] = {}
            for row in check.totals:
                sides.setdefault(interval_text(row.said.quantity), []).append(row)
            total = (f"sum {interval_text(check.sum)}", check.addends)
            self._contradiction("quantity", f"{check.stage}:sum", [*sides.items(), total])

    def _merged(self, kinds: Kinds) -> None:
        """What a merge brought together although it can't be one thing."""
        live = [row for row in self.rows if row.live]
        self._differing("item", "item", live, lambda row: row.item, kinds)
        self._differing("actor", "donors", live, lambda row: row.key.split("|")[2], None)
        self._differing("actor", "recipient", live, lambda row: row.key.split("|")[0], None)

    def _differing(
        self,
        kind: ConflictKind,
        about: str,
        rows: Sequence[Row],
        value: Callable[[Row], str | None],
        kinds: Kinds | None,
    ) -> None:
        sides: dict[str, list[Row]] = {}
        for row in rows:
            said = value(row)
            if said is not None and said != UNKNOWN:
                sides.setdefault(said, []).append(row)
        if kinds is not None:
            # A wider kind agrees with each narrower one, and is no side of its own.
            wide = {above for item in sides for above in kinds.above(item)}
            sides = {item: said for item, said in sides.items() if item not in wide}
        if len(sides) > 1:
            self._contradiction(kind, about, sorted(sides.items()))

    def _contradiction(
        self, kind: ConflictKind, about: str, sides: list[tuple[str, list[Row]]]
    ) -> None:
        said = {row.id for _, rows in sides for row in rows}
        preferred = latest_preferred(said, self.prefers)
        settled_by = None if preferred is None else self.prefers[preferred]
        self.conflicts.append(conflict_of(self.id, kind, about, sides, settled_by))


def _sides(anchor: Row, merged: Iterable[Row]) -> tuple[str | None, tuple[str, ...]]:
    """The recipient and the donors; of what a merge brought together all donors that are live."""
    recipient, _, given = anchor.key.split("|")
    donors = set(given.split("+"))
    for row in merged:
        if row.live:
            other, _, given = row.key.split("|")
            donors.update(given.split("+"))
            recipient = other if recipient == UNKNOWN else recipient
    return None if recipient == UNKNOWN else recipient, tuple(sorted(donors - {UNKNOWN}))


def _mark_withdrawals(rows: Sequence[Row]) -> None:
    """A refusal that is certainly later than a promise is a withdrawal."""
    refusals = [row for row in rows if row.sense == "refuses" and row.live]
    if not refusals:
        return
    first = min(
        (
            row.p1
            for row in rows
            if row.live and row.sense == "affirms" and _ORDER[row.stage] >= _PROMISED
        ),
        default=LAST,
    )
    for row in refusals:
        if row.p0 > first:
            row.stage = "withdrawn"


def _parties(rows: Iterable[Row]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who finances and who supplies, by the live rows."""
    financed: set[str] = set()
    supplied: set[str] = set()
    for row in rows:
        if not row.live:
            continue
        said = row.said
        if said.financers:
            financed.update(said.financers)
        if said.suppliers and said.act not in _ADDRESSED:
            supplied.update(said.suppliers)
        if ACT_RULES[said.act].pays:
            financed.update(said.actors)
    return tuple(sorted(financed)), tuple(sorted(supplied))
