"""Production that grows, and the rate that is aimed at."""

from __future__ import annotations

from typing import Final

from intendance.catalogue import Catalogue
from intendance.reading._grammar.claims import Claim, Scene
from intendance.reading._grammar.clauses import right_end
from intendance.reading._grammar.composition import compose
from intendance.reading._grammar.groups import ItemGroup
from intendance.reading._grammar.predicates import Predicate
from intendance.reading._grammar.stocks import deploy_claims
from intendance.reading._grammar.subjects import subject_of
from intendance.reading._grammar.surroundings import claim_each, claim_of
from intendance.reading._tokens import Token
from intendance.terms import exactly

_PERIODS: Final = ("day", "week", "month", "year")
_PRODUCTION: Final = "production-capacity"


def expand_claims(catalogue: Catalogue, scene: Scene, predicate: Predicate) -> list[Claim]:
    """More capacity, where production is what grows."""
    analysis = scene.analysis
    tokens = analysis.tokens
    end = min(right_end(analysis, predicate), predicate.last + 7)
    around = [*range(predicate.at, end), *range(max(0, predicate.first - 5), predicate.first)]
    near = next((i for i in around if _productive(tokens[i])), None)
    if near is None and any("presence" in tokens[i].cues for i in around):
        return deploy_claims(catalogue, scene, predicate)
    if near is None:
        return []
    saying = compose("expand", predicate.mode, predicate.negated)
    if saying is None:
        return []
    claim = claim_of(predicate, "expand", saying.certainty)
    claim.actor = subject_of(analysis, predicate).actor
    items = [
        g for g in analysis.items_between(near, right_end(analysis, predicate)) if not g.against
    ]
    items = [each for each in items if each.item != _PRODUCTION]
    if items:
        return claim_each(claim, items[:2])
    claim.item = ItemGroup(near, near, near + 1, _PRODUCTION, tokens[near].form)
    _target(scene, predicate, claim.item, end)
    claim.first, claim.last = min(claim.first, near), max(claim.last, near + 1)
    return [claim]


def _productive(token: Token) -> bool:
    item = token.item
    if item is not None and token.noun is not None and token.noun.event == "produce":
        # "production of shells" is one name, of the shells
        return True
    return "production_noun" in token.cues or (item is not None and item.id == _PRODUCTION)


def _target(scene: Scene, predicate: Predicate, item: ItemGroup, end: int) -> None:
    """ "from 100,000 to 300,000 a year": the rate that is aimed at."""
    tokens = scene.analysis.tokens
    end = min(end + 6, right_end(scene.analysis, predicate) - 1)
    for figure in scene.numbers:
        if not item.head < figure.first <= end:
            continue
        period = next(
            (p for token in tokens[figure.last : figure.last + 4] for p in _PERIODS
             if f"rate_{p}" in token.cues), None)  # fmt: skip
        high = figure.interval.high
        if period is not None and high is not None:
            item.quantity, item.per = exactly(high, figure.interval.text), period
            return
