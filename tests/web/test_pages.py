"""Pages without a browser: what they say, in both languages, and what they never do."""

from __future__ import annotations

import re

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from intendance.web._routes import routes
from intendance.web._views.language import own_address

Client = TestClient[Litestar]

_PAGES = [each.path for each in routes() if each.kind == "page" and "{" not in each.path]


@pytest.mark.parametrize("path", _PAGES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_page_is_whole_html_with_no_inline_code(client: Client, path: str, language: str) -> None:
    page = client.get(path, headers={"Accept-Language": language}).text
    assert f'<html lang="{language}">' in page
    assert page.rstrip().endswith("</html>")
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", page)
    for script in re.findall(r"<script[^>]*>", page):
        assert "src=" in script or 'type="application/json"' in script
    assert not re.search(r'(?:src|href)="(?:https?:)?//(?!www\.w3\.org)[^"]*\.(?:js|css)', page)


def test_the_ledger_is_searched_and_its_facets_lead_on(client: Client) -> None:
    page = client.get("/ledger?donor=DEU&stage=delivered", headers={"Accept-Language": "en"}).text
    assert "Germany" in page
    assert 'href="/ledger?donor=DEU&amp;stage=delivered&amp;recipient=UKR"' in page
    assert 'href="/ledger?donor=DEU" aria-current="true"' in page
    assert "<h2>6 commitments</h2>" in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 49),
        ("candidates=none", 34),
        ("candidates=only", 15),
        ("witnesses=2", 3),
        ("certainty=denied", 1),
        ("text=Bradley", 2),
        ("donor=Allemagne&item=Leopard 2A6", 1),
    ],
)
def test_a_search_leaves_so_many(client: Client, query: str, count: int) -> None:
    rows = client.get(f"/ledger/commitments.csv?{query}").text.splitlines()
    assert len(rows) == count + 1


def test_the_language_switch_keeps_the_choice_and_goes_back(client: Client) -> None:
    answer = client.post(
        "/language", data={"chosen": "fr", "to": "/ledger?stage=delivered&language=en"},
        follow_redirects=False,
    )  # fmt: skip
    assert answer.status_code == 303
    assert answer.headers["location"] == "/ledger?stage=delivered"
    assert "intendance_language=fr" in answer.headers["set-cookie"]
    client.cookies.clear()


@pytest.mark.parametrize("to", ["//example.org", "/\\example.org", "https://example.org", "", None])
def test_the_switch_leads_nowhere_else(to: str | None) -> None:
    assert own_address(to) == "/"
