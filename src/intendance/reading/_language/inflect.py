"""Verb forms from a paradigm: endings by tense, as the language's data file lists them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any


class Paradigm:
    """Endings by tense; ``infinitive`` is the ending of the lemma that they replace."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.infinitive: str = table["infinitive"]
        self.endings: dict[str, list[str]] = {
            tense: endings for tense, endings in table.items() if tense != "infinitive"
        }

    def forms(self, lemma: str) -> Iterator[tuple[str, str]]:
        """Every (form, tense) of a lemma that follows this paradigm."""
        stem = lemma.removesuffix(self.infinitive)
        yield lemma, "inf"
        for tense, endings in self.endings.items():
            for ending in endings:
                yield stem + ending, tense


def inflect(
    name: str, paradigms: Mapping[str, Paradigm], extra: Mapping[str, Mapping[str, list[str]]]
) -> Iterator[tuple[str, str, str]]:
    """(form, tense, lemma) for ``lemma`` or ``lemma>paradigm``; ``extra`` adds irregular forms.

    Without ``>`` the paradigm is the one whose infinitive ending fits, the longest first.
    A tense given in ``extra`` replaces that tense of the paradigm.
    """
    lemma, _, named = name.partition(">")
    irregular = extra.get(lemma, {})
    yield lemma, "inf", lemma
    chosen = paradigms.get(named) if named else _fitting(lemma, paradigms)
    if chosen is not None:
        for form, tense in chosen.forms(lemma):
            if tense not in irregular or tense in ("pres",):
                yield form, tense, lemma
    for tense, forms in irregular.items():
        for form in forms:
            yield form, tense, lemma


def _fitting(lemma: str, paradigms: Mapping[str, Paradigm]) -> Paradigm | None:
    fitting = [each for each in paradigms.values() if lemma.endswith(each.infinitive)]
    return max(fitting, key=lambda each: len(each.infinitive), default=None)


def separated(
    forms: Sequence[tuple[str, str, str]], particles: Sequence[str]
) -> list[tuple[str, str, str]]:
    """What a verb with a separable particle has besides: "teilen mit", "mitteilte".

    ``forms`` are (form, tense, lemma) with the particle behind where it is separate; the plural
    of the present is the infinitive taken apart, and each finite form is also written whole.
    """
    found: list[tuple[str, str, str]] = []
    for form, tense, lemma in forms:
        base, _, particle = form.partition(" ")
        if particle in particles and " " not in particle and lemma.startswith(particle):
            if tense != "inf":
                found.append((particle + base, tense, lemma))
            plural = (f"{lemma.removeprefix(particle)} {particle}", "pres", lemma)
            if plural not in found:
                found.append(plural)
    return [each for each in found if each not in forms]
