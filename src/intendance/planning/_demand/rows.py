"""What a round is made of: its settings, a nation's rows, the rows of the book."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Literal

import msgspec

Tier = Literal["firm", "likely", "optional"]
TIERS: Final[tuple[Tier, ...]] = ("firm", "likely", "optional")
"""How sure a demand is; output is shared out in this order."""
Rule = Literal["pro-rata", "priority"]
_NONE: Final = Decimal(0)


class Round(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``round.toml``: who may ask for what, for which years, and how output is shared.

    ``rule`` is ``pro-rata`` (in proportion to what is asked) or ``priority`` (the nations' own
    delivery priorities first, 1 before 2, in proportion within one). Either holds within a tier:
    firm demand comes before likely, likely before optional. An empty ``items`` is any item. With
    ``whole`` quantities are whole numbers and so are shares of output.
    """

    name: str
    first_year: int
    years: int
    nations: tuple[str, ...]
    items: tuple[str, ...] = ()
    rule: Rule = "pro-rata"
    whole: bool = True


class Demand(msgspec.Struct, frozen=True):
    """A row of a nation's file: one item in one year. An empty ``funding`` is not stated.

    ``variants`` are other items that it would take instead; ``caveats`` are in its own words.
    """

    item: str
    year: int
    firm: Decimal = _NONE
    likely: Decimal = _NONE
    optional: Decimal = _NONE
    funding: Literal["funded", "planned", "unfunded", ""] = ""
    priority: int = 1
    variants: tuple[str, ...] = ()
    caveats: str = ""


class Output(msgspec.Struct, frozen=True):
    """What industry is to deliver of an item in a year, and what setting up for it costs."""

    item: str
    year: int
    quantity: Decimal
    setup_cost: Decimal = _NONE


class AskedRow(msgspec.Struct, frozen=True):
    """A nation's row, in the book."""

    nation: str
    item: str
    year: int
    firm: Decimal
    likely: Decimal
    optional: Decimal
    funding: str
    priority: int
    variants: tuple[str, ...]
    caveats: str


class PooledRow(msgspec.Struct, frozen=True):
    """All nations' demand for an item in a year, and what becomes of it.

    ``accepted`` is demand for other items that would take this one. ``output`` and what follows
    from it are None where no output is stated. ``met`` is demand for this item that is met, as
    itself or as a variant; ``left`` is output of this item that nobody takes.
    """

    item: str
    year: int
    nations: int
    firm: Decimal
    likely: Decimal
    optional: Decimal
    accepted: Decimal
    output: Decimal | None = None
    met: Decimal | None = None
    left: Decimal | None = None


class AllottedRow(msgspec.Struct, frozen=True):
    """A nation's share of the output of ``item``, for its demand for ``wanted``.

    Where no output is stated ``quantity`` is None and ``share`` is that of the pooled demand.
    """

    nation: str
    wanted: str
    item: str
    year: int
    asked: Decimal
    quantity: Decimal | None
    share: Decimal


class SetupRow(msgspec.Struct, frozen=True):
    """A nation's part of what setting up for an item costs."""

    nation: str
    item: str
    share: Decimal
    amount: Decimal


class Book(msgspec.Struct, frozen=True):
    """A demand book: a closed round, what was asked, what each nation gets and pays.

    ``submissions`` holds a hash for each nation's file; ``silent`` who sent none.
    """

    name: str
    closed: str
    rules: tuple[str, ...]
    submissions: dict[str, str]
    silent: tuple[str, ...]
    warnings: tuple[str, ...]
    asked: tuple[AskedRow, ...]
    demand: tuple[PooledRow, ...]
    shares: tuple[AllottedRow, ...]
    setup: tuple[SetupRow, ...]


class Receipt(msgspec.Struct, frozen=True):
    """What ``submit_demand`` kept: rows, a hash of them, and where the earlier ones went."""

    nation: str
    rows: int
    hash: str
    path: str
    earlier: str = ""
