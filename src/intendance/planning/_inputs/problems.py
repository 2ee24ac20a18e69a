"""What is wrong with a scenario: row and field, expected, got, what to do."""

from __future__ import annotations

import msgspec

from intendance.terms import IntendanceError

_FIRST_ROW = 2  # line 1 is the header


class Problem(msgspec.Struct, frozen=True):
    """One thing that is wrong: what was expected, what was found, in which table, row and field.

    ``row`` counts the file's rows with the header as 1; 0 is the table as a whole.
    """

    code: str
    table: str
    row: int
    field: str
    expected: str
    got: str
    remedy: str | None = None

    @property
    def where(self) -> str:
        """Table, row and field in words."""
        row = f" row {self.row}" if self.row else ""
        field = f" field {self.field}" if self.field else ""
        return f"{self.table}{row}{field}"

    def error(self) -> IntendanceError:
        """The problem as an error."""
        return IntendanceError(
            self.code, expected=self.expected, got=self.got, where=self.where, remedy=self.remedy
        )


def at(index: int) -> int:
    """The row of the file that the row ``index`` (from 0) of a table stands in."""
    return index + _FIRST_ROW
