"""XLSX and Parquet: the same schema, the same errors, hostile files refused."""

import sys
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intendance.tables import _parquet as parquet_room
from intendance.tables import _xlsx as xlsx_room
from intendance.tables import read_table
from intendance.terms import IntendanceError

arrow = pytest.importorskip("pyarrow", reason="needs the extra [tables]")
parquet = pytest.importorskip("pyarrow.parquet", reason="needs the extra [tables]")
pytest.importorskip("python_calamine", reason="needs the extra [tables]")


class Stock(msgspec.Struct, frozen=True):
    item: str
    number: int
    cost: Decimal | None = None
    since: date | None = None
    fit: bool = True
    tags: tuple[str, ...] = ()


HEADER = ["item", "number", "cost", "since", "fit", "tags"]


def refuse(path: Path, **options: str) -> IntendanceError:
    with pytest.raises(IntendanceError) as caught:
        read_table(path, Stock, **options)
    return caught.value


def test_xlsx_values(xlsx) -> None:
    path = xlsx(
        main=[HEADER, ["caesar", 18, 12.5, "2022-10-12", False, "a|b"], [2000, 1, None, None, 1]]
    )
    assert read_table(path, Stock)[0].cost == Decimal("12.5")
    assert read_table(path, Stock)[0].tags == ("a", "b")
    assert read_table(path, Stock) == [
        Stock("caesar", 18, Decimal("12.5"), date(2022, 10, 12), fit=False, tags=("a", "b")),
        Stock("2000", 1),
    ]


def test_xlsx_stored_dates_and_formulas(xlsx) -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>item</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>number</t></is></c>'
        '<c r="C1" t="inlineStr"><is><t>since</t></is></c></row>'
        '<row r="3"><c r="A3" t="inlineStr"><is><t>=1+1</t></is></c>'
        '<c r="B3"><f>2*21</f><v>42</v></c><c r="C3" s="1"><v>44846</v></c></row>'
        "</sheetData></worksheet>"
    )
    assert read_table(xlsx(main=sheet), Stock) == [Stock("=1+1", 42, since=date(2022, 10, 12))]


def test_xlsx_rows_are_numbered_as_in_a_spreadsheet(xlsx) -> None:
    path = xlsx(main=[[], ["item", "number"], [], ["caesar", 1.5]])
    error = refuse(path)
    assert error.code == "table.value"
    message = f"Expected a whole number, got 1.5 - at {path}, sheet 'main', row 4, field 'number'"
    assert error.message == message


def test_xlsx_number_that_lost_digits(xlsx) -> None:
    error = refuse(xlsx(main=[["item", "number"], ["caesar", 12345678901234567890]]))
    assert (error.code, error.expected) == ("table.value", "a whole number")


def test_xlsx_sheets(xlsx) -> None:
    path = xlsx(one=[["item", "number"]], two=[["item", "number"], ["x", 2]], three=[])
    assert read_table(path, Stock) == []
    assert read_table(path, Stock, sheet="two") == [Stock("x", 2)]
    error = refuse(path, sheet="four")
    message = f"Expected a sheet 'four', got the sheets one, two, three - at {path}"
    assert (error.code, error.message) == ("table.unreadable", message)
    error = refuse(path, sheet="three")
    assert error.message == f"Expected a header row, got an empty sheet 'three' - at {path}"


def test_xlsx_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    path.write_bytes(b"item,number\nx,1\n")
    error = refuse(path)
    assert error.code == "table.unreadable"
    assert error.message == (
        f"Expected an XLSX file, got an error: File is not a zip file - at {path}"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme", "no workbook")
    error = refuse(path)
    assert (error.code, error.expected) == ("table.unreadable", "an XLSX file")


def test_xlsx_cut_short(xlsx) -> None:
    path = xlsx(main=[["item", "number"], ["caesar", 1]])
    data = path.read_bytes()
    for length in range(0, len(data), 97):
        path.write_bytes(data[:length])
        assert refuse(path).code == "table.unreadable"


def test_xlsx_bombs(xlsx, monkeypatch: pytest.MonkeyPatch) -> None:
    far = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    path = xlsx(main=far)
    error = refuse(path)
    assert error.code == "table.too-large"
    assert error.message == (
        "Expected at most 20000000 cells a sheet, got 1048576 rows by 16384 columns in "
        f"xl/worksheets/1.xml - at {path}"
    )
    monkeypatch.setattr(xlsx_room, "MAX_BYTES", 100)
    error = refuse(path)
    assert error.message == f"Expected at most 100 bytes unpacked, got more - at {path}"


def write_parquet(path: Path, **columns: list) -> Path:
    parquet.write_table(arrow.table(columns), path)
    return path


def test_parquet(tmp_path: Path) -> None:
    columns: dict[str, list] = {
        "number": [18, 2],
        "item": ["caesar", "=1"],
        "cost": [Decimal("12.50"), None],
        "since": [date(2022, 10, 12), None],
        "tags": [["a", "b"], []],
    }
    path = write_parquet(tmp_path / "table.parquet", **columns)
    assert read_table(path, Stock) == [
        Stock("caesar", 18, Decimal("12.50"), date(2022, 10, 12), tags=("a", "b")),
        Stock("=1", 2),
    ]
    write_parquet(path, **(columns | {"number": [1, None]}))
    error = refuse(path)
    assert error.code == "table.value"
    assert error.message == (
        f"Expected a value, got an empty cell - at {path}, row 2, field 'number'"
    )
    del columns["item"]
    write_parquet(path, **columns)
    assert refuse(path).message == f"Expected a column 'item', got none - at {path}, header"


def test_parquet_that_is_none_or_cut_short(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "table.parquet", item=["x"] * 50, number=list(range(50)))
    data = path.read_bytes()
    for length in range(0, len(data), 61):
        path.write_bytes(data[:length])
        error = refuse(path)
        assert (error.code, error.expected) == ("table.unreadable", "a Parquet file")


def test_parquet_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_parquet(tmp_path / "table.parquet", item=["x"] * 50, number=list(range(50)))
    monkeypatch.setattr(parquet_room, "MAX_BYTES", 10)
    error = refuse(path)
    assert error.code == "table.too-large"
    assert error.expected == "at most 10 bytes unpacked"
    monkeypatch.setattr(parquet_room, "MAX_CELLS", 99)
    error = refuse(path)
    assert error.code == "table.too-large"
    assert error.message == f"Expected at most 99 cells, got 50 by 2 - at {path}"
    error = refuse(path, sheet="one")
    message = "Expected an XLSX file, since a sheet is named, got a Parquet file"
    assert error.message.startswith(message)


def changed(data: bytes, changes: list[tuple[float, int]]) -> bytes:
    out = bytearray(data)
    for place, value in changes:
        out[int(place * len(out))] = value
    return bytes(out)


CHANGES = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=8
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=CHANGES)
def test_damaged_files_are_read_or_refused(tmp_path: Path, xlsx, changes) -> None:
    files = (
        xlsx(main=[["item", "number", "cost"], ["caesar", 18, 1.5], ["x", 2, None]]),
        write_parquet(tmp_path / "table.parquet", item=["a", "b"] * 20, number=list(range(40))),
    )
    for path in files:
        path.write_bytes(changed(path.read_bytes(), changes))
        try:
            rows = read_table(path, Stock)
        except IntendanceError as error:
            assert error.code.startswith("table.")  # noqa: PT017
        else:
            assert all(isinstance(row, Stock) for row in rows)


@pytest.mark.parametrize(
    ("name", "module", "format_name"),
    [("t.xlsx", "python_calamine", "XLSX"), ("t.parquet", "pyarrow", "Parquet")],
)
def test_missing_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, module: str, format_name: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    error = refuse(tmp_path / name)
    assert error.code == "table.extra-missing"
    assert error.message == (
        f"Expected the library {module}, to read {format_name}, got none installed"
        f" - at {tmp_path / name}"
    )
    assert "intendance[tables]" in error.remedy
