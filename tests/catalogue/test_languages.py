"""Equipment has names, inflected where a language inflects, in all five languages."""

from collections import Counter

import pytest

from intendance.catalogue import Catalogue
from intendance.catalogue._brackets import expand
from intendance.catalogue._entries import LANGUAGES

SERVED = 420
"""So many kinds at least have names of their own in every language."""

COMMON_NOUNS = {
    "fr": ("char", "obusier", "véhicule", "drone", "missile", "hélicoptère", "radar", "camion"),
    "de": ("Kampfpanzer", "Haubitze", "Schützenpanzer", "Drohne", "Hubschrauber", "Flugzeug"),
}
"""Nouns that have a plural: a name that begins with one stands for more than one form."""


def test_kinds_are_named_in_all_five_languages(cat: Catalogue) -> None:
    counts = Counter(
        language for kind in cat.kinds.values() for language in LANGUAGES if kind.patterns(language)
    )
    whole = [kind for kind in cat.kinds.values() if all(map(kind.patterns, LANGUAGES))]
    assert len(whole) >= SERVED, counts
    # What the command shows is what the files hold: no form of every language stands for these.
    assert all(set(LANGUAGES) <= set(kind.names) for kind in whole)


@pytest.mark.parametrize("language", ["fr", "de"])
def test_names_with_a_common_noun_are_inflected(cat: Catalogue, language: str) -> None:
    begun = [
        (kind.id, name)
        for kind in cat.kinds.values()
        for name in kind.patterns(language)
        if expand(name)[0].split()[0] in COMMON_NOUNS[language]
    ]
    inflected = {id_ for id_, name in begun if len(expand(name)) > 1}
    # One name of a kind may be in the singular alone; not all of them.
    assert {id_ for id_, _ in begun} - inflected == set()
    assert len(inflected) >= 80


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("chars Leopard 2A4", "leopard-2a4"),
        ("Leopard-2A4-Panzern", "leopard-2a4"),
        ("Леопард 2А4", "leopard-2a4"),
        ("czołg Leopard 2A4", "leopard-2a4"),
        ("Kampfpanzers Leopard 1A5", "leopard-1a5"),
        ("véhicules blindés Bushmaster", "bushmaster"),
        ("бронемашина Bushmaster", "bushmaster"),
        ("pojazd opancerzony Bushmaster", "bushmaster"),
        ("lance-roquettes multiples HIMARS", "himars"),
        ("AN/TPQ-36-Radare", "an-tpq-36"),
        ("контрбатарейний радар AN/TPQ-36", "an-tpq-36"),
        ("haubica M777", "m777"),
        ("М777", "m777"),
        ("105-мм танковий снаряд", "105mm-tank-round"),
        ("amunicja kalibru 5,56 mm", "5-56mm-round"),
        ("łódź patrolowa typu Island", "island-class-patrol-boat"),
        ("підготовка саперів", "demining-training"),
    ],
)
def test_names_in_the_press_of_five_languages(cat: Catalogue, name: str, id_: str) -> None:
    assert cat.resolve(name) == id_


def test_the_industry_is_who_it_is_before_what_it_does(cat: Catalogue) -> None:
    for name in ("defence industry", "industrie de défense", "Rüstungsindustrie"):
        assert cat.resolve(name) == "defence-industry"


def test_names_that_a_class_and_a_kind_bore_are_one_entrys(cat: Catalogue) -> None:
    """A name in one language is one entry's, but for persons who have held two offices."""
    bearers: dict[tuple[str, str], set[str]] = {}
    for form in cat.forms():
        if form.feature == "name" and not form.weak and form.table in ("kind", "class"):
            bearers.setdefault((form.text, form.language), set()).add(form.id)
    shared = {
        name: ids
        for name, ids in bearers.items()
        if len({one for one in ids if not ids.intersection(cat.ancestors(one))}) > 1
    }
    assert shared == {}
