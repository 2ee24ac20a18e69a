"""``intendance interoperability``: standards, support, supply chains, rounds, transitions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import click
import msgspec

from intendance.api import Books
from intendance.cli._filters import ledger_options
from intendance.cli._forces.interoperability import interoperability_table
from intendance.cli._forces.options import table_options
from intendance.cli._options import output_options
from intendance.cli._output import Output
from intendance.forces import (
    Asked,
    Chain,
    Chains,
    Missing,
    Position,
    Rounds,
    Share,
    Supplied,
    Support,
    TransitionYear,
    complete_rounds,
    missing,
    month_range,
    positions,
    read_interoperability,
    shares,
    supply_chains,
    support,
    transition,
)

_FILE = click.Path(path_type=Path)

Answer = Callable[[Sequence[Position], Chains, Any], Sequence[msgspec.Struct]]

VIEWS: Final[dict[str, tuple[type[msgspec.Struct], Answer]]] = {
    "shares": (Share, lambda found, _tables, catalogue: shares(found, catalogue)),
    "support": (Support, lambda found, tables, known: support(found, tables.chains, known)),
    "chains": (Chain, lambda found, tables, known: supply_chains(found, tables.chains, known)),
    "rounds": (
        Rounds, lambda found, tables, known: complete_rounds(found, tables.approvals, known)
    ),
    "transition": (
        TransitionYear, lambda found, tables, known: transition(found, tables.transitions, known)
    ),
    "missing": (Missing, lambda found, _tables, catalogue: missing(found, catalogue)),
}  # fmt: skip
"""Each view: its record, and how it is made of positions and tables."""


@click.command()
@ledger_options
@click.option("--nation", metavar="NAME", help="Only what this nation holds.")
@click.option("--item", metavar="NAME", help="Only this kind, with what specialises it, or class.")
@click.option(
    "--at", metavar="MONTH[..MONTH]", help="The month, or the months from..to  [default: as of]."
)
@click.option("--as-of", metavar="DATE", help="Use only what was published by then.")
@table_options
@click.option("--chains", metavar="FILE", type=_FILE, help="Supply chains of items, and costs.")
@click.option("--approvals", metavar="FILE", type=_FILE, help="Approved combinations of a round.")
@click.option("--transitions", metavar="FILE", type=_FILE, help="From old kinds to new, by year.")
@click.option(
    "--view",
    type=click.Choice(list(VIEWS)),
    default="shares",
    show_default=True,
    help="Shares by standard, who supports whose, supply chains, whole rounds, transitions, or "
    "what is missing.",
)
@output_options
def interoperability(
    ledger: Books,
    nation: str | None,
    item: str | None,
    at: str | None,
    as_of: str | None,
    supplied: Supplied,
    chains: Path | None,
    approvals: Path | None,
    transitions: Path | None,
    view: str,
    output: Output,
) -> None:
    """Show how far the forces of an inventory fit together, with what the ledger promises.

    \b
    shares      by nation and class: what is held in NATO, Soviet and own standard
    support     who can fire, fuel or repair whose
    chains      the distinct supply chains of each fleet, and what each costs a year
    rounds      complete approved rounds: shell, charge, fuze, primer
    transition  from an old kind to a new one, with the ammunition that must last
    missing     what is not of NATO standard yet, and what could replace it
    """
    tables = read_interoperability(ledger.catalogue, chains, approvals, transitions)
    start, end = (None, None) if at is None else month_range(at)
    asked = Asked(nation=nation, item=item, start=start, end=end)
    kind, answer = VIEWS[view]
    found = answer(list(positions(ledger, asked, supplied, as_of)), tables, ledger.catalogue)
    output.records(
        kind,
        found,
        lambda rows: interoperability_table(view, rows, output.language),
        "forces.none-interoperability",
    )
