"""Corrections: an analyst's fields in place of a statement's, without changing what was said."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

import msgspec

from intendance.ledger._fold.decisions import effective
from intendance.terms import MAX_DIGITS, Decision, IntendanceError, Statement

FIXED: Final = frozenset({
    "id", "report", "reading", "quote", "prefix", "suffix", "start", "end", "rule", "language",
    "author", "source_row",
})  # fmt: skip
"""What a correction can't touch: where a statement stands and what made it (rule 1)."""

_MONEY_DIGITS: Final = 30
_FIELDS: Final = frozenset(Statement.__struct_fields__) - FIXED


def check_correction(value: str | None, where: str) -> dict[str, Any]:
    """The fields of a correction's ``value``, a JSON object of statement fields.

    Raises IntendanceError ``decision.invalid`` where it is no object or empty, ``statement.field``
    where a field is unknown, fixed, or holds what it may not hold, ``number.too-large``.
    ``where`` names the decision.
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
    said = _converted({"report": "r", "act": "promise", "certainty": "done"} | fields, where)
    _check_numbers(said, where)
    return fields


def _check_numbers(said: Statement, where: str) -> None:
    """Raises IntendanceError ``number.too-large``; what a reader reads keeps the same bounds."""
    for held, digits in ((said.quantity, MAX_DIGITS), (said.part_of, MAX_DIGITS),
                         (said.money, _MONEY_DIGITS)):  # fmt: skip
        for end in () if held is None else (held.low, held.high):
            if end is not None and not (Decimal(end).is_finite() and abs(end) < 10**digits):
                raise IntendanceError(
                    "number.too-large", expected=f"a number of {digits} digits at most",
                    got=str(end)[:40], where=where,
                )  # fmt: skip


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
