"""Plain text: the decoded file unchanged, with what is no part of the report marked."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from intendance.reading._input import Source, document_from_bytes, language_of, load_document
from intendance.terms import UNKNOWN_TIME, span_of

TEXT = "Deux obusiers partent.\r\n\r\n\tIls arrivent en mai – selon l’état-major.\n"


def test_text_is_the_file_as_decoded():
    document = document_from_bytes(TEXT.encode(), "notes/a.txt")
    assert document.text == TEXT
    assert document.kind == "article"
    assert document.address == "notes/a.txt"
    assert document.raw_hash == hashlib.sha256(TEXT.encode()).hexdigest()
    assert (document.title, document.publisher, document.language, document.terms) == (None,) * 4
    assert document.published == UNKNOWN_TIME
    assert document.date_from == "unknown"
    assert document.skip == ()


def test_a_byte_order_mark_goes_and_nothing_else():
    assert document_from_bytes(b"\xef\xbb\xbf" + TEXT.encode(), "a.txt").text == TEXT


@pytest.mark.parametrize("order", ["le", "be"])
def test_utf_16_with_its_mark(order):
    mark = {"le": b"\xff\xfe", "be": b"\xfe\xff"}[order]
    assert document_from_bytes(mark + TEXT.encode(f"utf-16-{order}"), "a.txt").text == TEXT


def test_windows_1252_where_it_is_plausible_and_said_so():
    data = "L’Élysée a confirmé l’envoi de véhicules « légers ».".encode("cp1252")
    document = document_from_bytes(data, "a.txt")
    assert document.text == "L’Élysée a confirmé l’envoi de véhicules « légers »."
    assert document.notes == ("no valid UTF-8, read as Windows-1252",)


@pytest.mark.parametrize(
    ("start", "span"),
    [
        ("date 2022-10 Les canons", "2022-10"),
        (" date 2022-10-05\nLes canons", "2022-10-05"),
        ("Date: 2022 Les canons", "2022"),
    ],
)
def test_a_leading_date_is_taken_from_the_text_and_passed_over(start, span):
    document = document_from_bytes(start.encode(), "a.txt", published=span_of("2001"))
    assert document.published == span_of(span)
    assert document.date_from == "text"
    ((begin, end),) = document.skip
    assert begin == 0
    assert document.text[end:].strip() == "Les canons"


@pytest.mark.parametrize("date", ["2023-02-30", "2023-13", "2023-1-1", "0001-01-01", "2023-005"])
def test_a_leading_date_that_is_none_is_unknown_and_noted(date):
    document = document_from_bytes(f"date {date} Les canons partent.".encode(), "a.txt")
    assert document.published == UNKNOWN_TIME
    assert document.date_from == "unknown"
    assert document.notes == (f"'date {date}' at the start of the text is no date",)


@pytest.mark.parametrize(
    "text", ["Le date 2022-10", "date 20223", "date 2022-10-05x", "dated 2022"]
)
def test_what_only_looks_like_a_leading_date_is_text(text):
    document = document_from_bytes(text.encode(), "a.txt")
    assert document.published == UNKNOWN_TIME
    assert document.skip == ()
    assert document.notes == ()


def test_the_option_dates_what_states_no_date():
    document = document_from_bytes(b"Two guns left.", "a.txt", published=span_of("2022-04"))
    assert (document.published, document.date_from) == (span_of("2022-04"), "option")


def test_a_file_is_loaded_and_its_own_date_never_used(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Deux canons.", encoding="utf-8")
    document = load_document(Source(str(path), str(path)))
    assert document.text == "Deux canons."
    assert not document.published.known


def test_turned_writing_is_noted_and_left():
    document = document_from_bytes("Two \u202eguns\u202c left.".encode(), "a.txt")
    assert document.text == "Two \u202eguns\u202c left."
    assert document.notes == (
        "2 characters that turn the direction of writing were left in the text",
    )


def test_language_is_declared_or_found_in_what_is_not_passed_over():
    text = "Leave a comment\nRead more: the best of the news for you and the family\n"
    text = "Les canons et les chars sont arrivés dans le port avec des munitions.\n" + text
    document = document_from_bytes(text.encode(), "a.txt")
    assert language_of(document) == "fr"


@pytest.mark.parametrize("ending", ["txt", "text", "news", ""])
def test_text_by_any_name(ending):
    document = document_from_bytes(b"Two guns left.", f"folder.d/a.{ending}")
    assert document.kind == "article"


def test_html_by_a_wrong_name_is_a_page():
    document = document_from_bytes(b"<!DOCTYPE html><title>T</title><p>Two guns left.", "a.txt")
    assert (document.kind, document.text, document.title) == ("page", "Two guns left.", "T")


def test_the_media_type_decides_where_it_is_known():
    assert document_from_bytes(b"<p>Two &amp; two", "x", "text/html").text == "Two & two"
    assert document_from_bytes(b"<p>Two", "x", "text/plain; charset=utf-8").kind == "article"
    latin = "élan".encode("latin-1")
    assert document_from_bytes(latin, "x", "text/plain; charset=ISO-8859-1").text == "élan"


def test_the_seeds_are_read_unchanged(seeds: list[Path]):
    dated = 0
    for path in seeds:
        document = load_document(Source(path.name, str(path)))
        assert document.text.encode() == path.read_bytes()
        assert language_of(document) == "fr"
        dated += document.published.known
    assert dated == 2
