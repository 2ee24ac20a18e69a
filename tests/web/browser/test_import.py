"""Importing a file of data in the browser: looked at, then written; with and without scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

TABLE = (
    "Donor,Recipient,Item,Quantity,status\n"
    "Norway,Ukraine,Leopard 2A4,8,delivered\n"
    "Atlantis,Ukraine,CV90,1,promised\n"
)
INVENTORY = "nation,item,month,low,high\nFRA,caesar,2023-01,70,76\n"


def _sound(page: Any) -> None:
    found = axe.Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.response["violations"] == []
    width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert width <= 0


@pytest.mark.parametrize(
    ("language", "scripts", "width", "words"),
    [
        ("en", True, 390, ("Look again", "set aside: 1.", "Write it, without the rows set aside")),
        (
            "fr",
            False,
            1200,
            ("Regarder de nouveau", "mises de côté : 1.", "Écrire, sans les lignes"),
        ),
    ],
    ids=["en-scripts-narrow", "fr-plain"],
)
def test_a_table_is_mapped_looked_at_and_written(
    browse: Any, own: str, tmp_path: Path, language: str, scripts: bool, width: int, words: Any
) -> None:
    file = tmp_path / "table.csv"
    file.write_text(TABLE, encoding="utf-8")
    page = browse(own + "/add", language, scripts=scripts, width=width)
    if scripts:
        _sound(page)
    page.set_input_files("#data-file", str(file))
    page.select_option("#kind", "table")
    page.locator("#data button.main").click()
    page.get_by_role("button", name=words[0]).wait_for()
    assert "Donor" in page.locator("#mapping").input_value()
    if scripts:
        _sound(page)
    page.get_by_role("button", name=words[0]).click()
    page.get_by_role("button", name=words[2]).wait_for()
    assert words[1] in page.locator(".banner").inner_text()
    assert "Atlantis" in page.locator("#rejected").inner_text()
    assert "Leopard 2A4" in page.locator("#rows").inner_text()
    if scripts:
        _sound(page)
    page.get_by_role("button", name=words[2]).click()
    page.locator(".banner.good a").first.wait_for()
    page.locator(".banner.good a").first.click()
    assert "Norway" in page.locator("article.text mark").first.inner_text()


def test_an_inventory_is_kept_with_the_keyboard_alone(
    browse: Any, own: str, tmp_path: Path
) -> None:
    file = tmp_path / "inventory.csv"
    file.write_text(INVENTORY, encoding="utf-8")
    page = browse(own + "/add", "fr")
    page.set_input_files("#data-file", str(file))
    page.locator("#kind").focus()
    page.keyboard.type("Inventaire")
    page.locator("#data button.main").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Écrire dans le registre").wait_for()
    page.get_by_role("button", name="Écrire dans le registre").focus()
    page.keyboard.press("Enter")
    page.locator(".banner.good").wait_for()
    page.goto(own + "/nations?nation=FRA&item=caesar&at=2023-02")
    assert "[70 ; 76]" in page.locator("#positions").inner_text()
