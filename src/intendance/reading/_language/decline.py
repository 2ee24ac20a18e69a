"""Declined forms of nouns, adjectives and names, by the endings that a language's data lists.

A form keeps the cases that it may stand in, as letters: n(ominative), g(enitive), d(ative),
a(ccusative), i(nstrumental), l(ocative). "" is a form of any case (an indeclinable word).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any, Final, NamedTuple

CASES: Final = "ngdail"
MARK: Final = "~"
"""Behind a word of the data: "also in all its cases"."""

_NUMBERS: Final = ("s", "p")
Declined = dict[str, tuple[tuple[str, ...], ...]]
"""By number: the forms in the order of CASES."""
_ByGender = dict[str, tuple[tuple[str, ...], ...]]


class _Noun(NamedTuple):
    ending: str
    gender: str
    table: Declined


class _Adjective(NamedTuple):
    genders: dict[str, tuple[tuple[str, ...], ...]]
    marks: tuple[str, ...]


class Declension:
    """The declension of one language; made from the tables of its ``declension.toml``."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._nouns = sorted(
            (_Noun(row["ending"], row["gender"], _table(row)) for row in data["noun_declension"]),
            key=lambda each: -len(each.ending),
        )
        self._adjectives = [
            _Adjective({g: _row(row[g]) for g in "mfnp"}, tuple(row["marks"]))
            for row in data["adjective_declension"]
        ]
        self._irregular = {
            word: _Noun(word, row["gender"], _table(row)) for word, row in data["irregular"].items()
        }
        self._fixed = frozenset(data["indeclinable"])
        self._trailing: bool = data["adjectives_follow"]
        # Names repeat their words ("tank", "system"): what a word's forms are is found out once.
        self._known_nouns: dict[str, tuple[str, Declined] | None] = {}
        self._known_adjectives: dict[str, list[_ByGender]] = {}
        self._known_alone: dict[tuple[str, bool], dict[str, str]] = {}
        self._foreign: tuple[str, ...] = tuple(data["foreign_endings"])
        self._foreign_capitals: tuple[str, ...] = tuple(data["foreign_capital_endings"])

    def marked(self, text: str) -> dict[str, str]:
        """Form to cases of a phrase whose declined words bear a ``~``."""
        words = text.split(" ")
        plain = [word.removesuffix(MARK) for word in words]
        wanted = [index for index, word in enumerate(words) if word.endswith(MARK)]
        heads = [index for index in wanted if self._noun(plain[index]) is not None]
        nouns = [index for index in heads if not self._looks_adjective(plain[index])]
        head = (nouns or heads or wanted)[-1 if not nouns else 0]
        return self._agreed(plain, head, [each for each in wanted if each != head])

    def name(self, text: str, *, single: bool = False) -> dict[str, str]:
        """Form to cases of a catalogue's name: adjectives and the noun that they stand with.

        What follows them ("of infantry") stays as it is; a name with nothing that declines is
        given back alone, as of any case. There is one of what is ``single``: it has no plural.
        """
        words = text.split(" ")
        head = 0
        while head + 1 < len(words) and self._modifies(words, head):
            head += 1
        if self._noun(words[head]) is None:
            return {text: ""}
        adjectives = list(range(head))
        if self._trailing:
            index = head + 1
            while index < len(words) and self._find_adjective(words[index], nouns=True):
                adjectives.append(index)
                index += 1
        return self._agreed(words, head, adjectives, single=single)

    def adjective(self, word: str) -> dict[str, str]:
        """Form to cases of an adjective, in all genders."""
        found: dict[str, str] = {}
        for gender in "mfnp":
            for row in self._adjective(word):
                for case, forms in zip(CASES, row[gender], strict=True):
                    for form in forms:
                        _note(found, form, case)
        return found or {word: ""}

    def foreign(self, name: str) -> list[str]:
        """The forms of a name in Latin letters that the language gives its own endings."""
        head, space, rest = name.partition(" ")
        if not head.isalpha() or len(head) < 4 or head[-1].lower() in "aeiouy":
            return []
        if space and not rest[0].isdigit():
            return []
        endings = self._foreign_capitals if head.isupper() else self._foreign
        return [head + ending + space + rest for ending in endings]

    def _agreed(
        self, words: Sequence[str], head: int, adjectives: Sequence[int], *, single: bool = False
    ) -> dict[str, str]:
        noun = self._noun(words[head])
        if noun is None:
            return self.adjective(words[head]) if len(words) == 1 else {" ".join(words): ""}
        if not adjectives and len(words) > 1:
            return self._followed(words, head, single=single)
        gender, declined = noun
        found: dict[str, str] = {}
        for number in _NUMBERS:
            for place, case in enumerate(CASES):
                if number not in declined or (single and number == "p" and "s" in declined):
                    continue
                choices: list[tuple[str, ...]] = [(word,) for word in words]
                choices[head] = declined[number][place]
                for index in adjectives:
                    wanted = gender if number == "s" else "p"
                    rows = self._find_adjective(words[index], nouns=True)
                    choices[index] = rows[0][wanted][place] if rows else choices[index]
                for choice in product(*choices):
                    _note(found, " ".join(choice), case)
        base = " ".join(words)
        if base not in found:
            found[base] = "na" if noun[0] != "f" else "n"
        return found

    def _followed(self, words: Sequence[str], head: int, *, single: bool) -> dict[str, str]:
        """Of a name in which only the noun declines: its forms with what stands around them."""
        key = (words[head], single)
        alone = self._known_alone.get(key)
        if alone is None:
            alone = self._known_alone[key] = self._agreed([words[head]], 0, (), single=single)
        before = "".join(f"{word} " for word in words[:head])
        after = "".join(f" {word}" for word in words[head + 1 :])
        return {f"{before}{form}{after}": cases for form, cases in alone.items()}

    def _noun(self, word: str) -> tuple[str, Declined] | None:
        """Gender and forms of a noun given in the nominative, or None: it doesn't decline."""
        if word not in self._known_nouns:
            self._known_nouns[word] = self._find_noun(word)
        return self._known_nouns[word]

    def _find_noun(self, word: str) -> tuple[str, Declined] | None:
        irregular = self._irregular.get(word) or self._irregular.get(word.lower())
        if irregular is not None:
            table = irregular.table
            if word[:1].isupper():
                table = {n: tuple(tuple(f.capitalize() for f in forms) for forms in row)
                         for n, row in table.items()}  # fmt: skip
            return irregular.gender, table
        if word in self._fixed or len(word) < 3 or word.isupper() or not word[-1].isalpha():
            return None
        if any(char.isdigit() for char in word):
            return None
        for noun in self._nouns:
            if word.endswith(noun.ending):
                stem = word[: len(word) - len(noun.ending)]
                table = {n: tuple(tuple(stem + end for end in ends) for ends in row)
                         for n, row in noun.table.items()}  # fmt: skip
                return noun.gender, table
        return None

    def _modifies(self, words: Sequence[str], at: int) -> bool:
        """Whether a word is an adjective there, were it a noun elsewhere."""
        if self._looks_adjective(words[at]):
            return True
        both = bool(self._find_adjective(words[at], nouns=True))
        after = words[at + 1]
        return both and not self._looks_adjective(after) and self._noun(after) is not None

    def _looks_adjective(self, word: str) -> bool:
        return bool(self._adjective(word))

    def _adjective(self, word: str) -> list[_ByGender]:
        """The forms by gender of a word that has the look of an adjective in the nominative."""
        known = self._known_adjectives.get(word)
        if known is None:
            known = self._known_adjectives[word] = self._find_adjective(word)
        return known

    def _find_adjective(self, word: str, *, nouns: bool = False) -> list[_ByGender]:
        """The forms; with ``nouns`` also of a word that is a noun where it stands alone."""
        if word in self._fixed or (word.lower() in self._irregular and not nouns):
            return []
        found = []
        for adjective in self._adjectives:
            for gender, row in adjective.genders.items():
                for ending in row[0]:
                    stem = word.removesuffix(ending)
                    if stem != word and stem.endswith(adjective.marks):
                        forms = {
                            g: tuple(tuple(stem + end for end in ends) for ends in each)
                            for g, each in adjective.genders.items()
                        }
                        if gender and forms not in found:
                            found.append(forms)
        return found


def _note(found: dict[str, str], form: str, case: str) -> None:
    cases = found.get(form, "")
    if case not in cases:
        found[form] = cases + case


def _table(row: Mapping[str, str]) -> Declined:
    return {number: _row(row[number]) for number in _NUMBERS if number in row}


def _row(text: str) -> tuple[tuple[str, ...], ...]:
    """ "а и/і - у": six places in the order of CASES; ``/`` between variants, ``-`` no ending."""
    places = text.split()
    if len(places) != len(CASES):
        raise ValueError(f"a declension has {len(CASES)} places, not {len(places)}: {text!r}")
    return tuple(tuple("" if end == "-" else end for end in place.split("/")) for place in places)
