"""What reading some reports into a ledger came to."""

from __future__ import annotations

from typing import Final

import msgspec

from intendance.ledger import Added
from intendance.terms import ErrorRecord

_MOST_SKIPPED: Final = 1_000
_MOST_NOTES: Final = 10_000


class Note(msgspec.Struct, frozen=True):
    """Something in one report that was passed over, and why."""

    address: str
    note: str


class Outcome(msgspec.Struct, kw_only=True):
    """Counts of one run. ``read`` reports were new or read anew, ``unchanged`` ones were known.

    ``copies`` repeat another report, ``statements`` are new ones; ``commitments`` and ``conflicts``
    are what the ledger gained (less what it lost by merging). ``skipped`` says of each file that
    could not be read why. ``interrupted`` is true where the run was stopped before its end.
    """

    read: int = 0
    unchanged: int = 0
    copies: int = 0
    statements: int = 0
    commitments: int = 0
    conflicts: int = 0
    skipped: list[ErrorRecord] = []
    skipped_more: dict[str, int] = {}
    notes: list[Note] = []
    notes_more: int = 0
    interrupted: bool = False

    def count(self, added: Added) -> None:
        """Adds what one batch brought."""
        self.copies += added.copies
        self.statements += added.statements
        self.commitments += added.commitments
        self.conflicts += added.conflicts

    def skip(self, record: ErrorRecord) -> None:
        """Adds something that could not be read; memory stays bounded."""
        if len(self.skipped) < _MOST_SKIPPED:
            self.skipped.append(record)
        else:
            self.skipped_more[record.code] = self.skipped_more.get(record.code, 0) + 1

    def add_note(self, address: str, words: str) -> None:
        """Adds a note; memory stays bounded."""
        if len(self.notes) < _MOST_NOTES:
            self.notes.append(Note(address, words))
        else:
            self.notes_more += 1

    def reasons(self) -> dict[str, int]:
        """How many were skipped, by the code of the reason."""
        counts = dict(self.skipped_more)
        for record in self.skipped:
            counts[record.code] = counts.get(record.code, 0) + 1
        return counts
