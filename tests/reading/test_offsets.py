"""For any text at all: quotes re-slice exactly, nothing raises, the same text reads the same."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from intendance.reading import Reader
from intendance.reading._input import DEFAULT_LIMITS
from intendance.terms import (
    ACTS,
    CERTAINTIES,
    IntendanceError,
    Reading,
    Statement,
    reading_id,
    statement_id,
)

CONTEXT = 32
SENTENCES = (
    "L'Estonie a livré neuf obusiers D-30 à l'Ukraine.",
    "Oslo en a promis huit autres d'ici 2027, a dit le ministre.",
    "« Nous enverrons 20\u202f000 obus de 155\u00a0mm », a promis la ministre.",
    "Le paquet de la Finlande à l'Ukraine comprend :\n- deux radars ;\n- des vêtements d'hiver.",
    "Prague a cédé ses T-72 à l'Ukraine en échange de quinze Leopard 2A4 allemands.",
    "L'agence a conclu un contrat-cadre de 2 milliards d'euros, dont 500 millions fermes.",
    "Selon Reuters, le premier des trois systèmes NASAMS norvégiens aurait été remis à Kiev.",
    "Rheinmetall produira 700\u00a0000 obus par an si l'Allemagne les paie.",
    "Lisbonne n'a pas livré les chars qu'elle avait promis ; elle en étudie la réparation.",
    "LIRE LA SUITE : la Suède livre des chars",
)
CHARACTER = st.one_of(
    st.characters(exclude_categories=["Cs"]),
    st.sampled_from("«»\"'’‘.,;:!?()-–…\n\t\r\u00a0\u202f\u200b0123456789%$€/"),
)
ANY = st.text(CHARACTER, max_size=120)
WORDS = sorted({word for sentence in SENTENCES for word in sentence.split()})


@st.composite
def spliced(draw: st.DrawFn) -> str:
    """Sentences of ours with characters put in, taken out or doubled anywhere."""
    text = " ".join(draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4)))
    for _ in range(draw(st.integers(0, 5))):
        one = draw(st.integers(0, len(text)))
        other = min(len(text), one + draw(st.integers(0, 6)))
        text = text[:one] + draw(st.text(CHARACTER, max_size=5)) + text[other:]
    return text


def sound(reading: Reading) -> None:
    """Everything that holds of every reading."""
    text = reading.text
    assert reading.report.statements == len(reading.statements)
    assert len({each.id for each in reading.statements}) == len(reading.statements)
    for said in reading.statements:
        assert said.report == reading.report.id
        assert 0 <= said.start < said.end <= len(text)
        assert said.quote == text[said.start : said.end]
        assert said.quote == said.quote.strip()
        assert said.prefix == text[max(0, said.start - CONTEXT) : said.start]
        assert said.suffix == text[said.end : said.end + CONTEXT]
        assert said.item_text in text
        _consistent(said)
    order = [(each.start, each.end, each.id) for each in reading.statements]
    assert order == sorted(order)


def _consistent(said: Statement) -> None:
    assert said.id == statement_id(said)
    assert said.act in ACTS
    assert said.certainty in CERTAINTIES
    assert said.rule
    assert said.language == "fr"
    assert len(set(said.actors)) == len(said.actors)
    assert said.joint == (len(said.actors) > 1)
    assert said.quantity.low is None or said.quantity.low >= 0
    if said.live:
        assert said.actors
        assert said.item is not None or said.money is not None
        assert said.certainty not in ("hearsay", "alleged")


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=150)
@given(text=spliced())
def test_our_sentences_torn_apart(read, text: str) -> None:
    reading = read(text)
    assert reading.text == text
    sound(reading)


@settings(deadline=None, max_examples=150)
@given(text=ANY)
@example("")
@example(" \n")
@example("\u202e\u2067Kiev\u0000")
@example("1" * 5000)
@example("dix " * 2000)
@example("L'Estonie a livré " * 400)
def test_any_characters(read, text: str) -> None:
    sound(read(text))


@settings(deadline=None, max_examples=150)
@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=40))
def test_our_words_in_any_order(read, words: list[str]) -> None:
    sound(read(" ".join(words)))


@settings(deadline=None, max_examples=60)
@given(text=spliced())
def test_reading_twice_gives_the_same(read, text: str) -> None:
    assert msgspec.json.encode(read(text)) == msgspec.json.encode(read(text))


@settings(deadline=None, max_examples=60)
@given(text=spliced())
def test_reading_from_bytes_keeps_offsets_or_says_why_not(reader: Reader, text: str) -> None:
    refused = ""
    try:
        reading = reader.read_text(text, address="report.txt")
    except IntendanceError as error:
        refused = error.code
    if refused:
        assert refused.startswith("input.")
        return
    for said in reading.statements:
        assert said.quote == reading.text[said.start : said.end]


@settings(deadline=None, max_examples=60)
@given(text=spliced(), blank=st.integers(1, 9))
def test_text_before_a_report_moves_its_offsets_and_no_more(read, text: str, blank: int) -> None:
    def said(whole: str, before: int) -> list[tuple[object, ...]]:
        # statements of one place are in the order of their identifiers, which offsets are part of
        return sorted(
            (each.start - before, each.end - before, each.act, each.item or "", each.quote)
            for each in read(whole).statements
        )

    assert said("\n" * blank + text, blank) == said(text, 0)


def test_curly_quotes_and_narrow_spaces_change_no_statement(read) -> None:
    plain = "L'Estonie a livré 9 000 obus à l'Ukraine."
    rare = plain.replace("'", "\u2019").replace(" ", "\u202f")
    one, other = read(plain).statements, read(rare).statements
    assert [(each.act, each.item, each.quantity.low) for each in one] == [
        (each.act, each.item, each.quantity.low) for each in other
    ]
    assert one
    assert [(each.start, each.end) for each in one] == [(each.start, each.end) for each in other]


def test_two_reports_alike_but_for_white_space_are_one_text(read) -> None:
    one, other = read("Oslo  livre\ndes chars."), read("Oslo livre des chars.")
    assert one.report.text_hash == other.report.text_hash
    assert one.report.id == other.report.id


def test_a_passage_without_ends_is_passed_over_and_noted(read) -> None:
    sentence = "L'Estonie a livré neuf obusiers D-30 à l'Ukraine."
    run = "des obus et " * 500
    reading = read(f"{sentence}\n\n{run}\n\n{sentence}")
    assert len(reading.statements) == 2
    assert any("no sentence, passed over" in each for each in reading.notes)


def test_the_limits_of_input_hold_for_a_text(reader: Reader) -> None:
    with pytest.raises(IntendanceError, match="at most"):
        reader.read_text("a" * (DEFAULT_LIMITS.max_bytes + 1))


def test_the_reading_names_reader_and_catalogue(reader: Reader, read) -> None:
    reading = read("Oslo livre des chars.")
    assert (reading.reader, reading.catalogue) == (reader.version, reader.catalogue.hash)
    assert reading_id(reading.report.id, reading.reader, reading.catalogue).startswith("g")
