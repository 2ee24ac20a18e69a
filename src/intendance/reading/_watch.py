"""What the reader saw sentence by sentence, kept only where somebody asks to have it explained."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from intendance.reading._grammar.claims import Scene
from intendance.reading._text import Sentence
from intendance.reading._tokens import Hit
from intendance.reading._tokens.lexicon import ITEM_TABLES
from intendance.terms import Reading

Reason = Literal[
    "boilerplate", "too-long", "no-act", "no-item", "target", "weak-name", "not-joined", "dropped"
]
"""Why a sentence with a trigger gives no statement (docs/reading.md says each in full)."""


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence that could say something: its offsets, and its statements or why there is none.

    ``triggers`` are the words that made it worth reading; ``reason`` is None where there are
    statements.
    """

    start: int
    end: int
    triggers: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    reason: Reason | None = None


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """A reading with the passages that it looked at, in the order of the text."""

    reading: Reading
    passages: tuple[Passage, ...] = ()


class Watch:
    """Collects what the reader saw of each sentence with a trigger."""

    def __init__(self, skipped: Iterable[tuple[int, int]]) -> None:
        self._seen = [Passage(start=one, end=other, reason="boilerplate") for one, other in skipped]

    def too_long(self, sentence: Sentence) -> None:
        """A run of text that is no sentence."""
        self._seen.append(Passage(start=sentence.start, end=sentence.end, reason="too-long"))

    def passed(self, sentence: Sentence, hits: list[Hit], text: str) -> None:
        """A sentence told from its words alone to say nothing."""
        named = tuple(text[hit.start : hit.end] for hit in hits if _equipment(hit))
        if named:
            self._add(sentence, named, "no-act")

    def read(self, sentence: Sentence, scene: Scene, text: str) -> None:
        """A sentence that was analysed in full."""
        tokens = scene.analysis.tokens
        items = [each for each in scene.analysis.items if each.item_from != "anaphora"]
        named = [text[tokens[each.first].start : tokens[each.last - 1].end] for each in items]
        acts = [tokens[each.at].form for each in scene.analysis.predicates]
        reason = _reason(scene)
        if scene.claims or items or (scene.amounts and acts):
            self._add(sentence, tuple(dict.fromkeys((*named, *acts))), reason)

    def explanation(self, reading: Reading) -> Explanation:
        """The passages with the statements that came of each."""
        return Explanation(
            reading=reading,
            passages=tuple(
                _with_statements(each, reading)
                for each in sorted(self._seen, key=lambda each: (each.start, each.end))
            ),
        )

    def _add(self, sentence: Sentence, triggers: tuple[str, ...], reason: Reason) -> None:
        self._seen.append(
            Passage(start=sentence.start, end=sentence.end, triggers=triggers, reason=reason)
        )


def _reason(scene: Scene) -> Reason:
    """Why a scene gives no claim; of one with claims, that they repeat others or were dropped."""
    items = scene.analysis.items
    if scene.claims:
        return "dropped"
    if not items:
        return "no-item"
    if all(each.against for each in items):
        return "target"
    if all(each.weak for each in items):
        return "weak-name"
    return "not-joined" if scene.analysis.predicates else "no-act"


def _with_statements(passage: Passage, reading: Reading) -> Passage:
    said = tuple(
        each.id for each in reading.statements if passage.start <= each.start < passage.end
    )
    return msgspec.structs.replace(
        passage, statements=said, reason=None if said else passage.reason
    )


def _equipment(hit: Hit) -> bool:
    return any(each.table in ITEM_TABLES and not each.weak for each in hit.entities)
