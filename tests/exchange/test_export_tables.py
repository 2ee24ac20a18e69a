"""Exports read back with other people's libraries."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as parquet
import pytest
import python_calamine as calamine

from intendance.api import Books
from intendance.exchange import export
from intendance.exchange._export.columns import sheets
from intendance.ledger import Filter
from intendance.terms import IntendanceError


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_the_tables_say_what_the_ledger_says(books: Books, tmp_path: Path, form: str) -> None:
    done = export(books, form, tmp_path / "out")
    assert list(done.counts) == list(sheets())
    with duckdb.connect() as base:
        for name in sheets():
            path = tmp_path / "out" / f"{name}.{form}"
            base.execute(f"create view {name} as select * from '{path}'")
        found = base.execute(
            "select donors, promised_low, conflicts from commitments where item = 'leopard-2a6'"
        ).fetchall()
        (held,) = [e for e in books.commitments() if e.item == "leopard-2a6"]
        assert found == [(["POL"] if form == "parquet" else "POL", 4, len(held.conflicts))]
        stages = base.execute("select low, high from stages where stage = 'delivered'").fetchall()
        assert stages == [(1, 3)]
        assert base.execute(
            "select sum(low) from amounts where stage = 'contracted'"
        ).fetchone() == (Decimal("996000000.50"),)
        joined = base.execute(
            "select count(*) from statements s join sources r on s.report = r.id "
            "where r.terms = 'CC BY 4.0' and s.quote like '%framework for up to%'"
        ).fetchone()
        assert joined == (1,)
        assert base.execute("select count(*) from commitments").fetchone() == (
            len(books.commitments()),
        )
        orphans = "select count(*) from stages where commitment not in (select id from commitments)"
        assert base.execute(orphans).fetchone() == (0,)


def test_columns_carry_their_meaning_and_unit(books: Books, tmp_path: Path) -> None:
    export(books, "parquet", tmp_path / "out", tables=["commitments"])
    schema = parquet.read_schema(tmp_path / "out" / "commitments.parquet")
    field = schema.field("delivered_low")
    assert str(field.type) == "decimal128(38, 9)"
    assert field.metadata[b"unit"] == b"as in column unit"
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["commitments.parquet"]


def test_an_unknown_end_is_empty_and_an_exact_decimal_stays(books: Books, tmp_path: Path) -> None:
    export(books, "csv", tmp_path / "out")
    lines = (tmp_path / "out" / "amounts.csv").read_text("utf-8").splitlines()
    assert any(line.endswith("contracted,EUR,66000000.50,66000000.50,false") for line in lines)
    held = next(e for e in books.commitments() if e.item == "patriot")
    rows = (tmp_path / "out" / "stages.csv").read_text("utf-8").splitlines()
    (row,) = [line for line in rows if line.startswith(held.id)]
    assert row.split(",")[1:4] == ["contracted", "10", "12"]


def test_no_cell_of_a_csv_runs(books: Books, tmp_path: Path) -> None:
    export(books, "csv", tmp_path / "out")
    with duckdb.connect() as base:
        path = tmp_path / "out" / "*.csv"
        for file in sorted(path.parent.glob("*.csv")):
            rows = base.execute(
                f"select * from read_csv('{file}', all_varchar = true, header = true)"
            ).fetchall()
            cells = [cell for row in rows for cell in row if cell]
            assert not [cell for cell in cells if re.match(r"[=+\-@\t\r\n]", cell)], file
    text = (tmp_path / "out" / "statements.csv").read_text("utf-8")
    assert "'=HYPERLINK" in text


def test_a_workbook_has_types_meanings_and_no_formula(books: Books, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    export(books, "xlsx", path, language="fr", filter=Filter(donor="Sweden"))
    book = calamine.load_workbook(str(path))
    assert book.sheet_names == ["à propos", *sheets(), "colonnes"]
    rows = book.get_sheet_by_name("commitments").to_python()
    at = rows[0].index("promised_low")
    assert sorted(row[at] for row in rows[1:]) == [3.0, 5.0]
    assert isinstance(rows[1][rows[0].index("live")], bool)
    quotes = book.get_sheet_by_name("statements").to_python()
    assert '=HYPERLINK("x"), "Sweden", promised; 5\n"tanks"' in {
        row[quotes[0].index("quote")] for row in quotes[1:]
    }
    meanings = book.get_sheet_by_name("colonnes").to_python()
    assert len(meanings) == 1 + sum(len(sheet.columns) for sheet in sheets().values())
    assert all(row[3] for row in meanings[1:])
    about = book.get_sheet_by_name("à propos").to_python()
    assert ["demandé", "--donor Sweden"] in [row[:2] for row in about]
    with zipfile.ZipFile(path) as archive:
        pages = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert pages
        for name in pages:
            assert b"<f>" not in archive.read(name)
        assert b"quotePrefix" in archive.read("xl/styles.xml")


def test_a_sheet_that_is_too_long_is_refused(
    books: Books, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intendance.exchange._export.workbook._ROWS", 2)
    with pytest.raises(IntendanceError) as caught:
        export(books, "xlsx", tmp_path / "out.xlsx")
    assert caught.value.message == "Expected at most 2 rows, got more - at the sheet 'commitments'"
    assert list(tmp_path.glob("*.xlsx")) == []


def test_a_filter_and_a_day_narrow_every_table(books: Books, tmp_path: Path) -> None:
    done = export(books, "csv", tmp_path / "a", filter=Filter(donor="FRA"), as_of="2024-03-31")
    assert done.counts["commitments"] == 2
    assert done.counts["sources"] == 2
    assert done.counts["statements"] == 2
    assert "6" in (tmp_path / "a" / "stages.csv").read_text("utf-8")


def test_the_framework_of_an_order_is_named(books: Books, tmp_path: Path) -> None:
    export(books, "parquet", tmp_path / "out", tables=["commitments"])
    rows = parquet.read_table(tmp_path / "out" / "commitments.parquet").to_pylist()
    (frame,) = [e for e in books.commitments() if e.item == "caesar" and e.framework is None
                and "FRA" in e.donors]  # fmt: skip
    assert [row["framework"] for row in rows if row["framework"]] == [frame.id, frame.id]


def test_streamed_lines_and_an_extract_give_the_same_rows(books: Books, tmp_path: Path) -> None:
    export(books, "csv", tmp_path / "a")
    export(books, "csv", tmp_path / "b", as_of="2100-01-01")
    for name in sheets():
        one, other = (tmp_path / folder / f"{name}.csv" for folder in "ab")
        assert one.read_bytes() == other.read_bytes(), name


WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "pdf": ({}, "one of csv, xlsx, parquet, package, ocds, ftm, annotations, got 'pdf'", "format"),
    "csv": ({"texts": True}, "a package, where texts are wanted, got csv", "texts"),
    "ftm": (
        {"tables": ["stages"]},
        "csv, xlsx or parquet, where tables are named, got ftm",
        "tables",
    ),
    "xlsx": (
        {"tables": ["x"]},
        "one of the tables commitments, stages, amounts, statements, conflicts, sources, got 'x'",
        "tables",
    ),
    "package": (
        {"as_of": "2023"},
        "a package of what the ledger was told, whenever, got a day",
        "as_of, recorded",
    ),
}


@pytest.mark.parametrize("form", WRONG)
def test_what_can_not_be_exported_is_said(books: Books, tmp_path: Path, form: str) -> None:
    more, expected, where = WRONG[form]
    with pytest.raises(IntendanceError) as caught:
        export(books, form, tmp_path / "out", **more)
    assert caught.value.code == "setting.invalid"
    assert caught.value.message == f"Expected {expected} - at export, {where}"


def test_nothing_is_overwritten_unasked(books: Books, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    with pytest.raises(IntendanceError) as caught:
        export(books, "csv", tmp_path / "out")
    assert caught.value.code == "output.unwritable"
    assert "a file or folder of that name" in caught.value.message
    export(books, "csv", tmp_path / "out", force=True)
    assert not (tmp_path / "out" / "mine.txt").exists()


def test_a_format_whose_library_is_absent_is_said(
    books: Books, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(IntendanceError) as caught:
        export(books, "xlsx", tmp_path / "out.xlsx")
    assert caught.value.message == (
        "Expected the library xlsxwriter, to write xlsx, got none installed - at export xlsx"
    )


def test_statements_come_part_by_part_as_they_come_at_once(books: Books) -> None:
    parts = list(books.sourced())
    assert [each for part in parts for each in part] == books.extract().statements
    assert sum(map(len, parts)) == len(books.statements())
