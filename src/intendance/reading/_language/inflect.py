"""Verb forms from a paradigm: endings by tense, as the language's data file lists them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

_SETTINGS: Final = ("infinitive", "participle_prefix")


class Paradigm:
    """Endings by tense; ``infinitive`` is the ending of the lemma that they replace.

    ``participle_prefix`` stands before the stem in the past participle ("ge-").
    """

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.infinitive: str = table["infinitive"]
        self.prefix: str = table.get("participle_prefix", "")
        self.endings: dict[str, list[str]] = {
            tense: endings for tense, endings in table.items() if tense not in _SETTINGS
        }

    def forms(self, lemma: str) -> Iterator[tuple[str, str]]:
        """Every (form, tense) of a lemma that follows this paradigm."""
        stem = lemma.removesuffix(self.infinitive)
        yield lemma, "inf"
        for tense, endings in self.endings.items():
            prefix = self.prefix if tense == "pp" else ""
            for ending in endings:
                yield prefix + stem + ending, tense

    def separable_forms(self, particle: str, base: str) -> Iterator[tuple[str, str]]:
        """The same of "auf|stocken": "stockt auf", "aufgestockt", "aufzustocken"."""
        for form, tense in self.forms(base):
            if tense == "inf":
                yield f"{particle}zu{base}", "inf"
            else:
                whole = tense in ("pp", "ppr")
                yield (particle + form if whole else f"{form} {particle}"), tense


def inflect(
    name: str, paradigms: Mapping[str, Paradigm], extra: Mapping[str, Mapping[str, list[str]]]
) -> Iterator[tuple[str, str, str]]:
    """(form, tense, lemma) for ``lemma`` or ``lemma>paradigm``; ``extra`` adds irregular forms.

    A bar parts a regular verb's separable particle from it ("auf|stocken"). Without ``>`` the
    paradigm is the one whose infinitive ending fits, the longest first. A tense given in
    ``extra`` replaces that tense of the paradigm.
    """
    written, _, named = name.partition(">")
    particle, bar, base = written.partition("|")
    lemma = written.replace("|", "")
    irregular = extra.get(lemma, {})
    yield lemma, "inf", lemma
    # "foot the bill for": the first word is inflected
    head, space, behind = lemma.partition(" ")
    chosen = paradigms.get(named) if named else _fitting(head, paradigms)
    if chosen is not None:
        regular = chosen.separable_forms(particle, base) if bar else chosen.forms(head)
        for form, tense in regular:
            if tense not in irregular or tense in ("pres",):
                yield form + space + behind, tense, lemma
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
