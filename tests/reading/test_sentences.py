"""Sentences by offsets: no break before a lower-case letter, lists and headings line by line."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intendance.reading._text import Sentence, normalise, split_sentences


def pieces(text: str, skip: tuple[tuple[int, int], ...] = ()) -> list[str]:
    return [text[each.start : each.end] for each in split_sentences(text, skip)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Oslo livre. Rome attend.", ["Oslo livre.", "Rome attend."]),
        ("Oslo livre ! Rome attend ?", ["Oslo livre !", "Rome attend ?"]),
        ("des engins. systèmes antiaériens", ["des engins. systèmes antiaériens"]),
        ("des missiles guidés. et des obus", ["des missiles guidés. et des obus"]),
        ("Le Gén. Martin a parlé. Fin.", ["Le Gén. Martin a parlé.", "Fin."]),
        pytest.param(
            "Le gén. Martin a parlé.",
            ["Le gén. Martin a parlé."],
            marks=pytest.mark.xfail(reason="abbreviations are known with a capital only"),
        ),
        ("M. Durand a dit oui.", ["M. Durand a dit oui."]),
        ("J. K. Martin a signé.", ["J. K. Martin a signé."]),
        ('Il a dit "oui." Puis il part.', ['Il a dit "oui."', "Puis il part."]),
        ("Attendu... et livré.", ["Attendu... et livré."]),
        ("Un prix de 2.5 millions. Fin.", ["Un prix de 2.5 millions.", "Fin."]),
        ("Un titre court\nUne phrase suit.", ["Un titre court", "Une phrase suit."]),
        (
            "Comprend :\n- dix chars ;\n- six obusiers.",
            ["Comprend :", "dix chars ;", "six obusiers."],
        ),
        ("Comprend :\n1. dix chars\n2) six obusiers", ["Comprend :", "dix chars", "six obusiers"]),
        ("", []),
        (" \n \n", []),
    ],
)
def test_where_sentences_end(text: str, wanted: list[str]) -> None:
    assert pieces(text) == wanted


def test_a_wrapped_line_goes_on() -> None:
    text = "Le ministère norvégien de la Défense a annoncé hier soir\nla livraison de huit chars."
    assert pieces(text) == [text]


def test_paragraphs_and_bullets_are_marked() -> None:
    text = "Liste :\n\n- un char\n- un obusier\n\nFin."
    found = list(split_sentences(text))
    assert [each.bullet for each in found] == [False, True, True, False]
    assert [each.paragraph for each in found] == [1, 2, 3, 4]


def test_skipped_spans_are_left_out_and_divide() -> None:
    text = "Oslo livre. LIRE AUSSI ailleurs. Rome attend."
    start, end = text.index("LIRE"), text.index("Rome")
    assert pieces(text, ((start, end),)) == ["Oslo livre.", "Rome attend."]


ANY = st.text(st.one_of(st.characters(), st.sampled_from('.!?…\n -•"aÀé1 ')), max_size=150)


@given(ANY)
def test_sentences_are_in_order_inside_the_text_and_without_blank_ends(text: str) -> None:
    normal = normalise(text)
    last = 0
    for each in split_sentences(normal):
        assert last <= each.start < each.end <= len(text)
        piece = normal[each.start : each.end]
        assert piece == piece.strip()
        last = each.end


@given(ANY)
def test_nothing_but_space_and_list_marks_lies_between(text: str) -> None:
    normal = normalise(text)
    found = [Sentence(0, 0, 0, bullet=False), *split_sentences(normal)]
    for one, other in pairwise(found):
        between = normal[one.end : other.start].strip(" \n\r\t-*•–·◦▪.)0123456789")
        assert not any(each.isalpha() for each in between), between


@given(st.lists(st.sampled_from(["obus", "chars", "dix", "reçus"]), min_size=2, max_size=9))
def test_no_break_before_lower_case(words: list[str]) -> None:
    text = ". ".join(words)
    assert pieces(text) == [text]


@given(ANY, st.integers(0, 150), st.integers(0, 150))
def test_no_sentence_reaches_into_a_skipped_span(text: str, one: int, other: int) -> None:
    normal = normalise(text)
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    for each in split_sentences(normal, ((start, end),)):
        assert each.end <= start or each.start >= end


def test_blank_lines_before_a_line_do_not_make_it_longer() -> None:
    text = "Notre liste, par nation, du mardi matin\n30 chars"
    for blank in (0, 8, 40):
        found = list(split_sentences("\n" * blank + text))
        assert len(found) == 2
