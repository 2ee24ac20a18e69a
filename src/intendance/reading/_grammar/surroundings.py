"""What stands around a predicate, for claims that no transfer makes."""

from __future__ import annotations

import msgspec

from intendance.reading._grammar.claims import Claim, Scene
from intendance.reading._grammar.clauses import clause_start, right_end
from intendance.reading._grammar.groups import ActorGroup, ItemGroup
from intendance.reading._grammar.predicates import Predicate
from intendance.terms import Act, Certainty


def claim_of(predicate: Predicate, act: Act, certainty: Certainty) -> Claim:
    """A claim of a predicate, denied where the predicate is."""
    claim = Claim(act, certainty, predicate.first, predicate.last, "")
    claim.predicate = predicate
    if predicate.negated:
        claim.polarity, claim.certainty = "negative", "denied"
    return claim


def claim_each(claim: Claim, items: list[ItemGroup]) -> list[Claim]:
    """One claim like ``claim`` for each item; the first keeps the predicate's words."""
    claims: list[Claim] = []
    for place, item in enumerate(items):
        each = msgspec.structs.replace(claim, item=item)
        if place:
            each.first, each.last = item.first, item.last
        else:
            each.first, each.last = min(claim.first, item.first), max(claim.last, item.last)
        claims.append(each)
    return claims


def items_around(scene: Scene, predicate: Predicate) -> list[ItemGroup]:
    """Items on the right of a predicate, else those that are its subject."""
    analysis = scene.analysis
    right = unclaimed(scene, analysis.items_between(predicate.last, right_end(analysis, predicate)))
    return right or items_before(scene, predicate)


def items_before(scene: Scene, predicate: Predicate) -> list[ItemGroup]:
    """Items between the clause's beginning and the predicate."""
    analysis = scene.analysis
    return unclaimed(
        scene, analysis.items_between(clause_start(analysis, predicate), predicate.first)
    )


def unclaimed(scene: Scene, items: list[ItemGroup]) -> list[ItemGroup]:
    """Items that are no target and that no transfer has claimed."""
    taken = {id(claim.item) for claim in scene.claims}
    return [
        each for each in items if not each.against and not each.stored and id(each) not in taken
    ]


def owner_after(scene: Scene, predicate: Predicate) -> ActorGroup | None:
    """ "la demande de la Moldavie", "les besoins ukrainiens"."""
    for group in scene.analysis.actors:
        if 0 <= group.first - predicate.last <= 3 and (group.role == "of" or group.adjective):
            return group
    return None
