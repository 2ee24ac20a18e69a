"""Rows of a scenario folder, a struct for each table (docs/planning-rules.md)."""

from __future__ import annotations

from typing import Literal

import msgspec


class Nation(msgspec.Struct, frozen=True):
    """A party of the plan. ``weight`` scales its shortfall under target (P15)."""

    nation: str
    name: str = ""
    weight: float = 1.0


class Item(msgspec.Struct, frozen=True):
    """A kind of thing, counted in ``unit``. Empty ``weight``: its price (P15)."""

    item: str
    price: float
    name: str = ""
    unit: str = "each"
    kind: Literal["end", "component"] = "end"
    weight: float | None = None
    holding: float = 0.0
    shelf_life: int | None = None
    category: str = ""


class Stock(msgspec.Struct, frozen=True):
    """Opening stock between ``low`` and ``high``; ``age`` in months, for shelf life (P1, P13)."""

    nation: str
    item: str
    low: float
    high: float | None = None
    age: int = 0


class Target(msgspec.Struct, frozen=True):
    """From ``month`` on: the stock wanted and the floor under which nothing is given (P3, P4)."""

    nation: str
    item: str
    month: str
    target: float = 0.0
    floor: float = 0.0


class Expenditure(msgspec.Struct, frozen=True):
    """From ``month`` on: units used up a month (P2)."""

    nation: str
    item: str
    month: str
    quantity: float
    priority: int = 1


class Request(msgspec.Struct, frozen=True):
    """Units asked for in a month. Rows of one nation, item, month and priority add up (P2)."""

    nation: str
    item: str
    month: str
    quantity: float
    priority: int = 1


class Owed(msgspec.Struct, frozen=True):
    """Units that arrive whatever the plan decides: earlier contracts, earlier promises (P1).

    ``donor`` is who promised them; a sweep asks how well its promises were kept.
    """

    nation: str
    item: str
    month: str
    quantity: float
    source: str = ""
    donor: str = ""


class Line(msgspec.Struct, frozen=True):
    """One item on one production line (P5, P6, P7). Months of lead and qualification."""

    line: str
    item: str
    capacity: float
    lead: int = 0
    use: float = 1.0
    batch: float = 0.0
    setup_cost: float = 0.0
    setup_time: float = 0.0
    qualification: int = 0
    nation: str = ""
    maker: str = ""
    owner: str = ""


class Capacity(msgspec.Struct, frozen=True):
    """A line's capacity from ``month`` on, until the next row (P6)."""

    line: str
    month: str
    capacity: float


class Ramp(msgspec.Struct, frozen=True):
    """A way to widen a line: months of lead, money, capacity added, how often (P6, P10)."""

    ramp: str
    line: str
    lead: int
    cost: float
    capacity: float
    count: int = 1
    paid_by: str = ""
    earliest: str = ""


class Component(msgspec.Struct, frozen=True):
    """Units of ``component`` in one unit of ``item`` (P8)."""

    item: str
    component: str
    quantity: float


class PriceIndex(msgspec.Struct, frozen=True):
    """Factor on prices of contracts from ``month`` on; item ``*`` is all others (P9)."""

    item: str
    month: str
    index: float


class Payment(msgspec.Struct, frozen=True):
    """A share of the price, due ``months`` after arrival (negative: before) (P10)."""

    item: str
    months: int
    share: float


class Budget(msgspec.Struct, frozen=True):
    """What a nation may pay in a calendar year (P10)."""

    nation: str
    year: int
    amount: float


class TransferRule(msgspec.Struct, frozen=True):
    """Who may give what to whom; ``*`` is any (P12). ``consent`` names the recorded consent."""

    sender: str
    recipient: str
    item: str
    allowed: bool = True
    consent: str = ""
    lead: int = 0
    cost: float = 0.0


class Backfill(msgspec.Struct, frozen=True):
    """``ratio`` units of ``gives`` are free for each unit of ``gets`` that has arrived (P11)."""

    nation: str
    gives: str
    gets: str
    ratio: float = 1.0


class Absorption(msgspec.Struct, frozen=True):
    """What a nation can take in a month, of an item, of a category, or of all (``*``) (P13)."""

    nation: str
    quantity: float
    item: str = "*"
    category: str = ""


class Framework(msgspec.Struct, frozen=True):
    """A framework contract (P14). Months of arrival; an empty ``members`` is all nations."""

    framework: str
    start: str = ""
    until: str = ""
    members: tuple[str, ...] = ()
    minimum: float = 0.0
    ceiling: float | None = None
    ceiling_money: float | None = None
    fixed_cost: float = 0.0
    kind: Literal["all-units", "incremental"] = "all-units"


class FrameworkItem(msgspec.Struct, frozen=True):
    """An item that a framework covers (P14)."""

    framework: str
    item: str


class PriceBand(msgspec.Struct, frozen=True):
    """The price from a pooled ``quantity`` on (P14)."""

    framework: str
    item: str
    quantity: float
    price: float


class Record(msgspec.Struct, frozen=True):
    """How a donor kept its earlier promises; ``delay`` is the mean of the late ones, in months."""

    donor: str
    promises: int
    late: int = 0
    broken: int = 0
    delay: float = 0.0
