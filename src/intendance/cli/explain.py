"""``intendance explain``: a text with what was read in it, and why not where nothing was."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import click

from intendance.api import explain as explained
from intendance.api import reader_with
from intendance.catalogue import load_catalogue
from intendance.cli._cells import joined, short
from intendance.cli._failures import report, writing
from intendance.cli._options import catalogue_option, json_option
from intendance.cli._output import Output
from intendance.cli.read import Day, again
from intendance.reading import Explanation, Passage
from intendance.render import (
    Language,
    Mark,
    MarkedText,
    Stretch,
    date_text,
    interval_cell,
    marked_html,
    money_text,
    text,
)
from intendance.terms import ErrorRecord, Statement, TimeSpan, error_kinds

_SIGNS: Final[dict[Mark, str]] = {"plain": "  ", "said": "▌ ", "none": "? ", "skipped": "· "}


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "--published", metavar="DATE", type=Day(), help="The date of reports that state none."
)
@click.option(
    "--html",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the marked text as one self-contained page.",
)
@catalogue_option
@json_option
def explain(
    paths: tuple[str, ...],
    published: TimeSpan | None,
    html: Path | None,
    catalogue_files: tuple[Path, ...],
    output: Output,
) -> int:
    """Show what the reader makes of a text; no ledger is touched.

    Each sentence that gave statements stands with them and the rule of each. One that names
    equipment or an act and gave none stands with the reason why.
    """
    reader = reader_with(load_catalogue(catalogue_files))
    stdin = getattr(sys.stdin, "buffer", None)
    found: list[Explanation] = []
    failed: list[ErrorRecord] = []
    for each in explained(reader, paths, published, stdin):
        if isinstance(each, ErrorRecord):
            report(again(each), as_json=output.as_json)
            failed.append(each)
        else:
            found.append(each)
    marked = tuple(marked_text(each, output.language) for each in found)
    if html is not None:
        with writing(str(html)):
            html.write_text(marked_html(marked), encoding="utf-8")
    if output.as_json:
        for each in found:
            output.one(each)
    elif html is None:
        for one in marked:
            output.lines(text_lines(one))
    return max((error_kinds()[each.code].status for each in failed), default=0)


def text_lines(marked: MarkedText) -> Iterator[str]:
    """A marked text for a terminal: a sign before each stretch, its notes under it."""
    yield marked.title
    yield from marked.facts
    for stretch in marked.stretches:
        yield _SIGNS[stretch.mark] + stretch.text
        for note in stretch.notes:
            yield f"    {note}"


def marked_text(explanation: Explanation, language: Language) -> MarkedText:
    """The text of a report in stretches: sentences read or passed over, and what lies between."""
    reading = explanation.reading
    held = reading.report
    by_id = {each.id: each for each in reading.statements}
    stretches: list[Stretch] = []
    at = 0
    for passage in explanation.passages:
        if passage.start < at:
            continue
        stretches += _between(reading.text[at : passage.start])
        stretches.append(_stretch(passage, reading.text, by_id, language))
        at = passage.end
    stretches += _between(reading.text[at:])
    counts = text("explain.counts", language, statements=str(held.statements))
    facts = (
        f"{held.language}, {date_text(held.published, language)} ({held.date_from}), {counts}",
        *reading.notes,
    )
    return MarkedText(held.address, language, facts, tuple(stretches))


def _between(words: str) -> Iterator[Stretch]:
    for line in words.splitlines():
        if line.strip():
            yield Stretch(line.strip())


def _stretch(
    passage: Passage, whole: str, by_id: dict[str, Statement], language: Language
) -> Stretch:
    words = " ".join(whole[passage.start : passage.end].split())
    if passage.statements:
        said = [by_id[each] for each in passage.statements]
        return Stretch(words, "said", tuple(_said(each, language) for each in said))
    if passage.reason == "boilerplate":
        return Stretch(words, "skipped")
    why = text(f"explain.{(passage.reason or 'no-act').replace('-', '_')}", language)
    triggers = f" ({', '.join(passage.triggers)})" if passage.triggers else ""
    return Stretch(words, "none", (why + triggers,))


def _said(each: Statement, language: Language) -> str:
    """A statement in one line: act, who, to whom, what, how much, live or not, the rule."""
    parts: Sequence[str] = (
        short(each.id),
        text(f"act.{each.act}", language)
        + ", "
        + text(f"certainty.{each.certainty.replace(' ', '_')}", language),
        f"{joined(each.actors) or '-'} → {joined(each.recipients) or '-'}",
        each.item or (f"“{each.item_text}”" if each.item_text else "-"),
        interval_cell(each.quantity, language) if each.quantity.known else "",
        money_text(each.money, language) if each.money else "",
        text("mark.live" if each.live else "mark.candidate", language),
        each.rule,
    )
    return " | ".join(part for part in parts if part)
