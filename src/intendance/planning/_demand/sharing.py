"""An amount shared out exactly: in proportion, by largest remainder, by tier and priority."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from typing import Final, TypeVar

import msgspec

from intendance.planning._demand.rows import TIERS, Rule, Tier

Key = TypeVar("Key", tuple[str, str], str)
WHOLE: Final = Fraction(1)


class Claim(msgspec.Struct):
    """What is still wanted by a nation of an item, tier by tier."""

    nation: str
    item: str
    priority: int
    variants: tuple[str, ...]
    wanted: dict[Tier, Fraction]

    @property
    def total(self) -> Fraction:
        """All tiers together."""
        return sum(self.wanted.values(), Fraction(0))


def proportional(
    amount: Fraction, asked: Mapping[Key, Fraction], step: Fraction | None
) -> dict[Key, Fraction]:
    """``amount`` in proportion to what is asked, never more than that, in multiples of ``step``.

    What rounding down leaves goes by largest remainder, then by key. ``amount`` and what is asked
    are multiples of ``step``; None is no rounding.
    """
    total = sum(asked.values(), Fraction(0))
    if total <= amount:
        return dict(asked)
    exact = {key: amount * each / total for key, each in asked.items()}
    if step is None:
        return exact
    given = {key: each // step * step for key, each in exact.items()}
    rest = int((amount - sum(given.values())) / step)
    order = sorted(exact, key=lambda key: (given[key] - exact[key], key))
    for key in order[:rest]:
        given[key] += step
    return given


def by_rule(
    amount: Fraction, claims: list[Claim], rule: Rule, step: Fraction | None
) -> dict[tuple[str, str], Fraction]:
    """``amount`` to claims: tier by tier, by priority where the rule says so, then in proportion.

    What is given is taken off what the claims still want. Keys are (nation, wanted item).
    """
    given: defaultdict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for tier in TIERS:
        ranks = sorted({claim.priority for claim in claims}) if rule == "priority" else [None]
        for rank in ranks:
            group = {
                (claim.nation, claim.item): claim
                for claim in claims
                if rank in (None, claim.priority) and claim.wanted[tier] > 0
            }
            asked = {key: claim.wanted[tier] for key, claim in group.items()}
            for key, part in proportional(amount, asked, step).items():
                given[key] += part
                group[key].wanted[tier] -= part
                amount -= part
    return {key: part for key, part in given.items() if part > 0}
