"""Verb brackets: where a language puts participle, infinitive or prefix at the clause's end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from intendance.reading._grammar.predicates import FINITE
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token

_STOPS: Final = frozenset({";", ":", '"', "."})
_FARTHEST: Final = 40
"""Tokens; no bracket spans more."""


class Bracket(NamedTuple):
    """``opener``: index where the clause's verb or conjunction stands before its middle field.

    ``auxiliary`` and ``tense`` are those of the finite verb (None: an infinitive with "zu", or the
    verb itself is finite); ``passive`` where "worden" or "werden" follows the participle.
    """

    opener: int
    auxiliary: str | None
    tense: str | None
    passive: bool
    final: bool
    negated: bool


def bracket_at(grammar: Grammar, tokens: Sequence[Token], at: int) -> Bracket | None:
    """The bracket that the verb form at ``at`` closes, or None ("liefert" in second place)."""
    if not grammar.verb_final:
        return None
    passive, after = _cluster(grammar, tokens, at)
    following = tokens[after] if after < len(tokens) else None
    final = None if following is None else _finite_reading(following)
    for index in range(at - 1, max(-1, at - _FARTHEST), -1):
        token = tokens[index]
        if token.form in _STOPS:
            return None
        if token.words & {"subordinator", "relative_object"}:
            finite = any(sense.tense in FINITE for sense in tokens[at].verbs)
            if final is None and not (finite and _ends(tokens, after)):
                return None
            name, tense = final if final is not None else (None, None)
            return Bracket(index, name, tense, passive, True, _denied(tokens, index, at))
        if token.form == "," and _with_mark(grammar, tokens, at):
            return Bracket(index, None, None, passive, False, _denied(tokens, index, at))
        reading = _finite_reading(token)
        if reading is not None:
            return Bracket(index, *reading, passive, False, _denied(tokens, index, at))
        if any(sense.tense in FINITE for sense in token.verbs):
            governs = any(s.tense in FINITE and s.governs for s in token.verbs)
            if not governs and not _with_mark(grammar, tokens, at):
                return None
            return Bracket(index, None, None, passive, False, _denied(tokens, index, at))
    return None


def _cluster(grammar: Grammar, tokens: Sequence[Token], at: int) -> tuple[bool, int]:
    """Whether "worden" or "werden" follows, and the index after the cluster of verbs."""
    after, passive = at + 1, False
    while after < len(tokens) and grammar.listed(tokens[after].form, "verb_cluster"):
        if grammar.listed(tokens[after].form, "open_cluster") and after + 1 < len(tokens):
            if tokens[after + 1].form in (".", ",", ";") and after > at + 1:
                break
        passive = passive or grammar.listed(tokens[after].form, "passive_cluster")
        after += 1
    return passive, after


def _finite_reading(token: Token) -> tuple[str, str] | None:
    return next((each for each in token.auxiliaries if each[1] in FINITE), None)


def _with_mark(grammar: Grammar, tokens: Sequence[Token], at: int) -> bool:
    """An infinitive with "zu", before it or inside it."""
    form = tokens[at].form
    joined = any(s.tense == "inf" and s.lemma != form for s in tokens[at].verbs)
    return joined or (at > 0 and grammar.listed(tokens[at - 1].form, "infinitive_mark"))


def _ends(tokens: Sequence[Token], after: int) -> bool:
    return after >= len(tokens) or not tokens[after].word


def _denied(tokens: Sequence[Token], first: int, last: int) -> bool:
    return any("negation" in token.cues for token in tokens[first:last])


def join_particles(grammar: Grammar, tokens: Sequence[Token]) -> None:
    """Gives "sagt ... zu" its own verb: the finite form takes the senses of both words.

    Also marks the article after a comma that opens a verb-final clause as a relative pronoun.
    """
    if not grammar.verb_final:
        return
    for at, token in enumerate(tokens):
        end = at + 1
        while end < len(tokens) and tokens[end].form not in (";", ".", ":", '"', "!", "?", ","):
            end += 1
        if end > at + 1 and tokens[end - 1].form in grammar.separable:
            senses = grammar.verbs.get(f"{token.form} {tokens[end - 1].form}")
            if senses and not _later_finite(grammar, tokens, at, end - 1):
                token.verbs = senses
                token.noun = None
                tokens[end - 1].preposition = None
        if at and tokens[at - 1].form == "," and "relative_article" in token.words:
            last = tokens[end - 1]
            finite = _finite_reading(last) or any(s.tense in FINITE for s in last.verbs)
            if finite and end - at > 1:
                token.words = token.words | {"relative_object", "relative_subject"}


def _later_finite(grammar: Grammar, tokens: Sequence[Token], at: int, end: int) -> bool:
    return any(
        f"{token.form} {tokens[end].form}" in grammar.verbs for token in tokens[at + 1 : end]
    )
