"""The lexicon pass: names of the catalogue in French, whole words, longest first."""

from __future__ import annotations

import re
import tomllib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intendance.catalogue import Catalogue
from intendance.reading._language import load_grammar
from intendance.reading._text import fold_case, normalise
from intendance.reading._tokens import Hit, Lexicon, tokenise
from intendance.reading._tokens.lexicon import _GAP, _line_ends

FRENCH = load_grammar("fr")
COMPOSITION = resources.files("intendance.reading._grammar") / "composition.toml"


@pytest.fixture(scope="session")
def lexicon(cat: Catalogue) -> Lexicon:
    return Lexicon(FRENCH, cat)


def test_every_verb_and_noun_names_a_known_event_or_governor() -> None:
    senses = [sense for several in FRENCH.verbs.values() for sense in several]
    nouns = [
        *FRENCH.nouns.values(),
        *(act for each in FRENCH.supported.values() for _, act in each),
    ]
    events = {each.event for each in senses} | {each.event for each in nouns}
    governors = {each.governs for each in senses} | {each.governs for each in nouns}
    acts = set(composition_table("event")) | {"include", "amount", "modernise"}
    modes = set(composition_table("deliver")) | {"say", "do", "light", "take", "see"}
    assert {each for each in events if each} <= acts
    assert {each for each in governors if each} <= modes


def composition_table(name: str) -> dict[str, object]:
    return tomllib.loads(COMPOSITION.read_text(encoding="utf-8"))[name]


def hits_of(lexicon: Lexicon, text: str) -> list[Hit]:
    normal = normalise(text)
    return lexicon.hits(normal, fold_case(normal))


def found(lexicon: Lexicon, text: str) -> dict[str, str]:
    """Surface form to identifier, for what the catalogue knows."""
    return {
        text[hit.start : hit.end]: hit.entities[0].id
        for hit in hits_of(lexicon, text)
        if hit.entities
    }


@pytest.mark.parametrize(
    ("text", "form", "identifier"),
    [
        ("huit chars Leopard 2A6", "chars Leopard 2A6", "leopard-2a6"),
        pytest.param(
            "huit Léopard 2",
            "Léopard 2",
            "leopard-2",
            marks=pytest.mark.xfail(reason="the French spelling is not in the catalogue"),
        ),
        ("des CAESAR", "CAESAR", "caesar"),
        ("des Caesar", "Caesar", "caesar"),
        ("un système IRIS-T SLM", "système IRIS-T SLM", "iris-t-slm"),
        ("le SAMP/T", "SAMP/T", "samp-t"),
        ("des S\u2011300", "S\u2011300", "s-300"),
        ("les Pays-Bas", "Pays-Bas", "NLD"),
        ("la République tchèque", "République tchèque", "CZE"),
        ("un ministre tchèque", "tchèque", "CZE"),
        ("à Kiev", "Kiev", "UKR"),
        ("à Kyiv", "Kyiv", "UKR"),
        ("la Maison-Blanche", "Maison-Blanche", "USA"),
        ("du groupe Rheinmetall", "Rheinmetall", "rheinmetall"),
        ("l\u2019OTAN", "l\u2019OTAN", "nato"),
    ],
)
def test_names(lexicon: Lexicon, text: str, form: str, identifier: str) -> None:
    assert found(lexicon, text).get(form) == identifier


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("les charlatans", "tank"),
        ("un obusier", "artillery-ammunition"),
        ("une léopardesse", "leopard-2"),
        ("les caesariens", "caesar"),
        ("la francophonie", "FRA"),
        ("un polonium", "POL"),
    ],
)
def test_a_part_of_a_word_is_no_name(lexicon: Lexicon, text: str, identifier: str) -> None:
    assert identifier not in found(lexicon, text).values()


@pytest.mark.parametrize(
    ("text", "identifier"), [("une étoile patriot", "patriot"), ("un leopard dort", "leopard-2")]
)
def test_a_name_in_lower_case_is_no_name(lexicon: Lexicon, text: str, identifier: str) -> None:
    assert identifier not in found(lexicon, text).values()


def test_the_longer_name_goes_first(lexicon: Lexicon) -> None:
    text = "un système de défense aérienne à longue portée"
    assert max(len(form) for form in found(lexicon, text)) >= len("système de défense aérienne")


def test_german_words_are_not_in_the_french_lexicon(lexicon: Lexicon) -> None:
    assert found(lexicon, "die Haubitze und der Panzer") == {}


ANY_CHARACTER = st.characters(exclude_categories=["Cs"])
ANY = st.text(st.one_of(ANY_CHARACTER, st.sampled_from("Leopard 2 CaesarÉF-16'’ ")), max_size=120)


@given(text=ANY)
def test_hits_are_in_order_and_apart(lexicon: Lexicon, text: str) -> None:
    last = 0
    for hit in hits_of(lexicon, text):
        assert last <= hit.start < hit.end <= len(text)
        last = hit.end


@given(text=ANY)
def test_tokens_cover_all_but_space(lexicon: Lexicon, text: str) -> None:
    normal = normalise(text)
    low = fold_case(normal)
    tokens = tokenise(FRENCH, normal, low, 0, len(normal), hits_of(lexicon, text))
    last = 0
    for token in tokens:
        assert not normal[last : token.start].strip().replace("-", "")
        assert last <= token.start < token.end
        # a hyphen between blanks is read as a dash
        spelt = low[token.start : token.end]
        assert token.form == ("–" if spelt == "-" else spelt)
        last = token.end
    assert not normal[last:].strip().replace("-", "")


@given(text=st.text(alphabet="ab \n>1_", max_size=40))
def test_the_ends_of_lines_are_the_gaps_of_a_text_without_wide_spaces(text: str) -> None:
    text = re.sub(" {2,}", " ", text)
    assert _line_ends(text) == [each.span() for each in _GAP.finditer(text)]
