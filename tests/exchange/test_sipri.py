"""The trade register: years of delivery, estimates, origins, missiles."""

from __future__ import annotations

from pathlib import Path

import pytest

from intendance.catalogue import Catalogue
from intendance.exchange import read_sipri
from intendance.terms import IntendanceError, Statement

HEAD = (
    "SIPRI AT Database ID,Supplier,Recipient,Designation,Description,Armament category,Order date,"
    "Order date is estimate,Numbers delivered,Numbers delivered is estimate,Delivery year,"
    "Delivery year is estimate,Status,Local production"
)
ABOVE = "A register, invented\nFigures may not add up\n\nData generated: 3 Jan 2025 9:16:02 PM\n"


def register(folder: Path, *rows: str, above: str = ABOVE) -> Path:
    path = folder / "register.csv"
    path.write_text(above + "\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    return path


def told(path: Path, catalogue: Catalogue) -> list[Statement]:
    return [said for reading in read_sipri(path, catalogue) for said in reading.statements]


def test_a_row_is_a_deal_and_a_year_of_delivery(tmp_path: Path, catalogue: Catalogue) -> None:
    row = "1,Latvia,Ukraine,D-30 122mm,towed gun,Artillery,2021,No,7,No,2022,No,Second hand,No"
    made = read_sipri(register(tmp_path, row), catalogue)
    (reading,) = made
    ordered, delivered = reading.statements
    assert reading.report.published.start == "2025-01-03"
    assert (ordered.act, ordered.time.start, ordered.origin) == ("promise", "2021-01-01", "stock")
    assert (delivered.act, delivered.item, delivered.quantity.exact) == ("deliver", "d-30", 7)
    assert (delivered.time.start, delivered.time.end) == ("2022-01-01", "2022-12-31")
    assert (delivered.certainty, delivered.package) == ("done", "sipri:1")


@pytest.mark.parametrize(
    ("flags", "certainty", "approx"),
    [("No,2022,No", "done", False), ("Yes,2022,No", "alleged", True),
     ("No,2022,Yes", "alleged", False)],
)  # fmt: skip
def test_estimates_are_less_certain(
    flags: str, certainty: str, approx: bool, tmp_path: Path, catalogue: Catalogue
) -> None:
    row = f"1,Latvia,Ukraine,D-30,towed gun,Artillery,2021,No,7,{flags},New,No"
    ordered, delivered = told(register(tmp_path, row), catalogue)
    assert (delivered.certainty, delivered.quantity.approx) == (certainty, approx)
    assert (ordered.act, delivered.origin) == ("order", "production")


@pytest.mark.parametrize(
    ("name", "kind", "item"),
    [
        ("IRIS-T", "BVRAAM", "iris-t-missile"),
        ("IRIS-T SL", "SAM system", "iris-t"),
        ("Mi-8T", "transport helicopter", "mi-8"),
        ("PzH-2000 155mm", "self-propelled gun", "pzh-2000"),
        ("Qwxz-9", "portable SAM", "manpads"),
        ("M-109A5 155mm", "self-propelled gun", "m109a5"),
        ("T-55AM-2", "tank", "t-55"),
        ("Patriot-3 SAMS", "SAM system", "patriot"),
        ("Cobra-2", "APC", "armoured-personnel-carrier"),
        ("APKWS", "ASM", "apkws"),
        ("vehicle engine 300-400", "vehicle engine", "engine"),
    ],
)
def test_a_designation_means_what_its_description_is_of(
    name: str, kind: str, item: str, tmp_path: Path, catalogue: Catalogue
) -> None:
    row = f"1,Latvia,Ukraine,{name},{kind},Other,2022,No,7,No,2022,No,New,No"
    assert told(register(tmp_path, row), catalogue)[1].item == item


def test_an_unknown_supplier_is_a_candidate(tmp_path: Path, catalogue: Catalogue) -> None:
    row = "1,unknown supplier(s),Ukraine,D-30,towed gun,Artillery,2021,No,7,No,2022,No,New,No"
    for said in told(register(tmp_path, row), catalogue):
        assert (said.actors, said.live) == ((), False)


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("1,Atlantis,Ukraine,D-30,gun,,2021,No,7,No,2022,No,New,No", "Supplier", "donor"),
        ("1,Latvia,Ukraine,Qwxz,,,2021,No,7,No,2022,No,New,No", "Designation", "item"),
        ("1,Latvia,Ukraine,D-30,gun,,2021,No,x,No,2022,No,New,No", "Numbers delivered", "units"),
        ("1,Latvia,Ukraine,D-30,gun,,2021,No,7,No,soon,No,New,No", "Delivery year", "date"),
        ("1,Latvia,Ukraine,D-30,gun,,2021,No,7,No,2022,No,Lent,No", "Status", "origin"),
        ("1,Latvia,Ukraine,D-30,gun,,2021,No,7,Perhaps,2022,No,New,No",
         "Numbers delivered is estimate", "flag"),
        ("1,Latvia", "", "cells"),
    ],
)  # fmt: skip
def test_rows_are_set_aside_with_a_reason(
    row: str, column: str, reason: str, tmp_path: Path, catalogue: Catalogue
) -> None:
    made = read_sipri(register(tmp_path, row), catalogue)
    assert not [said for reading in made for said in reading.statements]
    assert [(each.column, each.reason) for each in made.rejected] == [(column, reason)]


def test_a_register_without_its_date_says_so(tmp_path: Path, catalogue: Catalogue) -> None:
    row = "1,Latvia,Ukraine,D-30,towed gun,Artillery,2021,No,7,No,2022,No,New,No"
    made = read_sipri(register(tmp_path, row, above=""), catalogue)
    (reading,) = made
    assert not reading.report.published.known
    assert made.notes == ["undated"]


def test_another_table_is_refused(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(IntendanceError, match="none for donor, recipient, designation"):
        read_sipri(path, catalogue)


def test_the_real_register_is_understood(kiel_folder: Path, catalogue: Catalogue) -> None:
    path = kiel_folder.parent / "sipri" / "trade_register_ukraine.csv"
    if not path.is_file():
        pytest.skip("the register is not there")
    made = read_sipri(path, catalogue)
    assert sum(len(reading.statements) for reading in made) == 2 * made.counts.rows
    assert not made.rejected
