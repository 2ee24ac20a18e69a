"""The data that comes with the program: whole, consistent, and right where it can be checked."""

import re
import tomllib
from importlib import resources
from itertools import pairwise

import iso3166
import pytest

from intendance.catalogue import Catalogue
from intendance.catalogue._entries import TABLES

EQUIPMENT = resources.files("intendance.catalogue").joinpath("data", "equipment")


def test_there_are_enough_kinds_and_all_tables(cat: Catalogue) -> None:
    assert len(cat.kinds) >= 150
    assert {form.table for form in cat.forms()} == set(TABLES)


@pytest.mark.parametrize(
    "item",
    [
        "leopard-2a6", "iris-t", "iris-t-slm", "caesar", "155mm-shell", "patriot", "s-300",
        "himars", "nasams", "winter-clothing", "training",
    ],
)  # fmt: skip
def test_identifiers_that_the_design_fixes(cat: Catalogue, item: str) -> None:
    assert cat.is_kind(item)


def test_every_kind_has_a_class_that_leads_to_a_root(cat: Catalogue) -> None:
    for kind in cat.kinds:
        classes = cat.classes(kind)
        assert classes, kind
        assert cat.classes_by_id[classes[-1]].within is None, kind
        assert all(cat.classes_by_id[a].within == b for a, b in pairwise(classes)), kind


def test_nations_are_those_of_iso_3166(cat: Catalogue) -> None:
    codes = set(iso3166.countries_by_alpha3)
    assert set(cat.nations) - codes <= {"XKX"}
    assert {"XKX", "UKR"} <= set(cat.nations)
    assert len(cat.nations) >= 190
    # An independent list of the same names: the English one resolves to the same code.
    for code in set(cat.nations) & codes:
        english = iso3166.countries_by_alpha3[code].apolitical_name
        plain = english.split(",")[0].split("(")[0].strip()
        form = cat.label(code)
        if plain.lower() == form.lower():
            assert cat.resolve(plain) == code


def test_nations_have_names_and_adjectives_in_english_and_french(cat: Catalogue) -> None:
    for code, nation in cat.nations.items():
        assert nation.en, code
        assert nation.fr, code
    for code in ("UKR", "FRA", "DEU", "USA", "GBR", "POL", "ESP", "SVK", "NLD", "CZE"):
        nation = cat.nations[code]
        assert nation.adjective["fr"], code
        assert nation.adjective["en"], code
        assert nation.metonym["fr"], code
        assert nation.demonym["fr"], code
        assert nation.de, code


def test_names_in_ukrainian_and_polish(cat: Catalogue) -> None:
    assert cat.label("UKR", "uk") == "Україна"
    assert cat.label("UKR", "pl") == "Ukraina"
    assert cat.nations["POL"].uk
    assert cat.nations["POL"].pl


def test_offices_whose_holders_are_named(cat: Catalogue) -> None:
    assert cat.offices["defence-minister"].public
    assert not cat.offices["journalist"].public


def test_supply_classes(cat: Catalogue) -> None:
    groups = {one.fsc[:2] for one in cat.kinds.values() if one.fsc}
    assert {"10", "13", "14", "23"} <= groups
    assert cat.kinds["leopard-2"].fsc == "2350"
    assert cat.classes_by_id["tank"].fsc == "2350"
    assert cat.classes_by_id["tank"].unit == "vehicle"


def test_no_two_kinds_share_a_strong_name(cat: Catalogue) -> None:
    bearers: dict[str, set[str]] = {}
    for form in cat.forms():
        if form.table == "kind" and not form.weak:
            bearers.setdefault(form.text, set()).add(form.id)
    shared = {
        text: ids
        for text, ids in bearers.items()
        if len(ids) > 1 and len({cat.root(id_) for id_ in ids}) > 1
    }
    assert shared == {}


def test_standards_of_a_kind_and_what_it_specialises_agree(cat: Catalogue) -> None:
    for id_, kind in cat.kinds.items():
        wide = cat.kinds[kind.specialises] if kind.specialises else None
        if wide and wide.standard == "soviet" and kind.standard:
            assert kind.standard in {"soviet", "own"}, id_


def test_air_defence_has_a_range_and_a_purpose(cat: Catalogue) -> None:
    systems = [
        kind
        for kind in cat.kinds.values()
        if cat.includes("air-defence", kind.id) and not cat.includes("missile", kind.id)
    ]
    assert len(systems) >= 20
    # What counters drones says so by its class.
    lacking = [one.id for one in systems if not one.against and one.class_ != "counter-drone"]
    assert lacking == []
    assert {kind.range for kind in systems} >= {"very-short", "short", "medium", "long"}


def test_files_hold_one_family_of_classes_each() -> None:
    """Data files are one per class: a class's kinds don't lie scattered over many files."""
    files: dict[str, set[str]] = {}
    for file in EQUIPMENT.iterdir():
        for kind in tomllib.loads(file.read_text(encoding="utf-8")).get("kind", ()):
            files.setdefault(kind["class"], set()).add(file.name)
    assert {one: names for one, names in files.items() if len(names) > 3} == {}


def test_data_files_name_their_sources() -> None:
    for folder in ("actors", "equipment"):
        root = resources.files("intendance.catalogue").joinpath("data", folder)
        for file in root.iterdir():
            text = file.read_text(encoding="utf-8")
            head = text.split("\n[[", 1)[0]
            assert re.search(r"^#.*\bsources?\b", head, re.MULTILINE | re.IGNORECASE), file.name


def test_leopards(cat: Catalogue) -> None:
    assert cat.specialises("leopard-2a4", "leopard-2")
    assert cat.specialises("leopard-2a6", "leopard-2")
    assert not cat.specialises("leopard-1", "leopard-2")
    assert not cat.specialises("leopard-1a5", "leopard-2")
    assert cat.root("leopard-1a5") != cat.root("leopard-2a4")
    assert cat.kinds["leopard-1"].calibre == "105mm"
    assert cat.kinds["leopard-2"].calibre == "120mm"


def test_air_defence_facts(cat: Catalogue) -> None:
    assert cat.kinds["s-300"].standard == "soviet"
    assert cat.kinds["s-300"].range == "long"
    assert cat.kinds["patriot"].standard == "nato"
    assert cat.kinds["patriot"].range == "long"
    assert "s-300" in cat.kinds["patriot"].replaces
    assert "ballistic-missile" in cat.kinds["patriot"].against
    assert cat.specialises("iris-t-slm", "iris-t")
    assert cat.kinds["iris-t-slm"].range == "medium"
    assert "diehl-defence" in cat.kinds["iris-t-slm"].makers
    assert cat.kinds["nasams"].standard == "nato"
    assert cat.kinds["gepard"].calibre == "35mm"
    assert cat.includes("air-defence", "patriot")
    assert not cat.specialises("patriot", "s-300")


def test_artillery_facts(cat: Catalogue) -> None:
    assert cat.kinds["caesar"].calibre == cat.kinds["155mm-shell"].calibre == "155mm"
    assert cat.class_of("caesar") == "self-propelled-howitzer"
    assert cat.includes("artillery", "caesar")
    assert cat.nation_of("nexter") == "FRA"
    assert cat.includes("ammunition", "155mm-shell")
    assert not cat.includes("artillery", "155mm-shell")
    assert cat.includes("rocket-artillery", "himars")


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Léopard 2A4", "leopard-2a4"),
        ("obus de 155 mm", "155mm-shell"),
        ("vêtements d'hiver", "winter-clothing"),
        ("Slovaquie", "SVK"),
        ("Bratislava", "SVK"),
        ("Kiev", "UKR"),
        ("Kyiv", "UKR"),
        ("Kyjiw", "UKR"),
        ("Allemagne", "DEU"),
        ("Pays-Bas", "NLD"),
        ("Kosovo", "XKX"),
        ("OTAN", "nato"),
        ("alliés", "allies"),
    ],
)
def test_names_of_everyday(cat: Catalogue, name: str, id_: str) -> None:
    assert cat.resolve(name) == id_


def test_members(cat: Catalogue) -> None:
    assert len(cat.members("nato-allies")) == 32
    assert len(cat.members("eu-members")) == 27
    assert {"FIN", "SWE", "FRA"} <= set(cat.members("nato-allies"))
    assert not {"AUT", "IRL", "UKR"} & set(cat.members("nato-allies"))
    assert not {"GBR", "NOR", "TUR"} & set(cat.members("eu-members"))
    assert len(cat.members("g7-members")) == 7


def test_alliances_of_nations_agree_with_the_collectives(cat: Catalogue) -> None:
    nato = {code for code, nation in cat.nations.items() if "nato" in nation.alliances}
    union = {code for code, nation in cat.nations.items() if "eu" in nation.alliances}
    assert nato == set(cat.members("nato-allies"))
    assert union == set(cat.members("eu-members"))


def test_officials_speak_in_a_time_that_runs_forward(cat: Catalogue) -> None:
    for id_, official in cat.officials.items():
        if official.start and official.end:
            assert official.start[:4] <= official.end[:4], id_
            if len(official.start) == len(official.end):
                assert official.start <= official.end, id_


def test_agencies_that_buy_for_a_collective(cat: Catalogue) -> None:
    buyers = {one.id: one.buys_for for one in cat.organisations.values() if one.buys_for}
    assert "nato-allies" in buyers.values()
    assert all(cat.members(whom) for whom in buyers.values() if whom)


def test_places_are_no_finer_than_a_nation_or_a_sea(cat: Catalogue) -> None:
    for id_, place in cat.places.items():
        assert place.nation or place.kind != "town", id_
        assert {"latitude", "longitude", "position", "coordinates"}.isdisjoint(dir(place))
