"""CSV out: what a spreadsheet may not run, and that everything comes back as it was."""

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intendance.tables import read_table, write_csv
from intendance.terms import Interval, exactly


class Line(msgspec.Struct, frozen=True, rename={"class_": "class"}):
    text: str
    class_: str | None = None
    number: int = 0
    amount: Decimal | None = None
    ratio: float = 0.5
    when: date | None = None
    live: bool = True
    names: tuple[str, ...] = ()
    quantity: Interval | None = None
    either: int | Decimal | None = None


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8) | st.sampled_from(
    [
        "=1+1",
        "'=x",
        "''",
        "@a",
        "-",
        "+1",
        "|",
        "\\",
        "\\e",
        "a;b,c\td",
        '"',
        "x\ny",
        "\r\n",
        "\t=1",
    ]
)
LINES = st.builds(
    Line,
    text=TEXT.filter(lambda text: not text or bool(text.strip())),
    class_=st.none() | TEXT.filter(str.strip),
    number=st.integers(-(10**18), 10**18),
    amount=st.none() | st.decimals(-(10**20), 10**20, places=4),
    ratio=st.floats(allow_nan=False, allow_infinity=False),
    when=st.none() | st.dates(),
    live=st.booleans(),
    names=st.lists(TEXT, max_size=3).map(tuple).filter(lambda n: not n or n != ("",)),
    quantity=st.none() | st.integers(0, 99).map(exactly),
    either=st.none()
    | st.integers(0, 9)
    | st.decimals(0, 9, places=1).map(lambda d: d + Decimal("0.05")),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(LINES, max_size=4))
def test_what_is_written_comes_back(tmp_path: Path, lines: list[Line]) -> None:
    path = tmp_path / "lines.csv"
    path.write_bytes(write_csv(lines, Line).encode("utf-8"))
    assert read_table(path, Line) == lines


@given(lines=st.lists(LINES, min_size=1, max_size=4))
def test_no_text_begins_like_a_formula(lines: list[Line]) -> None:
    rows = list(csv.DictReader(io.StringIO(write_csv(lines), newline="")))
    for row in rows:
        for column in ("text", "class", "names", "quantity"):
            assert not row[column].startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋"))


def test_shape() -> None:
    line = Line("=HYPERLINK(1)", number=-5, names=("FRA", "DEU"), when=date(2022, 10, 12))
    header, row = write_csv([line]).splitlines()
    assert header == "text,class,number,amount,ratio,when,live,names,quantity,either"
    assert row == "'=HYPERLINK(1),,-5,,0.5,2022-10-12,true,FRA|DEU,,"


@pytest.mark.parametrize(("value", "cell"), [(3, "3"), (Decimal("3.5"), "3.5"), (None, "")])
def test_field_of_several_types(tmp_path: Path, value: int | Decimal | None, cell: str) -> None:
    path = tmp_path / "lines.csv"
    path.write_text(write_csv([Line("x", either=value, ratio=1e-300)]))
    assert f"1e-300,,true,,,{cell}\n" in path.read_text()
    (line,) = read_table(path, Line)
    assert (line.either, line.ratio) == (value, 1e-300)


def test_no_rows() -> None:
    assert write_csv([]) == ""
    assert write_csv([], Line).startswith("text,class,number,")


@pytest.mark.parametrize(("parts", "cell"), [(("",), "\\e"), (("", ""), "'|"), ((), "")])
def test_empty_texts_in_a_list(tmp_path: Path, parts: tuple[str, ...], cell: str) -> None:
    written = write_csv([Line("x", names=parts)])
    assert next(csv.DictReader(io.StringIO(written)))["names"] == cell
    path = tmp_path / "lines.csv"
    path.write_text(written)
    assert read_table(path, Line)[0].names == parts


def test_constant_default_does_not_hide_an_empty_text(tmp_path: Path) -> None:
    class Note(msgspec.Struct, frozen=True):
        id: int
        text: str = "none"
        other: str = ""

    path = tmp_path / "notes.csv"
    path.write_text(write_csv([Note(1, ""), Note(2)]))
    assert path.read_text() == "id,text,other\n1,',\n2,none,\n"
    assert read_table(path, Note) == [Note(1, ""), Note(2)]
