"""``intendance spares``: which spares to buy, and the whole curve of cost and availability."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from intendance.cli._options import output_options
from intendance.cli._output import Output
from intendance.cli._plan.numbers import Share
from intendance.cli._readiness.figures import figure, share
from intendance.cli._readiness.tables import curve_table, fleet_table, list_table
from intendance.render import text
from intendance.sustainment import CurvePoint, SparesList, SpareToBuy, load_fleet, spares_curve

_SHOWN: Final = 30


@click.command()
@click.argument(
    "paths", metavar="FOLDER|FILES...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--budget", metavar="MONEY", type=float, help="The list that this money buys.")
@click.option(
    "--availability", metavar="SHARE", type=Share(), help="The cheapest list that reaches this."
)
@click.option("--all", "every", is_flag=True, help="Every step of the curve, for people too.")
@output_options
def spares(
    paths: tuple[Path, ...],
    budget: float | None,
    availability: float | None,
    every: bool,
    output: Output,
) -> None:
    """Show what spares give the most availability for the money.

    Without --budget or --availability: the whole curve, from the spares that there are to more than
    is worth buying. With one of them: the list of that point, where each spare is to be held, and
    how ready the fleets are with it. Prices are in the one currency of the table parts.
    """
    if budget is not None and availability is not None:
        raise click.UsageError("--budget and --availability exclude each other")
    curve = spares_curve(load_fleet(paths))
    if budget is not None:
        _show(curve.within(budget), output)
    elif availability is not None:
        _show(curve.reaching(availability), output)
    else:
        _curve(curve.points(), output, every=every)


def _curve(points: list[CurvePoint], output: Output, *, every: bool) -> None:
    shown = points
    if output.for_people and not every and len(points) > _SHOWN:
        last = len(points) - 1
        shown = [points[round(k * last / (_SHOWN - 1))] for k in range(_SHOWN)]
    output.records(
        CurvePoint, shown, lambda rows: curve_table(rows, output.language), "readiness.none-rows"
    )
    if len(shown) < len(points):
        output.say(text("readiness.steps", output.language, shown=len(shown), count=len(points)))


def _show(found: SparesList, output: Output) -> None:
    if output.as_json:
        output.one(found)
        return
    output.records(
        SpareToBuy,
        found.spares,
        lambda rows: list_table(rows, output.language),
        "readiness.nothing-to-buy",
    )
    if output.for_people:
        output.say("")
        output.say(
            text(
                "readiness.list",
                output.language,
                cost=figure(found.cost, output.language, 2),
                availability=share(found.availability, output.language),
                backorders=figure(found.backorders, output.language, 2),
            )
        )
        output.table(fleet_table(found.readiness.fleets, output.language))
