"""Pages without a browser: what they say, in both languages, and what they never do."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from intendance.api import Books, open_ledger
from intendance.terms import Commitment, Statement
from intendance.web import Settings, build_app
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


@pytest.mark.parametrize("name", ["donors", "classes", "overdue", "arrived"])
def test_a_large_ledgers_overview_is_counted_otherwise_and_says_the_same(
    client: Client, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def told() -> tuple[list[str], list[str]]:
        page = client.get("/", headers={"Accept-Language": "en"}).text
        return re.findall(r"<strong>(\d+)</strong>", page), sorted(
            client.get(f"/{name}.csv").text.splitlines()
        )

    looked_at_whole = told()
    monkeypatch.setattr("intendance.web._views._large.MANY", 0)
    assert told() == looked_at_whole
    assert told() == looked_at_whole


def test_a_conflict_that_is_settled_is_no_open_one_in_a_large_ledger_either(
    copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intendance.web._views._large.MANY", 0)
    with open_ledger(copied, create=False) as books:
        conflict = books.conflicts()[0]
        said = conflict.sides[0].statements[0]
        books.decide("prefer", [said, conflict.id], by="A", why="a test")
        assert [each.settled_by is None for each in books.conflicts()] == [False]
    with TestClient(build_app(Settings(database=str(copied)))) as own:
        page = own.get("/", headers={"Accept-Language": "en"}).text
    assert "<strong>0</strong> open conflicts" in page


def _said(ledger: Books, each: Commitment) -> list[Statement]:
    wanted = {one for state in each.stages.values() for one in state.statements} | {each.anchor}
    return [one for one in ledger.statements() if one.id in wanted]


WANTED: dict[str, Callable[[Books, Commitment], bool]] = {
    "": lambda _, each: True,
    "candidates=none": lambda _, each: each.live,
    "candidates=only": lambda _, each: not each.live,
    "witnesses=2": lambda _, each: any(one.witnesses > 1 for one in each.stages.values()),
    "certainty=denied": lambda ledger, each: any(
        one.certainty == "denied" for one in _said(ledger, each)
    ),
    "text=Bradley": lambda ledger, each: any("Bradley" in one.quote for one in _said(ledger, each)),
    "donor=Allemagne&item=Leopard 2A6": lambda _, each: (
        "DEU" in each.donors and each.item == "leopard-2a6"
    ),
}
"""What each search is to leave, told a second time over all commitments one by one."""


@pytest.mark.parametrize("query", WANTED)
def test_a_search_leaves_what_it_says(client: Client, demo_address: str, query: str) -> None:
    with open_ledger(demo_address, create=False) as ledger:
        wanted = {each.id for each in ledger.commitments() if WANTED[query](ledger, each)}
    lines = client.get(f"/ledger/commitments.json?{query}").text.splitlines()
    assert {json.loads(each)["id"] for each in lines} == wanted
    assert wanted


def test_the_language_switch_keeps_the_choice_and_goes_back(client: Client) -> None:
    csrf = re.search(r'name="csrf" value="([^"]+)"', client.get("/").text)
    assert csrf is not None
    answer = client.post(
        "/language",
        data={"csrf": csrf[1], "chosen": "fr", "to": "/ledger?stage=delivered&language=en"},
        follow_redirects=False,
    )
    assert answer.status_code == 303
    assert answer.headers["location"] == "/ledger?stage=delivered"
    assert "intendance_language=fr" in answer.headers["set-cookie"]
    client.cookies.clear()


@pytest.mark.parametrize("to", ["//example.org", "/\\example.org", "https://example.org", "", None])
def test_the_switch_leads_nowhere_else(to: str | None) -> None:
    assert own_address(to) == "/"


LEOPARD = "/commitments/cf6ad84d844112558b0cb"
CONFLICT = "/conflicts/k5bff77bdc2254fbbfea0"


def test_a_commitment_shows_quotes_in_context_with_rule_and_source(client: Client) -> None:
    page = client.get(LEOPARD, headers={"Accept-Language": "en"}).text
    assert "Leopard 2A6 – Germany → Ukraine" in page
    assert "<mark>Germany has delivered 18 Leopard 2A6 tanks to Ukraine</mark>" in page
    assert "en.deliver.active.done" in page
    assert "Open conflict (quantity):" in page
    assert 'href="#sd556cc9446d0b6ef2dc1"' in page
    rows = client.get(f"{LEOPARD}/figures.csv").text
    assert "delivered quantity,14..18" in rows


def test_a_conflict_is_settled_with_a_reason_and_the_decision_lifted(copied: Path) -> None:
    with TestClient(build_app(Settings(database=str(copied)))) as own:
        own.headers["Accept-Language"] = "en"
        form = {
            "ids": ["se37e838a6093c1053f48", "sd556cc9446d0b6ef2dc1"],
            "kind": "prefer", "why": "two sources against one", "to": CONFLICT,
        }  # fmt: skip
        form["csrf"] = _csrf(own, CONFLICT)
        page = own.post("/decide", data=form).text
        assert "two sources against one" in page
        decision = own.get("/decisions/decisions.json").json()
        undo = {"why": "a slip", "to": CONFLICT, "csrf": form["csrf"]}
        page = own.post(f"/decisions/{decision['id']}/undo", data=undo).text
        assert "Open: every figure" in page


def test_a_statement_by_hand_stands_in_the_text(copied: Path) -> None:
    with TestClient(build_app(Settings(database=str(copied)))) as own:
        report = "/reports/rb89a3c11eceee4a5c192"
        form = {
            "quote": "40 Marder infantry fighting vehicles", "nth": "1", "act": "deliver",
            "certainty": "done", "actors": "Allemagne", "recipients": "UKR", "item": "marder",
            "quantity": "40", "csrf": _csrf(own, report),
        }  # fmt: skip
        answer = own.post(f"{report}/enter", data=form, follow_redirects=False)
        assert answer.status_code == 303
        page = own.get(answer.headers["location"]).text
        assert "40 Marder infantry fighting vehicles</a></mark>" in page
        said = answer.headers["location"].partition("#")[2]
        correct = {"quantity": "41", "why": "the text was wrong", "csrf": form["csrf"]}
        page = own.post(f"/statements/{said}/correct", data=correct).text
        assert "the text was wrong" in page
        assert "41" in page


def _csrf(own: Client, path: str) -> str:
    found = re.search(r'name="csrf" value="([^"]*)"', own.get(path).text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (f"/conflicts/{LEOPARD[-21:]}", "the identifier of a conflict"),
        (f"/commitments/{CONFLICT[-21:]}", "the identifier of a commitment"),
        (f"/decisions/{LEOPARD[-21:]}", "the identifier of a decision"),
        (f"/reports/{LEOPARD[-21:]}", "the identifier of a report"),
        (f"/statements/{LEOPARD[-21:]}", "the identifier of a statement"),
        (f"/packages/{LEOPARD[-21:]}", "the identifier of a package"),
        ("/programmes/none", "the identifier of a programme"),
    ],
)
def test_another_thing_is_not_shown_under_this_address(
    client: Client, path: str, expected: str
) -> None:
    answer = client.get(path, headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert answer.json()["message"].startswith(f"Expected {expected}, got ")
