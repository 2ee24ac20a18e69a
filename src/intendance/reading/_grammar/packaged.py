"""What a package holds, told behind a colon: "schnürt ein Paket für B: Radare, Mörser"."""

from __future__ import annotations

from typing import Final

from intendance.reading._grammar.claims import Claim, Scene
from intendance.reading._grammar.groups import ActorGroup
from intendance.reading._grammar.predicates import ATTRIBUTE, Predicate
from intendance.reading._grammar.subjects import subject_of
from intendance.reading._grammar.surroundings import claim_each, claim_of, unclaimed

_PUTTING_UP: Final = frozenset({"decide", "announce", "promise", "offer"})
_SURE: Final = frozenset(
    {"done", "under way", "announced", "announce", "promise", "decide", "offer"}
)


def packaged(scene: Scene) -> list[Claim]:
    """A promise of each item behind the colon, by the subject of the verb that puts it up."""
    analysis = scene.analysis
    if not analysis.fields:
        return []
    tokens = analysis.tokens
    colon = next((at for at, token in enumerate(tokens) if token.form == ":"), None)
    if colon is None or not any("package" in token.cues for token in tokens[:colon]):
        return []
    if any(each.at > colon and each.tense != ATTRIBUTE for each in analysis.predicates):
        return []
    items = unclaimed(scene, [each for each in analysis.items if each.first > colon])
    predicate = _putting_up(scene, colon)
    if predicate is None or not items:
        return []
    actor = subject_of(analysis, predicate).actor
    claim = claim_of(predicate, "promise", "announced")
    claim.actor, claim.recipient, claim.rule = actor, _taker(scene, colon, actor), "list"
    return claim_each(claim, items)


def _putting_up(scene: Scene, colon: int) -> Predicate | None:
    """The verb before the colon that gives, promises or announces, and denies nothing."""
    found = [
        each for each in scene.analysis.predicates
        if each.at < colon and each.voice == "active" and not each.negated
        and (each.governs in _PUTTING_UP or each.event == "deliver") and each.mode in _SURE
    ]  # fmt: skip
    return found[-1] if found else None


def _taker(scene: Scene, colon: int, actor: ActorGroup | None) -> ActorGroup | None:
    return next(
        (
            each for each in scene.analysis.actors
            if each.last <= colon and each is not actor and each.ids and not each.adjective
            and (each.role in ("to", "for") or each.case == "dative")
        ),
        None,
    )  # fmt: skip
