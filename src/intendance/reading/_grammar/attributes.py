"""Participles before their noun, with all that depends on them: "die von A gelieferten Panzer"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intendance.reading._grammar.predicates import ATTRIBUTE, FINITE, Predicate, predicate_of
from intendance.reading._language import Grammar, Sense
from intendance.reading._tokens import Token

_WIDEST: Final = 14
"""Tokens between the article and its participle."""


def attribute_at(
    grammar: Grammar, tokens: Sequence[Token], at: int, senses: dict[str, Sense]
) -> Predicate | None:
    """The participle at ``at`` where it stands between an article or preposition and its noun."""
    sense = senses.get(ATTRIBUTE)
    if sense is None or at + 1 >= len(tokens):
        return None
    after = tokens[at + 1]
    counted = after.number or after.form in grammar.numbers
    if not (after.word and (counted or after.capital or after.item or _adjective(after))):
        return None
    first = attribute_start(grammar, tokens, at)
    if first is None:
        return None
    predicate = predicate_of(first, at, sense, "done", "participle")
    predicate.tense = ATTRIBUTE
    predicate.negated = any("negation" in token.cues for token in tokens[first:at])
    return predicate


def attribute_start(grammar: Grammar, tokens: Sequence[Token], at: int) -> int | None:
    """Where the noun group of an attribute begins, or None where the form is a finite verb."""
    before = tokens[at - 1] if at else None
    if before is None or not before.word:
        finite = any(sense.tense in FINITE for sense in tokens[at].verbs)
        return None if finite else at
    if "determiner" in before.words or before.number or before.form in grammar.numbers:
        return at - 1
    for index in range(at - 1, max(-1, at - _WIDEST), -1):
        token = tokens[index]
        if token.form in (",", ";", ":", "(") or token.auxiliaries:
            return None
        if "determiner" in token.words and not _has_article(tokens, index + 1):
            return index
    return None


def _has_article(tokens: Sequence[Token], at: int) -> bool:
    """Whether the article before ``tokens[at]`` is that of a name ("der Ukraine")."""
    token = tokens[at]
    return bool(token.actor) or (token.capital and token.item is None)


def _adjective(token: Token) -> bool:
    return "descriptive" in token.words or "more" in token.cues
