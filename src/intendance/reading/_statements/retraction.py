"""What the next sentence takes back: "The ministry denied this", "That order was cancelled"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intendance.reading._grammar.analysis import Analysis
from intendance.reading._grammar.claims import Scene
from intendance.reading._grammar.predicates import Predicate
from intendance.reading._grammar.subjects import subject_of
from intendance.reading._statements.draft import Draft

_DENIABLE: Final = frozenset(
    {"deliver", "promise", "plan", "order", "allocate", "receive", "agree"}
)
_TO_COME: Final = frozenset({"promise", "plan", "order", "allocate", "frame", "request", "agree"})
"""Acts that may still be called off; what was delivered stays delivered."""
_LONGEST: Final = 30
"""Tokens of a sentence that does nothing but take back the one before."""


def take_back(scene: Scene, before: Sequence[Draft], own: Sequence[Draft]) -> None:
    """Marks the statements of the sentence before as denied, or as called off.

    Only a sentence that claims nothing of its own points back as a whole; and who denies must be
    one of those of whom it was said, or nobody we know.
    """
    analysis = scene.analysis
    if not before or any(draft.item is not None for draft in own):
        return
    if len(analysis.tokens) > _LONGEST:
        return
    if _denies(analysis):
        parties = {each for draft in before for each in (*draft.actors, *draft.recipients)}
        deniers = {
            each for g in analysis.actors if g.role is None and not g.outlet for each in g.ids
        }
        if deniers and parties and not deniers & parties:
            return
        for draft in before:
            if draft.claim.act in _DENIABLE:
                draft.claim.certainty, draft.claim.polarity = "denied", "negative"
                if not deniers:
                    draft.claim.doubtful = "denied afterwards"
    elif _calls_off(analysis):
        for draft in before:
            if draft.claim.act in _TO_COME:
                draft.claim.doubtful = "called off afterwards"


def _denies(analysis: Analysis) -> bool:
    """ "denied this", "That was an error", "called the report false"."""
    grammar, tokens = analysis.grammar, analysis.tokens
    for predicate in analysis.predicates:
        denies = predicate.governs == "deny" and not predicate.negated
        if denies and _of_before(analysis, predicate):
            return True
    named = any(grammar.listed(token.form, "denied_object") for token in tokens)
    return (
        named
        and any(grammar.listed(token.form, "untrue_word") for token in tokens)
        and not any("negation" in token.cues for token in tokens)
    )


def _of_before(analysis: Analysis, predicate: Predicate) -> bool:
    """Whether a verb of denying has what was said before as its object."""
    tokens, grammar = analysis.tokens, analysis.grammar
    after = tokens[predicate.last : predicate.last + 4]
    if not after or not after[0].word:
        return predicate.voice == "active"
    for place, token in enumerate(after):
        if grammar.listed(token.form, "denied_object"):
            following = after[place + 1] if place + 1 < len(after) else None
            return following is None or not grammar.listed(following.form, "that")
        if "determiner" not in token.words:
            return False
    return False


def _calls_off(analysis: Analysis) -> bool:
    """ "The order was later cancelled", "Parliament scrapped the plan"."""
    tokens, grammar = analysis.tokens, analysis.grammar
    if "taken_back" in analysis.cues and any(
        grammar.listed(token.form, "called_off_object") for token in tokens
    ):
        return True
    for predicate in analysis.predicates:
        if predicate.negated or not grammar.listed(predicate.lemma, "lemma_calling_off"):
            continue
        if predicate.mode not in ("done", "under way", "refuse"):
            continue
        passive = predicate.voice == "passive" and subject_of(analysis, predicate).item is None
        near = (
            tokens[max(0, predicate.first - 5) : predicate.first]
            if passive
            else tokens[predicate.last : predicate.last + 4]
        )
        if any(grammar.listed(token.form, "called_off_object") for token in near):
            return True
    return False
