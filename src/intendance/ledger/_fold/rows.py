"""Rows: statements with all that the fold derives from one statement alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from intendance.ledger._fold.block import Kinds, key_of
from intendance.ledger._fold.evidence import FIRST, LAST, Evidence
from intendance.ledger._fold.vocabulary import (
    ACT_RULES,
    RATIO,
    STAGE_OF,
    STAGE_RULES,
    UNIT_FAMILIES,
    Sense,
)
from intendance.terms import Interval, Stage, Statement

MAIN, FRAME, FIRM = "main", "frame", "firm"
"""Strands of a block: a framework and the firm orders under it are kept apart (rule 8)."""

_HAPPENED: Final = frozenset(stage for stage, rule in STAGE_RULES.items() if rule.happened)
_NO_ITEM: Final = frozenset(act for act, rule in ACT_RULES.items() if rule.root is not None)


class Row:
    """One statement in the fold.

    ``at`` is its place in the ledger's order; ``p0`` and ``p1`` when it was published, ``t0`` and
    ``t1`` when it was observed (ISO dates, or FIRST and LAST where unknown); ``figure`` what it
    says of its own stage, ``part`` the whole that it implies was promised ("the first of four");
    ``due`` is true where its time says when the thing is to happen. ``day`` and ``figures`` are what
    ``deal.py`` works out of these, once.
    """

    __slots__ = (
        "at", "day", "due", "family", "figure", "figures", "id", "item", "key", "live", "p0", "p1",
        "part", "report", "said", "sense", "stage", "strand", "t0", "t1", "witness",
    )  # fmt: skip

    at: int
    day: int | None
    due: bool
    family: str | None
    figure: Interval | None
    figures: Any
    id: str
    item: str | None
    key: str
    live: bool
    p0: str
    p1: str
    part: Interval | None
    report: str
    said: Statement
    sense: Sense
    stage: Stage
    strand: str
    t0: str
    t1: str
    witness: str

    def __init__(self, at: int, each: Evidence, key: str) -> None:
        said = each.statement
        published = each.published
        self.at, self.key, self.said, self.id = at, key, said, said.id
        self.report, self.witness, self.live = each.report_hash, each.witness, said.live
        self.item = None if said.act in _NO_ITEM else said.item
        self.stage, self.sense = stage, sense = STAGE_OF[said.act, said.certainty, said.polarity]
        self.p0 = self.t0 = published.start or FIRST
        self.p1 = self.t1 = published.end or LAST
        self.due = stage not in _HAPPENED
        time = said.time
        if time.start is not None or time.end is not None:
            start, end = time.start or FIRST, time.end or LAST
            if self.due:
                # A day that was over when this was published is when it was said, no deadline.
                self.due = self.p1 == LAST or end > self.p1
            elif start > self.p1:
                self.due = True
            else:
                self.t0, self.t1 = start, end
        self.strand = _strand(said) if stage == "contracted" else MAIN
        unit = said.unit
        self.family = None if unit is None else UNIT_FAMILIES.get(unit)
        self.figure, self.part = None, None
        self.day = self.figures = None
        quantity = said.quantity
        if quantity.state == "stated" or said.part_of is not None:
            self._count(quantity, said.part_of, sense)

    def _count(self, quantity: Interval, whole: Interval | None, sense: Sense) -> None:
        """Set ``figure`` and ``part``; a rate or a share is never a quantity of a commitment."""
        said = self.said
        if said.per is not None or self.family == RATIO or said.act in _NO_ITEM:
            return
        stated = quantity if quantity.known else None
        whole = whole if whole is not None and whole.known else None
        if self.stage in _HAPPENED or sense != "affirms":
            self.figure = stated
            self.part = whole if sense == "affirms" else None
        elif whole is not None:
            self.figure = whole
        elif said.basis != "part":
            self.figure = stated


def _strand(said: Statement) -> str:
    if said.act == "frame":
        return FRAME
    if said.act == "order" and any(link.kind == "part_of" for link in said.links):
        return FIRM
    return MAIN


def rows_of(ranked: Sequence[Evidence], kinds: Kinds) -> list[Row]:
    """The rows of a sorted set of evidence; statements that form no commitment are left out."""
    rows = []
    for at, each in enumerate(ranked):
        key = key_of(each.statement, kinds)
        if key is not None:
            rows.append(Row(at, each, key))
    return rows
