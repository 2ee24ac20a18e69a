""" "was the first country to send": what an infinitive behind such a place in a row says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intendance.reading._grammar.predicates import FINITE, Predicate
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token

_REACH: Final = 8
"""Tokens between the infinitive and the word that gives the place ("first", "only")."""
_MODES: Final = {
    "past": "done", "imp": "done", "pres": "under way", "fut": "announced", "cond": "expected",
}  # fmt: skip


def first_to(
    grammar: Grammar, tokens: Sequence[Token], predicate: Predicate
) -> tuple[int, str] | None:
    """Where "was the first to" begins before an infinitive, and the mode that its tense gives.

    None where no such place in a row is told.
    """
    at = predicate.first - 1
    if predicate.tense != "inf" or predicate.voice != "active" or at < 2:
        return None
    marks = ("infinitive_mark", "infinitive_link")
    if not any(grammar.listed(tokens[i].form, mark) for i in (at, at + 1) for mark in marks):
        return None
    place = next(
        (i for i in range(at, max(0, at - _REACH), -1) if _gives_place(grammar, tokens[i])), None
    )
    if place is None or any(token.form in (",", ";", ":", '"') for token in tokens[place:at]):
        return None
    for index in range(place - 1, max(-1, place - 6), -1):
        mode = _being(grammar, tokens, index)
        if mode is not None:
            return index, mode
        if tokens[index].verbs or tokens[index].form in (";", ":"):
            return None
    return None


def _gives_place(grammar: Grammar, token: Token) -> bool:
    # "the third country" is one name of the catalogue
    words = token.form.split() if token.entities else (token.form,)
    return any(word in grammar.ordinals or grammar.listed(word, "place_in_row") for word in words)


def _being(grammar: Grammar, tokens: Sequence[Token], at: int) -> str | None:
    token = tokens[at]
    if _since_then(tokens, at) and grammar.listed(token.form, "becoming_announced"):
        return "done"
    for name in ("done", "announced", "under way"):
        if grammar.listed(token.form, f"becoming_{name.replace(' ', '_')}"):
            return name
    if any(name == "be" and tense == "pp" for name, tense in token.auxiliaries):
        # "a été", "aura été": the auxiliary before it says when
        return "done"
    before = tokens[at - 1] if at else None
    if ("be", "inf") in token.auxiliaries and before is not None and any(
        name in ("will", "go") for name, _ in before.auxiliaries
    ):  # fmt: skip
        return "announced"
    if any(name == "will" for name, _ in token.auxiliaries) and token.form.endswith(" be"):
        return "announced"
    return next(
        (_MODES[tense] for name, tense in token.auxiliaries if name == "be" and tense in FINITE
         and tense in _MODES), None)  # fmt: skip


def _since_then(tokens: Sequence[Token], at: int) -> bool:
    """ "has (now) become"."""
    before = [token for token in tokens[max(0, at - 3) : at] if "adverb" not in token.words]
    return bool(before) and any(name == "have" for name, _ in before[-1].auxiliaries)
