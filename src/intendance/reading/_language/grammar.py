"""A language's grammar, read from its folder of TOML files and made ready for look-up."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any, Final, NamedTuple

import msgspec

from intendance.reading._language.inflect import Paradigm, inflect

LANGUAGES: Final = ("fr", "en", "de")


class Sense(NamedTuple):
    """One reading of a verb form: its lemma, tense, and what it says (``event``) or ``governs``."""

    lemma: str
    tense: str
    event: str | None
    governs: str | None


class NounAct(NamedTuple):
    """A noun that names an act ("delivery") or governs one ("promise")."""

    event: str | None
    governs: str | None


class Grammar(msgspec.Struct, frozen=True):
    """Everything that the reader knows of one language; all words in lower case.

    ``verbs`` maps a form to its senses, ``auxiliaries`` a form to (auxiliary, tense),
    ``cues`` and ``phrases`` a form to the names of its cues, ``prepositions`` a form to its role.
    """

    code: str
    decimal: str
    thousands: str
    elision: frozenset[str]
    verb_final: bool
    separable: tuple[str, ...]
    verbs: dict[str, tuple[Sense, ...]]
    nouns: dict[str, NounAct]
    auxiliaries: dict[str, tuple[tuple[str, str], ...]]
    cues: dict[str, frozenset[str]]
    prepositions: dict[str, str]
    words: dict[str, frozenset[str]]
    numbers: dict[str, int]
    magnitudes: dict[str, int]
    round_numbers: dict[str, int]
    many: dict[str, int]
    ordinals: dict[str, int]
    fractions: dict[str, int]
    currencies: dict[str, str]
    months: dict[str, int]
    seasons: dict[str, tuple[int, int]]
    weekdays: dict[str, int]
    relative_times: dict[str, dict[str, int]]
    anaphors: dict[str, tuple[str, ...]]
    phrases: tuple[str, ...]

    def cue(self, form: str, name: str) -> bool:
        """Whether the form is a cue of that name."""
        return name in self.cues.get(form, ())

    def is_word(self, form: str, group: str) -> bool:
        """Whether the form belongs to a group of function words."""
        return group in self.words.get(form, ())


@cache
def crowns() -> dict[str, str]:
    """The ISO 4217 code of a nation's crown, by ISO 3166 code."""
    text = resources.files(__package__).joinpath("data", "crowns.toml").read_text(encoding="utf-8")
    found: dict[str, str] = tomllib.loads(text)
    return found


@cache
def load_grammar(code: str) -> Grammar:
    """The grammar of ``code`` (one of LANGUAGES)."""
    folder = resources.files(__package__).joinpath("data", code)
    data: dict[str, Any] = {}
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".toml"):
            data.update(tomllib.loads(file.read_text(encoding="utf-8")))
    cues = _inverted({**data["cue"], **data["phrase"]})
    words = _inverted(data["word"])
    prepositions = {form: role for role, forms in data["preposition"].items() for form in forms}
    nouns = {
        form: NounAct(noun.get("event"), noun.get("governs"))
        for noun in data["noun"]
        for form in noun["forms"]
    }
    relative = data.get("relative_time", {})
    anaphors = {form: tuple(wanted) for form, wanted in data.get("anaphor", {}).items()}
    several = (cues, words, prepositions, nouns, relative, anaphors)
    currencies = {form: code for code, forms in data["currency"].items() for form in forms}
    phrases = {form for table in several for form in table if _joined(form)}
    phrases.update(form for form in currencies if " " in form)
    return Grammar(
        code=data["code"],
        decimal=data["decimal"],
        thousands=data["thousands"],
        elision=frozenset(data.get("elision", ())),
        verb_final=data.get("verb_final", False),
        separable=tuple(data.get("separable", ())),
        verbs=_verbs(data),
        nouns=nouns,
        auxiliaries=_auxiliaries(data["auxiliary"]),
        cues=cues,
        prepositions=prepositions,
        words=words,
        numbers=data["number"],
        magnitudes=data["magnitude"],
        round_numbers=data.get("round_number", {}),
        many=data["many"],
        ordinals=data["ordinal"],
        fractions=data["fraction"],
        currencies=currencies,
        months=data["month"],
        seasons={name: (ends[0], ends[1]) for name, ends in data["season"].items()},
        weekdays=data["weekday"],
        relative_times=relative,
        anaphors=anaphors,
        phrases=tuple(sorted(phrases)),
    )


def _joined(form: str) -> bool:
    """Whether a form is more than one token: words, or an elision inside ("jusqu'à")."""
    return " " in form.strip() or "'" in form.strip("'")


def _inverted(groups: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, forms in groups.items():
        for form in forms:
            found.setdefault(form, set()).add(name)
    return {form: frozenset(names) for form, names in found.items()}


def _auxiliaries(table: dict[str, dict[str, list[str]]]) -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for name, tenses in table.items():
        for tense, forms in tenses.items():
            for form in forms:
                found.setdefault(form, []).append((name, tense))
    return {form: tuple(readings) for form, readings in found.items()}


def _verbs(data: dict[str, Any]) -> dict[str, tuple[Sense, ...]]:
    paradigms = {name: Paradigm(table) for name, table in data["paradigm"].items()}
    found: dict[str, list[Sense]] = {}
    for row in data["verb"]:
        event, governs = row.get("event"), row.get("governs")
        for name in row["lemmas"]:
            for form, tense, lemma in inflect(name, paradigms, row.get("extra", {})):
                senses = found.setdefault(form, [])
                sense = Sense(lemma, tense, event, governs)
                if sense not in senses:
                    senses.append(sense)
    return {form: tuple(senses) for form, senses in found.items()}
