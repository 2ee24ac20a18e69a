"""Tables of structs: a column for each field, with the headings of the program."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

import msgspec

from intendance.forces import class_name
from intendance.render import has_text, interval_cell, number_text, retold, text
from intendance.terms import Interval
from intendance.web._shown import Both, Cell, Field, spread, tabled
from intendance.web._types import ViewContext
from intendance.web._views._cells import names_of

_MOST: Final = 25
_HEADINGS: Final = {
    "availability": "available",
    "availability_swapping": "available-swapping",
    "interceptors": "held",
    "interceptors_needed": "interceptors",
}
"""Fields whose heading goes by another name."""

_NAMED: Final = frozenset({
    "nation", "item", "user", "for_", "chain", "items", "gun", "old", "new", "class_", "short_of",
    "replaced_by", "ammunition",
})  # fmt: skip
"""Fields that hold identifiers of the catalogue; a plan's are its own."""

_WORDS: Final = ("kind", "lasts", "standard", "limit", "against", "class_", "method", "place")
"""Fields that hold words of the program."""

_CLASSES: Final = ("threat", "range")
"""Fields that hold classes of air defence."""

_WIDE: Final = ("text", "replaced_by", "items")


def number(value: float | Decimal | None, context: ViewContext) -> str:
    """A number as people read it; what a computer adds behind the sixth digit is left out."""
    if value is None:
        return "–"
    rounded = round(value) if abs(float(value)) >= 1000 else Decimal(str(round(value, 2))) + 0
    return number_text(rounded, context.language)


def struct_table(
    context: ViewContext,
    title: str,
    kind: type[msgspec.Struct],
    rows: Iterable[Any],
    family: str,
    *,
    empty: str = "pages.nothing",
    as_of: str | None = None,
) -> Both:
    """A table of structs: a column for each field, numbers to the right.

    The headings are the texts ``<family>.head-<field>`` where there are any. Intervals are one
    column of the page and two of the files; what the catalogue names is called by its name.
    """
    fields = [
        column
        for each in msgspec.structs.fields(kind)
        for column in _columns(context, each, family)
    ]
    source = "pages.plan_source" if family == "plan" else "pages.forces_source"
    return tabled(
        context, title, fields, rows, most=_MOST, source=source, terms="pages.plan_terms",
        empty=empty, as_of=as_of,
    )  # fmt: skip


def _columns(context: ViewContext, each: Any, family: str) -> list[Field[Any]]:
    if each.type is not Interval:
        return [_field(context, each, family)]
    name = each.name

    def cell(row: Any) -> str:
        value: Interval = getattr(row, name)
        return interval_cell(value, context.language) if value.known else ""

    heading = _heading(context, each, family)
    return spread(each.encode_name, lambda row: getattr(row, name), cell, title=heading)


def _heading(context: ViewContext, each: Any, family: str) -> str:
    name = _HEADINGS.get(each.encode_name, each.encode_name)
    for heading in (f"{family}.head-{name.replace('_', '-')}", f"{family}.head-{name}"):
        if has_text(heading, context.language):
            return text(heading, context.language)
    return ""


def _field(context: ViewContext, each: Any, family: str) -> Field[Any]:
    numeric = each.type in (int, float, float | None, Decimal | None)
    name, names = each.name, names_of(context)

    def cell(row: Any) -> Cell:
        value = getattr(row, name)
        if name in _NAMED and family == "forces":
            return Cell(names.all(value) if isinstance(value, tuple) else names.one(value))
        if name in _CLASSES:
            anything = value == "*"
            return Cell(
                text("pages.any", context.language)
                if anything else class_name(value, context.language)
            )  # fmt: skip
        if name == "text" and family == "plan":
            return Cell(retold(value, context.language))
        if name in _WORDS and (word := _word(family, name, value, context)):
            return Cell(word)
        if numeric and name != "year":
            return Cell(number(value, context))
        if isinstance(value, bool):
            return Cell(text("pages.yes" if value else "pages.no", context.language))
        return Cell(_words(value))

    kind = "number" if numeric else "wide" if name in _WIDE else ""
    title = _heading(context, each, family)
    return Field(each.encode_name, lambda row: _value(getattr(row, name)), cell, kind, title=title)


def _word(family: str, name: str, value: Any, context: ViewContext) -> str:
    """What the program calls a value of a field; nothing where it has no word for it."""
    keys = (f"{family}.word-{value}", f"{family}.{name}-{value}", f"{name}.{value}")
    if value == "*":
        return text("pages.any", context.language)
    found = next((key for key in keys if has_text(key, context.language)), "")
    if not found and ", " in str(value):
        # Several of them, as where the parts of a fleet were worked out in two ways.
        each = [_word(family, name, one, context) for one in str(value).split(", ")]
        return ", ".join(each) if all(each) else ""
    return text(found, context.language) if found else ""


def _value(value: Any) -> Any:
    """A value as files hold it."""
    return list(value) if isinstance(value, tuple) else value


def _words(value: Any) -> str:
    """A value in words; what is counted by name as ``name 2, other 1``."""
    if isinstance(value, dict):
        flat = [
            (name, count) for key, each in value.items()
            for name, count in (each.items() if isinstance(each, dict) else [(key, each)])
        ]  # fmt: skip
        return ", ".join(f"{name} {count}" for name, count in flat)
    return "" if value is None else str(value)
