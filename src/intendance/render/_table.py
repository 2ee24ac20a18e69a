"""Tables of short texts: aligned for a terminal or a pipe, as Markdown, and as data for a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

import msgspec
from rich.cells import cell_len, chop_cells

from intendance.render._visible import visible

Align = Literal["left", "right"]

_GAP: Final = "  "
_INDENT: Final = "    "
_LEAST_WIDE: Final = 14
_LEAST: Final = 5
_LONGEST_WORD: Final = 24
_AFTER_HYPHEN: Final = re.compile(r"(?<=[^\W\d][^\W\d]-)(?=\w{2})")


class Column(msgspec.Struct, frozen=True):
    """One column: its heading, and which way its cells lean.

    Where room is short ``optional`` columns are left out, the widest first; then ``wide`` ones
    give way, and ``fixed`` ones never: an identifier that is broken in two can't be copied.
    """

    heading: str
    align: Align = "left"
    wide: bool = False
    fixed: bool = False
    optional: bool = False


class Row(msgspec.Struct, frozen=True):
    """One row of cells as many as columns, and the ``notes`` that stand under it."""

    cells: tuple[str, ...]
    notes: tuple[str, ...] = ()


class Table(msgspec.Struct, frozen=True):
    """Columns and rows; cells are texts already made for people, and may come from outside."""

    columns: tuple[Column, ...]
    rows: Sequence[Row]


def table_lines(table: Table, room: int | None = None) -> Iterator[str]:
    """The table aligned, the heading's lines first.

    Without ``room`` every row is one line however long (for a pipe); with it, cells are wrapped so
    that lines keep to that many character cells, where that is possible at all. Where words would
    break even without the optional columns, each row is a paragraph instead.
    """
    if room is not None and _too_narrow(_fitting(table, room), room):
        yield from _paragraphs(table, room)
        return
    table = _fitting(table, room)
    widths = _widths(table, room)
    yield from _headings(table, widths)
    for row in table.rows:
        yield from _row_lines(row.cells, widths, table.columns)
        for note in row.notes:
            yield from wrapped_lines(note, room, _INDENT)


def wrapped_lines(sentence: str, room: int | None = None, indent: str = "") -> list[str]:
    """A sentence in lines that keep to ``room`` character cells, each after ``indent``.

    Spaces that the sentence begins with indent all its lines.
    """
    shown = visible(sentence)
    body = shown.lstrip(" ")
    indent += " " * (len(shown) - len(body))
    lines = [body] if room is None else _wrapped(body, room - len(indent))
    return [indent + line for line in lines]


def heading_lines(table: Table, room: int | None = None) -> list[str]:
    """The lines that ``table_lines`` gives before the first row."""
    table = _fitting(table, room)
    if room is not None and _too_narrow(table, room):
        return []
    return _headings(table, _widths(table, room))


def markdown_table(table: Table) -> str:
    """The table in GitHub's Markdown; what is special in Markdown or HTML is escaped."""
    heads = " | ".join(markdown_escape(column.heading) for column in table.columns)
    rule = " | ".join("--:" if column.align == "right" else "---" for column in table.columns)
    rows = (" | ".join(map(markdown_escape, row.cells)) for row in table.rows)
    return "\n".join(f"| {line} |" for line in (heads, rule, *rows)) + "\n"


_SPECIAL: Final = str.maketrans(
    {char: f"\\{char}" for char in "\\`*_{}[]#|~"} | {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
)


def markdown_escape(text: str) -> str:
    """``text`` as Markdown that shows just these characters."""
    return visible(text).translate(_SPECIAL)


def _headings(table: Table, widths: Sequence[int]) -> list[str]:
    heads = tuple(column.heading for column in table.columns)
    return list(_row_lines(heads, widths, table.columns))


def _fitting(table: Table, room: int | None) -> Table:
    """The table without the optional columns that would make words break."""
    if room is None:
        return table
    words = _longest_words(table)
    kept = list(range(len(table.columns)))
    while sum(words[at] for at in kept) + len(_GAP) * (len(kept) - 1) > room:
        optional = [at for at in kept if table.columns[at].optional]
        if not optional:
            break
        kept.remove(max(optional, key=lambda at: words[at]))
    if len(kept) == len(table.columns):
        return table
    columns = tuple(table.columns[at] for at in kept)
    return Table(
        columns, [Row(tuple(row.cells[at] for at in kept), row.notes) for row in table.rows]
    )


def _too_narrow(table: Table, room: int) -> bool:
    needed = sum(_longest_words(table)) + len(_GAP) * (len(table.columns) - 1)
    return bool(table.rows) and needed > room


def _paragraphs(table: Table, room: int) -> Iterator[str]:
    """Each row by itself: what its first column holds, then the others under their headings."""
    for row in table.rows:
        head, *rest = row.cells
        yield from wrapped_lines(head, room)
        named = zip(table.columns[1:], rest, strict=True)
        said = " · ".join(f"{column.heading} {cell}" for column, cell in named if cell.strip())
        if said:
            yield from wrapped_lines(said, room, _INDENT)
        for note in row.notes:
            yield from wrapped_lines(note, room, _INDENT)


def _widths(table: Table, room: int | None) -> list[int]:
    widths = [cell_len(column.heading) for column in table.columns]
    for row in table.rows:
        sizes = (cell_len(visible(cell)) for cell in row.cells)
        widths = [max(pair) for pair in zip(widths, sizes, strict=True)]
    if room is None:
        return widths
    loose = [at for at, column in enumerate(table.columns) if not column.fixed]
    wide = [at for at in loose if table.columns[at].wide]
    words = _longest_words(table)
    _shrink(widths, {at: max(words[at], _LEAST_WIDE) for at in wide}, room)
    _shrink(widths, {at: words[at] for at in loose}, room)
    _shrink(widths, dict.fromkeys(loose, _LEAST), room)
    return widths


def _longest_words(table: Table) -> list[int]:
    """Of each column the longest word: narrower, and words would break."""
    longest = [cell_len(column.heading) for column in table.columns]
    for row in table.rows:
        for at, cell in enumerate(row.cells):
            pieces = (cell_len(word) for _, word in _pieces(visible(cell)))
            longest[at] = max(longest[at], *pieces)
    return [min(length, _LONGEST_WORD) for length in longest]


def _shrink(widths: list[int], least: Mapping[int, int], room: int) -> None:
    """Takes from the widest of the columns in ``least`` until the line fits or none may give."""
    excess = sum(widths) + len(_GAP) * (len(widths) - 1) - room
    while excess > 0:
        may_give = [at for at in least if widths[at] > least[at]]
        if not may_give:
            return
        widths[max(may_give, key=lambda at: widths[at])] -= 1
        excess -= 1


def _row_lines(
    cells: Sequence[str], widths: Sequence[int], columns: Sequence[Column]
) -> Iterator[str]:
    blocks = [_wrapped(visible(cell), width) for cell, width in zip(cells, widths, strict=True)]
    for at in range(max(map(len, blocks))):
        parts = []
        for block, width, column in zip(blocks, widths, columns, strict=True):
            cell = block[at] if at < len(block) else ""
            space = " " * (width - cell_len(cell))
            parts.append(space + cell if column.align == "right" else cell + space)
        yield _GAP.join(parts).rstrip()


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Where a line may break: at spaces, which vanish there, and after hyphens, which stay."""
    for word in text.split(" "):
        gap = " "
        for part in _AFTER_HYPHEN.split(word):
            yield gap, part
            gap = ""


def _wrapped(text: str, width: int) -> list[str]:
    """``text`` in lines of at most ``width`` cells, broken at spaces, in words only if it must."""
    width = max(width, 1)
    if cell_len(text) <= width:
        return [text]
    lines: list[str] = []
    line = ""
    for gap, word in _pieces(text):
        joined = line + gap + word if line else word
        if cell_len(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        *whole, line = chop_cells(word, width) or [""]
        lines += whole
    return [*lines, line]
