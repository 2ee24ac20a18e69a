"""What a fraction is: a share of a joint donation, a part of one donor's whole, or a measure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Final, Literal

import msgspec

from intendance.catalogue import Catalogue
from intendance.exchange._data import table
from intendance.terms import Number

_PARTS: Final = range(2, 13)
_NEAR: Final = Decimal("0.001")
_NUMBER: Final = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\w,])|(?<![\w.,])\d+(?![\w]|[.,]\d)")
_NAME: Final = re.compile(r"\b[A-Z][\w\-]+(?: [A-Z][\w\-]+)?")

_ENDING: Final = re.compile(r"\[[^\]]*\]")

Sort = Literal["joint", "own", "measure", "unknown"]


class Fraction(msgspec.Struct, frozen=True):
    """A row whose number of units is no whole one."""

    row: int
    donor: str
    thing: str
    unit: str | None
    value: Decimal
    explanation: str


class Share(msgspec.Struct, frozen=True):
    """What a fraction was decided to be.

    ``whole`` is the number of which it is a part; ``partners`` all who pay for a joint donation,
    ``giver`` who hands it over, where another than they; ``rows`` those of one donor's own whole.
    """

    sort: Sort
    whole: Number | None = None
    partners: tuple[str, ...] = ()
    giver: str | None = None
    rows: tuple[int, ...] = ()


class _Words(msgspec.Struct, frozen=True):
    joint: tuple[str, ...]
    given: tuple[str, ...]
    own: tuple[str, ...]
    measured: tuple[str, ...]
    inside: tuple[str, ...]
    reach: int


@cache
def share_words() -> _Words:
    """The words by which a fraction, and what a package is part of, are told."""
    return msgspec.convert(table("kiel/shares"), _Words)


def decide(
    fractions: Iterable[Fraction], recipient: str, catalogue: Catalogue
) -> Mapping[int, Share]:
    """What each fraction is, by row.

    Rows of one thing with one fraction are looked at together: they are shares of one donation
    where an explanation tells of partners. What is left of one donor and one fraction is parts of a
    whole that was spread over rows.
    """
    groups: dict[tuple[str, Decimal], list[Fraction]] = defaultdict(list)
    for each in fractions:
        groups[each.thing, each.value.quantize(_NEAR)].append(each)
    found: dict[int, Share] = {}
    alone: dict[tuple[str, Decimal], list[Fraction]] = defaultdict(list)
    for (_, value), group in groups.items():
        joint = _joint(group, recipient, catalogue)
        for each in group:
            if joint is None:
                alone[each.donor, value].append(each)
            else:
                found[each.row] = joint
    for mine in alone.values():
        share = _own(mine)
        found.update({each.row: share for each in mine})
    return found


def _joint(group: Sequence[Fraction], recipient: str, catalogue: Catalogue) -> Share | None:
    words = share_words()
    said = " ".join(each.explanation for each in group)
    low = said.casefold()
    donors = {each.donor for each in group}
    if not any(word in low for word in words.joint):
        return None
    named = _nations(said, catalogue) - {recipient}
    giver = _giver(low, named, catalogue)
    partners = (named | donors) - ({giver} if giver not in donors else set())
    if len(partners) < 2:
        return None
    whole = _whole(group[0].value, len(partners), said)
    if whole is None:
        return Share("unknown")
    other = giver if giver not in partners else None
    return Share("joint", whole, tuple(sorted(partners)), other)


def _whole(value: Decimal, parts: int, said: str) -> int | None:
    """The whole of which a value is one of ``parts`` shares, or one that the text names."""
    times = value * parts
    if abs(times - times.to_integral_value()) < _NEAR * parts:
        return int(times.to_integral_value())
    return _named_whole(value, said)


def _named_whole(value: Decimal, said: str) -> int | None:
    numbers = {int(each.replace(",", "")) for each in _NUMBER.findall(said)}
    for parts in _PARTS:
        times = value * parts
        whole = times.to_integral_value()
        if abs(times - whole) < _NEAR * parts and int(whole) in numbers:
            return int(whole)
    return None


def _own(mine: Sequence[Fraction]) -> Share:
    words = share_words()
    said = " ".join(each.explanation for each in mine)
    rows = tuple(each.row for each in mine)
    named = _named_whole(mine[0].value, said)
    if named is not None and any(word in said.casefold() for word in words.own):
        return Share("own", named, rows=rows)
    if mine[0].unit in words.measured:
        return Share("measure")
    times = mine[0].value * len(mine)
    if len(mine) > 1 and abs(times - times.to_integral_value()) < _NEAR * len(mine):
        return Share("own", int(times.to_integral_value()), rows=rows)
    return Share("unknown")


def _nations(said: str, catalogue: Catalogue) -> set[str]:
    found = set()
    for name in set(_NAME.findall(said)):
        for each in (name, *name.split(" ")):
            known = catalogue.known(each)
            if known in catalogue.nations:
                found.add(str(known))
    return found


def _giver(low: str, named: Iterable[str], catalogue: Catalogue) -> str | None:
    """Who hands over what others pay for, by the words of the explanation."""
    for nation in sorted(named):
        entry = catalogue.nations[nation]
        adjectives = [_ENDING.sub("", each) for each in entry.adjective.get("en", ())]
        names = {catalogue.label(nation, "en"), *adjectives}
        for pattern in share_words().given:
            for name in names:
                if pattern.format(name.casefold()) in low:
                    return nation
    return None
