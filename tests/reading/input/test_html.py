"""HTML: the article's text, block by block, and what the page says about itself."""

from __future__ import annotations

import pytest

from intendance.reading._input import document_from_bytes
from intendance.terms import UNKNOWN_TIME, span_of

SENTENCE = "<p>Le ministère a annoncé jeudi la livraison de douze canons à ses voisins du nord.</p>"

PAGE = f"""<!doctype html>
<html lang="fr-FR"><head><meta charset="utf-8"><title>Douze canons | Journal du Nord</title>
<meta property="og:title" content="Douze canons pour les voisins">
<meta property="og:site_name" content="Journal du Nord">
<meta property="article:published_time" content="2023-05-04T23:30:00+02:00">
<meta name="copyright" content="© Journal du Nord">
<link rel="canonical" href="https://example.org/douze-canons">
<style>p {{ color: red }}</style><script>if (a<b) {{ document.write("<div>") }}</script></head>
<body><header><nav><ul><li><a href="/">Accueil</a></li><li><a href="/m">Monde</a></li></ul></nav>
</header><main><article><h1>Douze canons pour les voisins</h1>{SENTENCE * 6}
<figure><img src="a.jpg" alt="Texte de remplacement"><figcaption>Légende : un canon</figcaption>
</figure><p>Le premier lot arrive en juin.<br>Le second suit en juillet.</p>
<ul><li>quatre obusiers</li><li>huit mortiers</li></ul>
<svg><text>Dessin</text></svg><!-- une remarque -->
<div class="related-posts"><h3>Articles liés</h3><p>Les chars partent demain</p></div></article>
<section id="comments" class="comments-area"><p>Bravo, dit un lecteur.</p></section></main>
<aside><p>Lettre du soir</p></aside><footer><p>Qui sommes-nous</p></footer></body></html>"""


def read(html: str, **options):
    return document_from_bytes(html.encode(), "pages/a.html", **options)


def head(inside: str):
    return read(f"<html><head>{inside}</head><body>{SENTENCE}</body></html>")


def test_a_page_says_what_it_is():
    document = read(PAGE)
    assert document.kind == "page"
    assert document.title == "Douze canons pour les voisins"
    assert document.publisher == "Journal du Nord"
    assert document.language == "fr"
    assert document.terms == "© Journal du Nord"
    assert document.address == "https://example.org/douze-canons"
    assert (document.published.start, document.date_from) == ("2023-05-04", "metadata")
    assert document.notes == ()


def test_the_article_stays_and_all_else_goes():
    text = read(PAGE).text
    assert text.count("Le ministère a annoncé") == 6
    for gone in (
        "Accueil", "Légende", "remplacement", "Articles liés", "Bravo", "Lettre", "Qui sommes",
        "Dessin", "remarque", "write", "color",
    ):  # fmt: skip
        assert gone not in text


def test_blocks_stand_on_lines_of_their_own():
    lines = [line.strip() for line in read(PAGE).text.split("\n") if line.strip()]
    assert lines[0] == "Douze canons pour les voisins"
    assert lines[-4:] == [
        "Le premier lot arrive en juin.",
        "Le second suit en juillet.",
        "• quatre obusiers",
        "• huit mortiers",
    ]


def test_the_same_page_gives_the_same_document():
    assert read(PAGE) == read(PAGE)


@pytest.mark.parametrize("depth", range(5))
@pytest.mark.parametrize("tag", ["ul", "ol"])
def test_lists_are_kept_at_any_depth_and_not_numbered(depth, tag):
    items = "".join(f"<li><a href='/{n}'>lot</a> de {n} canons</li>" for n in (4, 5, 6))
    body = "<div>" * depth + SENTENCE * 8 + f"<{tag}>{items}</{tag}>" + "</div>" * depth
    text = read(f"<html><body>{body}</body></html>").text
    assert [line.strip() for line in text.split("\n")[-3:]] == [
        "• lot de 4 canons", "• lot de 5 canons", "• lot de 6 canons",
    ]  # fmt: skip


def test_lists_of_links_go():
    menu = "<ul><li><a href=/a>Accueil du site</a></li><li><a href=/b>Monde entier</a></li></ul>"
    assert "Accueil" not in read(f"<html><body><div>{menu}</div>{SENTENCE * 8}</body></html>").text


def test_tables_keep_their_rows():
    table = "<table><tr><td>Obusier</td><td>4</td></tr><tr><td>Char</td><td>2</td></tr></table>"
    text = read(f"<html><body><article>{SENTENCE * 8}{table}</article></body></html>").text
    assert [line.split() for line in text.split("\n")[-2:]] == [["Obusier", "4"], ["Char", "2"]]


def test_a_page_that_is_hard_is_looked_at_again():
    paragraphs = "".join(
        f"<div>{n} canons et leurs munitions partent demain.</div>" for n in range(9)
    )
    text = read(f"<html><body><div class='nav-footer menu'>{paragraphs}</div></body></html>").text
    assert [line.split()[0] for line in text.split("\n") if line] == [str(n) for n in range(9)]


@pytest.mark.parametrize(
    ("meta", "day"),
    [
        ('<meta property="article:published_time" content="2022-03-16T13:28-04:00">', "2022-03-16"),
        ('<meta name="DC.date.issued" content="2022-03">', "2022-03"),
        ('<meta itemprop="datePublished" content="20220316">', "2022-03-16"),
        ('<meta name="date" content="Wed, 16 Mar 2022 13:28:18 GMT">', "2022-03-16"),
        ('<meta name="pubdate" content="le 16 mars 2022">', "2022-03-16"),
        ('<meta name="date" content="March 16, 2022">', "2022-03-16"),
        ('<meta name="date" content="16.03.2022">', "2022-03-16"),
        ('<meta name="date" content="16/03/2022">', "2022-03-16"),
        ('<meta name="date" content="03/16/2022">', "2022-03-16"),
        ('<meta name="date" content="16 березня 2022">', "2022-03-16"),
        ('<meta name="date" content="mars 2022">', "2022-03"),
        (
            """<script type="application/ld+json">{"@graph": [
                {"@type": "WebPage", "datePublished": "2001-01-01"},
                {"@type": ["NewsArticle"], "datePublished": "2022-03-16"}]}</script>""",
            "2022-03-16",
        ),
    ],
)  # fmt: skip
def test_dates_of_metadata(meta, day):
    document = head(meta)
    expected = span_of(day)
    assert (document.published.start, document.published.end) == (expected.start, expected.end)
    assert document.date_from == "metadata"


def test_a_marked_time_element_and_times_that_agree():
    one = read("<html><body><time class='entry-date published' datetime='2022-03-16'>x</time>"
               f"<time datetime='2023-01-01'>y</time>{SENTENCE}</body></html>")  # fmt: skip
    assert one.published.start == "2022-03-16"
    two = read("<html><body><time datetime='2022-03-16T01:00'>x</time>"
               f"<time datetime='2022-03-16'>y</time>{SENTENCE}</body></html>")  # fmt: skip
    assert two.published.start == "2022-03-16"


def test_times_that_differ_say_nothing():
    document = read("<html><body><time datetime='2022-03-16'>x</time>"
                    f"<time datetime='2022-03-17'>y</time>{SENTENCE}</body></html>")  # fmt: skip
    assert document.published == UNKNOWN_TIME


def test_a_date_in_the_text_or_the_address_is_not_the_page_s():
    document = read(f"<html><head><link rel=canonical href='https://e.org/2022/03/16/a'></head>"
                    f"<body><p>Publié le 16 mars 2022</p>{SENTENCE}</body></html>")  # fmt: skip
    assert document.published == UNKNOWN_TIME


@pytest.mark.parametrize("stated", ["2023-02-30", "03/04/2022", "0001-01-01T00:00:00Z", "hier"])
def test_dates_that_are_none_are_unknown_and_noted(stated):
    document = head(f'<meta property="article:published_time" content="{stated}">')
    assert (document.published, document.date_from) == (UNKNOWN_TIME, "unknown")
    assert document.notes == (f"article:published_time '{stated}' is no date, or could be two",)


def test_the_next_date_is_taken_after_one_that_is_none():
    document = head('<meta property="article:published_time" content="2023-02-30">'
                    '<meta name="date" content="2023-02-28">')  # fmt: skip
    assert document.published.start == "2023-02-28"
    assert len(document.notes) == 1


@pytest.mark.parametrize("charset", ["windows-1251", "iso-8859-2", "koi8-r", "gbk", "latin1"])
def test_the_declared_encoding_is_used(charset):
    words = {"windows-1251": "гармати", "koi8-r": "гармати", "gbk": "大炮", "iso-8859-2": "działa"}
    word = words.get(charset, "élan")
    html = f'<html><head><meta charset="{charset}"></head><body><p>{word} 12</p></body></html>'
    assert document_from_bytes(html.encode(charset), "a.html").text == f"{word} 12"


def test_a_declared_encoding_that_is_wrong_gives_way_to_utf_8():
    html = '<html><head><meta charset="shift_jis"></head><body><p>été à l’été</p></body></html>'
    document = document_from_bytes(html.encode(), "a.html")
    assert document.text == "été à l’été"
    assert document.notes == ("stated encoding 'shift_jis', read as UTF-8",)


@pytest.mark.parametrize(
    ("end", "inside"),
    [
        ('<p>Et <a href="x', "tag"),
        ("<!-- et", "comment"),
        ("<script>let a", "script"),
        ("<style>p {", "style"),
        ("<? et", "declaration"),
    ],
)
def test_a_page_that_is_cut_off_is_read_as_far_as_it_goes(end, inside):
    document = read(f"<html><body><p>Deux canons.</p>{end}")
    assert document.text.startswith("Deux canons.")
    assert document.notes == (f"the page ends inside a {inside}",)


def test_boilerplate_is_marked_in_the_text_of_a_page_too():
    document = read(f"<html><body><article>{SENTENCE * 8}<p>Lire aussi : Trois chars</p></article>")
    ((start, end),) = document.skip
    assert document.text[start:end] == "Lire aussi : Trois chars"


def test_a_title_without_marks_is_found():
    assert (
        read(f"<html><body><h1>Douze canons</h1>{SENTENCE}</body></html>").title == "Douze canons"
    )
    page = f"<html><head><title>Douze canons</title></head><body>{SENTENCE}</body></html>"
    assert read(page).title == "Douze canons"


def test_names_hold_no_broken_characters():
    document = head('<script type="application/ld+json">{"@type": "NewsArticle", "headline":'
                    ' "a\\ud800b\\u0000c", "publisher": {"name": "N"}}</script>')  # fmt: skip
    assert document.title == "a?bc"
    assert document.publisher == "N"
