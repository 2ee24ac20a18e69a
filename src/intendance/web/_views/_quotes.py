"""Quotes in their context: the words around them, where they stand, what read them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from intendance.ledger import Sourced
from intendance.render import Language, date_text, interval_text, money_text, text
from intendance.terms import Report, Statement
from intendance.web._names import Names
from intendance.web._types import ViewContext
from intendance.web._views._cells import link_to, names_of

_AROUND: Final = 180
_COLON: Final[dict[Language, str]] = {"en": ":", "fr": " :"}
_LONG: Final = 1_500
_BREAKS: Final = re.compile(r"\s*\n\s*")


@dataclass(frozen=True)
class Quoted:
    """A statement for a template: its words with those around, and where they come from."""

    id: str
    before: str
    quote: str
    after: str
    language: str
    live: bool
    source: str
    published: str
    address: str
    report: str
    link: str
    reading: str
    rule: str
    note: str
    day: str
    witness: str


class Quotes:
    """Makes quotes of statements; reads the text of each report once."""

    def __init__(self, context: ViewContext) -> None:
        self._context = context
        self._names = names_of(context)
        self._texts: dict[str, str] = {}

    def of(self, found: Iterable[Sourced]) -> list[Quoted]:
        """The quotes in order of publication, undated ones last."""
        ordered = sorted(found, key=lambda each: each.report.published.end or "9999")
        return [self.one(each) for each in ordered]

    def one(self, each: Sourced) -> Quoted:
        """One quote in its context."""
        said, report = each.statement, each.report
        before, after = self._around(said)
        language = self._context.language
        note = text("why.corrected", language) if each.corrected is not None else ""
        return Quoted(
            id=said.id,
            before=_line(before),
            quote=_line(_bounded(said.quote)),
            after=_line(after),
            language=said.language,
            live=said.live,
            source=source_name(report, language),
            published=date_text(report.published, language),
            address=report.address,
            report=link_to("reports", report.id) + f"#{said.id}",
            link=link_to("statements", said.id),
            reading=reading_of(each.corrected or said, self._names, self._context),
            rule=said.rule,
            note=note,
            day=report.published.end or "",
            witness=each.witness,
        )

    def _around(self, said: Statement) -> tuple[str, str]:
        if said.source_row is not None:
            return said.prefix, said.suffix
        if said.report not in self._texts:
            self._texts[said.report] = self._context.books.text(said.report)
        held = self._texts[said.report]
        before, after = held[max(0, said.start - _AROUND) : said.start], held[said.end :][:_AROUND]
        return _from_word(before, said.start > _AROUND), _to_word(after, len(held) - said.end)


def source_name(report: Report, language: Language) -> str:
    """A report in few words: publisher and title; without a title where and when it came out."""
    named = [each for each in (report.publisher, report.title) if each]
    return ", ".join(named) if report.title else report_title(report, language)


def report_title(report: Report, language: Language) -> str:
    """What a report is called: its title, else its publisher or address, and its day."""
    if report.title:
        return report.title
    place = report.publisher or report.address.rstrip("/").rsplit("/", 1)[-1]
    called = place or text("pages.untitled", language)
    day = date_text(report.published, language)
    return f"{called}, {day}" if report.published.known else called


def reading_of(said: Statement, names: Names, context: ViewContext) -> str:
    """What was read from the words: who, what, how much, for whom, how sure."""
    language = context.language
    parts = [f"{names.donors(said.actors)} · {names.word('act', said.act)}{_COLON[language]}"]
    if said.quantity.known:
        per = f" {names.word('per', said.per)}" if said.per else ""
        parts.append(interval_text(said.quantity, language) + per)
    if said.item or said.item_text:
        parts.append(names.one(said.item) or f"“{said.item_text}”")
    if said.money is not None:
        parts.append(money_text(said.money, language))
    if said.recipients:
        parts.append("→ " + names.all(said.recipients))
    parts.append(f"({names.word('certainty', said.certainty)})")
    if said.polarity == "negative":
        parts.append(f"({text('mark.negative', language)})")
    if not said.live:
        parts.append(f"({text('mark.candidate', language)})")
    return " ".join(each for each in parts if each)


def _line(words: str) -> str:
    """Words in one line, each run of white space as it stands at the ends, else one space."""
    return _BREAKS.sub(" ", words)


def _bounded(words: str) -> str:
    return words if len(words) <= _LONG else words[:_LONG] + " …"


def _from_word(words: str, cut: bool) -> str:
    if not cut:
        return words
    _, gap, rest = words.partition(" ")
    return f"… {rest}" if gap else f"…{words}"


def _to_word(words: str, left: int) -> str:
    if left <= len(words):
        return words
    rest, gap, _ = words.rpartition(" ")
    return f"{rest} …" if gap else f"{words}…"
