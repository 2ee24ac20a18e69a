"""A language's grammar, read from its folder of TOML files and made ready for look-up."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Final, NamedTuple

from intendance.reading._language.decline import Declension
from intendance.reading._language.expand import Expansion
from intendance.reading._language.inflect import Paradigm, inflect, separated

LANGUAGES: Final = ("fr", "en", "de", "uk", "pl")
QUALIFIERS: Final = frozenset({"above", "atleast", "below", "atmost", "approx"})
"""Cues that stand before a figure and widen it."""

_CLAIMING: Final = frozenset(
    {"promise", "offer", "announce", "refuse", "decide", "light", "request", "need"}
)
"""What a verb without an event may govern and yet claim by itself ("promises ten tanks")."""

_PHRASES: Final = frozenset(
    {"support", "permitting", "need", "ready", "refusing", "goal", "repairing", "cannibalised",
     "denying", "depleted", "covers", "arrived", "on_its_way"}
)  # fmt: skip
"""Cues that make a predicate (see the nominal acts of the reader's grammar)."""

_ACTORS: Final = frozenset(
    {"institution", "maker_noun", "pronoun_first", "pronoun_third", "possessive_first",
     "possessive_third", "dative_first", "dative_third"}
)  # fmt: skip
"""Groups of function words that may stand for an actor."""
_TRAITS: Final = (
    "verb_final",
    "case_marked",
    "small_months",
    "adjectives_first",
    "bare_recipients",
    "bare_presents",
    "gerunds",
    "shared_forms",
    "zero_copula",
)
"""What a language does or doesn't, as its grammar's file says; what it is silent on, it doesn't."""

_TIMES: Final = ("relative_time", "month_part", "month", "season", "weekday")


class Sense(NamedTuple):
    """One reading of a verb form: its lemma, tense, and what it says (``event``) or ``governs``."""

    lemma: str
    tense: str
    event: str | None
    governs: str | None


class Word(NamedTuple):
    """All that the grammar says of one form."""

    verbs: tuple[Sense, ...]
    auxiliaries: tuple[tuple[str, str], ...]
    noun: NounAct | None
    cues: frozenset[str]
    preposition: str | None
    words: frozenset[str]


class NounAct(NamedTuple):
    """A noun that names an act ("delivery") or governs one ("promise")."""

    event: str | None
    governs: str | None


@dataclass(frozen=True, slots=True)
class Grammar:
    """Everything that the reader knows of one language; all words in lower case.

    ``verbs`` maps a form to its senses, ``auxiliaries`` a form to (auxiliary, tense),
    ``cues`` a form to the names of its cues, ``prepositions`` a form to its role; ``phrases`` are
    the forms of several words; ``lists`` hold the forms that one rule asks for.
    ``case_marked`` is true where nouns bear their role in their ending: there ``cases`` holds the
    cases that a declined word may stand in, ``declension`` declines the names of the catalogue, and
    ``zero_copula`` where "the tanks delivered" says that they are, and
    ``preposition_cases`` tells what a preposition says with another case.
    ``adjectives_first`` is true where a nation's adjective stands before its noun,
    ``bare_recipients`` where "gave B tanks" needs no preposition, ``bare_presents`` where a plural
    present is like the infinitive, ``gerunds`` where "training of" may be a verb's form, and
    ``shared_forms`` where adjective and people ("German"), past and participle have one form.
    ``act_words`` are the words without which a sentence claims nothing; ``governing_words`` those
    without which it neither claims nor reports anything.
    """

    code: str
    decimal: str
    thousands: str
    elision: frozenset[str]
    verb_final: bool
    separable: tuple[str, ...]
    verbs: dict[str, tuple[Sense, ...]]
    nouns: dict[str, NounAct]
    supported: dict[str, tuple[tuple[tuple[str, ...], NounAct], ...]]
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
    lists: dict[str, frozenset[str]]
    month_parts: dict[str, tuple[int, int]]
    year_parts: dict[str, tuple[int, int]]
    phrases: tuple[str, ...]
    forms: dict[str, Word]
    figure_words: frozenset[str]
    time_words: frozenset[str]
    actor_words: frozenset[str]
    act_words: frozenset[str]
    governing_words: frozenset[str]
    case_marked: bool = False
    small_months: bool = False
    adjectives_first: bool = False
    bare_recipients: bool = False
    bare_presents: bool = False
    gerunds: bool = False
    shared_forms: bool = False
    zero_copula: bool = False
    cases: dict[str, str] = field(default_factory=dict)
    preposition_cases: dict[str, dict[str, str]] = field(default_factory=dict)
    declension: Declension | None = None

    def function_word(self, form: str) -> bool:
        """Whether the form is one of the small words that tell languages apart."""
        return form in self.prepositions or form in self.words or form in self.auxiliaries

    def cue(self, form: str, name: str) -> bool:
        """Whether the form is a cue of that name."""
        return name in self.cues.get(form, ())

    def is_word(self, form: str, group: str) -> bool:
        """Whether the form belongs to a group of function words."""
        return group in self.words.get(form, ())

    def infixed(self, form: str) -> bool:
        """Whether the form holds the mark of the infinitive inside it ("abzugeben")."""
        return any(mark in form[1:] for mark in self.lists.get("infinitive_mark", ()))

    def listed(self, form: str, name: str) -> bool:
        """Whether the form is in a list that one rule asks for; a language may lack the list."""
        return form in self.lists.get(name, ())


@cache
def crowns() -> dict[str, str]:
    """The ISO 4217 code of a nation's crown, by ISO 3166 code."""
    text = resources.files(__package__).joinpath("data", "crowns.toml").read_text(encoding="utf-8")
    found: dict[str, str] = tomllib.loads(text)
    return found


@cache
def load_grammar(code: str) -> Grammar:
    """The grammar of ``code`` (one of LANGUAGES)."""
    data, cases, declension = _written_out(_read(code))
    verbs, auxiliaries = _verbs(data), _auxiliaries(data["auxiliary"])
    cues = _inverted({**data["cue"], **data["phrase"]})
    words = _inverted(data["word"])
    prepositions = _by_form(data["preposition"])
    nouns = _nouns(data["noun"])
    anaphors = {form: tuple(wanted) for form, wanted in data["anaphor"].items()}
    currencies = _by_form(data["currency"])
    joined = (cues, words, prepositions, nouns, data["relative_time"], anaphors, data["number"],
              data["many"])  # fmt: skip
    phrases = _phrases(data, joined, currencies)
    phrases |= _torn(verbs, auxiliaries, data) if declension is not None else set()
    # "foot the bill for": a lemma of several words stands whole; a separable verb does not
    phrases |= {form for form, senses in verbs.items()
                if " " in form and any(set(" _") & set(each.lemma) for each in senses)}  # fmt: skip
    return Grammar(
        code=data["code"],
        decimal=data["decimal"],
        thousands=data["thousands"],
        elision=frozenset(data["elision"]),
        separable=tuple(data.get("separable", ())),
        verbs=verbs,
        nouns=nouns,
        supported=_supported(data.get("supported", [])),
        auxiliaries=auxiliaries,
        cues=cues,
        prepositions=prepositions,
        words=words,
        numbers=data["number"],
        magnitudes=data["magnitude"],
        round_numbers=data["round_number"],
        many=data["many"],
        ordinals=data["ordinal"],
        fractions=data["fraction"],
        currencies=currencies,
        months=data["month"],
        seasons=_spans(data["season"]),
        weekdays=data["weekday"],
        relative_times=data["relative_time"],
        anaphors=anaphors,
        lists={name: frozenset(forms) for name, forms in data["list"].items()},
        month_parts=_spans(data["month_part"]),
        year_parts=_spans(data["year_part"]),
        phrases=tuple(sorted(phrases)),
        forms=_forms(verbs, auxiliaries, nouns, cues, prepositions, words),
        figure_words=_figure_words(data, cues, currencies),
        time_words=frozenset().union(*(data[name] for name in _TIMES)),
        actor_words=_actor_words(words, cues),
        act_words=_act_words(data, verbs, nouns, cues, claiming_only=True),
        governing_words=_act_words(data, verbs, nouns, cues, claiming_only=False),
        cases=cases,
        preposition_cases=data.get("preposition_case", {}),
        declension=declension,
        **{name: bool(data.get(name, False)) for name in _TRAITS},
    )


def _written_out(
    data: dict[str, Any],
) -> tuple[dict[str, Any], dict[str, str], Declension | None]:
    """The tables with their short notation written out, the cases of the declined words."""
    if "noun_declension" not in data:
        return data, {}, None
    names = ("noun_declension", "adjective_declension", "irregular", "indeclinable",
             "adjectives_follow", "foreign_endings", "foreign_capital_endings")  # fmt: skip
    declension = Declension({name: data.pop(name) for name in names})
    expansion = Expansion(data.pop("shorthand", {}), declension)
    return expansion.table(data), expansion.cases, declension


def _torn(verbs: dict[str, Any], auxiliaries: dict[str, Any], data: dict[str, Any]) -> set[str]:
    """Forms that would fall into several tokens: with an apostrophe, a space or a full stop.

    A verb and its separable particle are two: they stand apart.
    """
    cues = [form for forms in data["cue"].values() for form in forms]
    tables = [verbs, auxiliaries, cues, *(data[name] for name in (
        "number", "magnitude", "round_number", "weekday", "month", "month_part", "year_part",
        "season", "ordinal"))]  # fmt: skip
    return {
        form
        for table in tables
        for form in table
        if (_joined(form) or (form.endswith(".") and len(form) > 1))
        and form.rpartition(" ")[2] not in data.get("separable", ())
    }


def _actor_words(
    words: dict[str, frozenset[str]], cues: dict[str, frozenset[str]]
) -> frozenset[str]:
    """Words other than names that may stand for an actor."""
    standing = {form for form, names in words.items() if names & _ACTORS}
    return frozenset(standing | {form for form, names in cues.items() if "such_actor" in names})


def _phrases(
    data: dict[str, Any], tables: Iterable[Iterable[str]], currencies: Iterable[str]
) -> set[str]:
    """The forms of several words, which the lexicon pass must find whole."""
    phrases = {form for table in tables for form in table if _joined(form)}
    # "US-Dollar": the name of a nation begins it
    phrases.update(form for form in currencies if _joined(form) or "-" in form or "$" in form)
    phrases.update(form for form in data.get("separable", ()) if " " in form)
    phrases.update(data["word"].get("contraction", ()))
    phrases.update(form for form in data["list"].get("price_each", ()) if _joined(form))
    return phrases


def _read(code: str) -> dict[str, Any]:
    """All tables of a language's folder, as one."""
    folder = resources.files(__package__).joinpath("data", code)
    data: dict[str, Any] = {}
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".toml"):
            data.update(tomllib.loads(file.read_text(encoding="utf-8")))
    return data


def _nouns(rows: list[dict[str, Any]]) -> dict[str, NounAct]:
    return {
        form: NounAct(row.get("event"), row.get("governs")) for row in rows for form in row["forms"]
    }


def _supported(
    rows: list[dict[str, Any]],
) -> dict[str, tuple[tuple[tuple[str, ...], NounAct], ...]]:
    """What a light verb supports, by its first word: the words, and the act that they make."""
    found: dict[str, list[tuple[tuple[str, ...], NounAct]]] = {}
    for row in rows:
        act = NounAct(row.get("event"), row.get("governs"))
        for form in row["forms"]:
            words = tuple(form.split())
            found.setdefault(words[0], []).append((words, act))
    return {first: tuple(each) for first, each in found.items()}


def _by_form(groups: dict[str, list[str]]) -> dict[str, str]:
    return {form: name for name, forms in groups.items() for form in forms}


def _forms(
    verbs: dict[str, tuple[Sense, ...]],
    auxiliaries: dict[str, tuple[tuple[str, str], ...]],
    nouns: dict[str, NounAct],
    cues: dict[str, frozenset[str]],
    prepositions: dict[str, str],
    words: dict[str, frozenset[str]],
) -> dict[str, Word]:
    """One look-up for a token instead of six."""
    empty: frozenset[str] = frozenset()
    tables = (verbs, auxiliaries, nouns, cues, prepositions, words)
    return {
        form: Word(
            verbs.get(form, ()),
            auxiliaries.get(form, ()),
            nouns.get(form),
            cues.get(form, empty),
            prepositions.get(form),
            words.get(form, empty),
        )
        for form in {form for table in tables for form in table}
    }


def _act_words(
    data: dict[str, Any],
    verbs: dict[str, tuple[Sense, ...]],
    nouns: dict[str, NounAct],
    cues: dict[str, frozenset[str]],
    *,
    claiming_only: bool,
) -> frozenset[str]:
    """Words that may make a predicate: too many rather than one too few."""
    found = {form for form, names in cues.items() if names & _PHRASES} | set(nouns)
    for form, senses in verbs.items():
        if not claiming_only or any(each.event or each.governs in _CLAIMING for each in senses):
            found.add(form)
            # a separable verb stands with its particle elsewhere in the clause, and a phrase
            # is not looked for as a whole
            found.add(form.partition(" ")[0])
    for row in data.get("supported", ()):
        # all its words must stand there: the longest is the rarest
        found.update(max(form.split(), key=len) for form in row["forms"])
    parts = {part for form in found if "-" in form for part in form.split("-")}
    return frozenset(found | parts)


def _figure_words(
    data: dict[str, Any], cues: dict[str, frozenset[str]], currencies: dict[str, str]
) -> frozenset[str]:
    """Words that a figure or an amount may begin with."""
    qualifying = {form for form, names in cues.items() if names & QUALIFIERS}
    return frozenset().union(
        data["number"], data["round_number"], data["many"], currencies,
        data["list"]["range_open"], qualifying,
    )  # fmt: skip


def _spans(table: dict[str, list[int]]) -> dict[str, tuple[int, int]]:
    return {name: (ends[0], ends[1]) for name, ends in table.items()}


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


def _inflected(
    found: dict[str, list[Sense]], form: str, sense: Sense, endings: Sequence[str]
) -> None:
    """A participle before its noun, in the languages that inflect it there ("gelieferten")."""
    for ending in endings:
        senses = found.setdefault(form + ending, [])
        attribute = sense._replace(tense="attr")
        if attribute not in senses:
            senses.append(attribute)


def _verbs(data: dict[str, Any]) -> dict[str, tuple[Sense, ...]]:
    paradigms = {name: Paradigm(table) for name, table in data["paradigm"].items()}
    found: dict[str, list[Sense]] = {}
    for row in data["verb"]:
        event, governs = row.get("event"), row.get("governs")
        for name in row["lemmas"]:
            extra = row.get("extra", {})
            forms = [*inflect(name, paradigms, extra)]
            forms += separated(forms, data.get("separable", ()))
            for form, tense, lemma in forms:
                senses = found.setdefault(form, [])
                sense = Sense(lemma, tense, event, governs)
                if sense not in senses:
                    senses.append(sense)
                if tense == "pp":
                    _inflected(found, form, sense, data.get("attributive", ()))
    return {form: tuple(senses) for form, senses in found.items()}
