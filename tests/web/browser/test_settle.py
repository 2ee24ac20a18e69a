"""Settling things: conflicts, statements by hand, corrections, undo."""

from __future__ import annotations

from typing import Any, Final

import pytest

LEOPARD: Final = "/commitments/cf6ad84d844112558b0cb"
CONFLICT: Final = "/conflicts/k5bff77bdc2254fbbfea0"
REPORT: Final = "/reports/rb89a3c11eceee4a5c192"
WAYS = pytest.mark.parametrize(
    ("language", "scripts"), [("en", True), ("fr", False)], ids=["en-scripts", "fr-plain"]
)


@WAYS
def test_one_side_is_preferred_and_the_decision_undone(
    browse: Any, own: str, language: str, scripts: bool
) -> None:
    page = browse(own + CONFLICT, language, scripts=scripts)
    side = page.locator(".side").nth(1)
    side.locator("input[name=why]").fill("two newspapers against one")
    side.locator("button[value=prefer]").click()
    page.locator(".banner.good").wait_for()
    assert "two newspapers against one" in page.locator(".banner.good").inner_text()
    page.goto(own + LEOPARD)
    assert page.locator(".banner.warn").count() == 0
    assert page.locator("#stages tbody tr").nth(1).locator("td").nth(1).inner_text() == "18"
    page.goto(own + CONFLICT)
    page.fill("#why-undo", "that was too quick")
    page.locator("form[action$=undo] button").click()
    page.locator(".banner.warn").wait_for()


def test_one_side_is_retracted(browse: Any, own: str) -> None:
    page = browse(own + CONFLICT)
    side = page.locator(".side").first
    side.locator("input[name=why]").fill("the agency corrected its story")
    side.locator("button[value=retract]").click()
    page.wait_for_url(f"**{CONFLICT}**")
    page.goto(own + "/decisions")
    assert "the agency corrected its story" in page.locator("#decisions").inner_text()


@WAYS
def test_the_sides_are_split_into_two_commitments(
    browse: Any, own: str, language: str, scripts: bool
) -> None:
    page = browse(own + CONFLICT, language, scripts=scripts)
    page.fill("#why-split", "two batches")
    page.locator("button[value=split]").click()
    page.wait_for_url("**/commitments/**")
    page.goto(own + "/conflicts")
    assert page.locator("#conflicts tbody tr").count() == 0


def test_two_commitments_are_merged_and_the_old_address_still_works(browse: Any, own: str) -> None:
    page = browse(own + "/commitments/cc1d1ae10e40ca78c72d1")
    page.select_option("#kind", "merge")
    page.fill("#other", "c7b28f15968c4a6e595ad")
    page.locator("input[name=ids]").first.check()
    page.fill("#why", "the same shells")
    page.locator("#settle button").click()
    page.wait_for_url("**/commitments/**")
    page.goto(own + "/commitments/c7b28f15968c4a6e595ad")
    assert "the same shells" in page.locator("#decisions").inner_text()


def test_a_chosen_quote_is_retracted(browse: Any, own: str) -> None:
    page = browse(own + LEOPARD, "fr", scripts=False)
    page.locator("input[name=ids][value=sf6ad84d844112558b0cb]").check()
    page.select_option("#kind", "retract")
    page.fill("#why", "démenti le lendemain")
    page.locator("#settle button").click()
    assert "démenti le lendemain" in page.locator("#decisions").inner_text()
    assert page.locator(".banner.warn").count() == 0


def test_a_passage_picked_with_the_mouse_becomes_a_statement(browse: Any, own: str) -> None:
    page = browse(own + REPORT)
    page.evaluate(
        """() => {
          const walk = document.createTreeWalker(
            document.querySelector("article.text"), NodeFilter.SHOW_TEXT);
          let node = walk.nextNode();
          while (node && !node.data.includes("40 Marder")) node = walk.nextNode();
          const at = node.data.indexOf("40 Marder");
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + 9);
          const picked = document.getSelection();
          picked.removeAllRanges();
          picked.addRange(range);
        }"""
    )
    page.wait_for_function("document.getElementById('quote').value === '40 Marder'")
    page.fill("#hand-actors", "Germany")
    page.fill("#hand-recipients", "Ukraine")
    page.fill("#hand-item", "Marder")
    page.fill("#hand-quantity", "40")
    page.locator("#by-hand button").click()
    page.wait_for_url("**/reports/**#s*")
    said = page.url.partition("#")[2]
    assert page.locator(f"mark[id='{said}']").inner_text() == "40 Marder"
    assert "40 Marder" in page.locator(f"#said-{said}").inner_text()


def test_a_quote_is_pasted_where_no_script_runs(browse: Any, own: str) -> None:
    page = browse(own + REPORT, "fr", scripts=False)
    page.fill("#quote", "40 Marder infantry fighting vehicles")
    page.fill("#hand-actors", "Allemagne")
    page.fill("#hand-item", "Marder")
    page.fill("#hand-quantity", "14..40")
    page.locator("#by-hand button").click()
    said = page.url.partition("#")[2]
    assert "[14 ; 40]" in page.locator(f"#said-{said}").inner_text()


@WAYS
def test_a_statement_is_corrected_with_a_reason(
    browse: Any, own: str, language: str, scripts: bool
) -> None:
    page = browse(own + "/statements/sd556cc9446d0b6ef2dc1", language, scripts=scripts)
    page.fill("#hand-quantity", "14")
    page.fill("#why-correct", "the number was of another army")
    page.locator("#correct button").click()
    page.locator("blockquote .tag.warn").wait_for()
    assert "the number was of another army" in page.locator("#decisions").inner_text()


def test_a_source_is_graded(browse: Any, own: str) -> None:
    page = browse(own + "/statements/sd556cc9446d0b6ef2dc1")
    page.fill("#value", "B2")
    page.fill("#why-grade", "reliable so far")
    page.locator("button[value=grade]").click()
    page.wait_for_url("**/statements/**")
    assert "B2" in page.locator("#decisions").inner_text()


def test_a_decision_is_undone_from_its_own_page(browse: Any, own: str) -> None:
    page = browse(own + "/statements/sd556cc9446d0b6ef2dc1", "fr", scripts=False)
    page.fill("#value", "C3")
    page.fill("#why-grade", "à voir")
    page.locator("button[value=grade]").click()
    page.locator("#decisions tbody a").first.click()
    page.fill("#why", "une erreur")
    page.locator("form[action$=undo] button").click()
    assert "une erreur" in page.locator("dl.facts").inner_text()
