"""Noun groups: what is spoken of, how many, whose; and who is spoken of."""

from __future__ import annotations

from typing import Final

import msgspec

from intendance.terms import UNSPECIFIED, Basis, Interval, ItemFrom

CARRIERS: Final = frozenset({"system", "launcher", "battery", "set"})
"""Words beside a weapon's name that say nothing of what it is."""


class ItemGroup(msgspec.Struct):
    """One item in a sentence, at ``tokens[first:last]`` (``head`` the token that names it).

    ``quantity`` is unspecified where none is said; ``share`` marks a fraction of something;
    ``garbled`` a figure that can't be a quantity (a calibre without its unit); ``owner`` the
    nation that an adjective, "of" or "made in" ties to it; ``possessed`` marks "its", "their";
    ``against`` what a weapon is used against, ``stored`` what a stock consists of,
    ``exchanged`` what is given or retired for it, ``aside`` what stands beside the act ("after X"),
    ``serves`` supplies with what they are for, ``served`` what may be one of those.
    """

    first: int
    head: int
    last: int
    item: str | None
    text: str
    item_from: ItemFrom = "said"
    quantity: Interval = UNSPECIFIED
    part_of: Interval | None = None
    unit: str | None = None
    per: str | None = None
    basis: Basis | None = None
    share: bool = False
    garbled: bool = False
    calibre: int | None = None
    owner: str | None = None
    possessed: bool = False
    weak: bool = False
    against: bool = False
    stored: bool = False
    exchanged: bool = False
    aside: bool = False
    each: bool = False
    serves: bool = False
    served: bool = False


class ActorGroup(msgspec.Struct):
    """One actor, or several joined by "and", at ``tokens[first:last]``.

    ``role`` is the preposition's role before it (None: could be a subject); ``speaker`` the
    office-holder or office through which a nation or organisation is named; ``office`` is true
    where only the office is named ("a senior official"); ``place`` marks "in NATION"; ``case`` is
    "dative" where article or form shows one.
    """

    first: int
    last: int
    ids: tuple[str, ...]
    role: str | None
    speaker: str | None = None
    office: bool = False
    pronoun: str | None = None
    outlet: bool = False
    adjective: bool = False
    maker: bool = False
    place: bool = False
    case: str | None = None
    beside_pronoun: bool = False
