"""Replacements: what is given so that something else can be given or retired."""

from __future__ import annotations

from intendance.catalogue import Catalogue
from intendance.reading._grammar.claims import Claim, Scene
from intendance.reading._grammar.clauses import right_end
from intendance.reading._grammar.composition import compose
from intendance.reading._grammar.groups import ItemGroup
from intendance.reading._grammar.predicates import Predicate
from intendance.reading._grammar.subjects import subject_of


def replace_claims(catalogue: Catalogue, scene: Scene, predicate: Predicate) -> list[Claim]:
    """ "A will replace B's X by a Y": a backfill of Y from A to B, tied to X."""
    analysis = scene.analysis
    saying = compose("replace", predicate.mode, predicate.negated)
    if saying is None:
        return []
    end = right_end(analysis, predicate)
    items = analysis.items_between(predicate.last, end)
    if not analysis.items_between(predicate.last, end):
        return []
    by = [
        each for each in items
        if each.first > 0 and any(
            token.preposition in ("by", "with") for token in
            analysis.tokens[max(predicate.last, each.first - 3) : each.first]
        )
    ]  # fmt: skip
    old = [each for each in items if each not in by]
    if not by and old and predicate.mode == "open":
        _turn_to_backfill(scene, predicate, old[0])
    if not by and old and any(0 <= predicate.first - g.last <= 2 for g in analysis.items):
        _mark_freed(scene, old)
    if not by or not old:
        return []
    if all(each.item is not None and catalogue.is_class(each.item) for each in (old[0], by[0])):
        # "replace Soviet equipment by modern equipment" is a promise, not a swap of two things
        general = compose("deliver", predicate.mode, predicate.negated)
        saying = general if general is not None else saying
    claim = Claim(
        saying.act, saying.certainty, predicate.first, predicate.last, "", saying.polarity
    )
    claim.predicate = predicate
    claim.actor = subject_of(analysis, predicate).actor
    owner = old[0].owner
    if owner is not None and claim.actor is not None and owner in claim.actor.ids:
        # who replaces its own buys, and gives nothing
        return []
    claim.replaces = old[0]
    if owner is not None:
        claim.recipients = (owner,)
        claim.replaced_owner = (owner,)
    claim.item = by[0]
    claim.first, claim.last = min(claim.first, old[0].first), max(by[0].last, claim.last)
    return [claim]


def _mark_freed(scene: Scene, old: list[ItemGroup]) -> None:
    """ "The tanks replace the Y that B gave to C": Y is freed by what B was said to get before."""
    heads = {each.head for each in old}
    for claim in scene.claims:
        if claim.item is not None and claim.item.head in heads:
            claim.freed = True


def _turn_to_backfill(scene: Scene, predicate: Predicate, old: ItemGroup) -> None:
    """ "will send 14 X to B to replace the Y": what is sent in the main clause replaces."""
    for claim in scene.claims:
        if claim.act not in ("deliver", "promise", "plan") or claim.item is None:
            continue
        if claim.item is old or claim.item.head > predicate.at:
            continue
        claim.act, claim.replaces = "backfill", old
        claim.replaced_owner = claim.recipient.ids if claim.recipient is not None else ()
