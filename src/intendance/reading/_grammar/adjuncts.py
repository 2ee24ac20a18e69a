""" "stepped up its support, sending 20 guns": a participle goes as far as its main verb."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intendance.reading._grammar.predicates import FINITE, Predicate
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token

_SAID: Final = frozenset({"announce", "promise", "plan", "offer", "decide", "consider", "request"})
"""Governors whose own mode the participle takes ("announced more aid, sending 20 guns")."""
_SURE: Final = frozenset({"done", "under way", "announced", "expected"})
_REACH: Final = 26
"""Tokens between the main verb and the participle."""


def adjunct_mode(
    grammar: Grammar, tokens: Sequence[Token], found: Sequence[Predicate], place: int
) -> str | None:
    """The mode of a participle behind its main clause, or None where it is no such participle."""
    predicate = found[place]
    if not _is_adjunct(grammar, tokens, predicate):
        return None
    for main in reversed(found[:place]):
        if main.voice not in ("active", "passive") or main.tense not in FINITE:
            if main.voice != "active" or main.tense != "inf" or not _has_modal(tokens, main):
                continue
        if predicate.first - main.last > _REACH or main.negated or main.governs == "say":
            return None
        sure = main.mode if main.mode in _SURE else None
        return _confirmed(grammar, predicate, main.governs if main.governs in _SAID else sure)
    return _confirmed(grammar, predicate, _of_unknown_verb(tokens, predicate))


def _confirmed(grammar: Grammar, predicate: Predicate, mode: str | None) -> str | None:
    """ "outlined the aid, confirming the supply of": what is confirmed there is announced."""
    if mode is not None and grammar.listed(predicate.lemma, "lemma_confirming"):
        return "announce"
    return mode


def _is_adjunct(grammar: Grammar, tokens: Sequence[Token], predicate: Predicate) -> bool:
    token = tokens[predicate.at]
    if predicate.voice != "active" or predicate.governor is not None or not predicate.first:
        return False
    if not any(sense.tense == "ppr" for sense in token.verbs):
        return False
    opener = tokens[predicate.at - 1]
    if predicate.tense == "ppr":
        # "renforcera son aide en livrant"
        return grammar.listed(opener.form, "gerund_mark") and predicate.at > 2
    return grammar.gerunds and opener.form == ","


def _has_modal(tokens: Sequence[Token], predicate: Predicate) -> bool:
    return bool(tokens[predicate.first].auxiliaries) and predicate.first < predicate.at


def _of_unknown_verb(tokens: Sequence[Token], predicate: Predicate) -> str | None:
    """ "has been taking part in it, sending": the auxiliary of a verb that we don't know."""
    for token in reversed(tokens[max(0, predicate.first - _REACH) : predicate.first]):
        if token.cues & {"negation", "ne"} or token.form in (";", ":", '"'):
            return None
        for name, tense in token.auxiliaries:
            if name in ("will", "go"):
                return "announced"
            if name == "have" and tense in FINITE:
                return "done"
            if name == "be" and tense in ("past", "imp"):
                return "done"
    return None
