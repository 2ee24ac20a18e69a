"""Adding a report in the browser: looked at first, then written; with and without scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

WORDS = "Norway has delivered 8 Leopard 2A4 tanks to Ukraine."


@pytest.mark.parametrize(
    ("language", "scripts", "button"),
    [("en", True, "Write it to the ledger"), ("fr", False, "Écrire dans le registre")],
    ids=["en-scripts", "fr-plain"],
)
def test_a_pasted_text_is_looked_at_and_written(
    browse: Any, own: str, language: str, scripts: bool, button: str
) -> None:
    page = browse(own + "/add", language, scripts=scripts)
    page.fill("#pasted", WORDS)
    page.fill("#published", "2024-06-01")
    page.locator("#reports button.main").click()
    page.get_by_role("button", name=button).wait_for()
    assert "8" in page.locator("#changes tbody").inner_text()
    page.get_by_role("button", name=button).click()
    page.locator(".banner.good a").first.wait_for()
    page.locator(".banner.good a").first.click()
    assert WORDS.rstrip(".") in page.locator("article.text mark").first.inner_text()


def test_a_file_is_uploaded(browse: Any, own: str, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(f"date 2024-06-01\n\n{WORDS}\n", encoding="utf-8")
    page = browse(own + "/add")
    page.set_input_files("#files", str(report))
    page.locator("#reports button.main").click()
    page.locator("#changes tbody tr").first.wait_for()
    assert "report.txt" in page.locator("#job").inner_text()


def test_a_wrong_name_leads_to_a_page_with_a_way_on(browse: Any, own: str) -> None:
    page = browse(own + "/ledger?donor=nowhereland", "fr")
    assert page.locator("[role=alert]").is_visible()
    page.locator("main a").first.click()
    page.wait_for_url(own + "/")
