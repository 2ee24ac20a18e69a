"""Characters that nobody sees, or takes for others: no figure is guessed, no offset moves."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intendance.reading import Reader
from intendance.reading._input import document_from_bytes
from intendance.reading._text import masked, torn_numbers

SENTENCE = "La France a livré {} canons Caesar à l'Ukraine."
UNSEEN = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202d\u202e\u2060\u2066\u2067\u00ad\ufeff"
    "\x07\x1b\u0327\ufe0f"
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def quantity(reader: Reader, figure: str) -> tuple[object, tuple[str, ...]]:
    reading = reader.read_text(SENTENCE.format(figure))
    (found,) = reading.statements
    assert reading.text[found.start : found.end] == found.quote
    assert (found.item, found.actors) == ("caesar", ("FRA",))
    low = found.quantity.low if found.quantity is not None else None
    return low, reading.notes


@pytest.mark.parametrize("unseen", UNSEEN)
@pytest.mark.parametrize("figure", ["1{}8", "1{}{}8", "1 000{}000", "1.{}000", "1{},5"])
def test_a_figure_with_something_unseen_inside_is_no_quantity(reader, unseen, figure):
    low, notes = quantity(reader, figure.replace("{}", unseen))
    assert low is None
    assert notes[-1].endswith("is no figure that can be trusted")


@pytest.mark.parametrize("figure", ["\u202e81\u202c", "\u202d81\u202c", "1 \u202e000", "\u202e81"])
def test_a_figure_that_is_shown_in_another_order_is_no_quantity(reader, figure):
    assert quantity(reader, figure)[0] is None


@pytest.mark.parametrize("figure", ["1٨", "٢2", "1８", "1𝟖", "١۸"])
def test_a_figure_of_two_scripts_is_no_quantity(reader, figure):
    low, notes = quantity(reader, figure)
    assert low is None
    start = SENTENCE.index("{")
    assert notes == (
        f"characters {start}-{start + 2}: {figure!a} is no figure that can be trusted",
    )


@pytest.mark.parametrize("figure", ["1O", "l8", "1о", "①⑧", "1²", "Ⅷ"])
def test_letters_and_signs_that_look_like_digits_are_no_figure(reader, figure):
    assert quantity(reader, figure)[0] is None


@pytest.mark.parametrize("figure", ["18", "١٨", "１８", "\u200e18\u200e", "18\u200f", "\ufeff18"])
def test_a_figure_of_one_script_is_one(reader, figure):
    assert quantity(reader, figure)[0] == 18


@pytest.mark.parametrize(
    ("words", "name"),
    [("La Fr\u0430nce a livré 18 canons Caesar à l'Ukraine.", "FRA"),
     ("La Pol\u043egne a livré 18 canons Caesar à l'Ukraine.", "POL")],
)  # fmt: skip
def test_a_name_with_a_letter_of_another_alphabet_is_said(reader, words, name):
    reading = reader.read_text(words)
    assert [each.actors for each in reading.statements] == [(name,)]
    (note,) = reading.notes
    assert note.startswith("characters 3-")
    assert "has letters of two alphabets, read as '" in note


def test_a_name_with_something_unseen_inside_is_no_other_name(reader):
    reading = reader.read_text("La Fr\u200bance a livré 18 canons Caesar à l'Ukraine.")
    assert not any(each.live for each in reading.statements)


def test_where_a_page_may_break_a_line_is_no_part_of_its_words():
    page = "<html lang=fr><p>La Fran&shy;ce a livré 1&#8203;8 canons Cae&shy;sar à l'Ukraine."
    document = document_from_bytes(page.encode(), "a.html")
    assert document.text == "La France a livré 18 canons Caesar à l'Ukraine."


def test_stray_control_characters_stay_and_are_said(reader):
    reading = reader.read_text("La France\x07 a livré 18 canons Caesar à l'Ukraine.")
    (found,) = reading.statements
    assert reading.text[found.start : found.end] == found.quote
    assert reading.notes == ("1 control characters were left in the text",)


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("10 .,٨８a\n" + UNSEEN), max_size=60))
def test_masking_keeps_the_length_and_touches_no_letter(text):
    spans = torn_numbers(text)
    assert spans == sorted(spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    changed = masked(text, spans)
    assert len(changed) == len(text)
    assert [at for at, each in enumerate(text) if each in "a\n"] == [
        at for at, each in enumerate(changed) if each in "a\n"
    ]


@pytest.mark.parametrize(
    "text",
    ["1" * 300_000 + "\u200b", "1 " * 100_000 + "\u200b", "1\u200b" * 50_000, "\u202e1" * 50_000],
)
def test_figures_without_end_take_no_time(text):
    assert len(masked(text, torn_numbers(text))) == len(text)


@pytest.mark.parametrize(
    "text",
    ["x" * 1_000_000, "18" * 500_000, "é" * 1_000_000, "\u200b" * 1_000_000, "canons," * 150_000,
     "Ukraine" * 140_000, "1," * 500_000],
    ids=["letters", "digits", "accents", "unseen", "items", "names", "figures"],
)  # fmt: skip
def test_a_megabyte_without_a_space_is_read(reader, text):
    reading = reader.read_text("La France a livré 18 canons Caesar à l'Ukraine.\n\n" + text)
    assert [each.quantity.low for each in reading.statements if each.quantity][:1] == [18]
