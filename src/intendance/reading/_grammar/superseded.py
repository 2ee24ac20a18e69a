"""What was said at first and is no longer so: "initially promised 53, but will send six"."""

from __future__ import annotations

from intendance.reading._grammar.claims import Claim, Scene

_REACH = 6
_REVISED = frozenset({"promise", "plan", "order", "allocate", "request", "finance"})
"""Acts that a later figure revises; what was delivered stays delivered."""


def mark_superseded(scene: Scene, claim: Claim) -> None:
    """Takes from the live what a later clause of the sentence puts another in the place of."""
    predicate, grammar, tokens = claim.predicate, scene.analysis.grammar, scene.analysis.tokens
    if predicate is None or claim.doubtful or claim.act not in _REVISED:
        return
    if called_off(scene, predicate.last):
        claim.doubtful = "called off"
        return
    first, last = max(0, predicate.first - _REACH), predicate.last + _REACH
    if not any(grammar.listed(token.form, "at_first") for token in tokens[first:last]):
        return
    for at in range(predicate.last, len(tokens) - 1):
        if tokens[at].form == "," and grammar.listed(tokens[at + 1].form, "but_now"):
            claim.doubtful = "superseded"
            return


def called_off(scene: Scene, at: int) -> bool:
    """Whether a later clause of the same sentence calls off what stands before ``at``."""
    tokens, grammar = scene.analysis.tokens, scene.analysis.grammar
    for predicate in scene.analysis.predicates:
        if predicate.first <= at or predicate.negated:
            continue
        if not grammar.listed(predicate.lemma, "lemma_calling_off"):
            continue
        near = tokens[predicate.last : predicate.last + 4]
        if predicate.voice == "passive":
            near = tokens[max(at, predicate.first - 5) : predicate.first]
        if any(grammar.listed(token.form, "called_off_object") for token in near):
            return True
    return False
