"""Supplied tables: what is wrong is told with file, row, field, expected and got."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from intendance.catalogue import load_catalogue
from intendance.forces import (
    InventoryRow,
    RequirementRow,
    month_range,
    read_supplied,
    write_forces_example,
    write_inventory_template,
    write_requirements_template,
)
from intendance.tables import write_csv
from intendance.terms import IntendanceError

INVENTORY = "nation,item,month,low,high,repair_low,repair_high,fit_percent\n"
REQUIREMENTS = "nation,item,year,units,rate_per_day,days,allowance,floor\n"
STOCK = "POL,t-72,2024-01,100,,,,\n"


@pytest.mark.parametrize(
    ("rows", "code", "words"),
    [
        ("POL,t-72,2024-01,-5,,,,\n", "forces.value",
         "Expected 0 or more, got -5 - at i.csv, row 2, field 'low'."),
        ("POL,t-72,2024-01,5,4,,,\n", "forces.value",
         "Expected 5 or more, as 'low' says, got 4 - at i.csv, row 2, field 'high'."),
        ("POL,t-72,2024-01,5,,-1,,\n", "forces.value",
         "Expected 0 or more, got -1 - at i.csv, row 2, field 'repair_low'."),
        ("POL,t-72,2024-01,5,,3,2,\n", "forces.value",
         "Expected 3 or more, as 'repair_low' says, got 2 - at i.csv, row 2, field 'repair_high'."),
        ("POL,t-72,2024-01,5,,6,,\n", "forces.value",
         "Expected at most the stock, 5, got 6 - at i.csv, row 2, field 'repair_low'."),
        ("POL,t-72,2024-01,5,,,,100.5\n", "forces.value",
         "Expected a percentage from 0 to 100, got 100.5 - at i.csv, row 2, field 'fit_percent'."),
        ("POL,t-72,2024-01,5000000000000000,,,,\n", "forces.value",
         "Expected less than 10 to the 15th, got 5000000000000000 - at i.csv, row 2, field 'low'."),
        ("Atlantis,t-72,2024-01,5,,,,\n", "forces.unknown-name",
         "Expected a nation of the catalogue, got 'Atlantis' - at i.csv, row 2, field 'nation'."),
        ("POL,t-7200,2024-01,5,,,,\n", "forces.unknown-name",
         ("Expected a kind of equipment of the catalogue, got 't-7200' - at i.csv, row 2, "
         "field 'item'. Write 't-72' if that is meant.")),
        ("POL,t-72,2024-03,5,,,,\nPOL,t-72,2024-01,5,,,,\n", "forces.month",
         ("Expected a later one than 2024-03 for POL t-72, got 2024-01 - at i.csv, row 3, "
         "field 'month'.")),
        ("POL,t-72,2024-03,5,,,,\nPOL,t-72,2024-03,6,,,,\n", "forces.duplicate",
         ("Expected one row for POL t-72, got 2024-03 a second time - at i.csv, row 3, "
         "field 'month'.")),
        ("POL,t-72,2024-13,5,,,,\n", "date.invalid",
         "Expected a month, YYYY-MM, got '2024-13' - at i.csv, row 2, field 'month'."),
        ("POL,t-72,2024-01,many,,,,\n", "table.value",
         "got 'many' - at {folder}/i.csv, row 2, field 'low'."),
    ],
)  # fmt: skip
def test_a_wrong_inventory(tmp_path: Path, rows: str, code: str, words: str) -> None:
    path = tmp_path / "i.csv"
    path.write_text(INVENTORY + rows, encoding="utf-8")
    with pytest.raises(IntendanceError) as caught:
        read_supplied(load_catalogue(), path)
    assert caught.value.code == code
    assert words.format(folder=tmp_path) in f"{caught.value}. {caught.value.remedy}"


@pytest.mark.parametrize(
    ("rows", "code", "words"),
    [
        ("POL,t-72,2024,-1,,,,\n", "forces.value",
         "Expected 0 or more, got -1 - at r.csv, row 2, field 'units'."),
        ("POL,t-72,2024,,-2,30,,\n", "forces.value",
         "Expected 0 or more, got -2 - at r.csv, row 2, field 'rate_per_day'."),
        ("POL,t-72,2024,5,2,30,,\n", "forces.value",
         ("Expected either units or rate_per_day and days, got both - at r.csv, row 2, "
         "field 'days'.")),
        ("POL,t-72,2024,,,30,,\n", "forces.value",
         "Expected a rate, as 'days' is there, got none - at r.csv, row 2, field 'rate_per_day'."),
        ("POL,t-72,2024,,,,1.1,\n", "forces.value",
         "Expected a rate, as 'allowance' is there, got none"),
        ("POL,t-72,2024,,,,,\n", "forces.value",
         "Expected units, a rate or a floor, got none of them - at r.csv, row 2, field 'units'."),
        ("POL,t-72,1024,5,,,,\n", "forces.value",
         "Expected a year from 1900 to 2200, got 1024 - at r.csv, row 2, field 'year'."),
        ("POL,t-72,2025,5,,,,\nPOL,t-72,2024,5,,,,\n", "forces.month",
         "Expected a later one than 2025 for POL t-72, got 2024 - at r.csv, row 3, field 'year'."),
        ("POL,leopard-2a4,2024,5,,,,\n", "forces.requirement",
         ("Expected an inventory row of POL leopard-2a4, got none - at r.csv, row 2, field 'item'. "
         "Add the opening stock to the inventory, 0 if there is none.")),
        ("Nowhere,t-72,2024,5,,,,\n", "forces.unknown-name",
         "Expected a nation of the catalogue, got 'Nowhere' - at r.csv, row 2, field 'nation'."),
    ],
)  # fmt: skip
def test_wrong_requirements(tmp_path: Path, rows: str, code: str, words: str) -> None:
    (tmp_path / "i.csv").write_text(INVENTORY + STOCK, encoding="utf-8")
    (tmp_path / "r.csv").write_text(REQUIREMENTS + rows, encoding="utf-8")
    with pytest.raises(IntendanceError) as caught:
        read_supplied(load_catalogue(), tmp_path / "i.csv", tmp_path / "r.csv")
    assert caught.value.code == code
    assert words in f"{caught.value}. {caught.value.remedy}"


def test_a_requirement_is_units_or_a_level_of_effort(tmp_path: Path) -> None:
    stocks = [
        InventoryRow(nation="Poland", item="T-72", month="2024-01", low=Decimal(100)),
        InventoryRow(nation="POL", item="155mm-shell", month="2024-01", low=Decimal(9000)),
    ]
    needs = [
        RequirementRow(nation="POL", item="t-72", year=2024, units=Decimal(80), floor=Decimal(70)),
        RequirementRow(
            nation="POL", item="155mm-shell", year=2024, rate_per_day=Decimal("12.5"),
            days=Decimal(30), allowance=Decimal("1.1"),
        ),
    ]  # fmt: skip
    (tmp_path / "i.csv").write_text(write_csv(stocks, InventoryRow), encoding="utf-8")
    (tmp_path / "r.csv").write_text(write_csv(needs, RequirementRow), encoding="utf-8")
    found = read_supplied(load_catalogue(), tmp_path / "i.csv", tmp_path / "r.csv")
    tanks, shells = found.requirements
    assert (tanks.nation, tanks.item, tanks.need, tanks.rate, tanks.floor) == (
        "POL", "t-72", Decimal(80), None, Decimal(70),
    )  # fmt: skip
    assert (shells.need, shells.rate) == (Decimal("412.5"), Decimal("13.75"))


@pytest.mark.parametrize("text", ["2024", "2024-00", "2024-05..2024-04", "2024-01..2190-01", "x"])
def test_months_that_are_none(text: str) -> None:
    with pytest.raises(IntendanceError, match=r"Expected a .*month") as caught:
        month_range(text)
    assert caught.value.code == "date.invalid"


def test_the_templates_read_as_they_are(tmp_path: Path) -> None:
    (stock,) = write_inventory_template(tmp_path)
    (needs,) = write_requirements_template(tmp_path)
    found = read_supplied(load_catalogue(), stock, needs)
    assert len(found.inventory) == 2
    assert len(found.requirements) == 3
    with pytest.raises(FileExistsError):
        write_inventory_template(tmp_path)


def test_the_worked_example_reads_with_its_own_catalogue(tmp_path: Path) -> None:
    assert tmp_path / "reports" / "2024-02-06-arvenia.md" in write_forces_example(tmp_path)
    catalogue = load_catalogue([tmp_path / "catalogue.toml"])
    found = read_supplied(catalogue, tmp_path / "inventory.csv", tmp_path / "requirements.csv")
    assert {each.nation for each in found.inventory} == {"XAR", "XBE", "XCO"}
