""" "sees no reason to send": an infinitive behind a denied ground or wish is refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intendance.reading._grammar.predicates import Predicate
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token

_BETWEEN: Final = 3
"""Tokens between the noun and its infinitive, and between the negation and the noun."""


def has_no_ground(grammar: Grammar, tokens: Sequence[Token], predicate: Predicate) -> bool:
    """Whether a noun such as "reason", "need", "intention" is denied right before an infinitive."""
    if predicate.mode != "open" or predicate.governor is not None or "ground" not in grammar.lists:
        return False
    # a comma parts them in German
    start = max(0, predicate.first - _BETWEEN - 1)
    for at in range(predicate.first - 1, start - 1, -1):
        token = tokens[at]
        if grammar.listed(token.form, "ground"):
            before = tokens[max(0, at - _BETWEEN) : at]
            return any(each.cues & {"negation", "ne"} for each in before)
        if token.verbs or token.auxiliaries or token.item is not None:
            return False
    return False
