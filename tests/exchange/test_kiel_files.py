"""Files as they come: encodings, delimiters, headings, merged cells, and what is wrong in them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from intendance.catalogue import Catalogue
from intendance.exchange import Import, read_kiel
from intendance.exchange._kiel import snapshot
from intendance.exchange._kiel.survey import survey
from intendance.ledger import Ledger
from intendance.terms import IntendanceError, Statement

Writer = Callable[..., Path]
ROW = {"Items": "helmet", "No. of Units": "9", "Explanation": 'Two lines,\nwith "quotes" in them.'}


def items(made: Import) -> list[Statement]:
    return [s for reading in made for s in reading.statements if s.rule == "kiel:item"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_encoding_and_delimiter(
    encoding: str, delimiter: str, kiel_file: Writer, catalogue: Catalogue
) -> None:
    path = kiel_file([ROW, ROW], encoding=encoding, delimiter=delimiter)
    found = items(read_kiel(path, catalogue))
    assert [said.quantity.exact for said in found] == [9, 9]
    assert 'Two lines, with "quotes" in them.' in found[0].quote


def test_another_encoding_must_be_named(kiel_file: Writer, catalogue: Catalogue) -> None:
    path = kiel_file([{**ROW, "Explanation": "D\xe9p\xf4t"}], encoding="latin-1")
    with pytest.raises(IntendanceError, match="--encoding, got byte 0xe9 after row") as caught:
        read_kiel(path, catalogue)
    assert caught.value.code == "table.unreadable"
    assert "Dépôt" in items(read_kiel(path, catalogue, encoding="latin-1"))[0].quote


def test_renamed_headings_in_another_order_below_a_title(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    rows = [
        ["Bilateral aid, main table"],
        [],
        [
            "items",
            "Country",
            "number_of_units",
            "ID (new)",
            "Announcement date",
            "Aid type general",
        ],
        ["helmet", "Latvia", "4", "LVM1", "2022-03-04", "Military"],
    ]
    path = tmp_path / "later.csv"
    with path.open("w", newline="") as stream:
        csv.writer(stream).writerows(rows)
    (said,) = items(read_kiel(path, catalogue))
    assert (said.actors, said.quantity.exact) == (("LVA",), 4)
    assert said.source_row == "row 4: items, number_of_units"


def test_two_rows_of_headings_complete_each_other(tmp_path: Path, catalogue: Catalogue) -> None:
    rows = [
        ["ID", "Countries", "Announcement Date", "Type of Aid", "", "Items", "No. of Units", ""],
        ["", "", "", "General", "Specific", "", "committed", "delivered"],
        ["LVM1", "Latvia", "2022-03-04", "Military", "Weapons", "helmet", "4", "3"],
    ]
    path = tmp_path / "two.csv"
    with path.open("w", newline="") as stream:
        csv.writer(stream).writerows(rows)
    (reading,) = read_kiel(path, catalogue)
    assert [said.quantity.exact for said in reading.statements] == [4, 3]


def test_missing_columns_are_named(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "other.csv"
    path.write_text("ID,Countries,Items\nLVM1,Latvia,helmet\n")
    with pytest.raises(IntendanceError, match="none for announced, kind, units in the first 2"):
        read_kiel(path, catalogue)


def test_a_workbook_with_merged_cells_and_serial_dates(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    path = tmp_path / "book.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Main")
    sheet.write_row(0, 0, ["Invented"])
    sheet.write_row(
        2, 0, ["ID", "Countries", "Announcement Date", "Type of Aid General", "Items",
               "No. of Units"],
    )  # fmt: skip
    sheet.merge_range(3, 0, 4, 0, "LVM1")
    sheet.merge_range(3, 1, 4, 1, "Latvia")
    for row, (day, name, number) in enumerate([(44621, "helmet", 5), (44622, "radio", 6)], 3):
        sheet.write_row(row, 2, [day, "Military", name, number])
    book.close()
    found = items(read_kiel(path, catalogue))
    assert [said.quantity.exact for said in found] == [5, 6]
    assert [said.time.start for said in found] == ["2022-03-01", "2022-03-02"]
    assert {said.package for said in found} == {"kiel:LVM1"}


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"No. of Units": "-3"}, "No. of Units", "units-absurd"),
        ({"No. of Units": "99999999999"}, "No. of Units", "units-absurd"),
        ({"No. of Units": "many"}, "No. of Units", "units"),
        ({"No. of Units": "=A1*2"}, "No. of Units", "formula"),
        ({"No. of Units": "#REF!"}, "No. of Units", "error-value"),
        ({"Countries": "Atlantis"}, "Countries", "donor"),
        ({"Type of Aid General": "Moral"}, "Type of Aid General", "kind"),
        ({"Announcement Date": "13/13/2022"}, "Announcement Date", "date"),
        ({"ID": "."}, "ID", "package"),
        ({"Items": "qwxz"}, "Items", "item"),
        ({"Total ": "a lot"}, "Total", "money"),
        ({"Total ": "5", "Original Currency": "?"}, "Original Currency", "currency"),
        ({"Total ": "9e15"}, "Total", "money-absurd"),
    ],
)  # fmt: skip
def test_rows_are_set_aside_with_a_reason(
    cells: dict[str, str], column: str, reason: str, kiel_file: Writer, catalogue: Catalogue
) -> None:
    made = read_kiel(kiel_file([ROW, {**ROW, "ID": "LUM2", **cells}]), catalogue)
    assert len(items(made)) == 1
    assert [(each.row, each.column, each.reason) for each in made.rejected] == [(3, column, reason)]


def test_a_row_with_other_columns_is_set_aside(kiel_file: Writer, catalogue: Catalogue) -> None:
    path = kiel_file([ROW])
    with path.open("a", newline="") as stream:
        stream.write("LUM9,Luxembourg\n")
    made = read_kiel(path, catalogue)
    assert len(items(made)) == 1
    assert [(each.row, each.reason, each.got) for each in made.rejected] == [
        (3, "cells", "2 cells")
    ]


def test_a_file_that_changes_while_it_is_read(
    kiel_file: Writer, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = kiel_file([ROW])

    def change(rows: Iterable[Any], *more: Any, **named: Any) -> Any:
        path.write_bytes(path.read_bytes().replace(b",9,", b",8,"))
        return survey(rows, *more, **named)

    monkeypatch.setattr(snapshot, "survey", change)
    with pytest.raises(IntendanceError, match="another size, time or content") as caught:
        read_kiel(path, catalogue)
    assert caught.value.code == "import.changed"


def test_a_file_is_read_once(kiel_file: Writer, catalogue: Catalogue) -> None:
    """What is told is what stood there, whatever becomes of the file."""
    path = kiel_file([ROW])
    made = read_kiel(path, catalogue)
    path.unlink()
    (told,) = items(made)
    assert told.quantity.low == 9


@pytest.mark.parametrize(
    ("data", "got"),
    [
        (b"PK\x03\x04 rest", "a zip archive"),
        (b"%PDF-1.7", "a PDF"),
        (b"\xd0\xcf\x11\xe0 old", "an old Excel file"),
    ],
)
def test_what_is_no_text_is_said(
    data: bytes, got: str, tmp_path: Path, catalogue: Catalogue
) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(data)
    with pytest.raises(IntendanceError, match=got):
        read_kiel(path, catalogue)


def test_a_byte_of_nothing_is_damage(kiel_file: Writer, catalogue: Catalogue) -> None:
    path = kiel_file([ROW, ROW])
    path.write_bytes(path.read_bytes().replace(b"helmet", b"hel\0met", 1))
    with pytest.raises(IntendanceError, match="a byte 0, as in a damaged file"):
        read_kiel(path, catalogue)
    path = kiel_file([ROW] * 2000)
    path.write_bytes(path.read_bytes() + b"\0\0")
    with pytest.raises(IntendanceError, match="a byte 0, as in a damaged file"):
        read_kiel(path, catalogue)


def test_headings_without_rows_are_no_snapshot(
    kiel_file: Writer, catalogue: Catalogue, tmp_path: Path
) -> None:
    made = read_kiel(kiel_file([]), catalogue)
    with Ledger.open(tmp_path / "ledger.db", catalogue=catalogue) as ledger:
        with pytest.raises(IntendanceError, match="rows below the headings, got none") as caught:
            ledger.bring(made, lambda: made.rejected)
        assert caught.value.code == "import.empty"
        assert not list(ledger.reports())


def test_half_a_file_is_refused(kiel_file: Writer, catalogue: Catalogue) -> None:
    path = kiel_file([ROW] * 20)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) - 150])
    made = read_kiel(path, catalogue)
    assert len(items(made)) < 20
    assert [each.reason for each in made.rejected] == ["cells"]


def test_a_later_release_in_other_words(tmp_path: Path, catalogue: Catalogue) -> None:
    heads = [
        "activity_id", "sub_activity_id", "donor", "announcement_date", "month",
        "aid_type_general", "aid_type_specific", "explanation", "measure",
        "source_reported_value", "reporting_currency", "item", "item_type", "item_sub_type",
        "item_numb", "item_numb_deliv", "item_price_USD", "item_value_estimate_USD",
        "total_value_dummy", "tot_activity_value", "tot_activity_value_EUR",
        "tot_sub_activity_value", "tot_sub_activity_value_EUR",
        "tot_sub_activity_value_EUR_redistr", "source_of_aid_1", "geo_item",
    ]  # fmt: skip
    path = tmp_path / "later.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("ReadMe").write(0, 0, "An invented cover")
    summary = book.add_worksheet("Country Summary")
    summary.write_row(2, 0, ["Country", "EU member", "Financial allocations", "Total"])
    sheet = book.add_worksheet("Bilateral Assistance, MAIN DATA")
    sheet.write_row(0, 0, heads)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    row = [
        "LVM1", "LVM1-1", "Latvia", None, 14, "Military ", "Weapons and equipment", "Invented.",
        "Allocation", 4000.5, "EUR", "helmet", "Military equipment", ".", 40, 12, 100, 4000, 1,
        4000.5, 4000.5, 4000.5, 4000.5, 4000.5, "https://example.org/news/1", "Somewhere",
    ]  # fmt: skip
    sheet.write_row(1, 0, row)
    sheet.write_datetime(1, 3, datetime(2025, 2, 3), day)  # noqa: DTZ001
    book.close()
    found = {
        said.rule: said for reading in read_kiel(path, catalogue) for said in reading.statements
    }
    assert found["kiel:item"].quantity.exact == 40
    assert found["kiel:item"].time.start == "2025-02-03"
    assert found["kiel:delivered"].quantity.exact == 12
    assert str(found["kiel:total"].money and found["kiel:total"].money.low) == "4000.5"
    assert found["kiel:part"].act == "allocate"
    assert found["kiel:price"].money is not None
    assert found["kiel:item"].attribution == ("example.org/news/1",)


def test_a_quote_that_is_never_closed(kiel_file: Writer, catalogue: Catalogue) -> None:
    path = kiel_file([ROW])
    with path.open("a", newline="") as stream:
        stream.write('LUM9,"Luxembourg' + "x" * 200_000)
    with pytest.raises(IntendanceError, match="every quote closed"):
        read_kiel(path, catalogue)


def test_the_real_snapshots_are_understood(kiel_folder: Path, catalogue: Catalogue) -> None:
    def rows(path: Path) -> Iterator[Any]:
        text = io.StringIO(path.read_text(encoding="utf-8"), newline="")
        return csv.DictReader(text)

    for path in sorted(kiel_folder.glob("*.csv")):
        made = read_kiel(path, catalogue)
        readings = list(made)
        listed = list(rows(path))
        assert made.counts.rows == len(listed)
        assert made.counts.packages == len({row["ID"] for row in listed})
        assert len(made.rejected) * 100 < len(listed)
        told = {s.source_row.split(":")[0] for r in readings for s in r.statements if s.source_row}
        assert len(told) == len(listed) - len({each.row for each in made.rejected})


def test_the_sheet_with_the_table_is_found(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "book.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Read me").write(0, 0, "An invented cover")
    sheet = book.add_worksheet("Main data")
    heads = ["ID", "Countries", "Announcement Date", "Type of Aid General", "Items", "No. of Units"]
    sheet.write_row(0, 0, heads)
    sheet.write_row(1, 0, ["LVM1", "Latvia", "2022-03-04", "Military", "helmet", 5])
    book.close()
    assert [said.quantity.exact for said in items(read_kiel(path, catalogue))] == [5]
    with pytest.raises(IntendanceError, match="none for package"):
        read_kiel(path, catalogue, sheet="Read me")


def test_a_formula_without_a_result_is_set_aside(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "book.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("A & B")
    heads = ["ID", "Countries", "Announcement Date", "Type of Aid General", "Items", "No. of Units"]
    sheet.write_row(0, 0, heads)
    for row in (1, 2):
        sheet.write_row(row, 0, ["LVM1", "Latvia", "2022-03-04", "Military", "helmet"])
    sheet.write_formula(1, 5, "=2+3", None, 5)
    sheet.write_formula(2, 5, "=2+3", None, "")
    book.close()
    made = read_kiel(path, catalogue)
    assert [said.quantity.exact for said in items(made)] == [5]
    assert [(each.row, each.reason) for each in made.rejected] == [(3, "formula")]
