"""A page holds no script, fetches nothing, and shows what texts from outside say as text."""

from __future__ import annotations

import base64
import hashlib
import re

from intendance.render import (
    Citation,
    Column,
    Line,
    Page,
    Row,
    Section,
    Table,
    page_html,
    page_markdown,
    safe_link,
)

EVIL = "<script>alert(1)</script>\u202e"
PAGE = Page(
    title=f"Account {EVIL}",
    language="en",
    facts=("3 reports",),
    sections=(
        Section(
            title="Promised",
            intro="What was promised.",
            table=Table((Column("donor"), Column("n", "right")), [Row((EVIL, "4"))]),
            lines=(
                Line("Four.", (Citation(EVIL, "A paper", "2023", "https://example.org/a?b=1&c"),)),
                Line("One.", (Citation("said", "B", "undated", "javascript:alert(1)", "s1"),), 1),
            ),
        ),
    ),
    foot="End.",
)


def test_html_is_self_contained_and_escaped() -> None:
    html = page_html(PAGE)
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\\u202e" in html
    assert "\u202e" not in html
    assert "javascript:" not in html
    assert not re.search(r"\s(src|srcset|style|on\w+)=", html)
    assert 'href="https://example.org/a?b=1&amp;c"' in html


def test_the_policy_allows_the_page_its_own_style_alone() -> None:
    html = page_html(PAGE)
    style = re.search(r"<style>(.*)</style>", html, re.DOTALL)
    assert style is not None
    expected = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{expected}'" in html


def test_markdown_holds_the_same() -> None:
    lines = page_markdown(PAGE).splitlines()
    assert lines[0] == "# Account &lt;script&gt;alert(1)&lt;/script&gt;\\\\u202e"
    assert "| donor | n |" in lines
    assert "- Four." in lines
    assert "  - One." in lines
    assert "    > — B, undated, s1" in lines
    assert lines[-1] == "End."


def test_only_the_webs_own_schemes_are_links() -> None:
    assert safe_link("https://example.org")
    assert not safe_link("javascript:alert(1)")
    assert not safe_link("data:text/html,x")
