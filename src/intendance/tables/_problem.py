"""What is wrong with the rows of filled tables: file, row and field, expected, got."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec

from intendance.terms import IntendanceError

FIRST_ROW: Final = 2
"""Line 1 is the header."""


class Problem(msgspec.Struct, frozen=True):
    """One thing that is wrong; ``known`` are the names that could have been meant.

    ``row`` counts the file's rows with the header as 1; 0 is the table as a whole.
    """

    code: str
    table: str
    row: int
    field: str
    expected: str
    got: str
    known: tuple[str, ...] = ()

    def error(self, files: Mapping[str, str] | None = None) -> IntendanceError:
        """The problem as an error; ``files`` are the files that tables came from."""
        row = f", row {self.row}" if self.row else ""
        field = f", field '{self.field}'" if self.field else ""
        return IntendanceError(
            self.code,
            expected=self.expected,
            got=self.got,
            where=f"{(files or {}).get(self.table, self.table)}{row}{field}",
            remedy=nearest(self.got.strip("'"), self.known),
        )


def repeated(
    tables: Mapping[str, Sequence[Any]], keys: Mapping[str, tuple[str, ...]], code: str
) -> Iterator[Problem]:
    """A problem for each row whose ``keys`` an earlier row of its table has."""
    for table, fields in keys.items():
        seen: dict[tuple[str, ...], int] = {}
        for row, found in enumerate(tables[table], FIRST_ROW):
            key = tuple(getattr(found, field) for field in fields)
            if key in seen:
                got = f"{' '.join(key)} as in row {seen[key]}"
                yield Problem(code, table, row, ", ".join(fields), "each once", got)
            seen.setdefault(key, row)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """A remedy that names the nearest known name, if one is near."""
    found = difflib.get_close_matches(name, sorted(known), n=1)
    return f"Write {found[0]!r} if that is meant." if found else None
