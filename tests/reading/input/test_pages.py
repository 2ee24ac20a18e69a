"""Pages of many makes, in words of our own: what is the report's stays, and all else goes.

In the pages, ``data-keep`` marks what must be a line of the text, ``data-gone`` what must not be
in it, and ``data-skip`` what is a line that is passed over as boilerplate.
"""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from intendance.reading._input import document_from_bytes

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))
MARKED = re.compile(r"<(\w[\w-]*)[^>]* data-(keep|gone|skip)>(.*?)(?:</\1>|<ul>)", re.DOTALL)


def plain(words: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", words)).split())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_what_is_the_report_s_stays_and_all_else_goes(path):
    data = path.read_bytes()
    document = document_from_bytes(data, path.name)
    text = document.text
    lines = [line.strip().removeprefix("•").strip() for line in text.split("\n")]
    cells = [cell for line in lines for cell in line.split("\t")]
    skipped = [plain(text[start:end]) for start, end in document.skip]
    marked = MARKED.findall(data.decode())
    assert len(marked) >= 5
    missing = [plain(words) for _, mark, words in marked
               if mark == "keep" and plain(words) not in lines + cells]  # fmt: skip
    left = [plain(words) for _, mark, words in marked if mark == "gone" and plain(words) in text]
    read = [plain(words) for _, mark, words in marked
            if mark == "skip" and plain(words) in text and plain(words) not in skipped]  # fmt: skip
    assert (missing, left, read) == ([], [], [])


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_what_stays_keeps_its_order(path):
    data = path.read_bytes()
    text = " ".join(document_from_bytes(data, path.name).text.split())
    places = [text.find(plain(words)) for _, mark, words in MARKED.findall(data.decode())
              if mark == "keep"]  # fmt: skip
    assert places == sorted(places)


def test_a_list_stays_a_list():
    document = document_from_bytes(
        (PAGES[0].parent / "ministry-release.html").read_bytes(), "a.html"
    )
    bullets = [line.strip() for line in document.text.split("\n") if line.strip().startswith("•")]
    assert len(bullets) == 10


LONG = "Nine patrol boats were handed over before the winter, the ministry said on Monday. " * 5


def test_links_in_a_table_of_facts_stay():
    links = "<a href=/a>launchers</a>, <a href=/b>radars</a>, <a href=/c>trucks</a>"
    table = f"<table><tr><td>Package 4</td><td>{links}</td></tr></table>"
    page = f"<html><body><p>{LONG}</p>{table}</body></html>"
    assert "launchers, radars, trucks" in document_from_bytes(page.encode(), "a.html").text


def test_menus_inside_menus_go_with_the_outer_one():
    links = "".join(f"<a href=/{n}>Page {n}</a> " for n in range(9))
    inner = f"<table><tr><td>{links}</td><td>{links}</td></tr></table>"
    page = f"<html><body><table><tr><td>{inner}</td><td><p>{LONG}</p></td></tr></table>"
    text = document_from_bytes(page.encode(), "a.html").text
    assert "Page 3" not in text
    assert "Nine patrol boats" in text
