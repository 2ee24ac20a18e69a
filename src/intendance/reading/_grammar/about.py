"""Words that qualify a figure elsewhere and are prepositions here: "Vertrag über 54 Panzer"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intendance.reading._language import Grammar
from intendance.reading._tokens import Token

_NEAR: Final = 6
_ABOVE: Final = frozenset({"above"})


def mark_topics(grammar: Grammar, tokens: Sequence[Token]) -> None:
    """Takes "more than" from "über" after a noun whose matter it tells."""
    about = grammar.lists.get("about")
    if about is None:
        return
    for at, token in enumerate(tokens):
        if not at or token.form not in about:
            continue
        before = tokens[max(0, at - _NEAR) : at]
        spans = [each for each in before if not each.word or each.auxiliaries]
        stretch = before[before.index(spans[-1]) + 1 :] if spans else before
        if any(_of_matter(grammar, each) for each in stretch):
            token.cues -= _ABOVE


def _of_matter(grammar: Grammar, token: Token) -> bool:
    """ "verfügt über zwölf", "Vertrag über": a word that takes the preposition."""
    taken = any(grammar.listed(sense.lemma, "lemma_about") for sense in token.verbs)
    return taken or token.noun is not None or "package" in token.cues
