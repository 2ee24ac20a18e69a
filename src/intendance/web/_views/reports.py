"""Reports: all of them, and one with its statements marked in place."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from intendance.ledger import Filter
from intendance.render import date_short, date_text, text
from intendance.terms import IntendanceError, Report, Statement
from intendance.web._render import address_with
from intendance.web._shown import Cell, Field, tabled
from intendance.web._types import Page, Redirect, ViewContext
from intendance.web._views._cells import link_to, names_of
from intendance.web._views._hand import choices, fields_in
from intendance.web._views._made import made_page
from intendance.web._views._quotes import reading_of, report_title, source_name

__all__ = ["enter", "one", "page"]

_PAGE: Final = 100
_PART: Final = 60_000
"""Characters of a text on one page: a browser lays out no more in good time."""


@dataclass(frozen=True)
class _Piece:
    """A stretch of the text, and the statements that it is part of."""

    text: str
    statements: tuple[Statement, ...] = ()
    first: tuple[str, ...] = ()


def page(
    context: ViewContext,
    text: str | None = None,
    as_of: str | None = None,
    recorded: str | None = None,
    page: int = 1,
) -> Page:
    """All reports, the last published first; with words, those with a quote that holds them."""
    first = (page - 1) * _PAGE
    if not (text or as_of or recorded or context.whole):
        part = context.books.latest_reports(first, _PAGE)
        total = context.books.counts()["reports"]
    else:
        found = context.books.reports(Filter(text=text), as_of, recorded)
        found.sort(key=lambda each: (each.published.end or "", each.id), reverse=True)
        part = found if context.whole else found[first : first + _PAGE]
        total = len(found)
    both = tabled(
        context, words_of(context, "web.reports"), report_fields(context), part,
        empty="none.reports", most=_PAGE, as_of=as_of,
    )  # fmt: skip
    given = {"text": text, "as_of": as_of}
    more = first + _PAGE < total
    return made_page(
        "reports.html",
        words_of(context, "web.reports"),
        tables={"reports": both},
        asked=given,
        total=total,
        before=address_with("/reports", **given, page=page - 1) if page > 1 else None,
        after=address_with("/reports", **given, page=page + 1) if more else None,
    )


def words_of(context: ViewContext, key: str) -> str:
    """A text of the program; ``text`` is also a parameter of this page."""
    return text(key, context.language)


def report_fields(context: ViewContext) -> list[Field[Report]]:
    """The columns of a table of reports."""
    names, language = names_of(context), context.language
    return [
        Field("published", lambda each: date_short(each.published), kind="date"),
        Field("title", lambda each: each.title, lambda each: Cell(
            report_title(each, language), link_to("reports", each.id),
            each.publisher or ""), "wide"),
        Field("language", lambda each: each.language,
              lambda each: names.word("language", each.language)),
        Field("statements", lambda each: each.statements, kind="number"),
        Field("copy_of", lambda each: each.copy_of, lambda each: Cell(
            (each.copy_of or "")[:8], link_to("reports", each.copy_of))),
        Field("id", lambda each: each.id, only="files"),
        Field("address", lambda each: each.address, only="files"),
        Field("terms", lambda each: each.terms, only="files"),
    ]  # fmt: skip


def one(context: ViewContext, id: str, part: int = 1) -> Page:
    """One report: its text with the statements marked, and the form to add one by hand."""
    books, language, names = context.books, context.language, names_of(context)
    why = books.why(id)
    if why.kind != "report" or not why.appearances:
        raise IntendanceError(
            "id.unknown", expected="the identifier of a report", got=repr(id[:60]),
            where="the address",
        )  # fmt: skip
    report = why.appearances[0]
    held = {each.statement.id: each for each in why.statements}
    said = sorted(
        (each.statement for each in held.values()), key=lambda each: (each.start, each.end, each.id)
    )
    words = books.text(report.id)
    parts = max(1, -(-len(words) // _PART))
    part = min(part, parts)
    first, last = (part - 1) * _PART, part * _PART
    here = [each for each in said if first <= each.start < last]
    fields: list[Field[Statement]] = [
        Field("id", lambda each: each.id, lambda each: Cell(
            each.id[:8], link_to("statements", each.id))),
        Field("reading", lambda each: reading_of(each, names, context), kind="wide"),
        Field("quote", lambda each: each.quote, kind="wide"),
        Field("rule", lambda each: each.rule),
        Field("author", lambda each: each.author),
    ]  # fmt: skip
    return made_page(
        "report.html",
        source_name(report, language),
        tables={"statements": tabled(context, text("why.statements", language), fields, said)},
        each=report,
        tongue=names.word("language", report.language),
        published=date_text(report.published, language),
        paragraphs=list(_paragraphs(words, here, first, min(last, len(words)))),
        said=[
            (each, reading_of(held[each.id].corrected or each, names, context),
             link_to("commitments", held[each.id].commitment))
            for each in here
        ],
        appearances=why.appearances[1:],
        parts=[(number, address_with(link_to("reports", report.id), part=number))
               for number in range(1, parts + 1)],
        part=part,
        choices=choices(context),
    )  # fmt: skip


def enter(
    context: ViewContext,
    id: str,
    quote: str,
    nth: int = 1,
    **given: str | None,
) -> Redirect:
    """Adds a statement by hand at words of a report."""
    made = context.desk.enter(id, quote, fields_in(context, given), nth)
    return Redirect(link_to("reports", context.books.resolve(id)) + f"#{made.id}")


def _paragraphs(
    words: str, said: Sequence[Statement], first: int, last: int
) -> Iterator[list[_Piece]]:
    """The text in paragraphs, each in pieces that begin or end where a statement does."""
    edges = {first, last}
    for each in said:
        edges |= {each.start, min(each.end, last)}
    edges |= {at + 1 for at in range(first, last) if words[at] == "\n"}
    told: set[str] = set()
    row: list[_Piece] = []
    for start, end in itertools.pairwise(sorted(edges)):
        over = tuple(each for each in said if each.start <= start and each.end >= end)
        new = tuple(each.id for each in over if each.id not in told)
        told |= set(new)
        row.append(_Piece(words[start:end].rstrip("\n"), over, new))
        if words[end - 1] == "\n":
            if any(piece.text.strip() for piece in row):
                yield row
            row = []
    if row:
        yield row
