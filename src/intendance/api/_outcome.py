"""What reading some reports into a ledger came to."""

from __future__ import annotations

import msgspec

from intendance.ledger import Added
from intendance.terms import ErrorRecord


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
    notes: list[Note] = []
    interrupted: bool = False

    def count(self, added: Added) -> None:
        """Adds what one batch brought."""
        self.copies += added.copies
        self.statements += added.statements
        self.commitments += added.commitments
        self.conflicts += added.conflicts
