"""Rows: statements with all that the fold derives from one statement alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

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
from intendance.terms import Act, Basis, Interval, Money, Stage, Statement, TimeSpan

MAIN, FRAME, FIRM = "main", "frame", "firm"
"""Strands of a block: a framework and the firm orders under it are kept apart (rule 8)."""

_HAPPENED: Final = frozenset(stage for stage, rule in STAGE_RULES.items() if rule.happened)
_NO_ITEM: Final = frozenset(act for act, rule in ACT_RULES.items() if rule.root is not None)


class Said(msgspec.Struct, array_like=True, gc=False):
    """What the fold looks at of a statement beside what it derives from it."""

    act: Act
    basis: Basis | None
    quantity: Interval
    money: Money | None
    time: TimeSpan
    per: str | None
    package: str | None
    actors: tuple[str, ...]
    suppliers: tuple[str, ...]
    financers: tuple[str, ...]


class Row(msgspec.Struct, array_like=True, gc=False, eq=False):
    """One statement in the fold.

    ``at`` is its place in the ledger's order; ``p0`` and ``p1`` when it was published, ``t0`` and
    ``t1`` when it was observed (ISO dates, or FIRST and LAST where unknown); ``figure`` what it
    says of its own stage, ``part`` the whole that it implies was promised ("the first of four");
    ``due`` is true where its time says when the thing is to happen; ``place`` is where in its
    report it stands. ``number`` and ``block`` are for the store, ``raw`` is all else as bytes.
    ``line`` is the row of a data set that it was made of.
    """

    id: str
    key: str
    item: str | None
    report: str
    witness: str
    place: tuple[int, int, str]
    live: bool
    stage: Stage
    sense: Sense
    strand: str
    p0: str
    p1: str
    t0: str
    t1: str
    due: bool
    family: str | None
    figure: Interval | None
    part: Interval | None
    said: Said
    number: int = 0
    block: int = 0
    raw: bytes = b""
    at: int = 0
    line: str | None = None


def row_of(each: Evidence, key: str) -> Row:
    """The row of one piece of evidence in the block ``key``."""
    said, published = each.statement, each.published
    stage, sense = STAGE_OF[said.act, said.certainty, said.polarity]
    p0, p1 = published.start or FIRST, published.end or LAST
    t0, t1, due = _observed(said.time, stage, p0, p1)
    family = None if said.unit is None else UNIT_FAMILIES.get(said.unit)
    figure, part = None, None
    if said.quantity.state == "stated" or said.part_of is not None:
        figure, part = _count(said, stage, sense, family)
    return Row(
        said.id,
        key,
        None if said.act in _NO_ITEM else said.item,
        each.report_hash,
        each.witness,
        (said.start, said.end, said.rule),
        said.live,
        stage,
        sense,
        _strand(said) if stage == "contracted" else MAIN,
        p0,
        p1,
        t0,
        t1,
        due,
        family,
        figure,
        part,
        Said(
            said.act, said.basis, said.quantity, said.money, said.time, said.per, said.package,
            said.actors, said.suppliers, said.financers,
        ),
        line=_line(said, each.report_hash),
    )  # fmt: skip


def _observed(time: TimeSpan, stage: Stage, p0: str, p1: str) -> tuple[str, str, bool]:
    """When it was observed, and whether its time says when the thing is to happen."""
    due = stage not in _HAPPENED
    if time.start is None and time.end is None:
        return p0, p1, due
    start, end = time.start or FIRST, time.end or LAST
    if due:
        # A day that was over when this was published is when it was said, no deadline.
        return p0, p1, p1 == LAST or end > p1
    if start > p1:
        return p0, p1, True
    return start, end, False


def _count(
    said: Statement, stage: Stage, sense: Sense, family: str | None
) -> tuple[Interval | None, Interval | None]:
    """Figure and part; a rate or a share is never a quantity of a commitment."""
    if said.per is not None or family == RATIO or said.act in _NO_ITEM:
        return None, None
    stated = said.quantity if said.quantity.known else None
    whole = said.part_of if said.part_of is not None and said.part_of.known else None
    if stage in _HAPPENED or sense != "affirms":
        return stated, (whole if sense == "affirms" else None)
    if whole is not None:
        return whole, None
    return (stated if said.basis != "part" else None), None


def _line(said: Statement, report: str) -> str | None:
    """The row of a data set: ``SET|REPORT|ROW``; shares of one whole are one line together."""
    if said.source_row is None or not said.source_row.startswith("row "):
        return None
    row = said.source_row.split(":", 1)[0]
    if said.part_of is not None:
        row = f"of {said.part_of.low} {'+'.join(said.actors)}"
    return f"{said.rule.split(':', 1)[0]}|{report}|{row}"


def _strand(said: Statement) -> str:
    if said.act == "frame":
        return FRAME
    if said.act == "order" and any(link.kind == "part_of" for link in said.links):
        return FIRM
    return MAIN


def rows_of(ranked: Sequence[Evidence], kinds: Kinds) -> list[Row]:
    """The rows of a sorted set of evidence; statements that form no commitment are left out."""
    rows: list[Row] = []
    for each in ranked:
        key = key_of(each.statement, kinds)
        if key is not None:
            row = row_of(each, key)
            row.at, row.number = len(rows), len(rows) + 1
            rows.append(row)
    return rows


def rank(row: Row) -> tuple[str, str, str, tuple[int, int, str], str]:
    """The ledger's one order, as ``sorted_set`` has it."""
    return row.p0 or LAST, row.p1, row.report, row.place, row.id
