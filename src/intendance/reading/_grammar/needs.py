"""Needs and requests: what somebody lacks or asks for."""

from __future__ import annotations

from intendance.catalogue import Catalogue
from intendance.reading._grammar.claims import Claim, Scene
from intendance.reading._grammar.clauses import subject_of
from intendance.reading._grammar.groups import ItemGroup
from intendance.reading._grammar.objects import with_coordinated
from intendance.reading._grammar.predicates import Predicate
from intendance.reading._grammar.surroundings import (
    claim_each,
    claim_of,
    items_around,
    items_before,
    owner_after,
)


def need_claims(_: Catalogue, scene: Scene, predicate: Predicate) -> list[Claim]:
    """What somebody lacks: the need is the owner's, who would also receive."""
    analysis = scene.analysis
    claim = claim_of(predicate, "need", "announced")
    subject = subject_of(analysis, predicate)
    claim.actor = subject.actor or owner_after(scene, predicate)
    claim.recipient = claim.actor
    before = [
        each
        for each in analysis.items
        if each.last <= predicate.first
        and predicate.first - each.last <= 4
        and any(
            analysis.grammar.listed(token.form, "needed_of")
            for token in analysis.tokens[each.last : predicate.first]
        )
    ]
    return claim_each(claim, before or items_around(scene, predicate))


def request_claims(_: Catalogue, scene: Scene, predicate: Predicate) -> list[Claim]:
    """A request whose object is an item itself ("demande des chars", "on its wish list")."""
    analysis = scene.analysis
    if any(
        other.governor == predicate.at and other.event and other.voice != "noun"
        for other in analysis.predicates
    ):
        return []
    claim = claim_of(predicate, "request", "announced")
    subject = subject_of(analysis, predicate)
    claim.actor = subject.actor or owner_after(scene, predicate)
    claim.recipient = claim.actor
    items = items_around(scene, predicate)
    if "wish_list" in analysis.tokens[predicate.at].cues:
        listed = with_coordinated(analysis, items_before(scene, predicate)[-1:])
        items = [*listed, *(each for each in items if each.head > predicate.at)]
    if predicate.voice == "noun" and not _close(predicate, items):
        return []
    return claim_each(claim, items)


def _close(predicate: Predicate, items: list[ItemGroup]) -> bool:
    return any(
        0 <= each.first - predicate.last <= 6 or 0 <= predicate.first - each.last <= 6
        for each in items
    )
