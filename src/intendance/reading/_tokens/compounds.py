"""Compounds whose last part names an act: "Munitionslieferung", "Panzerlieferungen"."""

from __future__ import annotations

import re

from intendance.reading._language import Grammar

_NEVER = re.compile(r"(?!)")


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
