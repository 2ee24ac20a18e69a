"""The acts that a sentence says: verb groups, nominal acts and phrases, in order."""

from __future__ import annotations

from collections.abc import Sequence

from intendance.reading._grammar.field import Field
from intendance.reading._grammar.nominals import (
    fixed_phrase,
    light_verb,
    nominal_act,
    permission,
    supported_act,
)
from intendance.reading._grammar.predicates import Predicate
from intendance.reading._grammar.rephrased import (
    added,
    corrected,
    counted,
    has_number,
    lacks,
    seen_given,
)
from intendance.reading._grammar.verbs import verb_group
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token


def find_predicates(
    grammar: Grammar, tokens: Sequence[Token], fields: Sequence[Field] = ()
) -> list[Predicate]:
    """The predicates of a sentence in order: events, governors and verbs of saying."""
    found: list[Predicate] = []
    for at, token in enumerate(tokens):
        if not (
            token.verbs
            or token.noun
            or token.cues
            or token.form in grammar.supported
            or token.auxiliaries
        ):
            continue
        if token.entities and token.item is not None and not token.verbs:
            if token.noun is None:
                continue
        predicate = verb_group(grammar, tokens, at, fields) if token.verbs else None
        if predicate is None and token.noun is not None:
            predicate = nominal_act(tokens, at)
        if token.form in grammar.supported:
            predicate = supported_act(grammar, tokens, at, found) or predicate
        if "support" in token.cues:
            predicate = light_verb(tokens, at, found)
        if "permitting" in token.cues:
            predicate = permission(grammar, at, found)
        if predicate is None:
            predicate = _without_verb(grammar, tokens, at)
        if predicate is not None:
            counted(grammar, tokens, predicate)
            corrected(grammar, tokens, predicate)
            added(grammar, tokens, predicate)
        if predicate is not None and not _other_sense(grammar, tokens, predicate):
            found.append(predicate)
    return seen_given(grammar, found)


def _without_verb(grammar: Grammar, tokens: Sequence[Token], at: int) -> Predicate | None:
    return fixed_phrase(tokens, at) or lacks(grammar, tokens, at) or has_number(grammar, tokens, at)


def _other_sense(grammar: Grammar, tokens: Sequence[Token], predicate: Predicate) -> bool:
    """ "engagé dans un conflit" promises nothing: the verb promises only with "se"."""
    if predicate.first and grammar.listed(tokens[predicate.first - 1].form, "what_for"):
        # "gave what it takes to make up a battalion"
        return True
    if grammar.listed(predicate.lemma, "lemma_attending"):
        return any(
            token.noun is not None and token.noun.event == "train"
            for token in tokens[predicate.last : predicate.last + 4]
        )
    if not grammar.listed(predicate.lemma, "lemma_reflexive"):
        return False
    around = tokens[max(0, predicate.first - 1) : predicate.at]
    if any("reflexive" in token.words for token in around):
        return False
    # "a engagé 3 milliards d'euros": money is promised without "se"
    after = tokens[predicate.last : predicate.last + 6]
    return not any(token.form in grammar.currencies for token in after)
