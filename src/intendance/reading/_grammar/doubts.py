"""What takes a claim back without denying it: polls, rumours called false, first intentions."""

from __future__ import annotations

from intendance.reading._grammar.claims import Claim, Scene
from intendance.reading._grammar.clauses import Analysis
from intendance.reading._grammar.predicates import Predicate

_UNSURE = frozenset({"untrue", "unofficial"})
_NEAR = 4
"""Tokens around a predicate in which a word says that it was only meant so at first."""


def without_opinions(scene: Scene, claims: list[Claim]) -> list[Claim]:
    """The claims, none where the sentence tells what people think: a poll hands nothing over."""
    if "poll" in scene.analysis.cues:
        return []
    taken = _taken_back(scene, claims)
    for claim in claims:
        _doubt(scene, claim)
        if claim.certainty != "denied" and claim.act != "refuse" and id(claim) in taken:
            claim.doubtful = "taken back"
    return claims


def _taken_back(scene: Scene, claims: list[Claim]) -> set[int]:
    """ "reversed its decision to send": what a word takes back stands on either side of it.

    Of several clauses before it, each with an actor of its own, it means the last.
    """
    if "taken_back" not in scene.analysis.cues:
        return set()
    places = [at for at, t in enumerate(scene.analysis.tokens) if "taken_back" in t.cues]
    before = [each for each in claims if each.predicate is not None and each.last <= places[0]]
    last = before[-1] if before else None
    return {
        id(each)
        for each in claims
        if last is None or each not in before or each.actor is None
        or last.actor is None or each.actor.ids == last.actor.ids
    }  # fmt: skip


def _doubt(scene: Scene, claim: Claim) -> None:
    tokens = scene.analysis.tokens
    predicate = claim.predicate
    told = claim.certainty in ("done", "under way", "announced") or claim.act == "plan"
    if told and (
        not _UNSURE.isdisjoint(scene.analysis.cues)
        or (predicate is not None and _unconfirmed(scene.analysis, predicate))
        or (predicate is not None and _rejected(scene.analysis, predicate))
    ):
        claim.certainty = "hearsay"
    if "earlier_text" in scene.analysis.cues and claim.certainty != "denied":
        # "an earlier version of this text said": it is corrected elsewhere
        claim.doubtful = "superseded"
    if predicate is not None and any(
        "at_first" in token.cues
        for token in tokens[max(0, predicate.first - _NEAR) : predicate.last + _NEAR]
    ):
        # "had originally promised 10": what holds now is said elsewhere
        claim.doubtful = "superseded"


def _rejected(analysis: Analysis, predicate: Predicate) -> bool:
    """ "Reports that A had sent X were denied": what is denied stands behind the whole clause."""
    before = analysis.tokens[: predicate.first]
    return any(analysis.grammar.listed(token.form, "said_noun") for token in before) and any(
        each.governs == "deny" and each.voice == "passive" and not each.negated
        and each.at > predicate.at
        for each in analysis.predicates
    )  # fmt: skip


def _unconfirmed(analysis: Analysis, predicate: Predicate) -> bool:
    """ "could not confirm a report that A had sent": nobody says that A has."""
    return any(
        each.negated
        and analysis.grammar.listed(each.lemma, "lemma_confirming")
        and each.at < predicate.at
        for each in analysis.predicates
    )
