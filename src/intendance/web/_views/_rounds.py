"""Demand rounds beside the plans: who asked, what was pooled, what each nation gets of output."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import msgspec

from intendance.planning import Book, Round, read_book, read_round, read_submission
from intendance.render import number_text, text
from intendance.web._shown import Both, Cell, Field, tabled
from intendance.web._types import ViewContext
from intendance.web._views._folders import plans_folder

_SETTINGS: Final = "round.toml"
_BOOK: Final = "book"
_POOLED: Final = (
    "item", "year", "nations", "firm", "likely", "optional", "accepted", "output", "met", "left",
)  # fmt: skip
_SHARES: Final = ("nation", "wanted", "item", "year", "asked", "quantity", "share")


class _Found(msgspec.Struct, frozen=True):
    """A round: its settings, who has submitted, and its book once it is closed."""

    settings: Round
    sent: tuple[str, ...]
    book: Book | None


def round_tables(context: ViewContext) -> dict[str, Both]:
    """The tables ``rounds``, ``pooled`` and ``shares`` of all rounds in the folder of plans."""
    found = _rounds(plans_folder(context))
    books = [each.book for each in found if each.book is not None]
    return {
        "rounds": _made(context, "pages.rounds", _about(context), found),
        "pooled": _made(
            context, "pages.pooled", _columns(context, _POOLED),
            [(book.name, row) for book in books for row in book.demand],
        ),
        "shares": _made(
            context, "demand.shares", _columns(context, _SHARES),
            [(book.name, row) for book in books for row in book.shares],
        ),
    }  # fmt: skip


def _rounds(folder: Path | None) -> list[_Found]:
    if folder is None:
        return []
    places = sorted(each for each in folder.iterdir() if (each / _SETTINGS).is_file())
    return [_found(each) for each in places]


def _found(place: Path) -> _Found:
    if (place / _BOOK).is_dir():
        book = read_book(place)
        return _Found(read_round(place / _BOOK), tuple(book.submissions), book)
    settings = read_round(place)
    sent = [name for name in settings.nations if read_submission(place, name) is not None]
    return _Found(settings, tuple(sent), None)


def _made(context: ViewContext, title: str, fields: list[Field[Any]], rows: list[Any]) -> Both:
    return tabled(
        context, text(title, context.language), fields, rows, empty="pages.no_rounds",
        source="pages.round_source", terms="pages.plan_terms",
    )  # fmt: skip


def _about(context: ViewContext) -> list[Field[Any]]:
    language = context.language

    def years(each: _Found) -> str:
        first, last = each.settings.first_year, each.settings.first_year + each.settings.years - 1
        return str(first) if first == last else f"{first}–{last}"

    def state(each: _Found) -> str:
        if each.book is None:
            return text("pages.round_open", language)
        return text("pages.round_closed", language, day=each.book.closed[:10])

    def rule(each: _Found) -> str:
        return text(f"demand.rule-{each.settings.rule}", language)

    def titled(name: str) -> str:
        return text(f"pages.round_{name}", language)

    return [
        Field("round", lambda each: each.settings.name, title=titled("name")),
        Field("years", years, title=titled("years")),
        Field("state", lambda each: "open" if each.book is None else "closed", state,
              title=titled("state")),
        Field("sent", lambda each: list(each.sent), lambda each: ", ".join(each.sent),
              title=titled("sent")),
        Field("waiting", _waiting, lambda each: ", ".join(_waiting(each)), title=titled("waiting")),
        Field("rule", lambda each: each.settings.rule, rule, "wide", title=titled("rule")),
    ]  # fmt: skip


def _waiting(each: _Found) -> list[str]:
    return [name for name in each.settings.nations if name not in each.sent]


def _columns(context: ViewContext, names: tuple[str, ...]) -> list[Field[Any]]:
    first: Field[Any] = Field("round", lambda row: row[0], title=text(
        "pages.round_name", context.language))  # fmt: skip
    return [first, *(_column(context, name) for name in names)]


def _column(context: ViewContext, name: str) -> Field[Any]:
    left = name in ("item", "wanted", "nation", "year")
    key = "pages.round_nations" if name == "nations" else f"demand.head-{name}"

    def cell(row: Any) -> Cell:
        return Cell(_figure(name, getattr(row[1], name), context))

    return Field(
        name, lambda row: getattr(row[1], name), cell, "" if left else "number",
        title=text(key, context.language),
    )  # fmt: skip


def _figure(name: str, value: Any, context: ViewContext) -> str:
    if value is None:
        return "–"
    if not isinstance(value, Decimal):
        return str(value)
    if name == "share":
        return f"{number_text(round(value * 100, 1), context.language)} %"
    return number_text(value, context.language)
