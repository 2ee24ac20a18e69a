"""Commitments and conflicts: what the ledger makes of the statements."""

from __future__ import annotations

import msgspec

from intendance.terms.acts import ConflictKind, Stage
from intendance.terms.interval import UNSPECIFIED, Interval
from intendance.terms.money import Money
from intendance.terms.timespan import UNKNOWN_TIME, TimeSpan


class StageState(msgspec.Struct, frozen=True):
    """What is known of one stage of one commitment.

    ``quantity`` is the figure that counts (both ends where a conflict is open, rule 7); ``values``
    every figure given, in order of time; ``money`` one amount per currency; ``time`` when;
    ``statements`` what says so; ``witnesses`` how many independent sources do.
    """

    quantity: Interval = UNSPECIFIED
    values: tuple[Interval, ...] = ()
    money: tuple[Money, ...] = ()
    time: TimeSpan = UNKNOWN_TIME
    statements: tuple[str, ...] = ()
    witnesses: int = 0


class Commitment(msgspec.Struct, frozen=True, kw_only=True):
    """What one donor (or several jointly) owes one recipient of one item (design, section 6)."""

    id: str
    former_ids: tuple[str, ...] = ()
    anchor: str
    donors: tuple[str, ...]
    recipient: str | None
    item: str | None
    stages: dict[Stage, StageState]
    furthest_stage: Stage | None
    outstanding: Interval = UNSPECIFIED
    financed_by: tuple[str, ...] = ()
    supplied_by: tuple[str, ...] = ()
    made_by: tuple[str, ...] = ()
    backfill_for: tuple[str, ...] = ()
    backfilled_by: tuple[str, ...] = ()
    framework: str | None = None
    package: str | None = None
    programme: str | None = None
    general: bool = False
    may_include: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    live: bool = True


class Side(msgspec.Struct, frozen=True):
    """One side of a conflict: a value, who says so, and how many independent witnesses that is."""

    value: str
    statements: tuple[str, ...]
    witnesses: int


class Conflict(msgspec.Struct, frozen=True):
    """Statements that can't all be true of one commitment (rule 7)."""

    id: str
    commitment: str
    kind: ConflictKind
    sides: tuple[Side, ...]
    settled_by: str | None = None
