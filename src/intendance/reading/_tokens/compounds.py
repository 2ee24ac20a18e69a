"""Compounds whose last part names an act ("Munitionslieferung") or an item ("Kettenfahrzeug")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from intendance.reading._language import Grammar

_NEVER = re.compile(r"(?!)")
_SHORTEST: Final = 3
"""Letters of the shortest first part of a compound."""


def act_heads(grammar: Grammar) -> re.Pattern[str]:
    """Matches the linking sound and the last part of a compound up to the word's end.

    The parts are the language's lists "compound_head" and "compound_link"; a language without
    them has no such compounds, and the pattern matches nothing.
    """
    heads = sorted(grammar.lists.get("compound_head", ()), key=len, reverse=True)
    if not heads:
        return _NEVER
    links = "|".join(sorted(grammar.lists.get("compound_link", ()), key=len, reverse=True))
    return re.compile(rf"(?:{links})?(?=(?:{'|'.join(heads)})\b)")


def item_tails(grammar: Grammar, patterns: Sequence[str]) -> frozenset[int]:
    """Which of the lexicon's patterns may be the last part of an item's name unknown to it.

    They are the forms of the language's list "item_head".
    """
    heads = grammar.lists.get("item_head", frozenset())
    return (
        frozenset(index for index, text in enumerate(patterns) if text in heads)
        if heads
        else (frozenset())
    )


def compound_start(
    text: str, low: str, start: int, end: int, not_items: Sequence[str]
) -> int | None:
    """Where the compound begins whose last part stands at ``start:end``; None where it is none.

    It has a capital, as nouns have, ends where its last part ends, and does not begin with one of
    ``not_items`` ("Passagierflugzeug", "Trägerrakete").
    """
    if end < len(low) and low[end].isalnum():
        return None
    first = start
    while first > 0 and (low[first - 1].isalpha() or (low[first - 1] == "-" and first > 1)):
        if text[first].isupper() and low[first - 1] == "-" and start - first >= _SHORTEST:
            # "Gepard-Flugabwehrpanzer": the name before the hyphen is a word of its own
            break
        first -= 1
    if start - first < _SHORTEST or not text[first].isupper():
        return None
    return None if low.startswith(tuple(not_items), first) else first
