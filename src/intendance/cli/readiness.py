"""``intendance readiness`` and ``intendance under-repair``."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from intendance.cli._options import json_option, output_options
from intendance.cli._output import Output
from intendance.cli._readiness.tables import fleet_table, part_table, simulated_table, times_table
from intendance.render import text
from intendance.sustainment import (
    METHODS,
    FleetReadiness,
    Method,
    PartReadiness,
    SimulatedFleet,
    load_fleet,
    simulate,
)
from intendance.sustainment import readiness as worked_out
from intendance.sustainment import under_repair as bounded
from intendance.terms import IntendanceError

_OPERATING = (10.0, 30.0, 90.0, 180.0, 365.0)


@click.command()
@click.argument(
    "paths", metavar="FOLDER|FILES...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "--method",
    type=click.Choice(METHODS),
    default="exact",
    show_default=True,
    help="How back-orders are worked out; what has no exact form is done by VARI-METRIC.",
)
@click.option("--parts", is_flag=True, help="The parts, at the depot and at each fleet.")
@click.option("--without-batches", is_flag=True, help="As if no batch arrived for its parts.")
@click.option(
    "--simulate",
    "years",
    metavar="YEARS",
    type=float,
    help="Simulate so many years as well, and show both beside each other.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Of the simulation.")
@output_options
def readiness(
    paths: tuple[Path, ...],
    method: Method,
    parts: bool,
    without_batches: bool,
    years: float | None,
    seed: int,
    output: Output,
) -> None:
    """Show how many systems of each fleet are fit for use, and what the others wait for.

    FOLDER holds the tables that 'intendance template fleet' writes: fleets, parts, rates, shops,
    and if wanted spares and batches; or name the files one by one.
    """
    tables = load_fleet(paths)
    if without_batches:
        tables = msgspec.structs.replace(tables, batches=())
    found = worked_out(tables, method)
    if years is not None:
        output.records(
            SimulatedFleet,
            simulate(tables, years, seed, found),
            lambda rows: simulated_table(rows, output.language),
            "readiness.none-rows",
        )
    elif parts:
        output.records(
            PartReadiness,
            found.parts,
            lambda rows: part_table(rows, output.language),
            "readiness.none-rows",
        )
    else:
        output.records(
            FleetReadiness,
            found.fleets,
            lambda rows: fleet_table(rows, output.language),
            "readiness.none-rows",
        )


@click.command("under-repair")
@click.argument("share", metavar="SHARE")
@click.option("--to", "high", metavar="SHARE", help="The upper end, where the share is a range.")
@click.option(
    "--operating",
    metavar="DAYS",
    type=float,
    multiple=True,
    help="Mean days of operation between repairs; several times.  [default: 10 to 365]",
)
@json_option
def under_repair(
    share: str, high: str | None, operating: tuple[float, ...], output: Output
) -> None:
    """Show what a share under repair at any time says of repair and operating times.

    SHARE is 1/3, 0.33 or 33%. Only the ratio of the two times is bounded; the table shows the set.
    """
    ends = (_share(share, "SHARE"), None if high is None else _share(high, "--to"))
    found = bounded(*ends, operating=operating or _OPERATING)
    if output.as_json:
        output.one(found)
        return
    output.table(times_table(found, output.language))
    output.say("")
    output.say(text("readiness.ratio", output.language))


def _share(said: str, where: str) -> float:
    try:
        above, _, below = said.strip().removesuffix("%").partition("/")
        value = float(above) / (float(below) if below else 1.0)
    except (ValueError, ZeroDivisionError):
        raise IntendanceError(
            "sustainment.value",
            expected="a share such as 1/3, 0.33 or 33%",
            got=repr(said),
            where=where,
        ) from None
    return value / 100 if said.strip().endswith("%") else value
