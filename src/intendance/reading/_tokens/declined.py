"""The catalogue's names in all their cases, where a language declines them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from intendance.catalogue import Catalogue, Entry, base_form, expand
from intendance.reading._language import Declension, Grammar

_FEATURES: Final = ("name", "adjective", "demonym", "metonym")
_PEOPLE: Final = ("n", "ga", "d", "i", "l")
"""The cases of the forms of a people's name, in the order that the catalogue lists them."""
_ONE: Final = frozenset({"nation", "organisation", "official", "maker", "programme"})
"""Tables whose entries there is one of: their names have no plural."""


class DeclinedForm(NamedTuple):
    """One form of an entry's name and the cases that it may stand in."""

    text: str
    table: str
    id: str
    feature: str
    weak: bool
    cases: str


def declined_forms(grammar: Grammar, catalogue: Catalogue) -> Iterator[DeclinedForm]:
    """The forms that the grammar's declension makes of the catalogue's names."""
    declension = grammar.declension
    if declension is None:
        return
    tables: tuple[Mapping[str, Entry], ...] = (
        catalogue.nations, catalogue.organisations, catalogue.collectives, catalogue.officials,
        catalogue.offices, catalogue.programmes, catalogue.classes_by_id, catalogue.kinds,
    )  # fmt: skip
    for table in tables:
        for entry in table.values():
            yield from _of_entry(grammar.code, declension, entry)


def _of_entry(code: str, declension: Declension, entry: Entry) -> Iterator[DeclinedForm]:
    weak = {base_form(name) for name in entry.weak}
    for feature in _FEATURES:
        for pattern in entry.patterns(code, feature):
            base = base_form(pattern)
            if feature == "demonym" and len(forms_of := list(expand(pattern))) == len(_PEOPLE):
                for text, cases in zip(forms_of, _PEOPLE, strict=True):
                    yield DeclinedForm(text, entry.table, entry.id, feature, False, cases)
                continue
            if feature == "adjective":
                forms = declension.adjective(base)
            else:
                forms = declension.name(base, single=entry.table in _ONE)
            for text, cases in forms.items():
                yield DeclinedForm(text, entry.table, entry.id, feature, base in weak, cases)
    if entry.table == "kind":
        for name in dict.fromkeys((*entry.en, *entry.everywhere)):
            base = base_form(name)
            if base[:1].isupper():
                for text in declension.foreign(base):
                    yield DeclinedForm(text, "kind", entry.id, "name", name in entry.weak, "")
