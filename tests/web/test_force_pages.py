"""The pages of what users supply: air defence, readiness; nothing where nothing was supplied."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from intendance.api import open_ledger
from intendance.forces import write_air_template, write_forces_example
from intendance.sustainment import write_fleet_template
from intendance.web import Settings, build_app

Client = TestClient[Litestar]


@pytest.fixture
def supplied(tmp_path: Path) -> Path:
    """A folder with the tables of the templates."""
    write_air_template(tmp_path / "air-defence")
    write_fleet_template(tmp_path / "fleets")
    return tmp_path


def test_cover_and_readiness_are_shown_from_the_tables_supplied(
    demo_address: str, supplied: Path
) -> None:
    with TestClient(build_app(Settings(database=demo_address, forces=supplied))) as own:
        own.headers["Accept-Language"] = "en"
        page = own.get("/air-defence").text
        assert "Systems needed: covered, and lacking" in page
        assert "falcon-m 2, old-star 2" in page
        rows = own.get("/air-defence/run-outs.csv").text.splitlines()
        assert rows[0] == "nation,system,number,interceptors,used,arriving,months,month"
        page = own.get("/readiness").text
        assert "fit, swapping parts" in page
        assert "fuel-pump" in page
        assert own.get("/readiness/fit.svg").text.startswith("<svg")


def test_a_changed_table_is_worked_out_anew(demo_address: str, supplied: Path) -> None:
    needs = supplied / "air-defence" / "needs.csv"
    with TestClient(build_app(Settings(database=demo_address, forces=supplied))) as own:
        before = own.get("/air-defence/cover.csv").text.splitlines()
        lines = needs.read_text(encoding="utf-8").splitlines()
        needs.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
        assert len(own.get("/air-defence/cover.csv").text.splitlines()) == len(before) - 1


_INVENTORY = """nation,item,month,low,high,repair_low,repair_high,fit_percent
DEU,leopard-2a6,2023-01,100,120,10,20,90
"""
_REQUIREMENTS = """nation,item,year,units,rate_per_day,days,allowance,floor
DEU,leopard-2a6,2023,130,,,,95
"""


def test_a_nation_shows_its_stock_as_a_band_beside_what_it_needs(
    demo_address: str, tmp_path: Path
) -> None:
    (tmp_path / "inventory.csv").write_text(_INVENTORY, encoding="utf-8")
    (tmp_path / "requirements.csv").write_text(_REQUIREMENTS, encoding="utf-8")
    with TestClient(build_app(Settings(database=demo_address, forces=tmp_path))) as own:
        own.headers["Accept-Language"] = "en"
        asked = "at=2023-01..2023-06&item=leopard-2a6"
        page = own.get(f"/nations/DEU?{asked}").text
        assert "Stocks expected: band, requirement (dashes), floor (dots)" in page
        assert "[82, 120]" in page
        rows = own.get(f"/nations/DEU/stocks.csv?{asked}").text.splitlines()
        assert rows[:2] == [
            "item,month,low,high,floor,requirement", "Leopard 2A6,2023-01,82.0,120.0,95.0,130.0"
        ]  # fmt: skip
        assert len(rows) == 7
        page = own.get("/nations?nation=Allemagne").text
        assert 'href="/nations/DEU"' in page


def test_without_an_inventory_a_nation_has_its_flows(client: Client) -> None:
    page = client.get("/nations?nation=DEU", headers={"Accept-Language": "en"}).text
    assert "No inventory: stocks stay unknown." in page
    rows = client.get("/nations/positions.csv?nation=DEU").text
    assert "DEU,iris-t-slm," in rows


@pytest.mark.parametrize("path", ["/air-defence", "/readiness"])
def test_without_tables_the_page_says_how_to_supply_them(client: Client, path: str) -> None:
    page = client.get(path, headers={"Accept-Language": "en"}).text
    assert "start the server with --forces" in page


@pytest.fixture
def coalition(tmp_path: Path) -> Settings:
    """The worked example of forces, read into a ledger."""
    folder = tmp_path / "coalition"
    write_forces_example(folder)
    catalogue = folder / "catalogue.toml"
    with open_ledger(tmp_path / "own.db", catalogue=[catalogue]) as ledger:
        ledger.read(folder / "reports")
    return Settings(database=str(tmp_path / "own.db"), catalogue=(catalogue,), forces=folder)


def test_requests_show_what_answers_them_and_who_could(coalition: Settings) -> None:
    with TestClient(build_app(coalition)) as own:
        page = own.get("/match?as_of=2024-07-31", headers={"Accept-Language": "fr"}).text
        assert "répondu par" in page
        assert "en partie" in page
        lines = own.get("/match/requests.json?as_of=2024-07-31").text.splitlines()
        rows = [json.loads(each) for each in lines]
        assert [(each["item"], each["state"]) for each in rows] == [
            ("nasams", "open"), ("155mm-shell", "partly"), ("152mm-shell", "open"),
        ]  # fmt: skip
        assert len(rows[1]["offers"]) == 1


def test_interoperability_shows_every_view_of_the_inventory(coalition: Settings) -> None:
    with TestClient(build_app(coalition)) as own:
        asked = "as_of=2024-07-31&at=2024-08"
        page = own.get(f"/interoperability?{asked}", headers={"Accept-Language": "fr"}).text
        for word in ("carburant", "soviétique", "Belmore", "Coups complets", "pas encore"):
            assert word.casefold() in page.casefold()
        assert "()" not in page
        assert own.get(f"/interoperability/standards.svg?{asked}").text.startswith("<svg")
        rows = own.get(f"/interoperability/standards.csv?{asked}").text.splitlines()
        assert "Corvath: artillery ammunition,NATO,28.5" in rows
        shares = own.get(f"/interoperability/shares.csv?{asked}").text.splitlines()
        assert shares[0].startswith("nation,class,month,nato_low,nato_high,soviet_low")


def test_without_an_inventory_interoperability_says_what_it_lacks(client: Client) -> None:
    page = client.get("/interoperability", headers={"Accept-Language": "en"}).text
    assert "No inventory: stocks stay unknown." in page


def test_what_no_report_states_is_a_question_mark_in_every_flow(client: Client) -> None:
    page = client.get("/nations?nation=ESP", headers={"Accept-Language": "en"}).text
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", page)
    # Stock, expected, given, and whether it is under its floor: all that was never said.
    assert cells.count("?") == 4
