"""What every format gives: a header and rows of cells, each row with the number a person sees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

import msgspec

Cells = Sequence[object]


class Source(msgspec.Struct, frozen=True):
    """One table as its file holds it.

    ``rows`` gives (row number, cells); the header counts as a row in CSV and XLSX. Where
    ``escaped``, text cells carry the apostrophe that write_csv sets before what a spreadsheet
    would run.
    """

    file: str
    header: Cells
    rows: Iterable[tuple[int, Cells]]
    escaped: bool


class Opener(Protocol):
    """Opens one file format; ``columns`` are the names that the schema knows."""

    def __call__(
        self, path: str, *, columns: Sequence[str], encoding: str | None, sheet: str | None
    ) -> Source: ...


Convert = Callable[[object], object]
