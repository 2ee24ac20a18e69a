"""What becomes of equipment that is there: stocks, repairs, deployments, holdings."""

from __future__ import annotations

from typing import Final

from intendance.catalogue import Catalogue
from intendance.reading._grammar.claims import Claim, Scene
from intendance.reading._grammar.clauses import clause_start, right_end
from intendance.reading._grammar.composition import compose
from intendance.reading._grammar.groups import ActorGroup, ItemGroup
from intendance.reading._grammar.items import names_stock
from intendance.reading._grammar.predicates import Predicate
from intendance.reading._grammar.subjects import agent_of, subject_of
from intendance.reading._grammar.surroundings import claim_each, claim_of, items_around
from intendance.terms import Act, Certainty

_STOCKS: Final = "military-stocks"


def deplete_claims(_: Catalogue, scene: Scene, predicate: Predicate) -> list[Claim]:
    """Stocks that run down: why help slows, never a sum."""
    claims = _stock_claim(scene, predicate, "deplete")
    if claims or not scene.analysis.grammar.listed(predicate.lemma, "lemma_running_out"):
        return claims
    # "has run out of 122mm shells": what is lacking is named by itself
    claim = claim_of(predicate, "deplete", "done")
    claim.actor = subject_of(scene.analysis, predicate).actor
    after = items_around(scene, predicate)
    return claim_each(claim, [each for each in after if each.first >= predicate.last])


def replenish_claims(_: Catalogue, scene: Scene, predicate: Predicate) -> list[Claim]:
    """Stocks to be filled up again."""
    return _stock_claim(scene, predicate, "plan")


def _stock_claim(scene: Scene, predicate: Predicate, act: Act) -> list[Claim]:
    analysis = scene.analysis
    tokens = analysis.tokens
    end = min(right_end(analysis, predicate), predicate.last + 8)
    start = max(0, predicate.first - 8)
    around = (*range(predicate.last, end), *range(predicate.first - 1, start - 1, -1))
    near = next((index for index in around if names_stock(tokens[index])), None)
    if near is None:
        return []
    certainty: Certainty = "planned" if act == "plan" else "done"
    claim = claim_of(predicate, act, certainty)
    claim.item_text = tokens[near].form
    claim.item = ItemGroup(near, near, near + 1, _STOCKS, tokens[near].form)
    claim.first, claim.last = min(claim.first, near), max(claim.last, near + 1)
    claim.actor = subject_of(analysis, predicate).actor or next(
        (g for g in analysis.actors if (0 <= g.first - near <= 8 and g.role == "of")
         or 0 <= g.first - claim.last <= 3), None)  # fmt: skip
    if claim.actor is None and near and "possessive_first" in tokens[near - 1].words:
        claim.actor = ActorGroup(near - 1, near, (), None, pronoun="first")
    return [claim]


def repair_claims(_: Catalogue, scene: Scene, predicate: Predicate) -> list[Claim]:
    """Equipment under repair; with a share of somebody's equipment its owner alone."""
    to_come = predicate.tense == "fut" or predicate.mode in ("announced", "plan", "expected")
    claim = claim_of(predicate, "repair", "planned" if to_come else "under way")
    claim.actor = subject_of(scene.analysis, predicate).actor
    items = items_around(scene, predicate)
    start = clause_start(scene.analysis, predicate)
    shares = [g for g in scene.analysis.items_between(start, predicate.first) if g.share]
    if not items and shares:
        # "a third of the guns given to B are under repair"
        items = shares
        scene.claims[:] = [
            each for each in scene.claims if each.item not in shares or each.actor is not None
        ]
    if items:
        return claim_each(claim, items[:2])
    owner = _share_of(scene, predicate)
    if owner is None:
        return []
    claim.actor = owner
    return [claim]


def _share_of(scene: Scene, predicate: Predicate) -> ActorGroup | None:
    """ "a third of Ukraine's potential": the owner of the share."""
    tokens = scene.analysis.tokens
    if not any(t.form in scene.analysis.grammar.fractions for t in tokens[: predicate.first]):
        return None
    owners = [g for g in scene.analysis.actors if g.last <= predicate.first and g.role == "of"]
    return owners[-1] if owners else None


def cannibalise_claims(_: Catalogue, scene: Scene, predicate: Predicate) -> list[Claim]:
    """Equipment taken apart for its pieces."""
    done = predicate.voice == "passive" and predicate.mode == "done"
    claim = claim_of(predicate, "cannibalise", "done" if done else "under way")
    actors = [g for g in scene.analysis.actors if g.role is None and g.last <= predicate.first]
    claim.actor = agent_of(scene.analysis, predicate) or (actors[0] if actors else None)
    items = [g for g in scene.analysis.items if g.head < predicate.at and not g.against]
    return claim_each(claim, items[:1]) or ([claim] if claim.actor else [])


def deploy_claims(_: Catalogue, scene: Scene, predicate: Predicate) -> list[Claim]:
    """Equipment moved abroad by its owner, who keeps it."""
    analysis = scene.analysis
    saying = compose("deploy", predicate.mode, predicate.negated)
    if saying is None:
        return []
    claim = claim_of(predicate, "deploy", saying.certainty)
    claim.actor = subject_of(analysis, predicate).actor
    if predicate.voice == "noun":
        claim.actor = next(
            (g for g in analysis.actors_between(predicate.last, right_end(analysis, predicate))
             if g.role in ("from", "of", "by")), claim.actor)  # fmt: skip
    items = items_around(scene, predicate)
    return claim_each(claim, items[:3])


def hold_claims(_: Catalogue, scene: Scene, predicate: Predicate) -> list[Claim]:
    """Equipment that somebody has; without a subject nothing is claimed."""
    claim = claim_of(predicate, "hold", "done")
    claim.actor = subject_of(scene.analysis, predicate).actor
    if claim.actor is None:
        return []
    return claim_each(claim, items_around(scene, predicate)[:3])
