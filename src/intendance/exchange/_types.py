"""What imports give: readings for the ledger, and the rows that were set aside with the reason."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Literal

import msgspec

from intendance.ledger import Rejected
from intendance.terms import IntendanceError, Reading

Reason = Literal[
    "cells", "error-value", "formula", "donor", "kind", "date", "units", "units-absurd", "money",
    "money-absurd", "currency", "package", "item", "share", "act", "origin", "flag", "nothing",
    "currencies", "headings", "total", "note",
]  # fmt: skip
"""Why a row was set aside; what each means stands in the program's texts (``rejected.REASON``)."""


BESIDE: Final = frozenset(("headings", "total", "note"))
"""Reasons of rows that are none of data: they are listed, but stop no import."""


class Counts(msgspec.Struct, kw_only=True):
    """What an import came to so far."""

    rows: int = 0
    packages: int = 0
    statements: int = 0
    parts: int = 0


class Import:
    """A file as readings: iterate once. ``rejected`` and ``counts`` fill as that is done.

    ``dropped`` are the headings of columns that are never kept, ``notes`` what else there is to
    say, each as a key of the program's texts with its words.
    """

    def __init__(self, file: str, file_hash: str, dropped: tuple[str, ...]) -> None:
        self.file = file
        self.file_hash = file_hash
        self.dropped = dropped
        self.rejected: list[Rejected] = []
        self.notes: list[str] = []
        self.counts = Counts()
        self._readings: Iterator[Reading] = iter(())

    def __iter__(self) -> Iterator[Reading]:
        return self._readings

    def reads(self, readings: Iterator[Reading]) -> Import:
        """Take what gives the readings; a table of no rows raises ``import.empty`` at its end."""
        self._readings = self._some(readings)
        return self

    def _some(self, readings: Iterator[Reading]) -> Iterator[Reading]:
        yield from readings
        if not self.counts.rows:
            # An edition of nothing would be one that takes nothing's place, unseen.
            raise IntendanceError(
                "import.empty",
                expected="rows below the headings",
                got="none",
                where=self.file,
            )

    def set_aside(self, row: int, column: str, reason: Reason, got: str) -> None:
        """Keep a row as rejected."""
        self.rejected.append(
            Rejected(
                file=self.file,
                file_hash=self.file_hash,
                row=row,
                column=column,
                reason=reason,
                got=got[:120],
            )
        )


@contextmanager
def uncollected() -> Iterator[None]:
    """Statements hold no cycles: looking for some while thousands are made takes a while."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
