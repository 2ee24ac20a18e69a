"""Tables keep their columns aligned, fit the terminal, and hold what they were given."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from intendance.render import (
    Column,
    Row,
    Table,
    heading_lines,
    markdown_table,
    table_lines,
    wrapped_lines,
)

COLUMNS = (Column("id"), Column("quantity", "right"), Column("quote", wide=True))
WORDS = "the quick brown fox jumps over the lazy dog " * 3


def _table(*rows: tuple[str, str, str], notes: tuple[str, ...] = ()) -> Table:
    return Table(COLUMNS, [Row(cells, notes) for cells in rows])


def test_a_pipe_gets_one_line_a_row() -> None:
    lines = list(table_lines(_table(("c1", "4", WORDS), ("c22", "[1, 4]", "x"), notes=("said",))))
    assert lines == [
        "id   quantity  quote",
        f"c1          4  {WORDS.rstrip()}",
        "    said",
        "c22    [1, 4]  x",
        "    said",
    ]


def test_a_terminal_gets_lines_that_fit() -> None:
    table = _table(("c1", "4", WORDS), notes=(WORDS,))
    lines = list(table_lines(table, 40))
    assert max(map(cell_len, lines)) <= 40
    assert " ".join(lines[1].split()) == "c1 4 the quick brown fox jumps"
    words = [word for line in lines for word in line.split()]
    assert [word for word in words if word in WORDS.split()] == WORDS.split() * 2


def test_an_identifier_is_never_broken_and_words_only_if_they_must() -> None:
    columns = (Column("id", fixed=True), Column("item"), Column("notes", wide=True))
    table = Table(columns, [Row(("c123456789", "fgm-148-javelin", "backfill for c999999999"))])
    lines = list(table_lines(table, 42))
    assert lines[1].split() == ["c123456789", "fgm-", "backfill", "for"]
    assert lines[2].split() == ["148-javelin", "c999999999"]
    # where even then words would break, each row is a paragraph
    assert list(table_lines(table, 30)) == [
        "c123456789",
        "    item fgm-148-javelin ·",
        "    notes backfill for",
        "    c999999999",
    ]
    assert heading_lines(table, 30) == []


def test_an_optional_column_goes_before_words_break() -> None:
    columns = (Column("id", fixed=True), Column("when", optional=True), Column("item"))
    table = Table(columns, [Row(("c123456789", "2023-01-25/02-03", "artillery-ammunition"))])
    assert next(table_lines(table, 50)).split() == ["id", "when", "item"]
    assert list(table_lines(table, 30)) == [
        "id          item",
        "c123456789  artillery-",
        "            ammunition",
    ]
    assert heading_lines(table, 30) == ["id          item"]


def test_wide_letters_count_double() -> None:
    lines = list(table_lines(_table(("中文", "1", "a"), ("b", "2", "c"))))
    assert [cell_len(line) for line in lines[1:]] == [17, 17]


def test_an_indented_sentence_stays_indented_where_it_wraps() -> None:
    assert wrapped_lines("  one two three", 9) == ["  one two", "  three"]
    assert wrapped_lines("  one two three", indent="> ") == [">   one two three"]


def test_an_empty_table_is_its_heading() -> None:
    assert list(table_lines(_table())) == heading_lines(_table()) == ["id  quantity  quote"]


@given(st.lists(st.tuples(st.text(), st.text(), st.text()), max_size=5), st.integers(1, 60))
def test_any_text_in_any_room(rows: list[tuple[str, str, str]], room: int) -> None:
    lines = list(table_lines(_table(*rows), room))
    assert len(lines) >= max(len(rows), 1)
    assert all("\n" not in line and "\x1b" not in line for line in lines)
    if room >= 30:
        assert max(map(cell_len, lines)) <= room


def test_markdown_escapes_what_would_be_markup() -> None:
    lines = markdown_table(_table(("<b>|", "*4*", "[x](javascript:y)"))).splitlines()
    assert lines == [
        "| id | quantity | quote |",
        "| --- | --: | --- |",
        "| &lt;b&gt;\\| | \\*4\\* | \\[x\\](javascript:y) |",
    ]
