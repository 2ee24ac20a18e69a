"""Whether a text is worth reading: one pass over it, in all languages at once.

Most of the world's text is of other things. It is told from its words, before its language is
looked for and before anything else is done with it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib import resources
from typing import Final, NamedTuple

import daachorse

from intendance.catalogue import Catalogue, Form


class Worth(NamedTuple):
    """How much of a text is worth reading: ``whole``, else the sentences at ``places``."""

    whole: bool
    places: tuple[int, ...] = ()
    """Where a civil thing or help is named, in order."""


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
        strong = {each for words in data["context"].values() for each in words}
        light = {each for words in data["help"].values() for each in words}
        for form in catalogue.forms():
            if form.table in _ITEMS:
                text = _stem(form) if form.language in data["declining"] else form.text.lower()
                (strong if _is_military(catalogue, form, civil) else light).add(text)
        strong = set(_least(strong))
        patterns = dict.fromkeys(_least(light, strong), False) | dict.fromkeys(strong, True)
        # a word and the same with a star are one pattern, the wider
        found = sorted(each for each in patterns if f"{each}*" not in patterns)
        self._strong = [patterns[each] or patterns.get(each.rstrip("*"), False) for each in found]
        self._open = [each.endswith("*") for each in found]
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(
            [each.rstrip("*") for each in found]
        )

    def worth(self, low: str) -> Worth:
        """How much of a text (normalised, in lower case) is worth reading."""
        places: list[int] = []
        size = len(low)
        for start, end, index in self._automaton.find_overlapping(low):
            if start and low[start - 1].isalnum():
                continue
            if end < size and low[end].isalnum() and not self._open[index]:
                continue
            if self._strong[index]:
                return Worth(whole=True)
            places.append(start)
        return Worth(whole=False, places=tuple(sorted(places)))


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


def _least(forms: Iterable[str], others: frozenset[str] | set[str] = frozenset()) -> list[str]:
    """The forms that no single word of ``forms`` or ``others`` stands for ("tank": "tank gun")."""
    wanted = set(forms)
    single = {each for each in wanted | others if _WORDS.fullmatch(each)}
    return [
        each
        for each in wanted - others
        if each.endswith("*") or each in single or single.isdisjoint(_WORDS.findall(each))
    ]
