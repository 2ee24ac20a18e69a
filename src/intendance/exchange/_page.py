"""Rows as text: one line a row, so that every statement quotes the row that it was made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Final

import msgspec

from intendance.exchange._raw import Sheet
from intendance.terms import UNKNOWN_TIME, Report, Statement, TimeSpan, digest, statement_id

_AROUND: Final = 32
_BREAKS: Final = ("\r\n", "\n", "\r", "\t", "\x0b", "\x0c", "\x85", "\u2028", "\u2029")
_PLACE: Final = re.compile(r"[(\[]?-?\d{1,2}\.\d{3,},\s*-?\d{1,3}\.\d{3,}[)\]]?")
_PLACED: Final = re.compile(r"\.\d{3,},\s*-?\d{1,3}\.\d{3}")
"""Found sooner than the whole, as it begins with a sign."""

_NOTHING: Final = frozenset(("", ".", " ", "nan"))


class PageLine(msgspec.Struct, gc=False):
    """One row in the text of a report."""

    start: int
    end: int
    text: str
    prefix: str
    suffix: str


class Page:
    """The text of a report that is made of rows, and where each row stands in it."""

    def __init__(self, rows: Sequence[str]) -> None:
        self.text = "\n".join(rows)
        self.lines: list[PageLine] = []
        text, at = self.text, 0
        for row in rows:
            end = at + len(row)
            self.lines.append(
                PageLine(at, end, row, text[max(0, at - _AROUND) : at], text[end : end + _AROUND])
            )
            at = end + 1

    def digest(self) -> str:
        """The SHA-256 of the text in UTF-8; line by line, as most lines are ASCII."""
        return digest(
            b"\n".join([each.text.encode("utf-8", "surrogatepass") for each in self.lines])
        )


def rendering(header: Sequence[str], kept: Sequence[int]) -> Callable[[Sequence[str]], str]:
    """What makes one line of a row: ``heading: cell`` for each of the ``kept`` columns that says
    something, joined by `` | ``. Line breaks in cells become spaces, coordinates are left out.
    """
    names = [" ".join(header[at].split()) + ": " for at in kept]
    whole_row = list(kept) == list(range(len(header)))
    pick = itemgetter(*kept) if len(kept) > 1 else lambda cells: (cells[kept[0]],)

    def line(cells: Sequence[str]) -> str:
        said = [
            name + cell.strip()
            for name, cell in zip(names, cells if whole_row else pick(cells), strict=False)
            if cell not in _NOTHING
        ]
        whole = " | ".join(said)
        for each in _BREAKS:
            if each in whole:
                whole = whole.replace(each, " ")
        return _PLACE.sub("[place left out]", whole) if _PLACED.search(whole) else whole

    return line


def identified(said: Statement) -> Statement:
    """The statement with its identifier, made in place: a copy of millions takes a while."""
    msgspec.structs.force_setattr(said, "id", statement_id(said))
    return said


def report_of_rows(
    sheet: Sheet,
    page: Page,
    publisher: str | None,
    title: str | None,
    terms: str | None,
    published: TimeSpan | None,
    *,
    option: bool,
    rows: str = "",
) -> Report:
    """The report of a data set; ``option`` where the call named the day, else the table did."""
    hashed = page.digest()
    return Report(
        id=f"r{hashed[:20]}",
        kind="dataset",
        address=sheet.file,
        raw_hash=sheet.raw_hash,
        text_hash=hashed,
        publisher=publisher,
        published=published or UNKNOWN_TIME,
        date_from="unknown" if published is None else "option" if option else "metadata",
        language="en",
        title=f"{title or sheet.file}{rows}",
        terms=terms,
    )
