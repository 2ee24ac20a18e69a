"""``intendance why``: everything that a figure rests on (rule 11)."""

from __future__ import annotations

from collections.abc import Iterator

import click
import msgspec

from intendance.api import Books
from intendance.cli._cells import short, side_text
from intendance.cli._filters import clock_options, ledger_options
from intendance.cli._options import json_option
from intendance.cli._output import Output
from intendance.cli._sources import source_name
from intendance.cli._views import commitment_table
from intendance.ledger import Figure, Sourced, Why
from intendance.render import Language, date_text, money_text, text
from intendance.terms import Decision, Money, Report


@click.command()
@click.argument("identifier", metavar="ID")
@ledger_options
@clock_options
@json_option
def why(
    identifier: str, ledger: Books, as_of: str | None, recorded: str | None, output: Output
) -> None:
    """Show what ID rests on: figures, rules, statements with their quotes, decisions.

    ID is what a listing shows, or the beginning of it: a commitment, conflict, statement,
    decision, package, programme or report. Of a report, also where else its text came out.
    """
    found = ledger.why(identifier, as_of=as_of, recorded=recorded)
    if output.as_json:
        output.one(found)
    else:
        show_why(found, output)


def show_why(found: Why, output: Output) -> None:
    """The answer for people, part by part."""
    output.say(f"{text(f'why.{found.kind}', output.language)} {found.id}")
    if found.commitments:
        output.table(commitment_table(found.commitments, output.language))
    for heading, lines in _parts(found, output.language):
        if lines:
            output.say("")
            output.say(text(f"why.{heading}", output.language))
            output.lines(lines, "  ")


def _parts(found: Why, language: Language) -> Iterator[tuple[str, list[str]]]:
    yield "appearances", [_appearance(each, language) for each in found.appearances[1:]]
    yield "figures", [_figure(each, language) for each in found.figures]
    yield "statements", [line for each in found.statements for line in _sourced(each, language)]
    yield (
        "conflicts",
        [
            f"{short(each.id)} {text(f'conflict.{each.kind}', language)}: "
            + " ↔ ".join(side_text(each, side, language) for side in each.sides)
            for each in found.conflicts
        ],
    )
    yield "decisions", [decided(each) for each in found.decisions]
    yield (
        "assumptions",
        [f"{each.what}: {each.reason} ({short(each.statement)})" for each in found.assumptions],
    )
    yield "successors", [short(each) for each in found.successors]


def _figure(each: Figure, language: Language) -> str:
    behind = ", ".join((*each.rules, *map(short, each.statements)))
    value = each.value
    if value.startswith("{"):
        # money stands in a figure as its canonical JSON, so that nothing is rounded away
        value = money_text(msgspec.json.decode(value, type=Money), language)
    return f"{each.name}: {value}" + (f"  ({behind})" if behind else "")


def _appearance(each: Report, language: Language) -> str:
    publisher = f"{each.publisher}, " if each.publisher else ""
    return f"{publisher}{each.address}, {date_text(each.published, language)}"


def _sourced(each: Sourced, language: Language) -> list[str]:
    said = each.statement
    act = text(f"act.{said.act}", language)
    sure = text(f"certainty.{said.certainty.replace(' ', '_')}", language)
    marks = "" if said.live else f", {text('mark.candidate', language)}"
    rule = f", {said.rule}" if said.rule else ""
    published = date_text(each.report.published, language)
    witness = f"{text('why.witness', language)} {each.witness}"
    lines = [
        f"{short(said.id)} {act}, {sure}{marks}{rule}",
        "  " + text("page.quote", language, words=said.quote),
        f"  {source_name(each.report)}, {published}, {said.start}-{said.end}, {witness}",
    ]
    if each.corrected is not None:
        lines.append(f"  {text('why.corrected', language)}")
    return lines


def decided(each: Decision) -> str:
    """A decision in one line: what, by whom, when and why."""
    value = f" {each.value}" if each.value else ""
    undone = f" (undone by {short(each.undone_by)})" if each.undone_by else ""
    what = f"{short(each.id)} {each.kind} {', '.join(map(short, each.statements))}{value}"
    return f"{what}, {each.by}, {each.when}: {each.why}{undone}"
