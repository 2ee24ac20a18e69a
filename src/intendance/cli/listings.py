"""The listings: commitments, conflicts, statements, reports, packages, programmes, overdue."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from intendance.api import Books
from intendance.cli._filters import Asked, clock_options, filter_options, ledger_options
from intendance.cli._options import output_options
from intendance.cli._output import Output
from intendance.cli._quotes import Quotes
from intendance.cli._views import (
    ConflictRow,
    commitment_table,
    conflict_row,
    conflict_table,
    decision_table,
    overdue_table,
    package_table,
    programme_table,
    proposal_table,
    report_table,
    statement_table,
    tombstone_table,
)
from intendance.ledger import Overdue, Package, Programme, Proposal, Tombstone
from intendance.terms import Commitment, Conflict, Decision, Report, Statement

quotes_option = click.option("--quotes", is_flag=True, help="The sentences under each line.")


@click.command()
@ledger_options
@filter_options
@quotes_option
@output_options
def commitments(ledger: Books, asked: Asked, quotes: bool, output: Output) -> None:
    """List what each donor owes each recipient: promised, delivered, outstanding."""
    found = _commitments(ledger, asked)
    notes = Quotes(ledger, output, wanted=quotes).of_commitments(found)
    output.records(
        Commitment,
        found,
        lambda rows: commitment_table(rows, output.language, notes),
        "none.commitments",
    )


@click.command()
@ledger_options
@filter_options
@click.option("--settled", is_flag=True, help="Also those that a decision settled.")
@output_options
def conflicts(ledger: Books, asked: Asked, settled: bool, output: Output) -> None:
    """List statements that can't all be true: both sides, with quote, report and date."""
    held = {each.id: each for each in _commitments(ledger, asked)}
    found = [
        each
        for each in ledger.conflicts(asked.filter, asked.as_of, asked.recorded)
        if each.commitment in held and (settled or each.settled_by is None)
    ]
    notes = Quotes(ledger, output, wanted=True).of_conflicts(found)
    output.records(
        Conflict,
        found,
        lambda rows: conflict_table(rows, held, output.language, notes),
        "none.conflicts",
        sheet=(ConflictRow, lambda each: conflict_row(each, held[each.commitment])),
    )


@click.command()
@ledger_options
@filter_options
@click.option("--candidates", is_flag=True, help="Only what is not live: inferred, not said.")
@click.option("--act", metavar="ACT", help="Only this act: promise, order, deliver ...")
@quotes_option
@output_options
def statements(
    ledger: Books, asked: Asked, candidates: bool, act: str | None, quotes: bool, output: Output
) -> None:
    """List what the reports say, one line a statement."""
    found = [
        each
        for each in ledger.statements(asked.filter, asked.as_of, asked.recorded)
        if (act is None or each.act == act) and not (candidates and each.live)
    ]
    notes = Quotes(ledger, output, wanted=quotes).of_statements(found)
    output.records(
        Statement,
        found,
        lambda rows: statement_table(rows, output.language, notes),
        "none.statements",
    )


@click.command()
@ledger_options
@clock_options
@output_options
def reports(ledger: Books, as_of: str | None, recorded: str | None, output: Output) -> None:
    """List the reports that were read."""
    found = ledger.reports(as_of=as_of, recorded=recorded)
    output.records(Report, found, lambda rows: report_table(rows, output.language), "none.reports")


@click.command()
@ledger_options
@clock_options
@output_options
def packages(ledger: Books, as_of: str | None, recorded: str | None, output: Output) -> None:
    """List what was announced together, with its total and its parts."""
    found = ledger.packages(as_of=as_of, recorded=recorded)
    output.records(
        Package, found, lambda rows: package_table(rows, output.language), "none.packages"
    )


@click.command()
@ledger_options
@clock_options
@output_options
def programmes(ledger: Books, as_of: str | None, recorded: str | None, output: Output) -> None:
    """List plans, funds, alliances and forums, and what is linked to them."""
    found = ledger.programmes(as_of=as_of, recorded=recorded)
    output.records(
        Programme, found, lambda rows: programme_table(rows, output.language), "none.programmes"
    )


@click.command()
@ledger_options
@click.option("--as-of", metavar="DATE", help="Overdue on this day [default: today].")
@quotes_option
@output_options
def overdue(ledger: Books, as_of: str | None, quotes: bool, output: Output) -> None:
    """List what was promised by a day that has passed and is not reported delivered."""
    found = ledger.overdue(as_of or datetime.now(UTC).date())
    notes = Quotes(ledger, output, wanted=quotes).of_commitments([e.commitment for e in found])
    output.records(
        Overdue,
        found,
        lambda rows: overdue_table(rows, output.language, notes),
        "none.overdue",
    )


@click.command()
@ledger_options
@output_options
def decisions(ledger: Books, output: Output) -> None:
    """List what analysts decided, in the order in which it applies."""
    output.records(
        Decision,
        ledger.decisions(),
        lambda rows: decision_table(rows, output.language),
        "none.decisions",
    )


@click.command()
@ledger_options
@output_options
def tombstones(ledger: Books, output: Output) -> None:
    """List what was redacted: who, when, on what ground, and which figures it touched."""
    output.records(
        Tombstone,
        ledger.tombstones(),
        lambda rows: tombstone_table(rows, output.language),
        "none.tombstones",
    )


@click.command()
@ledger_options
@output_options
def proposals(ledger: Books, output: Output) -> None:
    """List pairs of reports that may be a text and its translation, for 'decide' to settle.

    Accept with 'decide merge ONE OTHER --value translation', refuse with 'decide split'.
    """
    output.records(
        Proposal,
        ledger.proposals(),
        lambda rows: proposal_table(rows, output.language),
        "none.proposals",
    )


def _commitments(ledger: Books, asked: Asked) -> list[Commitment]:
    return ledger.commitments(asked.filter, asked.as_of, asked.recorded)
