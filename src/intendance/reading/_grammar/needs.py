"""Needs and requests: what somebody lacks or asks for."""

from __future__ import annotations

from typing import Final

from intendance.catalogue import Catalogue
from intendance.reading._grammar.claims import Claim, Scene
from intendance.reading._grammar.clauses import right_end
from intendance.reading._grammar.groups import ActorGroup, ItemGroup
from intendance.reading._grammar.objects import with_coordinated
from intendance.reading._grammar.predicates import Predicate
from intendance.reading._grammar.subjects import subject_of
from intendance.reading._grammar.surroundings import (
    claim_each,
    claim_of,
    items_around,
    items_before,
    owner_after,
)

_FOR: Final = 4
"""Tokens between what is asked for and the name of who is to have it."""


def need_claims(_: Catalogue, scene: Scene, predicate: Predicate) -> list[Claim]:
    """What somebody lacks: the need is the owner's, who would also receive."""
    analysis = scene.analysis
    claim = claim_of(predicate, "need", "announced")
    subject = subject_of(analysis, predicate)
    claim.actor = _lacking(scene, predicate) or subject.actor or owner_after(scene, predicate)
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


def _lacking(scene: Scene, predicate: Predicate) -> ActorGroup | None:
    """ "il faut X à B", "X manque à B": the one to whom something is lacking."""
    analysis = scene.analysis
    grammar, tokens = analysis.grammar, analysis.tokens
    impersonal = grammar.listed(tokens[predicate.at].form, "impersonal_need")
    if not impersonal and not grammar.listed(predicate.lemma, "lemma_lacking"):
        return None
    for group in analysis.actors_between(predicate.last, right_end(analysis, predicate)):
        said = group.ids or group.pronoun == "first"
        if group.role == "to" and said and group.first - predicate.last <= 12:
            return group
    if grammar.case_marked:
        # "B needs": the one in need stands in the dative, before its predicate too
        return next((g for g in analysis.actors if g.role == "to" and g.last <= predicate.at), None)
    if analysis.fields:
        # "Der Ukraine fehlen Raketen": the one in need stands in the dative, before or behind
        dative = (g for g in analysis.actors if g.case == "dative" and not g.adjective)
        return next(dative, None)
    before = [g for g in analysis.actors if g.last <= predicate.at and g.pronoun == "first"]
    return before[-1] if impersonal and before else None


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
    if predicate.voice == "noun" and _turned_down(predicate):
        claim = Claim("refuse", "announced", predicate.first, predicate.last, "")
        claim.predicate, claim.actor = predicate, subject.actor
        claim.recipient = owner_after(scene, predicate)
        items = items_around(scene, predicate)
        return claim_each(claim, items) if _close(predicate, items) else []
    claim.actor = subject.actor or owner_after(scene, predicate)
    if predicate.voice == "noun":
        claim.actor = owner_after(scene, predicate) or _asking(scene, predicate, subject.actor)
    items = items_around(scene, predicate)
    claim.recipient = _wished_for(scene, items, claim.actor) or claim.actor
    if "wish_list" in analysis.tokens[predicate.at].cues:
        listed = with_coordinated(analysis, items_before(scene, predicate)[-1:])
        items = [*listed, *(each for each in items if each.head > predicate.at)]
    if predicate.voice == "noun" and not _close(predicate, items):
        return []
    return claim_each(claim, items)


def _wished_for(
    scene: Scene, items: list[ItemGroup], asking: ActorGroup | None
) -> ActorGroup | None:
    """ "A demands launchers for B": right behind what is asked for, who is to have it."""
    if not items or asking is None:
        return None
    end = items[-1].last
    return next(
        (
            g for g in scene.analysis.actors_between(end, end + _FOR)
            if g.role == "for" and g.ids and not g.adjective and not g.maker
        ),
        None,
    )  # fmt: skip


def _asking(scene: Scene, predicate: Predicate, subject: ActorGroup | None) -> ActorGroup | None:
    """ "A examines a request": A has not made it."""
    governor = next((p for p in scene.analysis.predicates if p.at == predicate.governor), None)
    own = governor is None or governor.governs in (None, "do", "say", "announce", "light", "take")
    return subject if own else None


def _turned_down(predicate: Predicate) -> bool:
    """ "turned down the request for", "did not grant it"."""
    if predicate.mode == "refuse":
        return not predicate.negated
    return predicate.mode in ("promise", "decide", "permit") and predicate.negated


def _close(predicate: Predicate, items: list[ItemGroup]) -> bool:
    return any(
        0 <= each.first - predicate.last <= 6 or 0 <= predicate.first - each.last <= 6
        for each in items
    )


def wants(scene: Scene, predicate: Predicate) -> bool:
    """Whether a verb of wishing has an item itself as object ("wants F-16s")."""
    analysis = scene.analysis
    if predicate.event or predicate.voice != "active" or predicate.negated:
        return False
    if not analysis.grammar.listed(predicate.lemma, "lemma_wanting"):
        return False
    if any(other.governor == predicate.at for other in analysis.predicates):
        return False
    return any(0 <= each.first - predicate.last <= 3 for each in analysis.items)


def want_claims(_: Catalogue, scene: Scene, predicate: Predicate) -> list[Claim]:
    """What somebody wants, said of the thing itself: asked for."""
    claim = claim_of(predicate, "request", "announced")
    claim.actor = claim.recipient = subject_of(scene.analysis, predicate).actor
    if claim.actor is None:
        return []
    items = items_around(scene, predicate)
    return claim_each(claim, [each for each in items if each.first >= predicate.last])
