"""Markdown: the file unchanged, its front matter read and passed over."""

from __future__ import annotations

import pytest

from intendance.reading._input import document_from_bytes
from intendance.terms import UNKNOWN_TIME, IntendanceError, span_of

FRONT = """---
title: "Vier Fahrzeuge f\\u00fcr den Nachbarn"
date: '2022-03-16'
source_url: https://example.org/vier
publisher: Nordkurier # eine Zeitung
lang: de-DE
licence: CC BY 4.0
tags:
  - heer
---
"""
BODY = "\n# Überschrift\n\nVier *Fahrzeuge* fahren.\n"


def read(text: str, address: str = "a.md"):
    return document_from_bytes(text.encode(), address)


def test_front_matter_is_read_and_passed_over():
    document = read(FRONT + BODY)
    assert document.text == FRONT + BODY
    assert document.skip == ((0, len(FRONT)),)
    assert document.kind == "markdown"
    assert document.title == "Vier Fahrzeuge für den Nachbarn"
    assert document.publisher == "Nordkurier"
    assert document.address == "https://example.org/vier"
    assert document.language == "de"
    assert document.terms == "CC BY 4.0"
    assert (document.published, document.date_from) == (span_of("2022-03-16"), "metadata")


def test_a_heading_is_the_title_where_none_is_stated():
    assert read("# Vier Fahrzeuge #\n\nSie fahren.\n").title == "Vier Fahrzeuge"
    assert read("Vier Fahrzeuge\n").title is None


def test_lines_end_as_they_do_elsewhere():
    document = read((FRONT + BODY).replace("\n", "\r\n"))
    assert document.title == "Vier Fahrzeuge für den Nachbarn"
    assert document.text[document.skip[0][1] :].startswith("\r\n# Über")


def test_a_quoted_value_goes_on_in_the_next_line():
    document = read('---\ntitle: "Vier\\_Fahrzeuge\\\n  \\ fahren\n  heute"\n---\nText\n')
    assert document.title == "Vier Fahrzeuge fahren heute"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("published_time: 2022-03-16 13:28:18-04:00", "2022-03-16"),
        ("published: 2022-03", "2022-03"),
        ("Date: 16 March 2022", "2022-03-16"),
    ],
)
def test_dates(line, day):
    expected = span_of(day)
    published = read(f"---\n{line}\n---\nText\n").published
    assert (published.start, published.end) == (expected.start, expected.end)


def test_a_date_that_is_none_is_unknown_and_noted():
    document = read("---\ndate: 2023-02-30\n---\nText\n")
    assert document.published == UNKNOWN_TIME
    assert document.notes == ("date '2023-02-30' is no date, or could be two",)


def test_the_day_of_a_change_is_not_the_day_of_publication():
    assert read("---\nmodified_time: 2022-03-16\n---\nText\n").published == UNKNOWN_TIME


def test_a_leading_date_in_the_text_comes_first():
    document = read("---\ndate: 2022-03-16\n---\ndate 2022-04 Text\n")
    assert (document.published, document.date_from) == (span_of("2022-04"), "text")
    assert document.text[document.skip[0][1] :] == "Text\n"


def test_a_source_that_is_no_address_is_the_publisher():
    document = read("---\nsource: Nordkurier\n---\nText\n")
    assert (document.publisher, document.address) == ("Nordkurier", "a.md")


def test_front_matter_in_a_text_file():
    assert read(FRONT + BODY, "a.txt").title == "Vier Fahrzeuge für den Nachbarn"


@pytest.mark.parametrize("text", ["---\n\nText und mehr\n", "---\nText\n---\nMehr: Text\n"])
def test_a_rule_across_the_page_is_no_front_matter(text):
    document = read(text)
    assert document.text == text
    assert document.skip == ()


def test_front_matter_that_is_not_closed():
    with pytest.raises(IntendanceError) as caught:
        read("---\ntitle: Vier\n\nText\n")
    assert caught.value.code == "input.front-matter"
    assert str(caught.value) == "Expected a closing '---', got none - at a.md, line 1"


def test_front_matter_with_a_line_that_is_no_entry():
    with pytest.raises(IntendanceError) as caught:
        read("---\ntitle: Vier\nund fünf\n---\nText\n")
    assert caught.value.code == "input.front-matter"
    assert str(caught.value) == "Expected 'key: value', got 'und fünf' - at a.md, line 3"


def test_front_matter_and_nothing_else():
    with pytest.raises(IntendanceError) as caught:
        read(FRONT)
    assert caught.value.code == "input.empty"
