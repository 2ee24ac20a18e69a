"""Whether a text is worth reading: one pass over it, in all languages at once.

Most of the world's text is of other things. It is told from its words, before its language is
looked for and before anything else is done with it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Set
from importlib import resources
from typing import Final, NamedTuple

import daachorse

from intendance.catalogue import Catalogue, Form


class Worth(NamedTuple):
    """How much of a text is worth reading: ``whole``, else the sentences at ``places``."""

    whole: bool
    places: tuple[int, ...] = ()
    """Where a civil thing or help is named, in order."""


class _Pattern(NamedTuple):
    """What a run of characters is worth as a word and as the beginning of one (true: all).

    ``letters``: the text must have one of them for a beginning to count.
    """

    word: bool | None
    stem: bool | None
    letters: str = ""


_ITEMS: Final = frozenset({"kind", "class", "programme"})
_LEAST: Final = 5
"""A word shorter than this is looked for as it is."""
_VOWELS: Final = "aeiouyąęóаеєиіїоуюяьй"
_WORDS: Final = re.compile(r"\w+")


class Trigger:
    """The automaton of what makes a text worth reading."""

    def __init__(self, catalogue: Catalogue) -> None:
        data = tomllib.loads(
            resources.files("intendance.reading._language")
            .joinpath("data", "triggers.toml")
            .read_text(encoding="utf-8")
        )
        civil = _with_subclasses(catalogue, data["civil"])
        strong, light = _words(data["context"]), _words(data["help"])
        letters: dict[str, str] = data["letters"]
        for form in catalogue.forms():
            if form.table in _ITEMS:
                wanted = strong if _is_military(catalogue, form, civil) else light
                wanted.setdefault(form.text.lower(), set()).add(form.language)
                if form.table == "kind" and form.text[:1].isupper() and form.text[-1:].isalnum():
                    # "the first three Caesars", "zwei Marders", "50 CV90s"
                    wanted.setdefault(f"{form.text.lower()}s", set()).add(form.language)
                if form.language in data["declining"]:
                    wanted.setdefault(_stem(form), set()).add(form.language)
        worth = dict.fromkeys(_least(strong), True)
        worth = dict.fromkeys(_least(light, set(worth)), False) | worth
        found = sorted({each.rstrip("*") for each in worth})
        self._patterns = [
            _Pattern(
                worth.get(each),
                worth.get(f"{each}*"),
                _only_in(strong.get(f"{each}*") or light.get(f"{each}*") or set(), letters),
            )
            for each in found
        ]
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(found)

    def worth(self, low: str) -> Worth:
        """How much of a text (normalised, in lower case) is worth reading."""
        places: list[int] = []
        size = len(low)
        for start, end, index in self._automaton.find_overlapping(low):
            if start and low[start - 1].isalnum():
                continue
            pattern = self._patterns[index]
            strong = None if end < size and low[end].isalnum() else pattern.word
            if not strong and pattern.stem is not None and _has_any(low, pattern.letters):
                strong = pattern.stem
            if strong:
                return Worth(whole=True)
            if strong is not None:
                places.append(start)
        return Worth(whole=False, places=tuple(sorted(places)))


def _words(languages: dict[str, list[str]]) -> dict[str, set[str]]:
    """The words with the languages that they are of."""
    found: dict[str, set[str]] = {}
    for language, words in languages.items():
        for word in words:
            found.setdefault(word, set()).add(language)
    return found


def _only_in(languages: set[str], letters: dict[str, str]) -> str:
    """One of these letters a text must have; none where one of the languages asks for none."""
    wanted = [letters.get(each, "") for each in languages]
    return "".join(wanted) if all(wanted) else ""


def _has_any(low: str, letters: str) -> bool:
    return not letters or any(each in low for each in letters)


def _stem(form: Form) -> str:
    """A single word without its ending and with a star: it stands for all its cases."""
    text = form.text.lower()
    if not text.isalpha() or len(text) < _LEAST:
        return text
    return text.rstrip(_VOWELS)[: max(_LEAST - 1, len(text) - 2)] + "*"


def _with_subclasses(catalogue: Catalogue, ids: Iterable[str]) -> frozenset[str]:
    return frozenset(ids) & {form.id for form in catalogue.forms() if form.table == "class"}


def _is_military(catalogue: Catalogue, form: Form, civil: frozenset[str]) -> bool:
    """A designation (a capital or a digit in it), or a word for what only armies have."""
    if form.weak:
        return False
    # German writes every noun with a capital
    least = 2 if form.language == "de" else 1
    if any(char.isdigit() for char in form.text) or sum(map(str.isupper, form.text)) >= least:
        return True
    return (form.id if form.table == "class" else catalogue.class_of(form.id)) not in civil


def _least(forms: Iterable[str], others: Set[str] = frozenset()) -> list[str]:
    """The forms that no single word of ``forms`` or ``others`` stands for ("tank": "tank gun")."""
    wanted = set(forms)
    single = {each for each in wanted | others if _WORDS.fullmatch(each)}
    return [
        each
        for each in wanted - others
        if each.endswith("*") or each in single or single.isdisjoint(_WORDS.findall(each))
    ]
