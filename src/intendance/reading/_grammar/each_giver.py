"""A number for each giver: "A and B will send 14 tanks each"."""

from __future__ import annotations

import msgspec

from intendance.reading._grammar.claims import Claim, Scene
from intendance.reading._grammar.coordination import is_nation_list
from intendance.reading._tokens import Token


def split_by_each(scene: Scene, claims: list[Claim]) -> None:
    """Puts one claim for each giver in the place of one of all, where "each" stands by it.

    Where there are several recipients as well, nobody can tell whose each it is: doubtful.
    """
    for claim in list(claims):
        names = claim.actor.ids if claim.actor is not None and not claim.actors else ()
        if len(names) < 2 or not is_nation_list(names) or not _each(scene, claim):
            continue
        if claim.recipient is not None and len(claim.recipient.ids) > 1:
            claim.doubtful = claim.doubtful or "whose each"
            continue
        place = claims.index(claim)
        claims[place : place + 1] = [
            msgspec.structs.replace(claim, actors=(name,), actor_from="said") for name in names
        ]


def _each(scene: Scene, claim: Claim) -> bool:
    item, actor, predicate = claim.item, claim.actor, claim.predicate
    if item is None or actor is None or predicate is None or not item.quantity.known:
        return False
    tokens = scene.analysis.tokens
    behind = tokens[item.last : item.last + 1]
    before = tokens[max(0, item.first - 1) : item.first]
    subject = tokens[actor.last : predicate.last] if actor.last <= predicate.first else []
    return any(_alone(tokens, token) for token in (*behind, *before, *subject))


def _alone(tokens: list[Token], token: Token) -> bool:
    """ "each", but not "each month"."""
    if "each" not in token.cues or any(cue.startswith("rate_") for cue in token.cues):
        return False
    after = tokens[tokens.index(token) + 1 :][:1]
    return not any(cue.startswith("rate_") or cue == "false_unit" for t in after for cue in t.cues)
