"""Tokens of one sentence: lexicon hits whole, the rest word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from intendance.reading._language import Grammar, NounAct, Sense, Word
from intendance.reading._tokens.lexicon import ACTOR_TABLES, ITEM_TABLES, Entity, Hit

_PIECE: Final = re.compile(
    r"\d+(?:[ .,]\d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,]\d+)?|[^\W\d_]+(?:-[^\W\d_]+)*'?|[^\w\s]|\S"
)
_BLANK: Final = (" ", "\n", "")
"""What stands beside a hyphen that is a dash."""
_UNKNOWN: Final = Word((), (), None, frozenset(), None, frozenset())
"""A form that the grammar says nothing of."""


class Token:
    """One word, name, number or mark, with everything that is known of it by itself.

    ``form`` is lower case; ``start`` and ``end`` are offsets in the report's text. ``item`` is the
    equipment or service that it names, ``actor`` the nation, organisation, collective, maker or
    office-holder. ``cases`` are the cases that its form may stand in ("" where unknown);
    ``hyphened`` marks what a hyphen joins to the word before.
    """

    __slots__ = (
        "actor", "auxiliaries", "capital", "cases", "cues", "end", "entities", "form",
        "hyphened", "item", "noun", "number", "preposition", "start", "verbs", "words",
    )  # fmt: skip

    def __init__(
        self,
        start: int,
        end: int,
        form: str,
        capital: bool,
        entities: tuple[Entity, ...],
        word: Word,
    ) -> None:
        self.start = start
        self.end = end
        self.form = form
        self.capital = capital
        self.hyphened = False
        self.entities = entities
        self.verbs: tuple[Sense, ...]
        self.auxiliaries: tuple[tuple[str, str], ...]
        self.noun: NounAct | None
        self.cues: frozenset[str]
        self.preposition: str | None
        self.words: frozenset[str]
        self.verbs, self.auxiliaries, self.noun, self.cues, self.preposition, self.words = word
        self.number = form[:1].isdigit() and not entities
        self.item = self.entity(ITEM_TABLES) if entities else None
        self.actor = self.entity(ACTOR_TABLES) if entities else None
        self.cases = ""

    def entity(self, tables: frozenset[str]) -> Entity | None:
        """The first entity of one of these tables."""
        for each in self.entities:
            if each.table in tables:
                return each
        return None

    @property
    def word(self) -> bool:
        """True for words, false for marks of punctuation."""
        return self.form[:1].isalnum()

    def __repr__(self) -> str:
        return f"Token({self.form!r})"


def tokenise(
    grammar: Grammar, text: str, low: str, start: int, end: int, hits: Sequence[Hit]
) -> list[Token]:
    """The tokens of ``text[start:end]``; ``hits`` are those inside the span, in order."""
    tokens: list[Token] = []
    at = start
    for hit in hits:
        if hit.start < at or hit.end > end:
            continue
        if hit.start > at:
            _spell(grammar, text, low, at, hit.start, tokens)
        tokens.append(_token(grammar, text, low, hit.start, hit.end, hit.entities))
        at = hit.end
    if end > at:
        _spell(grammar, text, low, at, end, tokens)
    return tokens


def _spell(
    grammar: Grammar, text: str, low: str, start: int, end: int, tokens: list[Token]
) -> None:
    """Adds the words, numbers and marks of a stretch in which the lexicon found nothing."""
    forms = grammar.forms
    for match in _PIECE.finditer(low, start, end):
        form = match[0]
        one = match.start()
        other = one + len(form)
        word = forms.get(form)
        if word is not None:
            token = Token(one, other, form, text[one].isupper(), (), word)
            token.hyphened = one > 0 and low[one - 1] == "-"
            tokens.append(token)
        elif form == "-" and low[one - 1 : one] in _BLANK and low[other : other + 1] in _BLANK:
            # a hyphen between blanks is a dash; inside a word it is no token
            tokens.append(Token(one, other, "–", False, (), forms.get("–", _UNKNOWN)))
        elif "-" in form and not _known(grammar, form) and not _participle(grammar, form):
            tokens.extend(
                _token(grammar, text, low, one + part.start(), one + part.end(), ())
                for part in re.finditer(r"[^-]+", form)
            )
        elif form[-1] == "'" and form not in grammar.elision and len(form) > 1:
            tokens.append(_token(grammar, text, low, one, other - 1, ()))
            tokens.append(_token(grammar, text, low, other - 1, other, ()))
        else:
            token = Token(one, other, form, text[one].isupper(), (), _UNKNOWN)
            # "28 ABC-90 helicopters": a model's number, which counts nothing
            token.hyphened = one > 0 and low[one - 1] == "-"
            tokens.append(token)


def _participle(grammar: Grammar, form: str) -> bool:
    """ "hand-launched", "battle-tested": an attribute, whose verb says nothing of the sentence."""
    last = form.rsplit("-", 1)[1]
    if not last or "hyphen_participle" not in grammar.lists:
        return False
    if grammar.is_word(last, "of_origin"):
        return False
    return any(sense.tense == "pp" for sense in grammar.verbs.get(last, ()))


def _known(grammar: Grammar, form: str) -> bool:
    return (
        form in grammar.verbs
        or form in grammar.nouns
        or form in grammar.cues
        or form in grammar.numbers
        or form in grammar.words
        or form in grammar.relative_times
    )


def _token(
    grammar: Grammar, text: str, low: str, start: int, end: int, entities: tuple[Entity, ...]
) -> Token:
    form = low[start:end]
    word = grammar.forms.get(form, _UNKNOWN)
    token = Token(start, end, form, text[start].isupper(), entities, word)
    token.hyphened = start > 0 and low[start - 1] == "-"
    if grammar.case_marked:
        token.cases = next((each.cases for each in entities if each.cases), "") or (
            grammar.cases.get(form, "")
        )
    if token.noun is None and token.item is not None and " " in form:
        # "training of pilots": a service's name that begins with the act itself
        token.noun = grammar.nouns.get(form.split(" ", 1)[0])
    if token.item is not None and any(
        grammar.cue(word, "package") or word.endswith("paket") for word in form.split()
    ):
        # "aid package" is one name of the catalogue, and still a package
        token.cues = token.cues | {"package"}
    return token
