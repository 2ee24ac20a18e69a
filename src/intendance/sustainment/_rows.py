"""The rows of a readiness folder: fleets, parts, rates, shops, spares, batches."""

from __future__ import annotations

from typing import Literal

import msgspec

Place = Literal["unit", "depot", "maker"]
EVERY = "*"
DEPOT = "depot"


class FleetRow(msgspec.Struct, frozen=True):
    """So many systems of one kind in one unit, and how long a part takes there from the depot."""

    fleet: str
    system: str
    number: int
    shipping: float = 0.0
    nation: str = ""


class PartRow(msgspec.Struct, frozen=True):
    """A part of a system or of another part.

    ``share`` is the part of its parent's repairs that need this one; a part fitted to a system has
    a failure rate instead. ``swap``: whether it may be taken from one system for another.
    """

    part: str
    parent: str
    quantity: int = 1
    price: float = 0.0
    share: float | None = None
    swap: bool = True


class RateRow(msgspec.Struct, frozen=True):
    """Failures a year of one fitted part, and the share of them repaired at unit and depot.

    What neither repairs goes to the maker, or is bought anew there.
    """

    part: str
    failures: float | None = None
    at_unit: float = 0.0
    at_depot: float = 1.0
    fleet: str = EVERY


class ShopRow(msgspec.Struct, frozen=True):
    """Mean days from failing to being back on the shelf, of a part repaired at a place."""

    place: Place
    days: float
    part: str = EVERY
    fleet: str = EVERY


class SpareRow(msgspec.Struct, frozen=True):
    """Spares of a part at a fleet or at the depot."""

    part: str
    place: str
    stock: int


class BatchRow(msgspec.Struct, frozen=True):
    """Systems that arrive in bad condition, to be taken apart for their parts."""

    system: str
    number: int
    place: str = DEPOT
    usable: float = 1.0


class FleetTables(msgspec.Struct, frozen=True):
    """The tables of a readiness folder, as they were read."""

    fleets: tuple[FleetRow, ...]
    parts: tuple[PartRow, ...]
    rates: tuple[RateRow, ...]
    shops: tuple[ShopRow, ...]
    spares: tuple[SpareRow, ...] = ()
    batches: tuple[BatchRow, ...] = ()


ROWS: dict[str, type[msgspec.Struct]] = {
    "fleets": FleetRow,
    "parts": PartRow,
    "rates": RateRow,
    "shops": ShopRow,
    "spares": SpareRow,
    "batches": BatchRow,
}
REQUIRED = ("fleets", "parts", "rates", "shops")
