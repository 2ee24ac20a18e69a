"""``intendance decide`` and ``undo``: what an analyst settles, and takes back."""

from __future__ import annotations

from typing import Final

import click
import msgspec

from intendance.api import Books, fields_of
from intendance.cli._filters import ledger_options
from intendance.cli._options import json_option
from intendance.cli._output import Output
from intendance.cli._views import statement_table
from intendance.cli.why import decided
from intendance.terms import DECISION_KINDS, Decision, DecisionKind

ANALYST: Final = "INTENDANCE_BY"

_KINDS: Final = tuple(kind for kind in DECISION_KINDS if kind != "undo")

_by = click.option("--by", metavar="NAME", envvar=ANALYST, required=True, help="Who decides.")
_why = click.option("--why", metavar="WORDS", required=True, help="On what ground.")


@click.command()
@click.argument("kind", type=click.Choice(_KINDS))
@click.argument("identifiers", metavar="ID...", nargs=-1, required=True)
@click.option("--value", metavar="VALUE", help="The grade (B2), or 'translation'.")
@click.option(
    "--set",
    "fields",
    metavar="FIELD=VALUE",
    multiple=True,
    help="With correct: a field and what it really says (quantity=5, recipients=SVK); repeatable.",
)
@_by
@_why
@ledger_options
@json_option
def decide(
    kind: DecisionKind,
    identifiers: tuple[str, ...],
    value: str | None,
    fields: tuple[str, ...],
    by: str,
    why: str,
    ledger: Books,
    output: Output,
) -> None:
    """Settle something about the statements ID, or about all statements of a commitment.

    \b
    merge    they are about one commitment
    split    they are not; what was one commitment each stays together
    prefer   this side of a conflict holds
    retract  the source took it back
    correct  what the statement really says, with --set; or a report's date: --set published=2023-05
    grade    how far the source is trusted: A-F and 1-6, with --value
    """
    if fields:
        value = msgspec.json.encode(fields_of(fields)).decode()
    _tell(ledger.decide(kind, identifiers, value, by=by, why=why), output)


@click.command()
@click.argument("report", metavar="REPORT")
@click.option("--quote", metavar="WORDS", required=True, help="The report's words that say it.")
@click.option(
    "--nth",
    metavar="N",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="Which occurrence of these words is meant.",
)
@click.option(
    "--set",
    "fields",
    metavar="FIELD=VALUE",
    multiple=True,
    required=True,
    help="act=deliver, certainty=done, actors=DEU, item=caesar, quantity=4 ...; repeatable.",
)
@_by
@ledger_options
@json_option
def add(
    report: str,
    quote: str,
    nth: int,
    fields: tuple[str, ...],
    by: str,
    ledger: Books,
    output: Output,
) -> None:
    """Add a statement by hand at words of the stored REPORT, with its author.

    It is folded beside what the program read; 'decide retract' takes it back.
    """
    made = ledger.enter(report, quote, fields_of(fields), by=by, nth=nth)
    if output.as_json:
        output.one(made)
    else:
        output.table(statement_table([made], output.language))


@click.command()
@click.argument("decision", metavar="ID")
@_by
@_why
@ledger_options
@json_option
def undo(decision: str, by: str, why: str, ledger: Books, output: Output) -> None:
    """Lift the decision ID; the undo is a decision too."""
    _tell(ledger.undo(decision, by, why), output)


def _tell(decision: Decision, output: Output) -> None:
    if output.as_json:
        output.one(decision)
    else:
        output.say(decided(decision))
