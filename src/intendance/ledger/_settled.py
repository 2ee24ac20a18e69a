"""Which decisions hold, and what statements look like once they are corrected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

import msgspec

from intendance.ledger._fold import apply_corrections
from intendance.terms import Decision, Statement, TimeSpan, span_of

TRANSLATION: Final = "translation"
"""The value of a merge or split decision that says of two reports whether one translates the other.

The fold never sees such a decision: it joins witnesses, not statements (rule 4).
"""

PUBLISHED: Final = "published"
"""The one field of a report that a decision to correct may name."""

REDACTED: Final = "redacted"
"""What stands where a redaction took the words out of a decision."""


class Settled:
    """Decisions in the one order in which they apply, (when, id), and which of them are in force.

    An undo is a decision and can itself be undone; ``undone`` gives the undo that lifts each.
    """

    def __init__(self, decisions: Iterable[Decision]) -> None:
        known = {each.id: each for each in decisions}
        self.all = sorted(known.values(), key=_rank)
        self.undone: dict[str, str] = {}
        for each in reversed(self.all):
            if each.kind == "undo" and each.value is not None and each.id not in self.undone:
                self.undone[each.value] = each.id
        self.in_force = [e for e in self.all if e.kind != "undo" and e.id not in self.undone]
        self._naming: dict[str, list[Decision]] = defaultdict(list)
        said = [e for e in self.in_force if not (is_translation(e) or _silenced(e) or date_in(e))]
        for each in said:
            for statement in each.statements:
                self._naming[statement].append(each)
        self.corrected_ids = frozenset(s for e in said if e.kind == "correct" for s in e.statements)

    def shown(self) -> list[Decision]:
        """All decisions, each with the undo that lifts it."""
        return [msgspec.structs.replace(e, undone_by=self.undone.get(e.id)) for e in self.all]

    def among(self, statements: Iterable[str]) -> list[Decision]:
        """Those in force that the fold of ``statements`` needs, in order."""
        if not self._naming:
            return []
        found = {e.id: e for s in statements if s in self._naming for e in self._naming[s]}
        return sorted(found.values(), key=_rank)

    def translations(self, *, refused: bool = False) -> list[Decision]:
        """Those that say that two reports are a text and its translation (or that they are not)."""
        kind = "split" if refused else "merge"
        return [e for e in self.in_force if is_translation(e) and e.kind == kind]

    def dates(self) -> list[tuple[tuple[str, ...], TimeSpan]]:
        """Statements, and the date on which their report was really published; the last holds."""
        found = [(e.statements, date_in(e)) for e in self.in_force]
        return [(statements, span) for statements, span in found if span is not None]

    def merges(self) -> list[tuple[str, ...]]:
        """The statements of each merge in force."""
        return [e.statements for e in self.in_force if e.kind == "merge" and not is_translation(e)]

    def corrected(self, statement: Statement) -> Statement:
        """The statement with all corrections in force; it keeps its identifier and its words."""
        if statement.id not in self.corrected_ids:
            return statement
        return apply_corrections(statement, self._naming[statement.id])


def is_translation(decision: Decision) -> bool:
    """Whether a decision is about two reports rather than about what statements say."""
    return decision.value == TRANSLATION and decision.kind in ("merge", "split")


def date_in(decision: Decision) -> TimeSpan | None:
    """The date of publication that a decision corrects; None where it is about anything else."""
    fields = fields_in(decision.value) if decision.kind == "correct" else {}
    return span_of(str(fields[PUBLISHED])) if PUBLISHED in fields else None


def fields_in(value: str | None) -> dict[str, Any]:
    """The fields of a correction; {} where it holds none."""
    try:
        return msgspec.json.decode(value or "", type=dict[str, Any])
    except msgspec.MsgspecError:
        return {}


def _silenced(decision: Decision) -> bool:
    """Whether a redaction took the fields of a correction out: it then corrects nothing."""
    return decision.kind == "correct" and decision.value == REDACTED


def _rank(decision: Decision) -> tuple[str, str]:
    return decision.when, decision.id
