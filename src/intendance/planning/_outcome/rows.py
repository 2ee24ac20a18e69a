"""Rows that follow from a plan's decisions: what its tables, charts and report show."""

from __future__ import annotations

from typing import Literal

import msgspec


class StockRow(msgspec.Struct, frozen=True):
    """Stock at the end of a month. ``low`` and ``high`` follow from the opening interval alone."""

    nation: str
    item: str
    month: str
    stock: float
    low: float
    high: float
    target: float
    floor: float


class ShortfallRow(msgspec.Struct, frozen=True):
    """Demand that waits (or was lost) in a month, or stock missing to its target."""

    nation: str
    item: str
    month: str
    kind: Literal["unmet", "target"]
    priority: int
    quantity: float


class SwapRow(msgspec.Struct, frozen=True):
    """Against a backfill: what had arrived by a month, what that frees, what had been given."""

    nation: str
    gives: str
    gets: str
    month: str
    arrived: float
    released: float
    given: float


class MoneyRow(msgspec.Struct, frozen=True):
    """What a nation pays in a year, by purpose; ``budget`` is None where it has no limit."""

    nation: str
    year: int
    orders: float
    transfers: float
    ramps: float
    setups: float
    frameworks: float
    total: float
    budget: float | None


class ContractRow(msgspec.Struct, frozen=True):
    """One framework contract: its ceiling, the firm part and the options (P14)."""

    framework: str
    used: bool
    ceiling: float | None
    ceiling_money: float | None
    firm: float
    firm_money: float
    options: float
    options_money: float
    fixed_cost: float


class CallOffRow(msgspec.Struct, frozen=True):
    """What is ordered in a month under a framework: firm, or an option called off then."""

    framework: str
    item: str
    nation: str
    date: str
    firm: bool
    quantity: float
    money: float


class ShareRow(msgspec.Struct, frozen=True):
    """A nation's part of a framework's item; ``share`` is between 0 and 1."""

    framework: str
    item: str
    nation: str
    quantity: float
    money: float
    share: float


class CommonRow(msgspec.Struct, frozen=True):
    """The common stock of a component at the end of a month (P8)."""

    item: str
    month: str
    stock: float


class CauseRow(msgspec.Struct, frozen=True):
    """A limit behind a shortfall, the nearest first (``step`` from 1).

    ``limit`` is one of the words in docs/plan.md, ``where`` the row that sets it, ``worth`` what a
    unit more of it would save of the level (local: with whole numbers fixed), None where the limit
    has no price.
    """

    nation: str
    item: str
    month: str
    kind: Literal["unmet", "target"]
    step: int
    limit: str
    where: str
    worth: float | None
    text: str = ""
