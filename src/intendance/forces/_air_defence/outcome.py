"""What an air defence comes to: cover, gaps, days of supply, purchases, bounds."""

from __future__ import annotations

import msgspec


class AirCover(msgspec.Struct, frozen=True):
    """One need: how many systems cover it, and for how many days interceptors are set aside.

    ``systems`` and ``interceptors`` are what is set aside for it, by kind. ``gap`` and ``short``
    are systems and interceptors that lack; ``days`` is None where nothing is used up.
    """

    nation: str
    threat: str
    range: str
    needed: int
    covered: int
    gap: int
    systems: dict[str, int]
    interceptors_needed: int
    interceptors: dict[str, dict[str, int]]
    short: int
    days: float | None
    days_wanted: float
    priority: int


class AirPurchase(msgspec.Struct, frozen=True):
    """What the best mix buys for a nation."""

    nation: str
    item: str
    number: int
    price: float
    cost: float


class AirLevel(msgspec.Struct, frozen=True):
    """One aim, in the order of the aims: its value and the proved bound on it."""

    aim: str
    value: float
    bound: float
    proved: bool


class AirDefence(msgspec.Struct, frozen=True):
    """Cover of every need, what was bought, and how good that is proved to be.

    ``findings``: what the independent check found wrong; none where all limits hold.
    """

    cover: tuple[AirCover, ...]
    purchases: tuple[AirPurchase, ...]
    budget: float
    spent: float
    levels: tuple[AirLevel, ...]
    findings: tuple[str, ...]

    @property
    def gap(self) -> int:
        """Systems that lack, over all needs."""
        return sum(each.gap for each in self.cover)


class DonationEffect(msgspec.Struct, frozen=True):
    """What a donation does to one need; no threat: it changes nothing."""

    donation: str
    nation: str
    threat: str
    range: str
    gap_before: int
    gap_after: int
    short_before: int
    short_after: int
    closes: bool


class RunOut(msgspec.Struct, frozen=True):
    """When a nation's systems of one kind fall out of use for want of interceptors.

    ``months`` from now until they run out (0: there are none); None where they don't.
    """

    nation: str
    system: str
    number: int
    interceptors: int
    used: float
    arriving: float
    months: float | None
    month: str
