"""Statements by hand: the form's fields, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from intendance.api import fields_of
from intendance.terms import ACTS, CERTAINTIES
from intendance.web._types import ViewContext
from intendance.web._views._cells import names_of

FIELDS: Final = (
    "act", "certainty", "actors", "recipients", "item", "quantity", "money", "time"
)  # fmt: skip
_PARTIES: Final = ("actors", "recipients")


def fields_in(context: ViewContext, given: Mapping[str, str | None]) -> dict[str, Any]:
    """The fields of a statement from those of the form; a blank one is left out.

    Parties and items may be named in any language. Raises IntendanceError ``catalogue.unknown``,
    ``date.invalid`` or ``setting.invalid``.
    """
    catalogue = context.books.catalogue
    made: dict[str, Any] = {}
    for name in FIELDS:
        words = (given.get(name) or "").strip()
        if not words:
            continue
        if name in _PARTIES:
            made[name] = [catalogue.resolve(each.strip()) for each in words.split(",")]
        elif name == "item":
            made[name] = catalogue.resolve(words)
        elif name in ("act", "certainty"):
            made[name] = words
        else:
            made |= fields_of([f"{name}={words}"])
    return made


def choices(context: ViewContext) -> dict[str, list[tuple[str, str]]]:
    """What the selects of the form offer."""
    names = names_of(context)
    return {
        "act": [(each, names.word("act", each)) for each in ACTS],
        "certainty": [(each, names.word("certainty", each)) for each in CERTAINTIES],
    }
