"""Looking: every page in both languages, with and without scripts, narrow, printed, by keys."""

from __future__ import annotations

from typing import Any, Final

import pytest

LEOPARD: Final = "/commitments/cf6ad84d844112558b0cb"
IRIS: Final = "/commitments/cdc52cbb4eeebdcd35a00"
CONFLICT: Final = "/conflicts/k5bff77bdc2254fbbfea0"
REPORT: Final = "/reports/rc3c32a3c145ce2481b5f"
PAGES: Final = (
    "/", "/ledger", LEOPARD, IRIS, "/conflicts", CONFLICT, "/decisions", "/reports", REPORT,
    "/statements/se37e838a6093c1053f48", "/programmes",
    "/programmes/ukraine-defence-industries-alliance", "/packages/p462e3c35bdf48a2fe278",
    "/add", "/nations", "/nations/DEU", "/air-defence", "/readiness", "/interoperability", "/match",
    "/plans", "/plans/low-stocks", "/plans/low-stocks/compare",
)  # fmt: skip
CHARTS: Final = ("/", IRIS, "/plans/low-stocks", "/plans/low-stocks/compare")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_serious_finding_by_axe(
    browse: Any, address: str, path: str, language: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = browse(address + path, language)
    assert page.locator("html").get_attribute("lang") == language
    found = axe.Axe().run(page).response["violations"]
    serious = [
        (each["id"], [node["html"][:200] for node in each["nodes"]][:3])
        for each in found
        if each["impact"] in ("serious", "critical")
    ]
    assert serious == []


@pytest.mark.parametrize("path", PAGES)
def test_a_narrow_screen_needs_no_scrolling_to_the_side(
    browse: Any, address: str, path: str
) -> None:
    page = browse(address + path, "fr", width=360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator("h1").is_visible()


@pytest.mark.parametrize(
    ("language", "here", "name"), [("en", "Overview", "Plans"), ("fr", "Vue d’ensemble", "Plans")]
)
def test_on_a_narrow_screen_the_menu_opens_by_keyboard_without_scripts(
    browse: Any, address: str, language: str, here: str, name: str
) -> None:
    page = browse(address + "/", language, scripts=False, width=390)
    assert here in page.locator("header nav label").inner_text()
    entry = page.locator("header nav a", has_text=name)
    assert not entry.is_visible()
    page.locator("#menu").focus()
    page.keyboard.press("Space")
    assert entry.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    entry.click()
    page.wait_for_url("**/plans")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_works_without_scripts(browse: Any, address: str, path: str) -> None:
    page = browse(address + path, "en", scripts=False)
    assert page.locator("h1").inner_text()
    drawn = page.locator("figure.chart .drawn")
    for at in range(drawn.count()):
        assert drawn.nth(at).locator("svg").is_visible()
    assert page.locator("nav a[aria-current=page]").count() <= 1


@pytest.mark.parametrize("path", CHARTS)
def test_charts_become_live_where_scripts_run(browse: Any, address: str, path: str) -> None:
    page = browse(address + path, "fr")
    for figure in page.locator("figure.chart").all():
        figure.scroll_into_view_if_needed()
        figure.locator(".live svg").wait_for(state="visible")
        assert not figure.locator(".drawn").is_visible()


def test_a_live_chart_keeps_the_legend_of_its_picture(browse: Any, address: str) -> None:
    page = browse(address + "/", "en")
    page.wait_for_function("document.querySelectorAll('.chart.on').length >= 3")
    for chart in page.locator(".chart.on").all():
        for picture in chart.locator("svg").all():
            assert "promised" in (picture.locator(".role-legend").first.text_content() or "")


def test_a_live_chart_tells_what_is_under_the_pointer(browse: Any, address: str) -> None:
    page = browse(address + "/")
    figure = page.locator("#donors")
    figure.scroll_into_view_if_needed()
    figure.locator(".live svg .mark-rect path").first.hover()
    tip = page.locator("#vg-tooltip-element.visible")
    tip.wait_for(state="visible")
    assert "Germany" in tip.inner_text()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("path", ["/", IRIS, "/plans/low-stocks"])
def test_on_paper_charts_and_tables_stay_and_controls_go(
    browse: Any, address: str, path: str, language: str
) -> None:
    page = browse(address + path, language)
    page.locator("figure.chart .live svg").first.wait_for(state="visible")
    page.emulate_media(media="print")
    assert page.locator("figure.chart .drawn svg").first.is_visible()
    assert not page.locator("figure.chart .live").first.is_visible()
    assert not page.locator("header nav").is_visible()
    assert not page.locator("button:visible").count()
    assert page.locator("table:visible").count()
    assert path in page.locator(".onpaper:visible").inner_text()
    paper = page.pdf(format="A4")
    assert paper.startswith(b"%PDF-")
    assert len(paper) > 10_000


@pytest.mark.parametrize("path", ["/", IRIS])
def test_the_caveat_stands_in_the_picture(browse: Any, address: str, path: str) -> None:
    page = browse(address + path, "en", scripts=False)
    for drawn in page.locator("figure.chart .drawn svg").all():
        assert len(drawn.text_content()) > 60
        assert drawn.get_attribute("aria-label")


@pytest.mark.parametrize(("language", "ledger"), [("en", "Ledger"), ("fr", "Registre")])
def test_the_keyboard_alone_reaches_the_content_and_a_search(
    browse: Any, address: str, language: str, ledger: str
) -> None:
    page = browse(address + "/", language)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.reload()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == ledger:
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/ledger")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "donor":
            break
    page.keyboard.type("USA")
    page.keyboard.press("Enter")
    page.wait_for_url("**donor=USA**")
    page.locator("#results h2").filter(has_text="9").wait_for()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_keyboard_alone_settles_nothing_without_a_reason(
    browse: Any, address: str, scripts: bool
) -> None:
    page = browse(address + CONFLICT, "en", scripts=scripts)
    page.locator("button[value=prefer]").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    assert page.url.endswith(CONFLICT)
    assert page.locator(".banner.warn").is_visible()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_hostile_report_is_shown_as_text(
    browse: Any, hostile: tuple[str, str], language: str
) -> None:
    address, id_ = hostile
    page = browse(f"{address}/reports/{id_}", language, width=360)
    assert page.title() != "taken"
    assert page.locator("article.text").is_visible()
    words = page.locator("article.text").inner_text()
    assert "<script>document.title='taken'</script>" in words
    assert "\\u202e" in words
    assert "\u202e" not in words
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    last = page.locator("nav.pager a").last
    last.click()
    assert "19 F-16" in page.locator("article.text").inner_text()


def test_a_hostile_report_stays_text_in_ledger_and_quotes(
    browse: Any, hostile: tuple[str, str]
) -> None:
    address, _ = hostile
    page = browse(f"{address}/ledger", "en")
    page.locator("#results tbody a").first.click()
    page.locator("blockquote").first.wait_for()
    assert page.title() != "taken"
    assert page.locator("blockquote img, blockquote script, blockquote style").count() == 0
