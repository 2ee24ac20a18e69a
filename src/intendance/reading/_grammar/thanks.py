"""Thanks: who is thanked for equipment has given it."""

from __future__ import annotations

from intendance.catalogue import Catalogue
from intendance.reading._grammar.claims import Claim, Scene
from intendance.reading._grammar.clauses import right_end
from intendance.reading._grammar.predicates import Predicate
from intendance.reading._grammar.subjects import subject_of
from intendance.reading._grammar.surroundings import claim_each, claim_of, unclaimed

_REACH = 6


def thank_claims(_: Catalogue, scene: Scene, predicate: Predicate) -> list[Claim]:
    """ "B thanked A for 30 guns": A delivered them to B; thanks for a promise tell of that alone.

    Nothing is claimed where another act stands between the thanks and the thing ("for agreeing
    to train its crews", "for the decision to send tanks").
    """
    analysis = scene.analysis
    if predicate.negated or predicate.voice != "active":
        return []
    end = right_end(analysis, predicate)
    giver = next(
        (
            group
            for group in analysis.actors_between(predicate.last, end)
            if group.ids and group.role is None and group.first - predicate.last <= _REACH
        ),
        None,
    )
    if giver is None:
        return []
    start = next(
        (
            at
            for at in range(giver.last, min(end, giver.last + 8))
            if analysis.tokens[at].preposition == "for"
        ),
        None,
    )
    if start is None:
        return []
    items = unclaimed(scene, analysis.items_between(start, end))
    if not items or any(
        (each.event or each.governs) and start < each.at < items[0].first
        for each in analysis.predicates
    ):
        return []
    claim = claim_of(predicate, "deliver", "done")
    claim.actor = giver
    thanks = subject_of(analysis, predicate).actor
    claim.recipient = thanks if thanks is not None and thanks.ids != giver.ids else None
    return claim_each(claim, items)
