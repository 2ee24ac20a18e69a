"""Normalisation keeps every offset: one character in, one character out."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from intendance.reading._text import fold_case, normalise

ANY = st.text(st.characters(), max_size=200)


@given(ANY)
@example("İİ ŉ ß ǰ ΐ")
@example("\ud800\udfff\ud800")
@example("\U0001f1fa\U0001f1e6")
def test_length_is_kept(text: str) -> None:
    assert len(normalise(text)) == len(text)
    assert len(fold_case(text)) == len(text)


@given(ANY)
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert fold_case(fold_case(once)) == fold_case(once)


@given(ANY, ANY)
def test_each_character_goes_its_own_way(one: str, other: str) -> None:
    assert normalise(one + other) == normalise(one) + normalise(other)


@given(st.text(st.characters(categories=("L", "N")), max_size=100))
def test_letters_and_digits_stay(text: str) -> None:
    assert normalise(text) == text.translate({0x02BC: "'"})


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("l\u2019arm\u00e9e", "l'arm\u00e9e"),
        ("\u00ab\u00a0oui\u00a0\u00bb", '" oui "'),
        ("20\u202f000", "20 000"),
        ("SAMP\u2215T", "SAMP/T"),
        ("F\u201116", "F-16"),
        ("2022\u20142023", "2022\u20132023"),
        ("a\tb\u200bc\ufeffd", "a b c d"),
        ("\u201cplus lourd\u201d", '"plus lourd"'),
    ],
)
def test_rare_marks_become_plain(text: str, wanted: str) -> None:
    assert normalise(text) == wanted


def test_line_ends_stay() -> None:
    assert normalise("un\r\ndeux\n") == "un\r\ndeux\n"


def test_capitals_that_would_grow_stay_as_they_are() -> None:
    assert fold_case("İZMİR Kiev") == "İzmİr kiev"
