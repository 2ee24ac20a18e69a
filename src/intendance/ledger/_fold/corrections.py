"""Corrections: an analyst's fields in place of a statement's, without changing what was said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from intendance.ledger._fold.decisions import effective
from intendance.terms import Decision, IntendanceError, Statement

FIXED: Final = frozenset({
    "id", "report", "reading", "quote", "prefix", "suffix", "start", "end", "rule", "language",
    "author", "source_row",
})  # fmt: skip
"""What a correction can't touch: where a statement stands and what made it (rule 1)."""

_FIELDS: Final = frozenset(Statement.__struct_fields__) - FIXED


def check_correction(value: str | None, where: str) -> dict[str, Any]:
    """The fields of a correction's ``value``, a JSON object of statement fields.

    Raises IntendanceError ``decision.invalid`` where it is no object or empty, ``statement.field``
    where a field is unknown, fixed, or holds what it may not hold. ``where`` names the decision.
    """
    try:
        fields = msgspec.json.decode(value or "", type=dict[str, Any])
    except msgspec.MsgspecError:
        fields = {}
    if not fields:
        raise IntendanceError(
            "decision.invalid",
            expected="a JSON object of the corrected fields",
            got=repr((value or "")[:80]),
            where=where,
        )
    wrong = sorted(fields.keys() - _FIELDS)
    if wrong:
        raise IntendanceError(
            "statement.field",
            expected="fields of a statement that an analyst may correct",
            got=", ".join(wrong),
            where=where,
        )
    _converted({"report": "r", "act": "promise", "certainty": "done"} | fields, where)
    return fields


def apply_corrections(statement: Statement, decisions: Sequence[Decision]) -> Statement:
    """The statement with the fields of every ``correct`` decision that names it.

    Decisions apply in (when, id) order; undone ones are passed over. The identifier stays, so that
    links, commitments and decisions keep working. Raises as ``check_correction``.
    """
    changed: dict[str, Any] = {}
    for decision in effective(decisions):
        if decision.kind == "correct" and statement.id in decision.statements:
            changed |= check_correction(decision.value, f"decision {decision.id}")
    if not changed:
        return statement
    fields = msgspec.json.decode(msgspec.json.encode(statement))
    return _converted(fields | changed, f"the corrections of {statement.id}")


def _converted(fields: dict[str, Any], where: str) -> Statement:
    try:
        return msgspec.convert(fields, Statement, strict=True, str_keys=True)
    except (msgspec.ValidationError, IntendanceError) as error:
        raise IntendanceError(
            "statement.field",
            expected="what the vocabulary allows in that field",
            got=str(error),
            where=where,
        ) from None
