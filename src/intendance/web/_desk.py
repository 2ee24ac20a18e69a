"""What a reader writes: decisions and statements by hand, under the reader's own name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from intendance.terms import Decision, DecisionKind, Statement
from intendance.web._users import User

if TYPE_CHECKING:
    from intendance.api import Books


class Desk:
    """Writes to the books of one reader; raises what ``Books`` raises."""

    def __init__(self, books: Books, user: User) -> None:
        self._books = books
        self._user = user

    def decide(
        self, kind: DecisionKind, ids: Sequence[str], value: str | None, why: str
    ) -> Decision:
        """Settles something (see ``Ledger.decide``)."""
        return self._books.decide(kind, ids, value, by=self._user.name, why=why)

    def undo(self, decision: str, why: str) -> Decision:
        """Lifts a decision."""
        return self._books.undo(decision, self._user.name, why)

    def enter(self, report: str, quote: str, fields: dict[str, Any], nth: int = 1) -> Statement:
        """Adds a statement by hand at words of a report."""
        return self._books.enter(report, quote, fields, by=self._user.name, nth=nth)
