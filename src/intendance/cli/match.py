"""``intendance match``: what recipients asked for against what is offered."""

from __future__ import annotations

from pathlib import Path

import click

from intendance.api import Books
from intendance.cli._filters import ledger_options
from intendance.cli._forces.match import match_table
from intendance.cli._forces.options import table_options
from intendance.cli._options import output_options
from intendance.cli._output import Output
from intendance.forces import Match, Supplied, read_priorities
from intendance.forces import match as matched


@click.command()
@ledger_options
@click.option("--recipient", metavar="NAME", help="Only this recipient: a code or a name.")
@click.option("--item", metavar="NAME", help="Only this kind, with what specialises it, or class.")
@click.option("--as-of", metavar="DATE", help="Use only what was published by then.")
@table_options
@click.option(
    "--priorities",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Which items come first ('intendance template priorities').",
)
@output_options
def match(
    ledger: Books,
    recipient: str | None,
    item: str | None,
    as_of: str | None,
    supplied: Supplied,
    priorities: Path | None,
    output: Output,
) -> None:
    """Show the requests in the ledger and the offers that answer them.

    Covered, partly or open, by priority, then the oldest first; with an inventory also the nations
    that hold the item above their floor. An offer counts once.
    """
    ranks = () if priorities is None else read_priorities(priorities, ledger.catalogue)
    output.records(
        Match,
        matched(ledger, supplied, ranks, recipient, item, as_of),
        lambda rows: match_table(rows, output.language),
        "forces.none-matches",
    )
