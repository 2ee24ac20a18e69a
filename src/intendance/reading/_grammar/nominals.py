"""Acts named by a noun or a fixed phrase ("delivery", "green light", "in need of")."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from intendance.reading._grammar.predicates import Predicate
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token

_PHRASES: Final[tuple[tuple[str, str, str | None], ...]] = (
    ("need", "need", "need"),
    ("ready", "", "ready"),
    ("refusing", "", "refuse"),
    ("denying", "", "deny"),
    ("goal", "", "plan"),
    ("repairing", "repair", None),
    ("cannibalised", "cannibalise", None),
    ("depleted", "deplete", None),
    ("covers", "include", None),
    ("arrived", "arrive", None),
    ("on_its_way", "arrive", None),
)
"""Cues that say an act or govern one: cue, event, what it governs."""
_SAID_BY_PHRASE: Final = frozenset(name for name, _, _ in _PHRASES)


def nominal_act(tokens: Sequence[Token], at: int) -> Predicate | None:
    """The act that a noun names or governs ("delivery", "promise"); as far as nobody says more."""
    act = tokens[at].noun
    if act is None:
        return None
    predicate = Predicate(at, at + 1, at, act.event or "", "noun", "noun")
    predicate.governs = act.governs
    predicate.negated = any("negation" in each.cues for each in tokens[max(0, at - 2) : at])
    return predicate


def permission(grammar: Grammar, at: int, found: list[Predicate]) -> Predicate:
    """ "gave its green light": giving or refusing leave, not giving a thing."""
    for other in reversed(found):
        told = "lemma_permitting" in grammar.lists
        gives = grammar.listed(other.lemma, "lemma_permitting") or not told
        if gives and 0 < at - other.at <= 4 and other.voice in ("active", "passive"):
            found.remove(other)
            refused = other.governs == "refuse"
            return msgspec.structs.replace(
                other, last=at + 1, event="", governs="permit", negated=other.negated or refused
            )
    return Predicate(at, at + 1, at, "", "under way", "phrase", governs="permit")


def supported_act(
    grammar: Grammar, tokens: Sequence[Token], at: int, found: list[Predicate]
) -> Predicate | None:
    """ "took delivery of", "put an end to": a verb that means little and what it supports."""
    for words, act in grammar.supported.get(tokens[at].form, ()):
        # most differ in their last word already
        last = at + len(words)
        if last > len(tokens) or tokens[last - 1].form != words[-1]:
            continue
        if any(token.form != word for token, word in zip(tokens[at:last], words, strict=True)):
            continue
        for other in reversed(found):
            light = other.governs in ("light", "take")
            light = light or grammar.listed(other.lemma, "lemma_light")
            if light and 0 < at - other.at <= 4:
                found.remove(other)
                done = other.mode == "under way" and act.event == "arrive"
                return msgspec.structs.replace(
                    other, last=at + len(words), at=at, event=act.event or "",
                    governs=act.governs, mode="done" if done else other.mode,
                )  # fmt: skip
    return None


def light_verb(tokens: Sequence[Token], at: int, found: list[Predicate]) -> Predicate | None:
    """ "made a gift of", "put at the disposal of": a light verb and its noun deliver together."""
    for other in reversed(found):
        if other.governs == "light" and 0 < at - other.at <= 3:
            found.remove(other)
            return msgspec.structs.replace(other, last=at + 1, at=at, event="deliver", governs=None)
        if other is found[-1] and other.governs == "light" and tokens[at].preposition is None:
            if 3 < at - other.at <= 12 and tokens[at].noun is None:
                # "put munitions at the disposal of": what is given stands between
                other.event, other.governs = "deliver", None
                return None
    noun = tokens[at].noun
    return Predicate(at, at + 1, at, noun.event or "", "noun", "noun") if noun else None


def _denies_being(before: Sequence[Token]) -> bool:
    """ "nie être prêt à": the verb before the infinitive takes back what the phrase says."""
    if not before or ("be", "inf") not in before[-1].auxiliaries:
        return False
    return any(sense.governs == "deny" for token in before for sense in token.verbs)


def fixed_phrase(tokens: Sequence[Token], at: int) -> Predicate | None:
    """A phrase that says an act or governs one ("in need of", "ready to", "under repair")."""
    cues = tokens[at].cues
    if cues.isdisjoint(_SAID_BY_PHRASE):
        return None
    for name, event, governs in _PHRASES:
        if name in cues:
            mode = "done" if name == "arrived" else "under way"
            predicate = Predicate(at, at + 1, at, event, mode, "phrase")
            predicate.governs = governs
            # "has no intention of", "is not ready to"
            before = tokens[max(0, at - 4) : at]
            predicate.negated = governs is not None and (
                any("negation" in each.cues for each in before) or _denies_being(before)
            )
            return predicate
    return None
