"""CSV with a schema: what is taken, and each error with file, row and field."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intendance.tables import MAX_CELL, read_table
from intendance.tables import _csv as csv_room
from intendance.terms import IntendanceError


class Stock(msgspec.Struct, frozen=True, rename={"class_": "class"}):
    nation: str
    item: str
    number: Annotated[int, msgspec.Meta(ge=0)]
    cost: Decimal | None = None
    since: date | None = None
    fit: bool = True
    class_: str = "any"
    tags: tuple[str, ...] = ()
    state: Literal["old", "new"] = "new"


def table(tmp_path: Path, content: str | bytes, name: str = "stock.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refuse(path: Path, **options: str) -> IntendanceError:
    with pytest.raises(IntendanceError) as caught:
        read_table(path, Stock, **options)
    return caught.value


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_delimiters_marks_and_line_ends(
    tmp_path: Path, delimiter: str, encoding: str, ending: str
) -> None:
    lines = [["number", "item", "nation"], ["4", "véhicule", "FRA"], ["0", '"a""b"', "DEU"]]
    text = ending.join(delimiter.join(line) for line in lines) + ending
    found = read_table(table(tmp_path, text.encode(encoding)), Stock)
    assert found == [Stock("FRA", "véhicule", 4), Stock("DEU", 'a"b', 0)]


def test_each_type_of_field(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "nation,item,number,cost,since,fit,class,tags,state\n"
        "FRA,caesar,18,12.50,2022-10-12,false,artillery,a|b\\|c,old\n"
        "DEU,gepard,30,,,,,,\n",
    )
    assert read_table(path, Stock) == [
        Stock(
            "FRA", "caesar", 18, Decimal("12.50"), date(2022, 10, 12), fit=False,
            class_="artillery", tags=("a", "b|c"), state="old",
        ),
        Stock("DEU", "gepard", 30),
    ]  # fmt: skip


def test_line_that_names_the_delimiter(tmp_path: Path) -> None:
    path = table(tmp_path, "sep=|\nnation|item|number\nFRA|a,b;c|1\nFRA|x|one\n")
    error = refuse(path)
    assert error.where == f"{path}, row 4, field 'number'"
    path.write_text("sep=|\nnation|item|number\nFRA|a,b;c|1\n")
    assert read_table(path, Stock) == [Stock("FRA", "a,b;c", 1)]


def test_blank_lines_and_empty_trailing_cells_are_passed_over(tmp_path: Path) -> None:
    path = table(tmp_path, "\nnation,item,number,\n\nFRA,x,1,\n,,,\nDEU,y,2,,,\n")
    assert read_table(path, Stock) == [Stock("FRA", "x", 1), Stock("DEU", "y", 2)]


def test_line_breaks_inside_cells_keep_the_row_numbers(tmp_path: Path) -> None:
    path = table(tmp_path, 'nation,item,number\nFRA,"a\nb",1\nDEU,y,two\n')
    assert refuse(path).where == f"{path}, row 3, field 'number'"


def test_formulas_are_text(tmp_path: Path) -> None:
    path = table(tmp_path, "nation,item,number\nFRA,=1+1,1\nFRA,'=1+1,1\nFRA,'tis,1\n")
    assert [row.item for row in read_table(path, Stock)] == ["=1+1", "=1+1", "'tis"]


def test_named_encoding(tmp_path: Path) -> None:
    path = table(tmp_path, "nation,item,number\nFRA,véhicule,1\n".encode("cp1252"))
    assert read_table(path, Stock, encoding="cp1252")[0].item == "véhicule"
    error = refuse(path)
    assert (error.code, error.message) == (
        "table.unreadable",
        f"Expected text in utf-8, got byte 0xe9 in line 2 - at {path}",
    )
    error = refuse(path, encoding="klingon")
    assert error.message == f"Expected the name of an encoding, got 'klingon' - at {path}"


@pytest.mark.parametrize(
    ("header", "code", "message"),
    [
        ("nation,item", "table.column", "Expected a column 'number', got none - at {}, header"),
        (
            "nation,item,number,item",
            "table.column",
            "Expected one column 'item', got a second one, column 4 - at {}, header",
        ),
        (
            "nation,item,number,price",
            "table.column",
            "Expected one of the columns nation, item, number, cost, since, fit, class, tags, state, got 'price' - at {}, header",  # noqa: E501
        ),
        ("", "table.unreadable", "Expected a header row, got an empty file - at {}"),
    ],
)
def test_headers(tmp_path: Path, header: str, code: str, message: str) -> None:
    path = table(tmp_path, header)
    error = refuse(path)
    assert (error.code, error.message) == (code, message.format(path))


@pytest.mark.parametrize(
    ("column", "cell", "expected", "got"),
    [
        ("number", "4.5", "a whole number", "'4.5'"),
        ("number", "1e3", "a whole number", "'1e3'"),
        ("number", "null", "a whole number", "'null'"),
        ("number", "9" * 31, "a whole number", "'" + "9" * 31 + "'"),
        ("number", "-1", "int >= 0", "-1"),
        ("number", "", "a value", "an empty cell"),
        ("cost", "1,5", "a number with a decimal point, such as 1234.5", "'1,5'"),
        ("cost", "NaN", "a number with a decimal point, such as 1234.5", "'NaN'"),
        ("cost", "1e9", "a number with a decimal point, such as 1234.5", "'1e9'"),
        ("since", "2023-02-30", "a date, such as 2023-05-31", "'2023-02-30'"),
        ("since", "31.05.2023", "a date, such as 2023-05-31", "'31.05.2023'"),
        ("fit", "yes", "true or false", "'yes'"),
        ("state", "worn", "one of new, old", "'worn'"),
    ],
)
def test_cells(tmp_path: Path, column: str, cell: str, expected: str, got: str) -> None:
    cells = {"nation": "FRA", "item": "caesar", "number": "1", column: cell}
    path = table(tmp_path, ";".join(cells) + "\n" + ";".join(cells.values()) + "\n")
    error = refuse(path)
    assert error.code == "table.value"
    assert error.where == f"{path}, row 2, field '{column}'"
    assert (error.expected, error.got) == (expected, got)


@pytest.mark.parametrize(("row", "got"), [("FRA,x", "2"), ("FRA,x,1,2", "4")])
def test_ragged_rows(tmp_path: Path, row: str, got: str) -> None:
    path = table(tmp_path, "nation,item,number\nFRA,x,1\n" + row + "\n")
    error = refuse(path)
    assert error.code == "table.ragged"
    assert error.message == f"Expected 3 cells, got {got} - at {path}, row 3"


def test_value_under_a_column_without_a_name(tmp_path: Path) -> None:
    path = table(tmp_path, "nation,item,number,\nFRA,x,1,note\n")
    error = refuse(path)
    assert error.message == f"Expected a column with a name, got note - at {path}, row 2"


def test_quote_that_is_never_closed(tmp_path: Path) -> None:
    path = table(tmp_path, 'nation,item,number\nFRA,"x,1\n')
    error = refuse(path)
    assert error.code == "table.unreadable"
    message = f"Expected well-formed CSV, got unexpected end of data - at {path}, row 2"
    assert error.message == message


def test_nul_characters(tmp_path: Path) -> None:
    path = table(tmp_path, b"nation,item,number\nFRA,x\0,1\n")
    error = refuse(path)
    expected = f"Expected text without NUL characters, got one in line 2 - at {path}"
    assert (error.code, error.message) == ("table.unreadable", expected)


def test_huge_cells(tmp_path: Path) -> None:
    path = table(tmp_path, f"nation,item,number\nFRA,{'x' * (MAX_CELL + 1)},1\n")
    error = refuse(path)
    assert error.code == "table.value"
    assert error.expected == f"at most {MAX_CELL} characters"
    assert error.where == f"{path}, row 2, field 'item'"
    path = table(tmp_path, f"nation,item,number\nFRA,{'x' * 1_000_000},1\n")
    error = refuse(path)
    assert error.code == "table.unreadable"
    assert error.message.startswith("Expected well-formed CSV, got field larger than field limit")


def test_too_many_cells_or_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = table(tmp_path, "nation,item,number\nFRA,x,1\nFRA,x,1\n")
    monkeypatch.setattr(csv_room, "MAX_CELLS", 8)
    error = refuse(path)
    expected = ("table.too-large", f"Expected at most 8 cells, got more - at {path}")
    assert (error.code, error.message) == expected
    monkeypatch.setattr(csv_room, "MAX_BYTES", 20)
    expected = ("table.too-large", f"Expected at most 20 bytes, got a larger file - at {path}")
    error = refuse(path)
    assert (error.code, error.message) == expected


@pytest.mark.parametrize(
    ("start", "what"),
    [
        (b"PK\x03\x04", "a zip archive, as XLSX files are"),
        (b"PAR1", "a Parquet file"),
        (b"\xd0\xcf\x11\xe0", "an old Excel file"),
    ],
)
def test_other_formats_under_the_name_of_csv(tmp_path: Path, start: bytes, what: str) -> None:
    path = table(tmp_path, start + b"rest")
    error = refuse(path)
    assert error.code == "table.unreadable"
    assert error.message == f"Expected CSV text, got {what} - at {path}"


def test_files_that_are_not_there_or_not_files(tmp_path: Path) -> None:
    error = refuse(tmp_path / "none.csv")
    message = f"Expected a table file, got nothing - at {tmp_path / 'none.csv'}"
    assert (error.code, error.message) == ("input.missing", message)
    (tmp_path / "folder.csv").mkdir()
    error = refuse(tmp_path / "folder.csv")
    assert error.code == "input.unreadable"
    assert error.expected == "a table file that can be read"
    error = refuse(tmp_path / "stock.ods")
    assert error.code == "table.unreadable"
    assert error.message.startswith("Expected a file named .csv, .tsv, .txt, .xlsx, .xlsm, ")
    error = refuse(table(tmp_path, "nation\n"), sheet="one")
    message = "Expected an XLSX file, since a sheet is named, got a CSV file"
    assert error.message.startswith(message)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.sampled_from([b"", b"nation,item,number\n", b"\xff\xfe", b"sep=;\n"]),
    rest=st.binary(max_size=60) | st.text("FRA,;\t\"'=1\r\n", max_size=60).map(str.encode),
)
def test_any_bytes_are_read_or_refused(tmp_path: Path, start: bytes, rest: bytes) -> None:
    path = table(tmp_path, start + rest)
    try:
        rows = read_table(path, Stock)
    except IntendanceError as error:
        assert error.code.startswith("table.")  # noqa: PT017
    else:
        assert all(isinstance(row, Stock) for row in rows)
