"""What the questions of interoperability give."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

from intendance.forces._interop.rows import ChainKind
from intendance.terms import UNSPECIFIED, Interval

Lasts = Literal["yes", "no", "maybe"]


class Share(msgspec.Struct, frozen=True, kw_only=True, rename={"class_": "class"}):
    """What a nation expects to hold of a class by standard, and the percentage of each.

    ``unstated`` is what the catalogue gives no standard; it counts in the whole.
    """

    nation: str
    class_: str
    month: str
    nato: Interval
    soviet: Interval
    own: Interval
    unstated: Interval
    nato_percent: Interval = UNSPECIFIED
    soviet_percent: Interval = UNSPECIFIED
    own_percent: Interval = UNSPECIFIED


class Support(msgspec.Struct, frozen=True, kw_only=True, rename={"for_": "for"}):
    """That ``nation`` can support ``user``: with what (``item``), for what (``for``)."""

    kind: Literal["fire", "fuel", "repair"]
    nation: str
    item: str
    user: str
    for_: str
    quantity: Interval = UNSPECIFIED


class Chain(msgspec.Struct, frozen=True, kw_only=True):
    """A supply chain that a nation's fleet needs, for which items, at what cost a year."""

    nation: str
    kind: ChainKind
    chain: str
    items: tuple[str, ...]
    cost_per_year: Decimal | None = None


class Rounds(msgspec.Struct, frozen=True, kw_only=True):
    """How many complete approved rounds a nation can make up for a gun; what runs out first."""

    nation: str
    gun: str
    month: str
    complete: Interval
    short_of: tuple[str, ...] = ()


class TransitionYear(msgspec.Struct, frozen=True, kw_only=True):
    """The end of one year of a transition; ``lasts`` whether the old kind's ammunition does."""

    nation: str
    old: str
    new: str
    year: int
    old_held: Interval
    new_held: Interval
    crewed: Interval
    new_percent: Interval = UNSPECIFIED
    rounds_needed: Interval = UNSPECIFIED
    rounds_left: Interval = UNSPECIFIED
    lasts: Lasts = "maybe"


class Missing(msgspec.Struct, frozen=True, kw_only=True):
    """What would still have to be replaced, what can, and the ammunition that those ask for."""

    nation: str
    item: str
    month: str
    standard: str
    expected: Interval
    replaced_by: tuple[str, ...] = ()
    ammunition: tuple[str, ...] = ()
