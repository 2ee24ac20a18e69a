"""Feeds: a document for each entry, with what the feed says of it."""

from __future__ import annotations

import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intendance.reading._input import (
    Document,
    Piece,
    Skipped,
    Source,
    document_of,
    find_sources,
    pieces_of,
)
from intendance.terms import UNKNOWN_TIME, IntendanceError

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Courrier d&#8217;essai &amp;amp; Cie</title><link>https://example.org/</link>
<language>fr-FR</language><copyright>CC BY 4.0</copyright><item>
<media:title>Une image</media:title><title>Dix-huit canons livrés</title><link>/canons</link>
<pubDate>Thu, 04 May 2023 23:10:00 +0200</pubDate><description>Le résumé</description>
<content:encoded><![CDATA[<p>La France a livré 18 canons Caesar à l&rsquo;Ukraine.</p>
<figure><img src="a"><figcaption>Un canon</figcaption></figure>
<ul><li>6 obusiers</li><li>4 chars</li></ul>
<p>L’article <a href="x">Dix-huit canons livrés</a> est apparu en premier sur <a>Courrier</a>.</p>
]]></content:encoded></item>
<item><guid isPermaLink="false">77</guid><description>Deux lots&nbsp;partent demain.</description>
<dc:publisher>Agence du Nord</dc:publisher><dc:language>de</dc:language></item>
</channel></rss>"""

ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"
 xml:base="https://example.org/n/"><title type="text">Daily Test</title>
<updated>2023-01-01T00:00:00Z</updated>
<entry><title type="html">A &amp;amp; B send guns</title><link rel="enclosure" href="x.mp3"/>
<link href="b.html"/><id>tag:x</id><updated>2023-05-05T00:00:00Z</updated>
<published>2023-05-04T00:00:00Z</published><content type="xhtml"><div
 xmlns="http://www.w3.org/1999/xhtml"><p>Two guns &lt; three.</p><p>More.</p></div></content>
</entry>
<entry><title>Only a change</title><id>https://example.org/c</id><updated>2023-05-05</updated>
<source><title>The Other Paper</title></source><content src="https://example.org/c"/>
<summary type="text">Two &lt;b&gt; guns</summary></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Old Paper</title></channel><item><title>Two guns</title><link>https://example.org/g</link>
<dc:date>2003-05-04</dc:date></item></rdf:RDF>"""


def feed(text: str | bytes, address: str = "f.rss") -> list[Document]:
    data = text.encode() if isinstance(text, str) else text
    found = list(pieces_of(Source(address, data=data)))
    return [document_of(each) for each in found if isinstance(each, Piece)]


def error(text: str | bytes) -> tuple[str, str]:
    data = text.encode() if isinstance(text, str) else text
    (found,) = pieces_of(Source("f.xml", data=data))
    assert isinstance(found, Skipped)
    return found.error.code, found.error.message


def test_an_entry_of_rss():
    first, _ = feed(RSS)
    assert first.text.split("\n\n")[0] == "Dix-huit canons livrés"
    assert first.text.split("\n\n")[1] == "La France a livré 18 canons Caesar à l’Ukraine."
    assert [line.strip() for line in first.text.split("\n")[4:6]] == ["• 6 obusiers", "• 4 chars"]
    assert "Un canon" not in first.text
    assert first.title == "Dix-huit canons livrés"
    assert first.publisher == "Courrier d’essai & Cie"
    assert first.address == "https://example.org/canons"
    assert (first.published.start, first.date_from) == ("2023-05-04", "metadata")
    assert (first.language, first.terms, first.kind) == ("fr", "CC BY 4.0", "page")
    ((start, end),) = first.skip
    assert first.text[start:end].startswith("L’article Dix-huit canons livrés est apparu")


def test_an_entry_that_says_little():
    _, second = feed(RSS)
    assert second.text == "Deux lots\xa0partent demain."
    assert second.title is None
    assert second.address == "f.rss, entry 2"
    assert (second.publisher, second.language) == ("Agence du Nord", "de")
    assert second.published == UNKNOWN_TIME


def test_entries_of_atom():
    first, second = feed(ATOM)
    assert first.text.split("\n\n") == ["A & B send guns", "Two guns < three.", "More."]
    assert first.address == "https://example.org/n/b.html"
    assert (first.published.start, first.language) == ("2023-05-04", "en")
    assert first.publisher == "Daily Test"
    assert second.text == "Only a change\n\nTwo <b> guns"
    assert second.address == "https://example.org/c"
    assert second.publisher == "The Other Paper"


def test_the_date_of_a_change_is_not_that_of_publication():
    assert feed(ATOM)[1].published == UNKNOWN_TIME
    assert feed(ATOM)[1].notes == (
        "the feed states the date of a change only, not that of publication",
    )


def test_rss_1():
    (only,) = feed(RDF)
    assert only.text == "Two guns"
    assert (only.address, only.publisher) == ("https://example.org/g", "Old Paper")
    assert only.published.start == "2003-05-04"


def test_a_date_that_is_none_is_noted():
    (only,) = feed("<rss><channel><item><title>Two guns</title><pubDate>soon</pubDate>"
                   "</item></channel></rss>")  # fmt: skip
    assert only.notes == ("pubDate 'soon' is no date, or could be two",)


@pytest.mark.parametrize("coding", ["utf-16", "windows-1251", "utf-8-sig"])
def test_the_encoding_that_the_feed_states(coding):
    text = f'<?xml version="1.0" encoding="{coding.removesuffix("-sig")}"?>{RDF}'
    assert feed(text.replace("Two guns", "Дві гармати").encode(coding))[0].text == "Дві гармати"


def test_an_entry_read_again_has_the_same_hash_and_one_that_changed_another():
    one = [each.raw_hash for each in feed(RSS)]
    two = [each.raw_hash for each in feed(RSS.replace("Deux", "Trois"))]
    assert one[0] == two[0]
    assert one[1] != two[1]


ENTRY = "<rss><channel><item><title>&b;</title></item></channel></rss>"
DECLARES = "a feed that declares no entities, got '<!ENTITY'"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f'<!DOCTYPE z [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>{ENTRY}', DECLARES),
        (f'<!DOCTYPE z [<!ENTITY b SYSTEM "file:///etc/hostname">]>{ENTRY}', DECLARES),
        (f'<!-- <rss > --><!DOCTYPE z [<!ENTITY b "ha">]>{ENTRY}', DECLARES),
        (ENTRY, "well-formed XML, got 'Entity 'b' not defined"),
        (ENTRY.replace("</title>", "").replace("&b;", ""), "well-formed XML, got 'Opening and"),
        ("<rss><channel><item><title>a", "well-formed XML, got 'Premature end of data"),
        ("<rss>" + "<a>" * 5_000 + "</a>" * 5_000 + "</rss>", "well-formed XML, got 'Excessive"),
        ("<rss><channel><title>None</title></channel></rss>", "a feed with entries, got none"),
    ],
)
def test_a_feed_that_cannot_be_read_is_one_error(text, expected):
    code, message = error(text)
    assert code == "input.feed"
    assert message.startswith(f"Expected {expected}")
    assert message.endswith(" - at f.xml")


def test_an_external_document_type_is_not_fetched():
    old = '<!DOCTYPE rss PUBLIC "-//x//y" "http://127.0.0.1:9/rss.dtd">'
    assert feed(old + RDF.replace("Two", "Two &eacute;"))[0].text == "Two é guns"


def test_a_stray_control_character_does_not_cost_the_feed():
    assert feed(RDF.replace("Two guns", "Two\x0b guns"))[0].title == "Two guns"


def test_an_entry_without_words_is_skipped_alone():
    text = RDF.replace("</item>", "</item><item><title> - </title></item>")
    pieces = list(pieces_of(Source("f.rss", data=text.encode())))
    assert isinstance(pieces[1], Piece)
    with pytest.raises(IntendanceError) as caught:
        document_of(pieces[1])
    assert (caught.value.code, caught.value.where) == ("input.empty", "f.rss, entry 2")


def test_feeds_in_a_folder_are_found_by_their_content(tmp_path):
    (tmp_path / "a.xml").write_text(RSS, encoding="utf-8")
    (tmp_path / "b.xml").write_text("<invoice><sum>3</sum></invoice>", encoding="utf-8")
    (tmp_path / "c.atom").write_text(ATOM, encoding="utf-8")
    (tmp_path / "d.xml.gz").write_bytes(gzip.compress(RDF.encode()))
    found = list(find_sources([str(tmp_path)]))
    assert [len(list(pieces_of(each))) for each in found if isinstance(each, Source)] == [2, 2, 1]
    (skipped,) = [each for each in found if isinstance(each, Skipped)]
    assert skipped.error.code == "input.kind"
    assert skipped.error.message == (
        f"Expected a report or a feed, got XML that is none - at {tmp_path / 'b.xml'}"
    )


def test_a_feed_on_standard_input():
    (source,) = find_sources(["-"], io.BytesIO(RSS.encode()))
    assert isinstance(source, Source)
    assert len(list(pieces_of(source))) == 2


@given(st.text(max_size=200), st.booleans())
def test_any_text_of_an_entry_is_a_document_or_one_error(text, html):
    kind = "html" if html else "text"
    body = text.replace("&", "&amp;").replace("<", "&lt;")
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title>'
        f'<content type="{kind}">{body}</content></entry></feed>'
    )
    data = atom.encode("utf-8", "replace")
    for each in pieces_of(Source("f.atom", data=data)):
        if isinstance(each, Piece):
            assert document_of(each).text.startswith("T")
        else:
            assert isinstance(each, Skipped)
            assert each.error.code == "input.binary"
