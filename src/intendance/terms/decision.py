"""Decisions: what an analyst settled, when and why; never a change to a statement."""

from __future__ import annotations

import msgspec

from intendance.terms.acts import DecisionKind
from intendance.terms.canonical import short_hash


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """One decision (design, section 6).

    ``statements`` are the identifiers that it binds to; ``value`` the corrected fields (canonical
    JSON), the grade, or, for ``undo``, the decision undone. ``when`` is an ISO 8601 instant in UTC.
    """

    id: str = ""
    kind: DecisionKind
    statements: tuple[str, ...]
    value: str | None = None
    by: str
    when: str
    why: str
    undone_by: str | None = None


def decision_id(decision: Decision) -> str:
    """``d`` and 20 hexadecimal digits over all that was decided."""
    said = (
        decision.kind, decision.statements, decision.value, decision.by, decision.when, decision.why
    )  # fmt: skip
    return "d" + short_hash(said)
