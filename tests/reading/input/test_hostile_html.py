"""Hostile HTML is refused before a parser sees it, and nothing but our own error comes out."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from intendance.reading._input import DEFAULT_LIMITS, Limits, document_from_bytes
from intendance.terms import IntendanceError

MANY = 20_000


def error(html: str, limits: Limits = DEFAULT_LIMITS) -> IntendanceError:
    with pytest.raises(IntendanceError) as caught:
        document_from_bytes(html.encode(), "a.html", limits=limits)
    return caught.value


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "x",
        "<div>" * MANY + "x" + "</div>" * MANY,
        "<b><p>" * MANY,
        "<li><dd>" * MANY,
        "<table>" * MANY,
        "<div><table><tr><td></div></table>" * 10_000,
        "<svg><foreignObject></svg></foreignObject><g>" + "<g>" * MANY + "x",
        "<ul><li>" * MANY,
    ],
    ids=lambda html: html[:20],
)
def test_too_deep(html):
    found = error(html)
    assert found.code == "input.too-deep"
    assert str(found) == "Expected at most 400 elements in one another, got more - at a.html"


def test_formatting_left_open():
    found = error("".join(f"<p><b id={n}>x" for n in range(300)) * 20, Limits(max_depth=10_000))
    assert found.code == "input.too-deep"
    found = error("".join(f"<b id={n}><table><tr><td></b></table>" for n in range(MANY)))
    assert str(found) == (
        "Expected at most 2000000 elements of formatting left open, got more - at a.html"
    )


def test_too_many_elements():
    found = error("<p>x" * 60_001)
    assert found.code == "input.too-large"
    assert str(found) == "Expected at most 60000 elements, got more - at a.html"


def test_elements_many_and_deep():
    found = error("<div>" * 390 + "<p>x</p>" * 30_000)
    assert found.code == "input.too-deep"
    assert str(found) == (
        "Expected at most 4000000 as the sum of the depths of all elements, got more - at a.html"
    )


def test_too_many_attributes():
    found = error("<p " + " ".join(f"a{n}=1" for n in range(MANY)) + ">x")
    assert found.code == "input.too-large"
    assert str(found) == "Expected at most 200 attributes in a tag, got more - at a.html"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>" + "x" * 3_000_000, "x" * 3_000_000),
        ("<p>two" + "<svg>" * MANY, "two"),
        ("<p>two" + "<template>" * MANY, "two"),
        ("<title>a" * MANY, "a" * MANY),
        ("<p>two<select>" + "<option>x" * MANY + "</select>", "two"),
        ("<p>two<script>" + "<!--<script>" * MANY, "two"),
        ("<p>two" + "<!--" * MANY, "two"),
        ("<p>two" + "<a b='x" * MANY, "two"),
        ("<p>two<!-->three", "twothree"),
        ("<p>two<!---->three", "twothree"),
        ("<p>two<!-- --!>three", "twothree"),
        ("<p>two</ x>three</>four", "twothreefour"),
        ("<p title='>'>two", "two"),
        ("<p x'>two", "two"),
        ('<p a="b"c>two', "two"),
        ("<p>two<title>x</title>", "two"),
        ("".join(f"<body a{n}=1>" for n in range(MANY)) + "two", "two"),
        ("<p>two<script type=application/ld+json>" + "[" * MANY + "</script>", "two"),
        ("<p>two" + "<meta name=a content=b>" * 10_000, "two"),
    ],
    ids=range(19),
)
def test_what_looks_hostile_and_can_be_read(html, text):
    found = document_from_bytes(html.encode(), "a.html").text
    assert found.replace(" ", "").replace("\n", "") == text


@pytest.mark.parametrize("failure", [ValueError, RecursionError, MemoryError])
def test_a_parser_that_fails_is_our_error(monkeypatch, failure):
    def fail(*_):
        raise failure

    monkeypatch.setattr("intendance.reading._input.html.page_metadata", fail)
    found = error("<p>two")
    assert found.code == "input.unreadable"
    assert str(found) == (
        f"Expected an HTML page that can be parsed, got '{failure.__name__}' from the parser"
        " - at a.html"
    )


def test_a_second_opinion_that_fails_changes_nothing(monkeypatch):
    asked = []

    def fail(*_, **__):
        asked.append(1)
        raise RuntimeError

    monkeypatch.setattr("trafilatura.extract", fail)
    monkeypatch.setattr("trafilatura.extract_metadata", fail)
    page = "<body><div class='menu'>" + "<div>two guns left</div>" * 9 + "</div></body>"
    document = document_from_bytes(page.encode(), "a.html")
    assert document.text.split("\n") == ["two guns left"] * 9
    assert document.title is None
    assert len(asked) == 2


TAGS = st.sampled_from(
    ["html", "head", "body", "title", "meta", "script", "style", "p", "div", "span", "a", "b",
     "i", "table", "tr", "td", "th", "ul", "ol", "li", "dl", "dt", "dd", "svg", "math",
     "select", "option", "form", "template", "object", "iframe", "textarea", "h1", "article",
     "nav", "figure", "figcaption", "br", "pre", "blockquote", "frameset", "noscript", "ruby",
     "rt", "button", "font", "nobr", "plaintext", "time"]
)  # fmt: skip
PIECES = st.one_of(
    TAGS.map("<{}>".format),
    TAGS.map("</{}>".format),
    TAGS.map('<{} a="'.format),
    TAGS.map("<{} class='x' datetime=2022-02-30 content=x name=date".format),
    st.sampled_from(
        ["<!--", "-->", "<![CDATA[", "]]>", "&#xd800;", "&#0;", "\ufeff", "<", ">", "\n", "---\n",
         "<script type=application/ld+json>", '{"@type": "Article", "datePublished": 3}', "\u202e"]
    ),
    st.text(max_size=20),
)  # fmt: skip
SOUP = st.lists(PIECES, max_size=60).map("".join)


def _checked(raised: IntendanceError) -> object:
    assert raised.code.startswith("input.")
    return raised.record()


def outcome(data: bytes, address: str) -> object:
    try:
        document = document_from_bytes(data, address)
    except IntendanceError as raised:
        return _checked(raised)
    assert document.text
    document.text.encode()
    position = 0
    for start, end in document.skip:
        assert position <= start < end <= len(document.text)
        position = end
    return document


@settings(deadline=None)
@given(SOUP, st.sampled_from(["a.html", "a.md", "a.txt", "a"]), st.integers(0, 40))
@example("<table><b><p></table><svg><p></b>two", "a.html", 0)
def test_mutated_markup_gives_a_document_or_our_error(soup, address, cut):
    data = soup.encode("utf-8", "surrogatepass")
    data = data[: max(0, len(data) - cut)] if cut > 20 else data
    assert outcome(data, address) == outcome(data, address)


@settings(deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.html", "a.md", "a.txt", "a.gz"]))
@example(b"\xff\xfe", "a.txt")
@example(b"\x1f\x8b\x08", "a.gz")
@example(b"---\n", "a.md")
def test_any_bytes_give_a_document_or_our_error(data, address):
    outcome(data, address)
    for mark in (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x1f\x8b\x08\0\0\0\0\0\0\0"):
        outcome(mark + data, address)
