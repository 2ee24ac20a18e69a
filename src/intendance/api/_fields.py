"""``FIELD=VALUE`` on the command line: the fields of a statement as an analyst writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

import msgspec

from intendance.terms import IntendanceError, span_of

_RANGE: Final = re.compile(r"(\d+)\s*(?:\.\.|-)\s*(\d+)")


def fields_of(assignments: Iterable[str]) -> dict[str, Any]:
    """The fields that ``quantity=4``, ``recipients=SVK,UKR`` and the like set.

    A value is JSON where it is JSON, else the words themselves; short ways: ``quantity=5``,
    ``quantity=1..4``, ``money=5 EUR``, ``time=2023-05``. Raises IntendanceError
    ``setting.invalid`` for what is no assignment.
    """
    return dict(map(_field, assignments))


def _field(assignment: str) -> tuple[str, Any]:
    """``quantity=4`` as a name and a value: JSON where it is JSON, else the words themselves."""
    name, sign, value = assignment.partition("=")
    if not sign or not name:
        raise IntendanceError(
            "setting.invalid",
            expected="FIELD=VALUE",
            got=repr(assignment[:80]),
            where="--set",
        )
    try:
        return name, _whole(name, msgspec.json.decode(value.encode()))
    except msgspec.DecodeError:
        return name, _whole(name, value)


def _whole(name: str, value: Any) -> Any:
    """The value of a field from a short way to write it."""
    if name in ("quantity", "part_of") and isinstance(value, int) and not isinstance(value, bool):
        return {"low": value, "high": value, "text": str(value), "state": "stated"}
    between = _RANGE.fullmatch(value.strip()) if isinstance(value, str) else None
    if name in ("quantity", "part_of") and between:
        low, high = int(between[1]), int(between[2])
        return {"low": low, "high": high, "text": value, "state": "stated"}
    if name == "published":
        return str(value)
    if name == "time" and isinstance(value, str | int):
        return msgspec.to_builtins(span_of(str(value), "--set time"))
    if name in ("actors", "recipients", "suppliers", "financers") and isinstance(value, str):
        return [each.strip() for each in value.split(",") if each.strip()]
    if name == "money" and isinstance(value, str):
        amount, _, currency = value.strip().rpartition(" ")
        return {
            "low": amount, "high": amount, "text": value, "state": "stated", "currency": currency
        }  # fmt: skip
    return value
