"""The grammars of the languages, as data: one folder of small files each."""

from intendance.reading._language.decline import Declension
from intendance.reading._language.grammar import (
    LANGUAGES,
    QUALIFIERS,
    Grammar,
    NounAct,
    Sense,
    Word,
    crowns,
    load_grammar,
)

__all__ = [
    "LANGUAGES",
    "QUALIFIERS",
    "Declension",
    "Grammar",
    "NounAct",
    "Sense",
    "Word",
    "crowns",
    "load_grammar",
]
