"""The pages of plans: a folder of plans, one with its charts, two side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from intendance.planning import Round, close_round, open_round, submit_demand
from intendance.web import Settings, build_app

Client = TestClient[Litestar]


@pytest.fixture(scope="session")
def planned(demo_address: str, plans: Path) -> Iterator[Client]:
    """Asks a server that shows plans."""
    with TestClient(build_app(Settings(database=demo_address, plans=plans))) as made:
        made.headers["Accept-Language"] = "en"
        yield made


def test_the_plans_of_the_folder_are_listed(planned: Client) -> None:
    page = planned.get("/plans").text
    assert 'href="/plans/low-stocks"' in page
    assert 'href="/plans/high-stocks"' in page
    rows = planned.get("/plans/plans.csv").text.splitlines()
    assert rows[0].startswith("plan,from,months,unmet,shortfall,cost,warnings")
    assert len(rows) == 3


def test_a_plan_shows_curves_bars_contracts_and_bottlenecks(planned: Client) -> None:
    page = planned.get("/plans/low-stocks").text
    for words in (
        "How good the plan is", "Framework contracts: firm part and options", "Bottlenecks",
        "Largest shortfalls", "Warnings", "Stock (line)", "When lines make what",
    ):  # fmt: skip
        assert words in page
    worth = planned.get("/plans/low-stocks/bottlenecks.csv").text.splitlines()
    assert worth[0] == "limit,where,shortfalls,worth,text"
    assert len(worth) > 1
    for name in ("stock-curves", "gantt", "frameworks"):
        answer = planned.get(f"/plans/low-stocks/{name}.svg")
        assert answer.headers["content-type"].startswith("image/svg+xml")
        assert "<svg" in answer.text


def test_two_plans_stand_side_by_side(planned: Client) -> None:
    page = planned.get("/plans/low-stocks/compare?other=high-stocks").text
    assert "low-stocks and high-stocks side by side" in page
    assert "stock under target" in page
    rows = planned.get("/plans/low-stocks/compare/differences.csv?other=high-stocks").text
    assert rows.startswith("what,where,first,second,change")


def test_no_name_leads_out_of_the_folder(planned: Client) -> None:
    for name in (".low-stocks", "none", "%2e%2e%2f"):
        answer = planned.get(f"/plans/{name}")
        assert answer.status_code == 404, name


def test_one_plan_alone_stands_beside_nothing(
    demo_address: str, plans: Path, tmp_path: Path
) -> None:
    (tmp_path / "only").symlink_to(plans / "low-stocks")
    with TestClient(build_app(Settings(database=demo_address, plans=tmp_path))) as own:
        answer = own.get("/plans/only/compare", headers={"Accept": "application/json"})
        assert answer.status_code == 404
        assert answer.json()["message"] == (
            "Expected the name of another plan, got none - at the address"
        )
        answer = own.get("/plans/other")
        assert answer.json()["message"] == (
            "Expected the name of a plan, got 'other' - at the address"
        )


def test_demand_rounds_stand_beside_the_plans(demo_address: str, tmp_path: Path) -> None:
    closed, still = tmp_path / "closed", tmp_path / "open"
    open_round(closed, Round("autumn", 2026, 1, ("ALAND", "BOREA")))
    open_round(still, Round("spring", 2027, 2, ("ALAND", "BOREA")))
    for folder in (closed, still):
        rows = tmp_path / "rows.csv"
        year = 2026 if folder is closed else 2027
        rows.write_text(f"item,year,firm,likely\nshell,{year},3000,20\n", encoding="utf-8")
        submit_demand(folder, "ALAND", rows)
    output = tmp_path / "output.csv"
    output.write_text("item,year,quantity\nshell,2026,1500\n", encoding="utf-8")
    close_round(closed, output, datetime(2026, 11, 23, tzinfo=UTC))
    with TestClient(build_app(Settings(database=demo_address, plans=tmp_path))) as own:
        page = own.get("/plans", headers={"Accept-Language": "fr"}).text
        assert "clos le 2026-11-23" in page
        assert "3 000" in page.replace("\u202f", " ").replace("\xa0", " ")
        rounds = own.get("/plans/rounds.csv").text.splitlines()
        assert rounds[1] == 'autumn,2026,closed,"[""ALAND""]","[""BOREA""]",pro-rata'
        assert rounds[2] == 'spring,2027–2028,open,"[""ALAND""]","[""BOREA""]",pro-rata'
        pooled = [json.loads(each) for each in own.get("/plans/pooled.json").text.splitlines()]
        assert [(each["round"], each["firm"], each["met"]) for each in pooled] == [
            ("autumn", "3000", "1500")
        ]
        shares = own.get("/plans/shares.csv").text.splitlines()
        assert len(shares) > 1
        assert shares[1].startswith("autumn,ALAND,shell,shell,2026")


def test_limits_warnings_and_assumptions_are_told_in_french(planned: Client) -> None:
    page = planned.get("/plans/low-stocks", headers={"Accept-Language": "fr"}).text
    assert "la valeur basse est prise" in page
    for words in ("no row", "is full in", "is spent", "consent is recorded"):
        assert words not in page
