"""Searching the ledger: words, facets, clocks, files; with and without scripts."""

from __future__ import annotations

import csv
from typing import Any

import pytest

BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
LANGUAGES = pytest.mark.parametrize("language", ["en", "fr"])


@BOTH
@LANGUAGES
def test_a_search_by_donor_leaves_that_donor(
    browse: Any, address: str, language: str, scripts: bool
) -> None:
    page = browse(address + "/ledger", language, scripts=scripts)
    page.fill("#donor", "Allemagne" if language == "fr" else "Germany")
    page.locator("form.filter button").click()
    page.wait_for_url("**donor=**")
    page.locator("#results h2").filter(has_text="13").wait_for()
    donors = page.locator("#results tbody td:nth-child(2)").all_inner_texts()
    assert all(("Allemagne" if language == "fr" else "Germany") in each for each in donors)


@BOTH
def test_a_facet_narrows_and_widens_again(browse: Any, address: str, scripts: bool) -> None:
    page = browse(address + "/ledger", "en", scripts=scripts)
    page.locator(".facets a").filter(has_text="United States").click()
    page.wait_for_url("**donor=USA**")
    assert page.locator("#results h2").inner_text() == "9 commitments"
    chosen = page.locator(".facets a[aria-current]")
    assert chosen.count() == 1
    chosen.click()
    page.wait_for_url("**/ledger")
    assert page.locator("#results h2").inner_text() == "49 commitments"


def test_a_choice_is_searched_at_once_and_the_way_back_works(browse: Any, address: str) -> None:
    page = browse(address + "/ledger", "en")
    page.select_option("#stage", "delivered")
    page.wait_for_url("**stage=delivered**")
    first = page.locator("#results h2").inner_text()
    page.select_option("#candidates", "none")
    page.wait_for_url("**candidates=none**")
    assert page.locator("#results h2").inner_text() != first
    page.go_back()
    page.wait_for_url("**candidates=&**")
    page.locator("#results h2").filter(has_text=first).wait_for()


@LANGUAGES
def test_the_past_is_shown_as_it_was_known(browse: Any, address: str, language: str) -> None:
    page = browse(address + "/ledger", language, scripts=False)
    page.fill("#as_of", "2023-01-31")
    page.locator("form.filter button").click()
    assert "2023-01-31" in page.locator("#results").inner_text()
    count = int(page.locator("#results h2").inner_text().split()[0])
    assert 0 < count < 49
    page.locator("#results tbody a").first.click()
    assert "as_of=2023-01-31" in page.url


@LANGUAGES
def test_nothing_found_is_said(browse: Any, address: str, language: str) -> None:
    page = browse(address + "/ledger?text=zzzzzz", language)
    empty = {"en": "No commitments match.", "fr": "Aucun engagement"}[language]
    assert empty in page.locator("#results").inner_text()


def test_what_a_page_shows_is_also_a_file(browse: Any, address: str) -> None:
    page = browse(address + "/ledger?donor=USA", "en")
    with page.expect_download() as waiting:
        page.locator("#results .files a").filter(has_text="CSV").click()
    with waiting.value.path().open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    assert len(rows) == 9
    assert {row["recipient"] for row in rows} <= {"UKR", "european-allies"}


@BOTH
@pytest.mark.parametrize(
    ("first", "second", "word"), [("en", "fr", "Registre"), ("fr", "en", "Ledger")]
)
def test_the_switch_changes_the_language_for_good(
    browse: Any, address: str, scripts: bool, first: str, second: str, word: str
) -> None:
    page = browse(address + "/ledger?donor=USA", first, scripts=scripts)
    page.locator(".who button").click()
    page.wait_for_url("**/ledger?donor=USA")
    assert page.locator("html").get_attribute("lang") == second
    assert page.locator("h1").inner_text() == word
    page.goto(address + "/conflicts")
    assert page.locator("html").get_attribute("lang") == second


@LANGUAGES
def test_from_the_overview_to_the_words_behind_a_figure(
    browse: Any, address: str, language: str
) -> None:
    page = browse(address + "/", language)
    page.locator(".tiles a").nth(2).click()
    page.wait_for_url("**/conflicts**")
    page.locator("tbody a").first.click()
    quote = page.locator("blockquote").first
    assert quote.locator("mark").inner_text()
    quote.locator("footer a").first.click()
    page.wait_for_url("**/reports/**")
    assert page.locator("article.text mark").count()


@LANGUAGES
def test_two_plans_are_compared(browse: Any, address: str, language: str) -> None:
    page = browse(address + "/plans/low-stocks", language, scripts=False)
    page.locator("form.filter button").click()
    assert "/compare?other=high-stocks" in page.url
    assert page.locator("#differences tbody tr").count() > 3
