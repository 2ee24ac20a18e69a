"""Boilerplate: lines of the web are passed over, sentences never."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intendance.reading._input import boilerplate

ARTICLE = "Le ministère livre douze canons. La suite viendra en mai, dit-il.\n\n"


def skipped(text: str) -> list[str]:
    return [text[start:end] for start, end in boilerplate(text)]


@pytest.mark.parametrize(
    "line",
    [
        "Lire aussi : Trois chars de plus",
        "À LIRE AUSSI | Trois chars de plus",
        "► À lire également : Trois chars de plus",
        "En savoir plus Trois chars de plus",
        "Lisez aussi: Trois chars",
        "**Read more:** Three tanks more",
        "Also read Three tanks more",
        "Related articles",
        "Lesen Sie auch: Drei Panzer mehr",
        "Mehr zum Thema",
        "Читайте також: Три танки",
        "Source link -7",
        "Source : https://example.org/a/b?c=d",
        "La source: www.example.org",
        "Quelle: example.de",
        "Note moyenne 4,5 / 5. Décompte des voix\u00a0: 12",
        "Cliquez sur une étoile pour la noter",
        "Cet article vous a-t-il été utile\u00a0?",
        "Soyez le premier à noter cet article.",
        "Average rating 4.5 / 5. Vote count: 12",
        "Partager sur Facebook",
        "Share this article",
        "Artikel teilen",
        "Abonnez-vous à notre lettre du matin pour tout savoir.",
        "Sign up for our newsletter and miss nothing.",
        "Nous utilisons des cookies pour améliorer votre visite.",
        "We use cookies to make this site better.",
        "Diese Website verwendet Cookies.",
        "Crédit photo : Agence d’essai",
        "Photo : le ministre devant un canon",
        "Foto: Agentur",
        "Bildnachweis: Agentur",
        "© 2023 Journal du Nord",
        "Tous droits réservés",
        "3 Commentaires",
        "ADVERTISEMENT",
        "Skip to main content",
        "La suite après la publicité",
    ],
)
def test_lines_of_the_web(line):
    if line.startswith("3 "):
        line = line[2:]
    text = f"{ARTICLE}{line}\n\n{ARTICLE}"
    assert skipped(text) == [line]


@pytest.mark.parametrize(
    "sentence",
    [
        "Lire aussi les contrats fait partie du travail des députés.",
        "En savoir plus sur les stocks est le but de la commission.",
        "Source : Jean Dupont lors d’une allocution",
        "Source: the ministry of defence",
        "La source du ministère parle de douze canons.",
        "Partager le fardeau, dit-il, veut dire livrer douze canons",
        "Share of the costs rose to twelve per cent",
        "Commentaires et questions ont porté sur les douze canons.",
        "« Abonnez-vous à notre cause », a-t-il dit.",
        "“Sign up for our programme and send guns,” he said.",
        "Crédit de deux milliards accordé à Kiev",
        "Photo prise, le ministre a promis douze canons.",
        "Aucun vote pour l'instant au parlement sur les douze canons",
        "Vote count in the senate was close",
        "Note moyenne des experts : insuffisante",
        "Facebook a supprimé le compte du ministère.",
        "Related systems were sent in May",
        "Newsletter writers were told of twelve guns",
        "Twitter users saw twelve guns pass",
        "Print runs were raised to twelve thousand",
        "Zum Thema Munition sagte er wenig.",
        "Bild: Berlin liefert zwölf Panzer",
        "Recommended stocks are for thirty days",
        "Il vous reste deux jours pour livrer",
        "Lire",
        "Reading more about it would help",
    ],
)
def test_sentences_stay(sentence):
    assert skipped(f"{ARTICLE}{sentence}\n{ARTICLE}") == []


def test_the_titles_under_a_label_go_with_it():
    text = f"{ARTICLE}LIRE LA SUITE:\nTrois chars de plus\nUn port rouvre\n\n{ARTICLE}"
    assert skipped(text) == ["LIRE LA SUITE:\nTrois chars de plus\nUn port rouvre"]


def test_a_sentence_under_a_label_stays():
    text = f"{ARTICLE}À lire aussi\nLe port a rouvert jeudi.\n"
    assert skipped(text) == ["À lire aussi"]


def test_a_paragraph_broken_into_lines_under_a_label_stays():
    text = f"{ARTICLE}See also\nTrois chars de plus sont arrivés\ndans le port jeudi.\n"
    assert skipped(text) == ["See also"]


def test_a_title_with_an_empty_line_before_it_stays():
    assert skipped(f"{ARTICLE}Read more:\n\nThree tanks more\n") == ["Read more:"]


@pytest.mark.parametrize(
    "label",
    ["Leave a Reply", "Laisser un commentaire", "Schreibe einen Kommentar", "Залишити коментар"],
)
def test_all_after_a_comment_form_goes(label):
    rest = f"{label}\n\nDouze canons, vraiment ? Vingt canons, dit mon voisin.\n"
    assert skipped(ARTICLE + rest) == [rest]


def test_a_link_to_the_comment_form_near_the_top_is_one_line():
    text = "Douze canons\nLeave a comment\n\n" + ARTICLE * 20
    assert skipped(text) == ["Leave a comment"]


def test_a_headline_said_twice_is_no_boilerplate():
    assert skipped(f"Douze canons livrés\n\nDouze canons livrés\n\n{ARTICLE}") == []


def test_windows_line_ends():
    assert skipped("Douze canons.\r\nRead more: Tanks\r\nFin.\r\n") == ["Read more: Tanks\r"]


def test_every_beginning_is_written_as_it_is_looked_for():
    path = resources.files("intendance.reading._input").joinpath("data/boilerplate.toml")
    rules = tomllib.loads(path.read_text(encoding="utf-8"))["rule"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        for start in rule["starts"]:
            assert start == start.lower().strip()
            assert "’" not in start
            assert start[0].isalpha() or start[0] == "©"


WORDS = st.sampled_from(
    ["Read more", "Leave a Reply", "\n", "\r\n", " ", ":", "Douze canons.", "©", "Titre", "«",
     "x" * 300]
)  # fmt: skip


@given(st.lists(WORDS, max_size=40).map("".join) | st.text(max_size=300), st.integers(0, 20))
def test_spans_are_sorted_disjoint_and_inside(text, start):
    position = min(start, len(text))
    for begin, end in boilerplate(text, position):
        assert position <= begin < end <= len(text)
        position = end
