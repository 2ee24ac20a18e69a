"""The grammars of the languages, as data: one folder of small files each."""

from intendance.reading._language.grammar import (
    LANGUAGES,
    Grammar,
    NounAct,
    Sense,
    crowns,
    load_grammar,
)

__all__ = ["LANGUAGES", "Grammar", "NounAct", "Sense", "crowns", "load_grammar"]
