"""A predicate: one act said in a sentence, with how far it has come (its mode)."""

from __future__ import annotations

from typing import Final

import msgspec

from intendance.reading._language import Sense

FINITE: Final = frozenset({"pres", "imp", "past", "fut", "cond", "imps"})
ATTRIBUTE: Final = "attr"
"""The tense of a participle before its noun ("die gelieferten Panzer")."""
PLAIN: Final = {
    "pres": "under way", "imp": "done", "past": "done", "fut": "announced", "cond": "expected",
    "inf": "open", "ppr": "done", "pp": "done", ATTRIBUTE: "done",
    "att": "done", "imps": "done",
}  # fmt: skip


class Predicate(msgspec.Struct):
    """One act said in a sentence, at ``tokens[first:last]``; ``at`` is the word that names it.

    ``mode``: done, under way, announced, expected, open (an infinitive without a governor),
    hearsay; or what governs it: promise, offer, decide, announce, plan, consider, refuse, deny,
    request, need, ready, able. ``voice``: active, passive, participle, noun.
    ``governor`` is the index of the word that governs it, and whose subject is its subject.
    """

    first: int
    last: int
    at: int
    event: str
    mode: str
    voice: str
    negated: bool = False
    governor: int | None = None
    tense: str = ""
    governs: str | None = None
    lemma: str = ""


def predicate_of(first: int, at: int, sense: Sense, mode: str, voice: str) -> Predicate:
    """A predicate at ``tokens[first:at + 1]`` with what its sense says."""
    predicate = Predicate(first, at + 1, at, sense.event or "", mode, voice)
    predicate.governs = sense.governs
    predicate.tense, predicate.lemma = sense.tense, sense.lemma
    return predicate
