"""Rows that are no data: headings that come again, totals, and notes below or between."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final, Literal

from intendance.exchange._data import table

Beside = Literal["headings", "total", "note"]

_NOT_WORD: Final = re.compile(r"[\s:.=*]+\Z")
_MARKED: Final = re.compile(r"[*†‡§#]|\(?\d{1,2}\)\s|\[\d{1,2}\]")


def beside(
    cells: Sequence[str], header: Sequence[str], fields: Mapping[str, tuple[int, ...]]
) -> Beside | None:
    """What a row is that is none of data; None where it may be data.

    Headings again are the headings of all columns that are read; a total begins with a word for
    it; a note is alone in its row, and begins with a mark or is longer than a name.
    """
    said = [cell.strip() for cell in cells if cell.strip()]
    first = said[0]
    columns = [at for each in fields.values() for at in each]
    if all(cells[at].strip() == header[at].strip() for at in columns):
        return "headings"
    word = _NOT_WORD.sub("", first).casefold()
    if word in _totals() or (word.split(" ")[0] in _totals() and len(said) > 1 and _adds(said)):
        return "total"
    # A merged cell gives its words to every column that it covers.
    if len(set(said)) == 1 and (_MARKED.match(first) or len(first.split()) > 4):
        return "note"
    return None


@cache
def _totals() -> frozenset[str]:
    return frozenset(table("table/cells")["totals"])


def _adds(said: Sequence[str]) -> bool:
    """Whether all that stands behind the first cell are numbers."""
    return all(any(char.isdecimal() for char in cell) for cell in said[1:])
