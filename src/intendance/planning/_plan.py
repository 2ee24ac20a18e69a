"""A plan: what is decided, row by row, and the figures that it is judged by."""

from __future__ import annotations

from typing import Literal

import msgspec

from intendance.planning._scenario import Assumption


class OrderRow(msgspec.Struct, frozen=True):
    """Units of ``item`` arriving at ``nation`` in ``month``, contracted in ``contract`` (P5, P9).

    ``framework`` is empty outside one; ``band`` counts its price bands from 0 (P14). ``price`` is
    what one unit costs, index included.
    """

    nation: str
    item: str
    month: str
    quantity: float
    contract: str
    price: float
    framework: str = ""
    band: int = 0


class ProductionRow(msgspec.Struct, frozen=True):
    """Units started on a line in ``month``; ``arrives`` is empty after the horizon (P5, P7)."""

    line: str
    item: str
    month: str
    quantity: float
    setup: bool = False
    arrives: str = ""


class RampRow(msgspec.Struct, frozen=True):
    """``count`` ramps decided in ``month``, working from ``works`` on (P6)."""

    ramp: str
    line: str
    month: str
    count: int
    works: str = ""


class TransferRow(msgspec.Struct, frozen=True):
    """Units sent in ``month``; ``arrives`` is empty after the horizon (P12)."""

    sender: str
    recipient: str
    item: str
    month: str
    quantity: float
    arrives: str = ""
    consent: str = ""


class MetRow(msgspec.Struct, frozen=True):
    """Demand of a priority met in a month; ``kind`` tells requests from expenditure (P2)."""

    nation: str
    item: str
    month: str
    priority: int
    kind: Literal["request", "expenditure"]
    quantity: float


class ExpiredRow(msgspec.Struct, frozen=True):
    """Units written off because they are past their shelf life (P13)."""

    nation: str
    item: str
    month: str
    quantity: float


class FrameworkRow(msgspec.Struct, frozen=True):
    """A framework's outcome: whether used, and each item's pooled quantity and band (P14)."""

    framework: str
    item: str
    used: bool
    band: int
    quantity: float


class PaymentRow(msgspec.Struct, frozen=True):
    """What a nation pays in a year (P10); ``what`` names an item, ramp, line or framework."""

    nation: str
    year: int
    kind: Literal["order", "transfer", "ramp", "setup", "framework"]
    what: str
    amount: float


class Levels(msgspec.Struct, frozen=True):
    """One number for each level of the objective (P15)."""

    unmet: float
    shortfall: float
    cost: float


class Decisions(msgspec.Struct, frozen=True):
    """Every number that the plan decides; all else follows from these and the scenario."""

    orders: tuple[OrderRow, ...] = ()
    production: tuple[ProductionRow, ...] = ()
    ramps: tuple[RampRow, ...] = ()
    transfers: tuple[TransferRow, ...] = ()
    met: tuple[MetRow, ...] = ()
    expired: tuple[ExpiredRow, ...] = ()
    frameworks: tuple[FrameworkRow, ...] = ()
    payments: tuple[PaymentRow, ...] = ()


class CertificateRow(msgspec.Struct, frozen=True):
    """The multiplier of one row of the rules in one stage of the objective (P21).

    ``row`` is the kind of row and what it is about, such as ``balance, nation, item, month``.
    """

    stage: int
    row: tuple[str, ...]
    multiplier: float


Status = Literal["optimal", "gap", "limit"]


class PlanSummary(msgspec.Struct, frozen=True):
    """``plan.json`` (design, section 6): how good a plan is, how it was made, how large it was."""

    name: str
    status: Status
    objective: Levels
    bound: Levels
    gap: Levels
    unavoidable: Levels
    integer: bool
    checked: bool
    columns: int
    rows: int
    seconds: float
    peak_bytes: int
    limit: str
    inputs: str
    method: str
    certified: tuple[float, ...] = ()


class Plan(msgspec.Struct, frozen=True):
    """A checked plan with its proved bound (``plan.json`` is its summary, design section 6).

    ``status`` is ``optimal`` (gap closed to the tolerance), ``gap`` (stopped with the gap that is
    stated) or ``limit`` (time or memory ran out). ``limit`` says which. ``certificate`` has
    the multipliers that prove the bound of the relaxation, ``certified`` that bound for each stage
    of the objective as the checker recomputed it (empty where the plan is too large to do so at
    once; ``intendance plan verify`` does it then).
    """

    status: Status
    objective: Levels
    bound: Levels
    gap: Levels
    unavoidable: Levels
    integer: bool
    checked: bool
    columns: int
    rows: int
    seconds: float
    peak_bytes: int
    limit: str
    inputs: str
    method: str
    decisions: Decisions
    assumptions: tuple[Assumption, ...] = ()
    warnings: tuple[Assumption, ...] = ()
    certificate: tuple[CertificateRow, ...] = ()
    certified: tuple[float, ...] = ()


class Violation(msgspec.Struct, frozen=True):
    """One rule that a plan breaks: by how much, in the rule's own units, and where."""

    rule: str
    where: str
    amount: float
    text: str


class Verdict(msgspec.Struct, frozen=True):
    """What the checker found: the levels recomputed from rows alone, and every violation."""

    levels: Levels
    violations: tuple[Violation, ...]
    worst: float

    @property
    def sound(self) -> bool:
        """Whether nothing is broken beyond the tolerance."""
        return not self.violations
