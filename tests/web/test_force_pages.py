"""The pages of what users supply: air defence, readiness; nothing where nothing was supplied."""

from __future__ import annotations

from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from intendance.forces import write_air_template
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
