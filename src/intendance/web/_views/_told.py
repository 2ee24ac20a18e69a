"""Figures and assumptions of ``why`` in the reader's language: their codes and shapes in words."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from intendance.ledger import Assumption, Figure
from intendance.render import Language, has_text, interval_cell, money_text, text
from intendance.terms import Interval, Money
from intendance.web._names import Names

_SPAN: Final = re.compile(r"(about )?(\d*)(\.\.)?(\d*)")
_STATES: Final = ("unspecified", "undisclosed")
_RULE: Final = re.compile(r"rule (\d+)")
_REASONS: Final = {
    "the words around it name the item": "anaphora",
    "kept as said, not widened": "kept",
    "a relative time in an undated report": "relative",
    "a candidate, in no total": "candidate",
    "inferred": "inferred",
}
"""The ledger's own sentences about what is assumed; anything else is a rule's name or a quote."""


def figure_name(each: Figure, names: Names, language: Language) -> str:
    """``promised quantity`` as the reader says it."""
    stage, _, what = each.name.rpartition(" ")
    told = names.word("figure", what)
    return f"{names.word('stage', stage)}{_COLON[language]} {told}" if stage else told


_COLON: Final[dict[Language, str]] = {"en": ":", "fr": " :"}


def figure_value(each: Figure, language: Language) -> str:
    """A figure's value: an amount, a number, both ends, or what is not stated."""
    if each.value.startswith("{"):
        return money_text(msgspec.json.decode(each.value, type=Money), language)
    return _interval(each.value, language)


def rules_told(each: Figure, language: Language) -> str:
    """The rules that a figure follows from, by their numbers."""
    told = []
    for rule in each.rules:
        found = _RULE.fullmatch(rule)
        told.append(text("figure.rule", language, number=found[1]) if found else rule)
    return ", ".join(told)


def assumed(each: Assumption, names: Names, language: Language) -> str:
    """What is assumed."""
    kind, _, rest = each.what.partition(" ")
    if kind == "item" and rest:
        return text("assumption.item", language, item=names.one(rest))
    if kind == "about" and _SPAN.fullmatch(each.what):
        return text("assumption.about", language, quantity=_interval(rest, language))
    return _reason(each.what, language)


def assumed_for(each: Assumption, language: Language) -> str:
    """Why it is assumed."""
    return _reason(each.reason, language)


def _reason(words: str, language: Language) -> str:
    key = f"assumption.{_REASONS.get(words, '')}"
    return text(key, language) if has_text(key, language) else words


def _interval(words: str, language: Language) -> str:
    """An interval that the ledger wrote as ``4``, ``about 4``, ``1..4``, ``4..``, or its state."""
    if words in _STATES:
        return text(f"state.{words}", language)
    found = _SPAN.fullmatch(words)
    if found is None or not (found[2] or found[4]):
        return words
    low = int(found[2]) if found[2] else None
    high = (int(found[4]) if found[4] else None) if found[3] else low
    told = Interval(low=low, high=high, approx=bool(found[1]), text=words, state="stated")
    return interval_cell(told, language)
