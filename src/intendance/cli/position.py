"""``intendance position``: what nations hold, what comes and goes, what giving more would do."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

import click

from intendance.api import Books
from intendance.cli._filters import ledger_options
from intendance.cli._forces.options import table_options
from intendance.cli._forces.views import outlook_table, position_table
from intendance.cli._options import output_options
from intendance.cli._output import Output
from intendance.forces import Asked, Outlook, Position, Supplied, month_range, outlooks, positions


class Amount(click.ParamType[Decimal]):
    """A number of things, above 0."""

    name = "number"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> Decimal:
        """The number."""
        try:
            found = Decimal(value)
        except InvalidOperation:
            self.fail(f"{value!r} is no number.", param, ctx)
        if not found.is_finite() or not 0 < found < 10**15:
            self.fail(f"{value!r} is not above 0 and below 10 to the 15th.", param, ctx)
        return found


@click.command()
@ledger_options
@click.option("--nation", metavar="NAME", help="Only this nation: a code or a name.")
@click.option("--item", metavar="NAME", help="Only this kind, with what specialises it, or class.")
@click.option(
    "--at", metavar="MONTH[..MONTH]", help="The month, or the months from..to  [default: as of]."
)
@click.option("--as-of", metavar="DATE", help="Use only what was published by then.")
@table_options
@click.option("--give", type=Amount(), help="What giving so many more of each stock would do.")
@output_options
def position(
    ledger: Books,
    nation: str | None,
    item: str | None,
    at: str | None,
    as_of: str | None,
    supplied: Supplied,
    give: Decimal | None,
    output: Output,
) -> None:
    """Show each nation's stock of each item, and what comes and goes, month by month.

    Stocks need an inventory of your own; without one a nation still has its flows, and its stock
    is unknown. With --give, what giving so many more in the first month would do to every stock.
    """
    start, end = (None, None) if at is None else month_range(at)
    asked = Asked(nation=nation, item=item, start=start, end=end)
    if give is not None:
        output.records(
            Outlook,
            outlooks(ledger, give, asked, supplied, as_of),
            lambda rows: outlook_table(rows, output.language),
            "forces.none-outlooks",
        )
        return
    output.records(
        Position,
        list(positions(ledger, asked, supplied, as_of)),
        lambda rows: position_table(rows, output.language),
        "forces.none-positions",
    )
